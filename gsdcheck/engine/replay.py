"""Re-checking certificates on another machine: the mathematics decides, the digest is ignored."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gsdcheck.certify.judgement import Judgement
from gsdcheck.engine.answers import answers_data
from gsdcheck.engine.replay_facts import replayed_facts
from gsdcheck.engine.serial import same_conclusion
from gsdcheck.errors import CertificateRejected, RecordError
from gsdcheck.model.verdict import Verdict
from gsdcheck.record.safe_json import read_json
from gsdcheck.record.upgrade import upgrade


class Outcome(Enum):
    """What became of a recorded judgement; the value is the sentence."""

    HOLDS = "still holds"
    FAILS = "no longer holds"
    UNCERTIFIED = "has no certificate to replay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One recorded judgement, fact or quantity, replayed."""

    claim: str
    case: str | None
    outcome: Outcome
    detail: str = ""


def replay_file(path: str) -> list[Replayed]:
    """The outcome of every judgement, fact and quantity in a record or certificate file.

    Nothing that the file names is imported or run.

    Raises:
        RecordError: the file cannot be read as a record, a matrix of records, a judgement or a certificate.
    """
    data = read_json(path)
    if isinstance(data, dict) and "schema_version" in data:
        try:
            data = upgrade(data)
        except RecordError as fault:
            raise RecordError(f"{path}: {fault}") from None
    return [replay_judgement(entry) for entry in _judgements(data, path)] + _facts(data) + _answers(data)


def _facts(data: Any) -> list[Replayed]:
    return [
        Replayed(
            claim=item.name,
            case=item.case,
            outcome=Outcome.HOLDS if item.fault is None else Outcome.FAILS,
            detail=item.fault or "",
        )
        for item in replayed_facts(data)
    ]


def _judgements(data: Any, path: str) -> list[Mapping[str, Any]]:
    if isinstance(data, dict) and isinstance(data.get("records"), list):
        return [j for record in data["records"] for j in _judgements(record, path)]
    if isinstance(data, dict) and isinstance(data.get("judgements", ""), list | None):
        entries = data["judgements"] or []
    elif isinstance(data, dict) and "kind" in data and "certificate" not in data:
        entries = [{"certificate": data}]
    else:
        entries = [data]
    if not all(isinstance(entry, dict) and "certificate" in entry for entry in entries):
        raise RecordError(f"{path} is neither a record nor a certificate. Give a file that gsdcheck wrote.")
    return list(entries)


def _answers(data: Any) -> list[Replayed]:
    """What the record says of the paper's sentences, if it does not follow from its judgements."""
    if not isinstance(data, dict) or not isinstance(data.get("sentences"), list):
        return []
    try:
        follows = answers_data(data.get("judgements") or ()) == data["sentences"]
    except (KeyError, TypeError, AttributeError):  # judgements without what every record has
        follows = False
    detail = "what it says of the paper's sentences does not follow from its judgements"
    return [] if follows else [Replayed(claim="sentences", case=None, outcome=Outcome.FAILS, detail=detail)]


def replay_judgement(recorded: Mapping[str, Any]) -> Replayed:
    """Whether the certificate still establishes what the judgement says (or, bare, anything at all)."""
    claim, case = str(recorded.get("claim", "certificate")), recorded.get("case")
    certificate = recorded["certificate"]
    if certificate is None:
        return _uncertified(claim, case, recorded.get("verdict"))
    try:
        judgement = Judgement.from_certificate(certificate)
    except CertificateRejected as fault:
        return Replayed(claim=claim, case=_shown(case), outcome=Outcome.FAILS, detail=str(fault))
    if set(recorded) == {"certificate"}:
        detail = f"{judgement.claim} is {judgement.verdict}: {judgement.reason}"
        return Replayed(claim=judgement.claim, case=judgement.case, outcome=Outcome.HOLDS, detail=detail)
    different = same_conclusion(recorded, judgement)
    if different:
        detail = f"its certificate establishes another {', '.join(different)}"
        return Replayed(claim=claim, case=_shown(case), outcome=Outcome.FAILS, detail=detail)
    return Replayed(claim=claim, case=_shown(case), outcome=Outcome.HOLDS)


def _uncertified(claim: str, case: object, verdict: object) -> Replayed:
    """Only what decides nothing may come without a certificate."""
    if verdict in (str(Verdict.SUPPORTED), str(Verdict.UNDECIDED)):
        return Replayed(claim=claim, case=_shown(case), outcome=Outcome.UNCERTIFIED)
    detail = f"it is {verdict} without a certificate"
    return Replayed(claim=claim, case=_shown(case), outcome=Outcome.FAILS, detail=detail)


def _shown(case: object) -> str | None:
    return None if case is None else str(case)
