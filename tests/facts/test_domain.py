"""Where activations are undefined: the point and the reason, by hand."""

import re
from fractions import Fraction

import pytest

from gsdcheck.facts.domain import undefined_at
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.library import NAMES, find_activation

UNDEFINED = [
    ("log(x)", "x = 0", "logarithm of 0"),
    ("1/x", "x = 0", "division by 0"),
    ("sqrt(x)", "x = -1", "root of a negative number"),
    ("log1p(x)", "x = -1", "logarithm of 0"),
    ("x/(x-1)", "x = 1", "division by 0"),
    ("(x-2)**(-1)", "x = 2", "division by 0"),
    ("log(sin(x))", "x = 0", "logarithm of 0"),
    ("dilog(x)", "x = 2", "dilogarithm of a number above 1"),
    ("x/(x-12345)", "x = 12345", "division by 0"),
    ("(x**2-4)/(x-2)", "x = 2", "division by 0"),
    ("Piecewise((x, x > 0), (sqrt(x), True))", "x = -1", "root of a negative number"),
    ("Max(x, log(x))", "x = 0", "logarithm of 0"),
    ("tanh(1/(x+1/2))", "x = -1/2", "division by 0"),
    ("sqrt(-1-x**2)", "x = 0", "root of a negative number"),
]
# √2 = 1.414..., π/2 = 1.570... (-10 is the first point of the grid: cos changes sign between -8 and -7.75),
# log 3 = 1.098...
BETWEEN = [("1/(x**2-2)", -1.5, -1.25), ("1/cos(x)", -8, -7.75), ("x/(exp(x)-3)**2", 1, 1.25)]
DEFINED = [
    "tanh(x)",
    "log(1+x**2)",
    "sqrt(x**2)",
    "1/(1+x**2)",
    "Piecewise((log(x), x > 1), (0, True))",
    "Piecewise((sqrt(x), x >= 0), (-sqrt(-x), True))",
    "x/(1+Abs(x))",
    "exp(exp(exp(x)))",  # an overflow of the floats is no hole in the domain
]


@pytest.mark.parametrize(("text", "where", "why"), UNDEFINED)
def test_a_point_outside_the_domain_is_named_with_the_reason(text: str, where: str, why: str) -> None:
    said = undefined_at(activation_from_expression(text))
    assert said is not None
    assert f"{where}:" in said
    assert why in said


@pytest.mark.parametrize(("text", "low", "high"), BETWEEN)
def test_a_pole_at_an_irrational_point_is_enclosed(text: str, low: float, high: float) -> None:
    said = undefined_at(activation_from_expression(text))
    assert said is not None
    ends = [float(Fraction(end)) for end in re.findall(r"x = (-?[0-9/]+)", said.partition("between")[2])]
    assert ends == [low, high]


@pytest.mark.parametrize("text", DEFINED)
def test_nothing_is_said_of_what_is_defined_everywhere(text: str) -> None:
    assert undefined_at(activation_from_expression(text)) is None


@pytest.mark.parametrize("name", NAMES)
def test_the_library_is_defined_on_the_line(name: str) -> None:
    assert undefined_at(find_activation(name)) is None
