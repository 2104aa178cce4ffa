"""`gsdcheck hunt`: the record of a search for counterexamples, claim by claim."""

from collections.abc import Sequence
from typing import Any

from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.subject import describe, read_subject
from gsdcheck.claims import BY_ID
from gsdcheck.engine.hunt.findings.again import Fate
from gsdcheck.engine.hunt.findings.finding import evidence_data, finding_data, finding_name
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.pursuit import Pursuit, Settings
from gsdcheck.engine.hunt.settlement import Settled
from gsdcheck.engine.serial import extended, judgement_data
from gsdcheck.model.library import find_activation
from gsdcheck.model.verdict import Evidence, Verdict
from gsdcheck.record.build import build_record
from gsdcheck.record.canonical import float_number

_MOSTLY = 0.5
"""A search that rejected a greater part of its cases than this says so."""


def hunt_record(
    pursuits: Sequence[Pursuit], settings: Settings, findings: Sequence[dict[str, Any]], **parts: Any
) -> dict[str, Any]:
    """The record of the hunts; `findings` are those of `findings_of`, in order.

    Args:
        parts: `run` and the like, as `build_record` takes them.
    """
    complete = all(pursuit.complete for pursuit in pursuits)
    record = build_record(
        kind="hunt",
        status="complete" if complete else "interrupted",
        seed=settings.seed,
        subject=_subject(settings.subject),
        judgements=[j for pursuit in pursuits for j in judgements_of(pursuit)],
        series={finding_name(data).removesuffix(".json"): data["series"] for data in findings},
        **parts,
    )
    return extended(
        record,
        hunts=[_summary(pursuit) for pursuit in pursuits],
        findings=[_listed(data) for data in findings],
    )


def findings_of(pursuits: Sequence[Pursuit], settings: Settings) -> list[dict[str, Any]]:
    """Every finding as the file that it becomes."""
    return [
        finding_data(pursuit.target, settled, subject=settings.subject, seed=settings.seed)
        for pursuit in pursuits
        for settled in pursuit.settlement.found
    ]


def judgements_of(pursuit: Pursuit) -> list[dict[str, Any]]:
    """Refuted with a certificate, undecided with a candidate, supported by the cases, or undecided without any.

    `without` names the assumptions of the claim that the subject lacks: the judgement is about the claim without them.
    """
    found = [_judged(pursuit, settled) for settled in pursuit.settlement.found]
    alone = [_judged(pursuit, settled) for settled in pursuit.settlement.alone]
    said = [*found, *_known(pursuit)] or alone or [_headline(pursuit)]
    lacks = sorted(pursuit.target.lacks)
    return [{**judgement, "without": lacks} for judgement in said] if lacks else said


def _known(pursuit: Pursuit) -> list[dict[str, Any]]:
    """What earlier findings still establish, and this hunt has not found again."""
    new = {s.judgement.certificate for s in pursuit.settlement.found if s.judgement is not None}
    still = [a.judgement for a in pursuit.known if a.judgement and a.judgement.certificate not in new]
    return [
        {**judgement_data(judgement, expected=_expected(pursuit, judgement.verdict)), "known": True}
        for judgement in still
    ]


def _judged(pursuit: Pursuit, settled: Settled) -> dict[str, Any]:
    examples = sum(pursuit.outcome.tried.values())
    if settled.judgement is not None:
        data = judgement_data(settled.judgement, expected=_expected(pursuit, settled.judgement.verdict))
        return {**data, "examples": examples}
    case = describe(read_subject(plain_case(settled.case)))
    reason = f"{settled.mechanism}, {_seen_by(settled)} ({case}); nothing certifies it yet"
    judgement = Judgement(
        claim=pursuit.target.id,
        case=case,
        verdict=Verdict.UNDECIDED,
        evidence=None,
        reason=reason,
        examples=examples,
    )
    evidence = evidence_data(settled)
    data = judgement_data(judgement, expected=_expected(pursuit, Verdict.UNDECIDED))
    return {**data, "candidate": dict(plain_case(settled.case)), "candidate_evidence": evidence}


def _seen_by(settled: Settled) -> str:
    if settled.confirmation.checks:
        return "by every method that looked"
    return f"{settled.confirmation.margin:.3g}, by the only method that there is"


