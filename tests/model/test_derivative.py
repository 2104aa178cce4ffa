"""The derivative of a tree is the derivative of the function: against SymPy and against hand-made results."""

import numpy as np
import pytest

from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import FUNCTIONS
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tanh(x)", "cosh(x)**(-2)"),
        ("x**3", "3*x**2"),
        ("7", "0"),
        ("Abs(x)", "sign(x)"),
        ("sign(x)", "0"),
        ("Max(x, 0)", "Piecewise((1, x >= 0), (0, True))"),
        ("Min(x, 0)", "Piecewise((1, x <= 0), (0, True))"),
        ("Piecewise((x, x > 0), (expm1(x), True))", "Piecewise((1, x > 0), (exp(x), True))"),
    ],
)
def test_by_hand(text: str, expected: str) -> None:
    assert format_expression(derivative(parse(text))) == expected


SMOOTH = [name for name in FUNCTIONS if name not in ("Abs", "sign", "Max", "Min", "dilog")]


@pytest.mark.parametrize("name", SMOOTH)
def test_against_sympy_through_a_chain(name: str) -> None:
    import sympy

    from gsdcheck.symbolic.translation import to_sympy

    tree = parse(f"x**2*{name}(x/3 + 2)")
    symbol = next(iter(to_sympy(tree).free_symbols))
    difference = to_sympy(derivative(tree)) - sympy.diff(to_sympy(tree), symbol)
    assert all(
        abs(difference.subs(symbol, sympy.Rational(v)).evalf(30)) < 1e-25 for v in ("1/2", "7/5", "-1")
    )


def test_the_dilogarithm_against_its_integral() -> None:
    import mpmath

    from gsdcheck.numeric.evaluation import compile_expression

    slope = compile_expression(derivative(parse("dilog(x)")))
    for at in (-3.0, -0.5, 0.25):
        exact = mpmath.diff(lambda t: mpmath.polylog(2, t), at)
        assert float(slope(np.array(at))) == pytest.approx(float(exact.real), rel=1e-9)
