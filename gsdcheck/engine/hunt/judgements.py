"""What a hunt on one claim says of it: refuted, undecided with a candidate, supported, or undecided."""

from typing import Any

from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.subject import describe, read_subject
from gsdcheck.claims import BY_ID
from gsdcheck.engine.hunt.findings.again import Again
from gsdcheck.engine.hunt.findings.finding import evidence_data
from gsdcheck.engine.hunt.plain import plain_case, spelled, spelled_plain
from gsdcheck.engine.hunt.pursuit import Pursuit
from gsdcheck.engine.hunt.settlement import Settled
from gsdcheck.engine.serial import judgement_data
from gsdcheck.model.verdict import Evidence, Verdict
from gsdcheck.record.canonical import float_number


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
    certain = [
        {**judgement_data(judgement, expected=_expected(pursuit, judgement.verdict)), "known": True}
        for judgement in still
    ]
    found = {spelled(settled.case) for settled in pursuit.settlement.found}
    return certain + [
        _still_fails(pursuit, again)
        for again in pursuit.known
        if again.case is not None and spelled_plain(again.case) not in found
    ]


def _still_fails(pursuit: Pursuit, again: Again) -> dict[str, Any]:
    """An earlier finding that nothing certifies, and that every method sees again."""
    judgement = Judgement(
        claim=pursuit.target.id,
        case=describe(read_subject(again.case or {})),
        verdict=Verdict.UNDECIDED,
        evidence=None,
        reason=f"a known finding still fails: {again.sentence.rstrip('.')}; nothing certifies it yet",
        examples=sum(pursuit.outcome.tried.values()),
    )
    data = judgement_data(judgement, expected=_expected(pursuit, Verdict.UNDECIDED))
    return {**data, "candidate": dict(again.case or {}), "known": True}


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
    best = least_margin(pursuit)
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


def least_margin(pursuit: Pursuit) -> float | None:
    """The least finite margin of the best cases; None without one."""
    margins = [c.margin for c in pursuit.outcome.best if abs(c.margin) < float("inf")]
    return min(margins, default=None)
