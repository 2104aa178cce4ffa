"""Verdicts and evidence, in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

VERDICTS = ("proved", "refuted", "supported", "undecided")
GLYPHS = {"proved": "✓", "refuted": "✗", "supported": "~", "undecided": "?"}

EVIDENCE = {
    "formal": "a formal proof in Coq, on record (`gsdcheck proofs` checks it again)",
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


DEFINITIONS = "What the words mean in Coq: proofs/coq/Vectors.v, Flows.v, Existence.v and Theory.v."


def assumptions_words(assumptions: Iterable[str] | None, *, together: bool = False) -> str:
    """What theorems in Coq assume, by the names of the axioms; Coq prints "name : statement" of each."""
    names = [entry.split(" : ")[0].rsplit(".", 1)[-1] for entry in assumptions or ()]
    subject = "Together they assume" if together else "Assumes"
    if not names:
        return f"{subject} nothing."
    return f"{subject} the axioms of the real numbers: {', '.join(names)}."


def theorems_sentence(judgements: Iterable[Mapping[str, Any]] | None) -> str | None:
    """Of which claims the theorem applied here is formal, and of which it is only written; None if none is applied."""
    applied = [j for j in judgements or () if j["verdict"] == "proved" and j["rests_on"]]
    parts = []
    for grade, said in (("formal", "a formal proof in Coq"), ("written", "a written proof")):
        claims = dict.fromkeys(j["claim"] for j in applied if j["rests_on"] == grade)
        parts += [f"{said} stands behind {', '.join(claims)}"] if claims else []
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else None


def general_claims(judgements: Iterable[Mapping[str, Any]], grade: str) -> list[str]:
    """The claims that are decided in general with this grade of evidence, in their order."""
    decided = [j for j in judgements if j["case"] is None and j["verdict"] in ("proved", "refuted")]
    return [j["claim"] for j in decided if j["evidence"] == grade]


def formal_sentence(formal: Sequence[str]) -> str:
    """How many claims are decided formally."""
    return f"{plural(len(formal), 'claim')} decided formally, by a proof in Coq"


def grades_sentence(judgements: Iterable[Mapping[str, Any]]) -> str | None:
    """How many claims are decided formally, and which are proved only in writing; None if none is."""
    known = list(judgements)
    formal, written = (general_claims(known, grade) for grade in ("formal", "written"))
    if not formal and not written:
        return None
    said = formal_sentence(formal)
    return said + (f"; proved only in writing: {', '.join(written)}." if written else ".")
