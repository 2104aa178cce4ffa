"""A clamp at ±a of an odd function is odd if a is even and not negative, and in general not otherwise."""

import pytest

from gsdcheck.certify.algebra import EVEN, ODD, parity
from gsdcheck.model.parser import parse


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Min(2, Max(-2, x))", True),
        ("Max(-2, Min(2, x))", True),
        ("Min(x**2, Max(-x**2, x))", True),
        ("Max(-x**2, Min(x**2, tanh(x)))", True),
        ("Min(exp(x), Max(-exp(x), x))", False),  # a is not even: 1 at 1, and -1/e at -1
        ("Max(-exp(x), Min(exp(x), x))", False),
        ("Min(-1, Max(1, x))", False),  # the constant -1
        ("Max(1, Min(-1, x))", False),
        ("Min(2, Max(-1, x))", False),
        ("Min(2, Max(-2, x**2))", False),
        ("Min(2, Max(-2, x + 1))", False),
    ],
)
def test_a_clamp_is_odd_between_even_levels(text: str, odd: bool) -> None:
    assert bool(parity(parse(text)) & ODD) is odd


@pytest.mark.parametrize(
    ("text", "found"),
    [("0", EVEN | ODD), ("3", EVEN), ("x", ODD), ("x**2", EVEN), ("exp(x)", 0), ("Abs(x)", EVEN)],
)
def test_the_parity_of_what_is_simple(text: str, found: int) -> None:
    assert parity(parse(text)) == found
