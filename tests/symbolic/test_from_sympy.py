"""A SymPy expression becomes the same function in our words, or is refused by the name of what we lack."""

import pytest
import sympy

from gsdcheck.errors import ExpressionError, InvalidInput
from gsdcheck.model.library import NAMES, named_activation
from gsdcheck.model.parser import parse
from gsdcheck.symbolic.from_sympy import from_sympy
from gsdcheck.symbolic.translation import to_sympy

x = sympy.Symbol("x", real=True)
t, y = sympy.symbols("t y")
POINTS = [sympy.Rational(p, 7) for p in (-30, -9, -2, 0, 3, 8, 25)]


@pytest.mark.parametrize("name", NAMES)
def test_there_and_back_is_the_same_function(name: str) -> None:
    first = to_sympy(named_activation(name).expression)
    again = to_sympy(from_sympy(first))
    assert all(abs((first - again).subs(x, p).evalf(30)) < sympy.Rational(1, 10**20) for p in POINTS)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (sympy.Float(0.5) * t, "x/2"),
        (sympy.Rational(1, 3) * t, "x/3"),
        (sympy.exp(-t), "exp(-x)"),
        (2**t, "2**x"),
        (sympy.pi * t + sympy.E, "pi*x + E"),
        (sympy.sqrt(1 + t**2), "sqrt(1 + x**2)"),
        (sympy.sech(t), "cosh(x)**(-1)"),
        (sympy.Max(t, 0), "Max(0, x)"),
        (sympy.polylog(2, -t), "dilog(-x)"),
        (sympy.Heaviside(x), "Piecewise((0, x < 0), (1, x > 0), (1/2, True))"),
        (sympy.Piecewise((t, t > 0), (t / 2, t <= 0)), "Piecewise((x, x > 0), (x/2, True))"),
        (
            sympy.Piecewise((t, (t > 1) | (t < -1)), (0, True)),
            "Piecewise((x, x > 1), (x, x < -1), (0, True))",
        ),
        (sympy.Lambda(t, t**3), "x**3"),
        (sympy.Integer(0), "0"),
    ],
)
def test_every_node_is_translated_exactly(expression: sympy.Expr, text: str) -> None:
    expected = to_sympy(parse(text))
    assert sympy.simplify(to_sympy(from_sympy(expression)) - expected) == 0


def test_a_float_is_the_fraction_it_holds_and_not_the_decimal() -> None:
    assert from_sympy(sympy.Float(0.1) * t) == parse("3602879701896397/36028797018963968*x")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (t * y, "2 free symbols"),
        (sympy.Integer(3), "no free symbol"),
        (sympy.gamma(t), "gamma is not in the grammar"),
        (sympy.I * t, "ImaginaryUnit is not in the grammar"),
        (t**t, "Pow is not in the grammar"),
        (sympy.Lambda((t, y), t + y), "does not take one argument"),
        (sympy.Lambda(t, t + y), "the free symbol y"),
        (sympy.Eq(t, 1), "no expression in x"),
        (sympy.Matrix([t]), "no expression in x"),
        (sympy.Symbol("p", positive=True) + 1, "declared to be less than a real number"),
        (sympy.Piecewise((t, t > 0)), "last branch"),
        (sympy.Piecewise((t, (t > 1) | (t < -1)), (0, t < 1)), "last branch"),
        (sympy.Piecewise((t, (t > 0) & (t < 1)), (0, True)), "And is not in the grammar"),
    ],
)
def test_what_the_grammar_lacks_is_refused_by_name(expression: object, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        from_sympy(expression)


def test_the_limits_of_the_grammar_hold_for_sympy_too() -> None:
    with pytest.raises(ExpressionError, match="beyond the limit"):
        from_sympy(t**1000)
