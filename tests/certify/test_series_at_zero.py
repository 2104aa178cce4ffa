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


def test_the_coefficients_are_those_of_mpmath() -> None:
    with mpmath.workdps(40), precision(96):
        for name, function in FUNCTIONS.items():
            expected = mpmath.taylor(function, 0, 3 * ORDER)
            found = [float(ball(form)) if form else 0.0 for form in _SERIES_AT_ZERO[name]]
            assert found == pytest.approx([float(c) for c in expected[:ORDER]], abs=1e-12), name
            assert all(abs(later) <= 1 for later in expected[ORDER:]), name


@pytest.mark.parametrize("n", range(7))
def test_a_binomial_coefficient_is_that_of_mpmath(n: int) -> None:
    for text in ("1/2", "-1/2", "-3", "7/3", "4", "0"):
        q = Fraction(text)
        expected = mpmath.binomial(mpmath.mpf(q.numerator) / q.denominator, n)
        assert float(_binomial(q, n)) == pytest.approx(float(expected), rel=1e-12, abs=1e-12)
