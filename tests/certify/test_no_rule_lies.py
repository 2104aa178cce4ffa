"""No rule of a certificate, on any simple cover of the line, establishes of a function what is false of it by hand."""

from collections.abc import Iterator
from itertools import pairwise, product
from typing import Any

import pytest

from gsdcheck.certify.activation_facts import FACTS, check_fact
from gsdcheck.errors import CertificateRejected
from tests.facts.hand_derived import TABLE

Data = list[dict[str, str]]
RULES = (
    *(
        "direct",
        "tail",
        "mean",
        "taylor-lo-1",
        "taylor-lo-2",
        "taylor-hi-1",
        "taylor-hi-3",
        "mirror",
        "parity",
    ),
    *(
        "algebra",
        "smooth",
        "branches",
        "branches-direct",
        "branches-tail",
        "branches-range",
        "range",
        "compact",
    ),
)
BREAKS = ("tail", "branches-tail", "leap", "steep-lo", "steep-hi")
COVERS = (("-oo", "oo"), ("-oo", "0", "oo"), ("-oo", "-4", "0", "4", "oo"), ("0", "oo"), ("0", "2", "oo"))
POINTS = ("-7", "-3/2", "-1", "-1/3", "0", "1/3", "1", "3/2", "7")
KNOWN = {
    text: dict(zip(FACTS, (mark == "T" for mark in marks.split()), strict=True))
    for text, marks in TABLE.items()
}


def cover(ends: tuple[str, ...], *rules: str) -> Data:
    pairs = list(pairwise(ends))
    each = (
        rules
        if len(rules) == len(pairs)
        else (rules[0], *[rules[1 % len(rules)]] * (len(pairs) - 2), rules[0])
    )
    return [{"lo": a, "hi": b, "rule": rule} for (a, b), rule in zip(pairs, each, strict=False)]


def grounds_for() -> Iterator[dict[str, Any]]:
    for ends, rule in product(COVERS, RULES):
        yield {"segments": cover(ends, rule)}
    for outer, inner in (
        ("tail", "compact"),
        ("branches-tail", "compact"),
        ("tail", "direct"),
        ("tail", "range"),
    ):
        yield {"segments": cover(COVERS[2], outer, inner)}


def grounds_against() -> Iterator[dict[str, Any]]:
    for point in POINTS:
        yield {"witness": [point]}
    for pair in product(POINTS, POINTS):
        yield {"witness": list(pair)}
    for (low, high), rule in product(
        (("4", "oo"), ("-oo", "-4"), ("-1", "1"), ("0", "1/8"), ("-1/8", "0")), BREAKS
    ):
        yield {"segments": cover((low, high), rule)}
    for point in ("-1", "0", "1"):
        yield {"segments": cover(("-3/2", point, "3/2"), "jump")}


def is_accepted(text: str, fact: str, holds: bool, ground: dict[str, Any]) -> bool:
    try:
        check_fact({"kind": "activation-fact", "expression": text, "fact": fact, "holds": holds, **ground})
    except CertificateRejected:
        return False
    return True


@pytest.mark.parametrize("text", KNOWN)
def test_what_is_false_is_not_established(text: str) -> None:
    for fact in (fact for fact, holds in KNOWN[text].items() if not holds):
        accepted = [ground for ground in grounds_for() if is_accepted(text, fact, True, ground)]
        assert not accepted, fact


@pytest.mark.parametrize("text", KNOWN)
def test_what_is_true_is_not_refuted(text: str) -> None:
    for fact in (fact for fact, holds in KNOWN[text].items() if holds):
        accepted = [ground for ground in grounds_against() if is_accepted(text, fact, False, ground)]
        assert not accepted, fact


@pytest.mark.parametrize("fact", FACTS)
def test_these_covers_and_points_decide_the_fact_of_some_functions(fact: str) -> None:
    true = [text for text, facts in KNOWN.items() if facts[fact]]
    false = [text for text, facts in KNOWN.items() if not facts[fact]]
    assert any(is_accepted(text, fact, True, ground) for text in true for ground in grounds_for())
    assert any(is_accepted(text, fact, False, ground) for text in false for ground in grounds_against())
