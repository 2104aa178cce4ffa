"""Verdicts and evidence, in words."""

from collections.abc import Mapping
from typing import Any

VERDICTS = ("proved", "refuted", "supported", "undecided")
GLYPHS = {"proved": "✓", "refuted": "✗", "supported": "~", "undecided": "?"}

EVIDENCE = {
    "formal": "a formal proof, checked by Coq",
    "exact": "exact rational arithmetic",
    "ball": "ball arithmetic: an interval that contains the true value",
    "symbolic": "a polynomial identity over ℚ, expanded again by the checker",
    "theorem": "a theorem whose premises are established facts of this subject",
    "written": "a written proof for every dimension, its steps checked where a machine can",
    "sampled": "floating-point samples, which alone decide nothing",
}

ANSWERS = {"true": "proved", "false": "refuted", "open": "undecided"}
"""What a record says of a sentence of the paper, with the verdict in whose colour it is shown."""


def evidence_short(judgement: Mapping[str, Any]) -> str:
    """The grade, and in brackets what a theorem rests on: "theorem (exact)"."""
    grade, base = judgement["evidence"], judgement["rests_on"]
    if grade is None:
        return "none"
    return f"{grade} ({base})" if base and base != grade else str(grade)


def evidence_words(judgement: Mapping[str, Any]) -> str:
    """The evidence as a phrase, with what it rests on and how many examples were tried."""
    words = EVIDENCE.get(judgement["evidence"] or "", "none")
    if (base := judgement["rests_on"]) and base != judgement["evidence"]:
        words += f"; it rests on {EVIDENCE[base]}"
    if judgement["examples"]:
        words += f"; {plural(judgement['examples'], 'example')} tried"
    return words


def holds_words(holds: bool | None) -> str:
    """Yes, no or undecided."""
    return {True: "yes", False: "no", None: "undecided"}[holds]


def plural(count: int, noun: str) -> str:
    """ "1 case", "4 cases", "20,000 cases"."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
