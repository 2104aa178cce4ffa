"""u/m stays in its interval on a tail, for each function of the grammar, and the interval is not idle."""

from fractions import Fraction

import mpmath
import pytest

from gsdcheck.certify.growth import Growth
from gsdcheck.certify.tails import left_tail, right_tail
from gsdcheck.model.expression import X, negate, substitute
from gsdcheck.model.parser import parse

R = Fraction(16)
CASES = {  # u, and u as mpmath has it
    "sinh(x)": mpmath.sinh,
    "cosh(x)": mpmath.cosh,
    "sinh(-2*x)": lambda x: mpmath.sinh(-2 * x),
    "cosh(-2*x)": lambda x: mpmath.cosh(-2 * x),
    "sinh(x)**3*exp(-3*x)": lambda x: mpmath.sinh(x) ** 3 * mpmath.exp(-3 * x),
    "cosh(x/8)*exp(-x)": lambda x: mpmath.cosh(x / 8) * mpmath.exp(-x),
    "erfc(x)*exp(x)": lambda x: mpmath.erfc(x) * mpmath.exp(x),
    "erfc(sqrt(x))": lambda x: mpmath.erfc(mpmath.sqrt(x)),
    "erf(1/x)": lambda x: mpmath.erf(1 / x),
    "tanh(1/x**2)": lambda x: mpmath.tanh(1 / x**2),
    "atan(exp(-x))": lambda x: mpmath.atan(mpmath.exp(-x)),
    "asinh(x*exp(-x))": lambda x: mpmath.asinh(x * mpmath.exp(-x)),
    "log1p(-exp(-x/2))": lambda x: mpmath.log1p(-mpmath.exp(-x / 2)),
    "sin(exp(-x))*x": lambda x: mpmath.sin(mpmath.exp(-x)) * x,
    "dilog(exp(-x))": lambda x: mpmath.polylog(2, mpmath.exp(-x)),
    "erf(exp(-x)*(2 + sin(x)))": lambda x: mpmath.erf(mpmath.exp(-x) * (2 + mpmath.sin(x))),
    "atan((2 + sin(x))/x)": lambda x: mpmath.atan((2 + mpmath.sin(x)) / x),
    "tanh(-(2 + cos(x))/x)": lambda x: mpmath.tanh(-(2 + mpmath.cos(x)) / x),
    "exp(sin(x) - x)": lambda x: mpmath.exp(mpmath.sin(x) - x),
    "exp(sin(x))*x**2": lambda x: mpmath.exp(mpmath.sin(x)) * x**2,
    "sinh(2*x + sin(x))*exp(-2*x)": lambda x: mpmath.sinh(2 * x + mpmath.sin(x)) * mpmath.exp(-2 * x),
    "sinh(-x - 2 - sin(x))*exp(-x)": lambda x: mpmath.sinh(-x - 2 - mpmath.sin(x)) * mpmath.exp(-x),
    "sinh(sin(x)/2 + 1/4)": lambda x: mpmath.sinh(mpmath.sin(x) / 2 + mpmath.mpf(1) / 4),
    "sinh(sin(x)/2 - 1/4)": lambda x: mpmath.sinh(mpmath.sin(x) / 2 - mpmath.mpf(1) / 4),
    "cosh(sin(x)/2 + 1/4)": lambda x: mpmath.cosh(mpmath.sin(x) / 2 + mpmath.mpf(1) / 4),
    "cosh(sin(x)/2 - 1/4)": lambda x: mpmath.cosh(mpmath.sin(x) / 2 - mpmath.mpf(1) / 4),
    "x**2 - 3*x*sin(x) + 1": lambda x: x**2 - 3 * x * mpmath.sin(x) + 1,
    "exp(3 + 2*x - x**2)": lambda x: mpmath.exp(3 + 2 * x - x**2),
}


def rational(value: Fraction) -> mpmath.mpf:
    return mpmath.mpf(value.numerator) / value.denominator


def monomial(growth: Growth, x: mpmath.mpf) -> mpmath.mpf:
    exponent = sum((rational(c) * x**k for k, c in growth.exponent), mpmath.mpf(0))
    return x ** rational(growth.power) * mpmath.log(x) ** rational(growth.log) * mpmath.exp(exponent)


def ends(growth: Growth) -> tuple[mpmath.mpf, mpmath.mpf]:
    low, high = (mpmath.mpf(end.str(40, radius=False)) for end in growth.factor)
    return low, high


@pytest.mark.parametrize("text", CASES)
def test_the_quotient_is_in_its_interval_on_either_side(text: str) -> None:
    u = parse(text)
    with mpmath.workdps(60):
        for growth in (right_tail(u, R), left_tail(substitute(u, negate(X)), -R)):
            low, high = ends(growth)
            slack = mpmath.mpf(10) ** -25 * max(abs(low), abs(high))
            for x in map(mpmath.mpf, (16, 17, 19, 23, 40, 100, 1000)):
                quotient = CASES[text](x) / monomial(growth, x)
                assert low - slack <= quotient <= high + slack


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("sinh(x)*exp(-x)", "1/2"),
        ("cosh(x)*exp(-x)", "1/2"),
        ("x*tanh(1/x)", "1"),
        ("erf(exp(-x))*exp(x)", "2/sqrt(pi)"),
    ],
)
def test_the_interval_is_narrow_about_the_limit(text: str, limit: str) -> None:
    growth = right_tail(parse(text), Fraction(256))
    low, high = ends(growth)
    true = {"1/2": 0.5, "1": 1.0, "2/sqrt(pi)": 2 / mpmath.sqrt(mpmath.pi)}[limit]
    assert (growth.power, growth.log, growth.exponent) == (0, 0, ())
    assert true - 0.01 <= low <= high <= true + 0.01
