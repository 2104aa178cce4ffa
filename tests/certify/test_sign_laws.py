"""Signs, trends and integrals of expressions, against what is known of them by hand."""

from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest

from gsdcheck.certify.algebra import trend
from gsdcheck.certify.balls import precision
from gsdcheck.certify.branch_signs import difference, tree_sign
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.potential import potential
from gsdcheck.certify.wells import Side, check_side
from gsdcheck.model.expression import number
from gsdcheck.model.parser import parse

STEP = "Piecewise((x, x < 1), (-1, x <= 2), (exp(x), True))"
DIGITS = mpmath.MPContext()
DIGITS.dps = 25


@pytest.mark.parametrize(
    ("text", "low", "high", "mask"),
    [
        (STEP, 0, 1, POSITIVE),
        (STEP, -1, 0, NEGATIVE),
        (STEP, 1, 2, NEGATIVE),
        (STEP, 2, 3, POSITIVE),
        (STEP, Fraction(1, 2), Fraction(3, 2), POSITIVE | NEGATIVE),
        ("Max(x - 1, -1)", -3, 0, NEGATIVE),
        ("Max(x - 1, 1)", -3, 9, POSITIVE),
        ("Min(x - 1, 1)", 1, 9, POSITIVE),
        ("Min(x - 1, -1)", -9, 9, NEGATIVE),
        ("Abs(x)*x", 0, 5, POSITIVE),
        ("Abs(x)*x", -5, 0, NEGATIVE),
        ("tanh(Min(x, 0))", -5, 0, NEGATIVE),
        ("sign(x) - 1", -5, 0, NEGATIVE),
        ("Max(x, 0)", -5, 0, NULL),
    ],
)
def test_the_sign_of_what_branches(text: str, low: int, high: int, mask: int) -> None:
    assert tree_sign(parse(text), Fraction(low), Fraction(high)) == mask


def test_only_equal_trees_have_no_difference() -> None:
    assert difference(parse(STEP), parse(STEP)) == number(0)
    for left, right in pairwise(map(parse, ("x", "2*x", "x + 1", STEP, "Abs(x)"))):
        assert difference(left, right) != number(0)


@pytest.mark.parametrize(
    ("text", "rises", "falls"),
    [
        ("2*x + sin(x)", True, False),
        ("sin(x) - 2*x", False, True),
        ("exp(-x) - x*exp(-x) - 3*x", False, False),
        ("x*exp(-x**2)", False, False),
        ("3*x - x*exp(-x**2)", True, False),
    ],
)
def test_the_trend_is_that_of_the_slope(text: str, rises: bool, falls: bool) -> None:
    found = trend(parse(text))
    assert (found.rises, found.falls, found.strict) == (rises, falls, rises or falls)


@pytest.mark.parametrize(
    ("text", "integral"),
    [
        ("E*x", lambda b: DIGITS.e * b**2 / 2),
        ("pi*x", lambda b: DIGITS.pi * b**2 / 2),
        ("E**(-x**2)*x", lambda b: (1 - DIGITS.exp(-(b**2))) / 2),
        ("sin(pi*x)", lambda b: (1 - DIGITS.cos(DIGITS.pi * b)) / DIGITS.pi),
        ("x**3 - x/2", lambda b: b**4 / 4 - b**2 / 4),
        ("x/sqrt(1 + x**2)", lambda b: DIGITS.sqrt(1 + b**2) - 1),
    ],
)
@pytest.mark.parametrize("x", [Fraction(3, 4), Fraction(-5, 2)])
def test_the_potential_is_the_integral_by_hand(text: str, integral, x: Fraction) -> None:  # type: ignore[no-untyped-def]
    with precision(80):
        found = potential(parse(text), x)
    expected = integral(DIGITS.mpf(x.numerator) / x.denominator)
    assert abs(DIGITS.mpf(found.mid().str(22, radius=False)) - expected) < DIGITS.mpf(10) ** -15
    assert float(found.rad()) < 1e-15


def side(text: str, *cuts: str, end: str) -> Side:
    segments = [{"lo": a, "hi": b, "rule": "direct"} for a, b in pairwise(["0", *cuts])]
    return check_side(parse(text), {"segments": segments, "end": end, "antiderivative": None, "limit": None})


def height(b: Fraction) -> float:
    """∫₀ᵇ x (x - 1)² (x - 2)² dx, expanded by hand."""
    return float(b**6 / 6 - 6 * b**5 / 5 + 13 * b**4 / 4 - 4 * b**3 + 2 * b**2)


def test_the_first_of_two_zeros_is_the_one_that_counts() -> None:
    found = side("x*(x - 1)**2*(x - 2)**2", "1", "2", "4", "oo", end="diverges")
    assert found.first_zero is not None
    assert float(found.first_zero[0].mid()) == pytest.approx(height(Fraction(1)), abs=1e-9)
    assert float(found.first_zero[1].mid()) == pytest.approx(height(Fraction(1)), abs=1e-9)


def test_a_plain_at_the_bottom_is_no_zero_inside() -> None:
    found = side(
        "Piecewise((0, x <= 1), (x - 1, x <= 2), (0, x <= 3), (x - 3, True))",
        "1",
        "2",
        "3",
        "32",
        "oo",
        end="diverges",
    )
    assert found.first_zero is not None
    assert float(found.first_zero[0].mid()) == pytest.approx(0.5)
