"""`gsdcheck hunt`: the record of a search for counterexamples, claim by claim."""

from collections.abc import Sequence
from typing import Any

from gsdcheck.engine.hunt.findings.again import Fate
from gsdcheck.engine.hunt.findings.finding import finding_data, finding_name
from gsdcheck.engine.hunt.judgements import judgements_of, least_margin
from gsdcheck.engine.hunt.pursuit import Pursuit, Settings
from gsdcheck.engine.serial import extended
from gsdcheck.model.library import find_activation
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


def _summary(pursuit: Pursuit) -> dict[str, Any]:
    """Effort, budget and outcome of the hunt on one claim, without a word about time."""
    outcome, best = pursuit.outcome, least_margin(pursuit)
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
