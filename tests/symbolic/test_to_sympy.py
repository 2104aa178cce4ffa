"""SymPy reads the same function that our tree says."""

import pytest
import sympy

from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import FUNCTIONS
from gsdcheck.model.library import NAMES, named_activation
from gsdcheck.model.parser import parse
from gsdcheck.symbolic.translation import to_sympy

x = sympy.Symbol("x", real=True)
CLOSED = [name for name in NAMES if named_activation(name).potential is not None]
POINTS = [sympy.Rational(p, 7) for p in (-30, -9, -2, 3, 8, 25)]

PAIRS = {
    "tanh(x)": sympy.tanh(x),
    "x/(1 + x**2)**2": x / (1 + x**2) ** 2,
    "0.1*x": x / 10,
    "sqrt(2/pi)*E**x": sympy.sqrt(2 / sympy.pi) * sympy.exp(x),
    "Max(-1, Min(1, x))": sympy.Max(-1, sympy.Min(1, x)),
    "log1p(x) + expm1(x)": sympy.log(1 + x) + sympy.exp(x) - 1,
    "dilog(-exp(x))": sympy.polylog(2, -sympy.exp(x)),
    "Piecewise((x, x >= 1), (Abs(x), x < -1), (sign(x), True))": sympy.Piecewise(
        (x, x >= 1), (sympy.Abs(x), x < -1), (sympy.sign(x), True)
    ),
}


@pytest.mark.parametrize("text", PAIRS)
def test_a_tree_becomes_the_expression_it_spells(text: str) -> None:
    assert to_sympy(parse(text)) == PAIRS[text]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_of_the_grammar_is_translated(name: str) -> None:
    tree = parse(f"{name}({', '.join(['x'] * FUNCTIONS[name][0])})")
    assert to_sympy(tree).subs(x, sympy.Rational(1, 3)).evalf().is_number


def _close(a: sympy.Expr, b: sympy.Expr, point: sympy.Rational) -> bool:
    return bool(abs((a - b).subs(x, point).evalf(30)) < sympy.Rational(1, 10**20))


@pytest.mark.parametrize("name", CLOSED)
def test_the_potentials_of_the_library_differentiate_to_their_activations(name: str) -> None:
    activation = named_activation(name)
    assert activation.potential is not None
    slope = to_sympy(activation.potential).diff(x)
    assert all(_close(slope, to_sympy(activation.expression), point) for point in POINTS)


@pytest.mark.parametrize("name", NAMES)
def test_our_derivative_and_the_carried_slope_are_sympys_derivative(name: str) -> None:
    activation = named_activation(name)
    by_sympy = to_sympy(activation.expression).diff(x)
    for tree in (activation.slope, derivative(activation.expression)):
        assert all(_close(by_sympy, to_sympy(tree), point) for point in POINTS)


def test_a_wrong_potential_is_seen() -> None:
    assert not any(
        _close(to_sympy(parse("log(cosh(x))")).diff(x), to_sympy(parse("atan(x)")), p) for p in POINTS
    )


def test_what_is_no_tree_is_refused() -> None:
    with pytest.raises(TypeError, match="not an expression"):
        to_sympy("tanh(x)")  # type: ignore[arg-type]
