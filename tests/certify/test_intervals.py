from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.intervals import EVERYTHING, interval, value_range
from gsdcheck.model.parser import parse

POINTS = st.fractions(min_value=-20, max_value=20, max_denominator=64)
TEXTS = (
    "tanh(x)", "sin(3*x)", "cos(x)", "cosh(x)**(-2)", "x**3 - x**2", "erfc(-x)", "1/(1 + x**2)", "sign(x)",
    "Max(x, 1, -x)", "Min(x**2, 2)", "log1p(exp(-Abs(x)))", "sqrt(1 + x**2)", "x/(2 + sin(x))", "(x - 1)**(-2)",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("tanh(x)", -1, 1),
        ("1/(1 + exp(-x))", 0, 1),
        ("cosh(x)**(-2)", 0, 1),
        ("sin(x)", -1, 1),
        ("x**2", 0, None),
    ],
)
def test_the_range_on_the_whole_line_is_the_known_one(text: str, low: int, high: int | None) -> None:
    bottom, top = value_range(parse(text), EVERYTHING)
    assert bottom == low
    assert top == (arb("inf") if high is None else high)


def test_a_lower_end_that_overflows_says_nothing() -> None:
    found = value_range(parse("exp(exp(exp(x)))"), interval(Fraction(100), Fraction(101)))
    assert found[0] <= 1
    assert found[1] == arb("inf")


def test_the_range_on_a_half_line_uses_the_exact_end() -> None:
    bottom, top = value_range(parse("exp(-x)"), interval(Fraction(0), None))
    assert (bottom, top) == (0, 1)


@pytest.mark.parametrize("text", TEXTS)
@given(a=POINTS, b=POINTS, share=st.fractions(min_value=0, max_value=1, max_denominator=16))
def test_the_range_contains_the_value_at_every_point(
    text: str, a: Fraction, b: Fraction, share: Fraction
) -> None:
    low, high = min(a, b), max(a, b)
    value = enclose(parse(text), to_arb(low + share * (high - low)))
    if value.is_finite():
        bottom, top = value_range(parse(text), interval(low, high))
        assert not value < bottom
        assert not value > top


@given(POINTS, POINTS)
def test_a_half_line_contains_what_its_segments_contain(a: Fraction, b: Fraction) -> None:
    low, high = min(a, b), max(a, b)
    for text in TEXTS:
        part, whole = (
            value_range(parse(text), interval(low, high)),
            value_range(parse(text), interval(low, None)),
        )
        assert not part[0] < whole[0] - arb(2) ** -40
        assert not part[1] > whole[1] + arb(2) ** -40
