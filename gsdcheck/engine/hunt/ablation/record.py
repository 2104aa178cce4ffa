"""The record of an ablation."""

from collections.abc import Sequence
from typing import Any

from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.subject import describe, read_subject
from gsdcheck.claims import BY_ID
from gsdcheck.engine.hunt.ablation.ablate import Ablated, Need
from gsdcheck.engine.hunt.findings.finding import evidence_data
from gsdcheck.engine.hunt.findings.words import latex_case
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.serial import extended, judgement_data
from gsdcheck.model.verdict import Verdict
from gsdcheck.record.build import build_record


def ablation_record(claim: str, found: Sequence[Ablated], *, seed: int, **parts: Any) -> dict[str, Any]:
    """The record: a judgement for each assumption that is needed or open, and the table.

    A judgement `refuted` is about the claim without the assumption that its row names, which `expected` null says
    too: of the claim as it stands nothing is refuted.

    Args:
        parts: `run`, `status` and the like, as `build_record` takes them.
    """
    record = build_record(
        kind="ablate",
        seed=seed,
        subject={"name": claim},
        judgements=[_judgement(claim, row) for row in found if row.need is not Need.IDLE],
        **parts,
    )
    return extended(record, ablation=[_row(row) for row in found], statement=BY_ID[claim].claim.statement)


def _judgement(claim: str, row: Ablated) -> dict[str, Any]:
    if row.settled is not None and row.settled.judgement is not None:
        return {**judgement_data(row.settled.judgement), "examples": row.examples, "without": row.assumption}
    judgement = Judgement(
        claim=claim,
        case=f"without: {row.says}",
        verdict=Verdict.UNDECIDED,
        evidence=None,
        reason=row.reason,
        examples=row.examples,
    )
    data = {**judgement_data(judgement), "without": row.assumption}
    if row.settled is None:
        return data
    evidence = evidence_data(row.settled)
    return {**data, "candidate": dict(plain_case(row.settled.case)), "candidate_evidence": evidence}


def _row(row: Ablated) -> dict[str, Any]:
    """One line of the table."""
    case = None if row.settled is None else row.settled.case
    return {
        "assumption": row.assumption,
        "says": row.says,
        "need": str(row.need),
        "reason": row.reason,
        "theorem": row.theorem,
        "examples": row.examples,
        "counterexample": None if case is None else describe(read_subject(plain_case(case))),
        "latex": None if case is None else latex_case(case, row.reason),
    }
