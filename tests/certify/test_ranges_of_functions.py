"""The range of each function on an interval is the true one: its ends are met, on either side of 0 and to infinity."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import mpmath
import pytest

from gsdcheck.certify.intervals import interval, value_range
from gsdcheck.model.parser import parse

FUNCTIONS: dict[str, Any] = {
    "exp(x)": mpmath.exp,
    "expm1(x)": mpmath.expm1,
    "sinh(x)": mpmath.sinh,
    "tanh(x)": mpmath.tanh,
    "asinh(x)": mpmath.asinh,
    "atan(x)": mpmath.atan,
    "erf(x)": mpmath.erf,
    "erfc(x)": mpmath.erfc,
    "sin(x)": mpmath.sin,
    "cos(x)": mpmath.cos,
    "cosh(x)": mpmath.cosh,
    "Abs(x)": abs,
    "x**2": lambda x: x**2,
    "x**3": lambda x: x**3,
    "Max(x, 1)": lambda x: max(x, mpmath.mpf(1)),
    "Min(x, 1)": lambda x: min(x, mpmath.mpf(1)),
    "-x": lambda x: -x,
}
ENDS = [Fraction(n, 4) for n in (-30, -13, -5, -2, 0, 1, 4, 7, 19, 33)]
POSITIVE = {
    "log(x)": mpmath.log,
    "sqrt(x)": mpmath.sqrt,
    "1/x": lambda x: 1 / x,
    "x**(-2)": lambda x: x**-2,
    "x**(-3/2)": lambda x: x ** mpmath.mpf(-1.5),
    "log1p(x)": mpmath.log1p,
    "dilog(-x)": lambda x: mpmath.polylog(2, -x),
}


def values(f: Any, low: Fraction, high: Fraction) -> list[float]:
    grid = [low + (high - low) * k / 200 for k in range(201)]
    grid += [Fraction(k, 4) for k in range(-40, 41) if low < Fraction(k, 4) < high]
    return [float(f(mpmath.mpf(x.numerator) / x.denominator).real) for x in grid]


def require_true(text: str, f: Any, low: Fraction, high: Fraction) -> None:
    bottom, top = map(float, value_range(parse(text), interval(low, high)))
    found = values(f, low, high)
    slack = 1e-8 * (1 + max(map(abs, found)))
    near = 2e-3 if text in ("sin(x)", "cos(x)") else slack  # a crest lies between two points of the grid
    assert min(found) - near <= bottom <= min(found) + slack
    assert max(found) - slack <= top <= max(found) + near


@pytest.mark.parametrize("text", FUNCTIONS)
def test_the_range_on_a_segment_is_the_true_one(text: str) -> None:
    for low, high in [*pairwise(ENDS), *pairwise(ENDS[::2]), *pairwise(ENDS[::3]), (ENDS[0], ENDS[-1])]:
        require_true(text, FUNCTIONS[text], low, high)


@pytest.mark.parametrize("text", POSITIVE)
def test_the_range_on_a_positive_segment_is_the_true_one(text: str) -> None:
    for low, high in pairwise(end for end in ENDS if end > 0):
        require_true(text, POSITIVE[text], low, high)


LIMITS = {  # at -∞ and ∞
    "exp(x)": (0, mpmath.inf),
    "expm1(x)": (-1, mpmath.inf),
    "sinh(x)": (-mpmath.inf, mpmath.inf),
    "tanh(x)": (-1, 1),
    "asinh(x)": (-mpmath.inf, mpmath.inf),
    "atan(x)": (-mpmath.pi / 2, mpmath.pi / 2),
    "erf(x)": (-1, 1),
    "erfc(x)": (2, 0),
    "x**3": (-mpmath.inf, mpmath.inf),
}


@pytest.mark.parametrize("text", LIMITS)
@pytest.mark.parametrize("end", [Fraction(-3, 2), Fraction(0), Fraction(5, 4)])
def test_the_range_on_a_half_line_ends_at_the_limit(text: str, end: Fraction) -> None:
    here = float(FUNCTIONS[text](mpmath.mpf(end.numerator) / end.denominator))
    for low, high, limit in ((None, end, LIMITS[text][0]), (end, None, LIMITS[text][1])):
        found = tuple(map(float, value_range(parse(text), interval(low, high))))
        assert found == pytest.approx(tuple(sorted((here, float(limit)))), rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "low", "high", "expected"),
    [
        ("log(x)", "0", "1", (-mpmath.inf, 0)),
        ("log1p(x)", "-1", "0", (-mpmath.inf, 0)),
        ("log1p(x)", "-1/2", "1", (-mpmath.log(2), mpmath.log(2))),
        ("1/x", "0", "2", (0.5, mpmath.inf)),
        ("1/x", "-2", "0", (-mpmath.inf, -0.5)),
        ("1/x", "-1", "1", (-mpmath.inf, mpmath.inf)),
        ("x**(-2)", "-1", "2", (0.25, mpmath.inf)),
        ("sqrt(x)", "0", "4", (0, 2)),
        ("dilog(x)", "0", "1", (0, mpmath.pi**2 / 6)),
        ("sign(x)", "-1", "2", (-1, 1)),
        ("sign(x)", "0", "2", (0, 1)),
        ("sign(x)", "1", "2", (1, 1)),
        ("sign(x)", "-2", "0", (-1, 0)),
        ("sign(x)", "-2", "-1", (-1, -1)),
        ("cosh(x)", "-1", "0", (1, mpmath.cosh(1))),
    ],
)
def test_the_range_at_the_edge_of_a_domain(
    text: str, low: str, high: str, expected: tuple[float, float]
) -> None:
    found = tuple(map(float, value_range(parse(text), interval(Fraction(low), Fraction(high)))))
    assert found == pytest.approx(tuple(map(float, expected)), abs=1e-6)
