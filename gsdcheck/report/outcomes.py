"""The judgements of a record as a test suite counts them: passed, failed or skipped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gsdcheck.report.grouping import reproduce_line
from gsdcheck.report.values import subject_name, value_text

Record = Mapping[str, Any]
State = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One claim in one case.

    Attributes:
        subject: what the record is about.
        case: empty for the claim in general.
        state: failed if the verdict is decided and not the expected one, skipped if nothing was decided.
        seconds: None where the record does not say.
    """

    subject: str
    row: str
    claim: str
    title: str
    case: str
    verdict: str
    evidence: str
    expected: str
    state: State
    reason: str
    seconds: float | None
    command: str


def outcomes(record: Record, *, record_path: str = "gsdcheck-report/record.json") -> list[Outcome]:
    """The outcomes of the record, or of every record of a matrix, in its order."""
    parts = record["records"] if record["kind"] == "matrix" else [record]
    return [found for part in parts for found in _of_one(part, record_path)]


def _of_one(record: Record, record_path: str) -> Iterator[Outcome]:
    for judgement in record.get("judgements") or ():
        yield Outcome(
            subject=subject_name(record),
            row=str(judgement["theory"] or ""),
            claim=str(judgement["claim"]),
            title=str(judgement.get("title") or ""),
            case="" if judgement["case"] is None else value_text(judgement["case"]),
            verdict=str(judgement["verdict"]),
            evidence=str(judgement["evidence"] or ""),
            expected=str(judgement["expected"] or ""),
            state=_state(judgement),
            reason=str(judgement["reason"] or ""),
            seconds=judgement["seconds"],
            command=reproduce_line(record, judgement, record_path),
        )


def _state(judgement: Mapping[str, Any]) -> State:
    """Undecided is never a pass, and never a failure: the exit code says whether it matters."""
    if judgement["verdict"] == "undecided":
        return "skipped"
    return "passed" if judgement["expected"] in (None, judgement["verdict"]) else "failed"
