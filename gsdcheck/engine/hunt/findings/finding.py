"""One finding as plain data: everything it takes to see the failure again, and to explain it."""

import hashlib
from collections.abc import Mapping
from typing import Any

from gsdcheck.claims import BY_ID
from gsdcheck.engine.hunt.findings.pictures import picture
from gsdcheck.engine.hunt.findings.script import script
from gsdcheck.engine.hunt.findings.words import latex_sentence, sentence
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.settlement import Settled
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.engine.serial import judgement_data
from gsdcheck.record.build import versions
from gsdcheck.record.canonical import canonical, float_number

FORMAT = 1
"""Of the file. A reader refuses another."""
KIND = "finding"
_TITLE = 100


def finding_data(target: Target, settled: Settled, *, subject: str | None, seed: int) -> dict[str, Any]:
    """The finding, with a digest of what it says; the figure is for the report to draw from `series`."""
    case, mechanism, claim = settled.case, settled.mechanism, BY_ID[target.id].claim
    series = picture(case, target.judge.shows, f"{claim.id}: {mechanism}"[:_TITLE])
    data = {
        "format": FORMAT,
        "kind": KIND,
        "claim": claim.id,
        "theory": claim.row,
        "statement": claim.statement,
        "subject": subject,
        "lacks": dict(target.lacks),
        "mechanism": mechanism,
        "case": dict(plain_case(case)),
        "as_found": dict(settled.candidate.case),
        "margin": _number(settled.confirmation.margin),
        "evidence": evidence_data(settled),
        "found": {
            "family": settled.candidate.family,
            "margin": _number(settled.candidate.margin),
            "seed": seed,
        },
        "judgement": None if settled.judgement is None else judgement_data(settled.judgement),
        "sentence": sentence(settled),
        "latex": latex_sentence(settled),
        "script": script(case, target.judge.shows),
        "series": series,
        "figure": None,
        "versions": versions(),
    }
    return {**data, "digest": finding_digest(data)}


def _number(margin: float) -> dict[str, Any] | None:
    return float_number(margin) if abs(margin) < float("inf") else None


def evidence_data(settled: Settled) -> list[dict[str, Any]]:
    """What every other method says of the case."""
    return [
        {"method": check.method, "margin": None if check.margin is None else float_number(check.margin)}
        for check in settled.confirmation.checks
    ]


def finding_digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of what the finding says: all but the figure, the versions and the digest itself."""
    said = {key: value for key, value in data.items() if key not in ("digest", "figure", "versions")}
    return "sha256:" + hashlib.sha256(canonical(said)).hexdigest()


def finding_name(data: Mapping[str, Any]) -> str:
    """The name of its file: the claim, and letters that belong to claim, subject and case."""
    about = {key: data[key] for key in ("claim", "subject", "case")}
    return f"{data['claim']}-{hashlib.sha256(canonical(about)).hexdigest()[:12]}.json"