def _headline(pursuit: Pursuit) -> dict[str, Any]:
    """What a hunt without findings says of the claim."""
    examples = sum(pursuit.outcome.tried.values())
    best = _least(pursuit)
    if pursuit.complete and examples and not pursuit.target.existential:
        margin = "" if best is None else f"; the least margin is {best:.3g}"
        judgement = Judgement(
            claim=pursuit.target.id,
            verdict=Verdict.SUPPORTED,
            evidence=Evidence.SAMPLED,
            reason=f"no violation was confirmed in {examples:,} case{'s' * (examples != 1)}{margin}",
            examples=examples,
        )
    else:
        reason = _why_undecided(pursuit, examples)
        judgement = Judgement(
            claim=pursuit.target.id,
            verdict=Verdict.UNDECIDED,
            evidence=None,
            reason=reason,
            examples=examples,
        )
    data = judgement_data(judgement, expected=_expected(pursuit, judgement.verdict))
    return data if best is None else {**data, "sampled_margin": float_number(best)}


def _why_undecided(pursuit: Pursuit, examples: int) -> str:
    if not pursuit.complete:
        return "the hunt was interrupted"
    if not examples:
        return "nothing was checked"
    return f"no case of the kind that the claim speaks of was found among {examples:,}"


def _expected(pursuit: Pursuit, verdict: Verdict) -> Verdict | None:
    """What the theory expects of the claim as it stands; a hunt supports what is proved, it can do no better."""
    expected = BY_ID[pursuit.target.id].claim.expected
    if pursuit.target.domain.subject is not None or expected is None:
        return None
    if expected is Verdict.PROVED and verdict is Verdict.SUPPORTED:
        return Verdict.SUPPORTED
    return expected


def _least(pursuit: Pursuit) -> float | None:
    margins = [c.margin for c in pursuit.outcome.best if abs(c.margin) < float("inf")]
    return min(margins, default=None)


def _summary(pursuit: Pursuit) -> dict[str, Any]:
    """Effort, budget and outcome of the hunt on one claim, without a word about time."""
    outcome, best = pursuit.outcome, _least(pursuit)
    tried, rejected = sum(outcome.tried.values()), sum(outcome.rejected.values())
    return {
        "claim": pursuit.target.id,
        "sizes": list(pursuit.plan.sizes) if pursuit.target.roams else [],
        "searchers": [share.searcher for share in pursuit.plan.shares],
        "max_examples": pursuit.plan.max_examples,
        "rounds": outcome.rounds,
        "tried": dict(outcome.tried),
        "rejected": dict(outcome.rejected),
        "judged": tried,
        "turned_away": rejected,
        "best_margin": None if best is None else float_number(best),
        "best_family": outcome.best[0].family if outcome.best else None,
        "stopped": pursuit.stopped,
        "lacks": dict(pursuit.target.lacks),
        "refused": dict(pursuit.settlement.refused),
        "notes": _notes(pursuit, tried, rejected),
        "known": [
            {"fate": again.fate.value, "sentence": again.sentence, "detail": again.detail or None}
            for again in pursuit.known
        ],
    }


def _notes(pursuit: Pursuit, tried: int, rejected: int) -> list[str]:
    """What a reader must know before trusting the outcome."""
    notes = [
        f"The claim assumes more of σ than is known of this one: {name}; {reason}"
        for name, reason in pursuit.target.lacks.items()
    ]
    if not pursuit.target.roams:
        notes.append(
            "The claim is hunted on the cases that it comes with, by Hypothesis alone, and has their numbers of units."
        )
    if pursuit.target.lacks:
        notes.append("What is hunted is the claim without these assumptions, of which it does not speak.")
    if not pursuit.outcome.rounds:
        notes.append("Nothing was checked: no round was completed.")
    elif not tried:
        notes.append("Nothing was checked: no case had a margin.")
    elif rejected > _MOSTLY * (tried + rejected):
        notes.append(f"Most cases were rejected: {rejected:,} of {tried + rejected:,}.")
    if gone := [again for again in pursuit.known if again.fate in (Fate.FIXED, Fate.UNKNOWN)]:
        notes.append(f"{len(gone)} of the known findings no longer hold or cannot be replayed.")
    return notes


def _listed(data: dict[str, Any]) -> dict[str, Any]:
    kept = ("claim", "mechanism", "sentence", "latex", "script", "found", "evidence")
    return {"file": finding_name(data), **{key: data[key] for key in kept}}


def _subject(subject: str | None) -> dict[str, Any]:
    if subject is None:
        return {"name": "paper"}
    sigma = find_activation(subject)
    return {"name": subject, "activation": sigma.text}
