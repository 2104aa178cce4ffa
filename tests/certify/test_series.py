"""Coefficients of f(u(t)), against mpmath's derivatives; on wide balls, against those at points of the balls."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb

from gsdcheck.certify.balls import precision
from gsdcheck.certify.series import Tape
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import FUNCTIONS, Number, Product, X, call
from gsdcheck.model.parser import parse

LENGTH = 7

CASES: dict[str, Callable[[Any], Any]] = {
    "exp(x)": mpmath.exp,
    "log(x)": mpmath.log,
    "log1p(x)": mpmath.log1p,
    "expm1(x)": mpmath.expm1,
    "sin(x)": mpmath.sin,
    "cos(x)": mpmath.cos,
    "sinh(x)": mpmath.sinh,
    "cosh(x)": mpmath.cosh,
    "tanh(x)": mpmath.tanh,
    "asinh(x)": mpmath.asinh,
    "atan(x)": mpmath.atan,
    "erf(x)": mpmath.erf,
    "erfc(x)": mpmath.erfc,
    "dilog(x)": lambda x: mpmath.polylog(2, x),
    "x**5": lambda x: x**5,
    "x**(-3)": lambda x: x**-3,
    "x**(1/3)": lambda x: mpmath.cbrt(x),
    "x**(-3/2)": lambda x: x ** mpmath.mpf(-1.5),
    "pi*x*exp(-x**2)": lambda x: mpmath.pi * x * mpmath.exp(-(x**2)),
    "x*erfc(-x/sqrt(2))/2": lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2,
    "x*tanh(log1p(exp(x)))": lambda x: x * mpmath.tanh(mpmath.log1p(mpmath.exp(x))),
    "x*x*sin(x)+2": lambda x: x * x * mpmath.sin(x) + 2,
    "tanh(1)": lambda x: mpmath.tanh(1) + 0 * x,
}


def coefficients(tree: Any, u: list[arb]) -> list[arb]:
    row: list[arb] = []
    tape = Tape(row)
    found = tape.enter(tree)
    for a in u:
        row.append(a)
        tape.extend()
    return found


def derivatives(f: Callable[[Any], Any], at: float) -> list[Any]:
    """f^(k)/k! of f(at + t + t²/2), by mpmath."""
    return list(mpmath.taylor(lambda t: f(at + t + t * t / 2), 0, LENGTH - 1))


def curve(at: arb) -> list[arb]:
    return [at, arb(1), arb(1) / 2, *[arb(0)] * (LENGTH - 3)]


def test_every_smooth_function_of_the_grammar_has_a_case() -> None:
    smooth = set(FUNCTIONS) - {"Abs", "sign", "Max", "Min"}
    assert all(any(f"{name}(" in text for text in CASES) for name in smooth)


@pytest.mark.parametrize("text", CASES)
def test_the_coefficients_are_the_derivatives_over_the_factorials(text: str) -> None:
    with mpmath.workdps(60), precision(128):
        found = coefficients(parse(text), curve(arb(0.375)))
        for ball, value in zip(found, derivatives(CASES[text], 0.375), strict=True):
            assert abs(ball - arb(mpmath.nstr(value, 40))) < arb(10) ** -30


@pytest.mark.parametrize("text", CASES)
def test_a_wide_ball_gives_the_coefficients_at_all_its_points(text: str) -> None:
    with mpmath.workdps(30), precision(64):
        found = coefficients(parse(text), curve(arb(0.375, 0.03125)))
        for at in (0.34375, 0.36, 0.375, 0.40625):
            for ball, value in zip(found, derivatives(CASES[text], at), strict=True):
                assert ball.overlaps(arb(mpmath.nstr(value, 25), 1e-20))
                assert ball.is_finite()


@pytest.mark.parametrize("text", ["log(x)", "sqrt(x)", "1/x", "dilog(x)", "log1p(-1+x)"])
def test_where_analyticity_is_not_seen_the_coefficients_are_not_finite(text: str) -> None:
    found = coefficients(parse(text), curve(arb(0, 0.25)))
    assert not all(ball.is_finite() for ball in found)


def test_a_factor_0_does_not_hide_a_domain() -> None:
    tree = Product((Number(Fraction(0)), call("log", X)))
    assert not coefficients(tree, curve(arb(-1)))[0].is_finite()
    assert coefficients(tree, curve(arb(1)))[0] == 0


@pytest.mark.parametrize("text", ["Abs(x)", "sign(x)", "Max(x, 0)", "Piecewise((x, x > 0), (0, True))"])
def test_a_branch_has_no_series(text: str) -> None:
    with pytest.raises(Undecided, match="branch"):
        coefficients(parse(text), curve(arb(1)))
