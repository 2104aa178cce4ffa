"""The power series of the tables are those of the functions, and every later coefficient is as small as is used."""

from fractions import Fraction

import mpmath
import pytest

from gsdcheck.certify.balls import precision
from gsdcheck.certify.expansions import ball
from gsdcheck.certify.taylor import _SERIES_AT_ZERO, ORDER, _binomial

FUNCTIONS = {
    name: getattr(mpmath, name) for name in ("sin", "sinh", "cos", "cosh", "tanh", "atan", "asinh", "erf")
}
FUNCTIONS["dilog"] = lambda u: mpmath.polylog(2, u)


def test_the_table_has_these_functions() -> None:
    assert set(_SERIES_AT_ZERO) == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_coefficients_are_those_of_mpmath(name: str) -> None:
    with mpmath.workdps(40), precision(96):
        expected = mpmath.taylor(FUNCTIONS[name], 0, 3 * ORDER)
        found = [ball(form) if form else 0 for form in _SERIES_AT_ZERO[name]]
        assert len(found) == ORDER
        for ours, theirs in zip(found, expected, strict=False):
            assert abs(float(ours) - float(theirs)) < 1e-12
        assert all(abs(later) <= 1 for later in expected[ORDER:])


@pytest.mark.parametrize(
    "exponent", [Fraction(1, 2), Fraction(-1, 2), Fraction(-3), Fraction(7, 3), Fraction(4), Fraction(0)]
)
@pytest.mark.parametrize("n", range(7))
def test_a_binomial_coefficient_is_that_of_mpmath(exponent: Fraction, n: int) -> None:
    expected = mpmath.binomial(mpmath.mpf(exponent.numerator) / exponent.denominator, n)
    assert float(_binomial(exponent, n)) == pytest.approx(float(expected), rel=1e-12, abs=1e-12)
