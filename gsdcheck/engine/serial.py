"""Judgements, facts and quantities as the record spells them."""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from gsdcheck.certify.judgement import Judgement
from gsdcheck.claims import BY_ID
from gsdcheck.engine.verify import Decision
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.model.activation import Activation
from gsdcheck.model.verdict import Verdict
from gsdcheck.record.canonical import digest, float_number
from gsdcheck.record.shape import require_shape


def judgement_data(
    judgement: Judgement, *, seconds: float | None = None, expected: Verdict | None = None
) -> dict[str, Any]:
    """The judgement with the claim's row, sentence, title and statement beside it, as plain data."""
    claim = BY_ID[judgement.claim].claim
    certificate = None if judgement.certificate is None else json.loads(judgement.certificate)
    return {
        "claim": judgement.claim,
        "theory": claim.row,
        "case": judgement.case,
        "verdict": str(judgement.verdict),
        "evidence": _text(judgement.evidence),
        "rests_on": _text(judgement.rests_on),
        "expected": _text(expected),
        "margin": None if judgement.margin is None else list(judgement.margin),
        "reason": judgement.reason,
        "amended_by": claim.amended_by if judgement.verdict is Verdict.REFUTED else None,
        "certificate": certificate,
        "examples": judgement.examples,
        "seconds": seconds,
        "sentence": claim.sentence,
        "title": claim.title,
        "statement": claim.statement,
        "source": claim.source,
        "proof_page": f"proofs/{claim.id}.md",
    }


def decisions_data(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """The judgements of all decisions in the order of the catalogue, each with the verdict expected of it."""
    order = {claim: place for place, claim in enumerate(BY_ID)}
    return [
        data
        for decision in sorted(decisions, key=lambda d: order[d.claim])
        for data in _decision_data(decision)
    ]


def _decision_data(decision: Decision) -> list[dict[str, Any]]:
    expected = BY_ID[decision.claim].claim.expected
    head, *rest = (
        judgement_data(j, expected=expected, seconds=decision.seconds if i == 0 else None)
        for i, j in enumerate(decision.judgements)
    )
    if head["margin"] is None and math.isfinite(decision.worst):
        head["sampled_margin"] = float_number(decision.worst)
    if head["verdict"] == str(Verdict.UNDECIDED) and decision.violation is not None:
        head["candidate"] = decision.violation
    return [head, *rest]


_ABOUT_THE_ZERO = ("odd", "sign_strict", "sign_weak", "zero_only_at_origin")
_FROM_THE_ZERO = ("well_depth", "escape_energy", "slope_at_zero")


def facts_data(sigma: Activation, *, relative_to_zero: bool = True) -> dict[str, Any]:
    """The facts of σ, certified, as plain data; null for those about its zero where that is not at 0."""
    return {
        name: {"holds": fact.holds, "evidence": _text(fact.evidence), "certificate": fact.certificate}
        if relative_to_zero or name not in _ABOUT_THE_ZERO
        else {"holds": None, "evidence": None, "certificate": None}
        for name, fact in activation_facts(sigma).items()
    }


def unshifted(quantities: Mapping[str, Any]) -> dict[str, Any]:
    """The quantities without those that are measured from the zero."""
    unknown = {"enclosure": None, "exact": None, "certificate": None}
    return {name: unknown if name in _FROM_THE_ZERO else value for name, value in quantities.items()}


def quantities_data(sigma: Activation) -> dict[str, Any]:
    """The quantities of σ, certified, as plain data."""
    return {
        name: {
            "enclosure": None if found.enclosure is None else list(found.enclosure),
            "exact": found.exact,
            "certificate": found.certificate,
        }
        for name, found in activation_quantities(sigma).items()
    }


def extended(record: dict[str, Any], **extra: Any) -> dict[str, Any]:
    """The record with further keys, its digest computed again."""
    record.update(extra)
    record["digest"] = digest(record)
    require_shape(record)
    return record


def _text(value: object) -> str | None:
    return None if value is None else str(value)


_OF_THE_CATALOGUE = ("theory", "amended_by", "sentence", "title", "statement", "proof_page")


def same_conclusion(recorded: Mapping[str, Any], judgement: Judgement) -> list[str]:
    """The keys in which a recorded judgement differs from what its certificate establishes of the claim.

    What the record says the claim is counts too: a verdict about another statement is another verdict.
    """
    established = {
        "claim": judgement.claim,
        "case": judgement.case,
        "verdict": str(judgement.verdict),
        "evidence": _text(judgement.evidence),
        "rests_on": _text(judgement.rests_on),
        "reason": judgement.reason,
    }
    different = [key for key, value in established.items() if recorded.get(key) != value]
    described = judgement_data(judgement)
    different += [key for key in _OF_THE_CATALOGUE if key in recorded and recorded[key] != described[key]]
    if recorded.get("expected") not in (None, _text(BY_ID[judgement.claim].claim.expected)):
        different.append("expected")
    return different if _margins_meet(recorded.get("margin"), judgement.margin) else [*different, "margin"]


def _margins_meet(recorded: object, margin: tuple[str, str] | None) -> bool:
    """Enclosures of one number overlap, whatever version of Arb made them."""
    if margin is None or recorded is None:
        return margin is None and recorded is None
    if not isinstance(recorded, list) or len(recorded) != 2 or not all(isinstance(v, str) for v in recorded):
        return False
    try:
        (a, b), (c, d) = map(float, recorded), map(float, margin)
    except ValueError:
        return False
    return a <= d and c <= b
