"""u^q on vectors: exact where products of small numbers are, near Arb's elsewhere."""

import math
from fractions import Fraction

import numpy as np
import pytest
from flint import arb

from gsdcheck.model.expression import X, power
from gsdcheck.numeric.compiled.elementwise import elementwise_power
from gsdcheck.numeric.evaluation import compile_expression
from tests.numeric.compiled.exact import worst_ulps


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 7, 12, 32])
def test_small_whole_powers_are_exact(n: int) -> None:
    u = np.array([-2.0, -1.0, 0.0, 1.0, 2.0, 0.5])
    assert elementwise_power(Fraction(n))(u).tolist() == [float(Fraction(v) ** n) for v in u.tolist()]


@pytest.mark.parametrize(
    ("q", "bound"),
    [
        ("2", 0.5),
        ("3", 1.5),
        ("17", 16),
        ("-1", 0.5),
        ("-2", 1.5),
        ("1/2", 0.5),
        ("-1/2", 1.5),
        ("1/3", 1),
        ("-5/7", 2),
    ],
)
def test_powers_are_near(q: str, bound: float) -> None:
    u = np.ldexp(np.random.default_rng(0).uniform(1, 2, 2_000), np.arange(2_000) % 40 - 20)
    exponent = Fraction(q)
    rounded = float(exponent)  # as in numeric.evaluation: the exponent is a float64 there too
    assert worst_ulps(lambda x: x ** arb(rounded), u, elementwise_power(exponent)(u)) <= bound


@pytest.mark.parametrize("q", ["2", "3", "-1", "-3", "1/2", "-1/2", "1/3", "40"])
def test_special_values_are_those_of_numpy(q: str) -> None:
    u = np.array([-math.inf, -2.0, -0.0, 0.0, math.inf, math.nan, 1e200, 5e-324])
    expected = compile_expression(power(X, Fraction(q)))(u)
    found = elementwise_power(Fraction(q))(u)
    assert np.array_equal(found, expected, equal_nan=True)
    numbers = ~np.isnan(expected)
    assert np.array_equal(np.signbit(found[numbers]), np.signbit(expected[numbers]))


def test_a_power_that_fits_does_not_overflow_on_the_way() -> None:
    assert elementwise_power(Fraction(3))(np.array([2.0**341])).tolist() == [2.0**1023]
