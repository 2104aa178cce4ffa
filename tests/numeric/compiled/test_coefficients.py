"""The coefficients are those of the best polynomials, and are as good as it is said."""

from collections.abc import Iterator
from fractions import Fraction

import mpmath as mp
import pytest

from gsdcheck.numeric.compiled import coefficients
from tests.numeric.compiled.minimax import minimax, problems

STATED = {
    "EXPM1": 4e-17,
    "TANH": 5e-18,
    "SINH": 1e-18,
    "COSH": 9e-18,
    "LOG": 2e-18,
    "SIN": 2e-17,
    "COS": 5e-18,
    "ATAN": 6e-18,
    "ERF": 3e-17,
    "ERFC_NEAR": 4e-17,
    "ERFC": 2e-16,
}
"""As in the docstrings of `coefficients`."""


@pytest.fixture(autouse=True)
def fifty_digits() -> Iterator[None]:
    with mp.workdps(50):
        yield


@pytest.mark.parametrize("name", STATED)
def test_remez_finds_them_again(name: str) -> None:
    found, _ = minimax(problems()[name])
    assert tuple(float(c) for c in found) == getattr(coefficients, name)


@pytest.mark.parametrize("name", STATED)
def test_the_rounded_polynomial_is_as_near_as_stated(name: str) -> None:
    assert set(STATED) == set(problems())
    assert error_of(name, getattr(coefficients, name)) <= STATED[name]


@pytest.mark.parametrize("name", STATED)
def test_the_stated_error_leaves_no_room_for_a_wrong_digit(name: str) -> None:
    first, second, *rest = getattr(coefficients, name)
    assert error_of(name, (first, second * (1 + 2.0**-40), *rest)) > STATED[name]


def error_of(name: str, polynomial: tuple[float, ...]) -> float:
    """The greatest weighted error at 400 equally spaced points."""
    problem = problems()[name]
    low, high = problem.interval
    points = [low + (high - low) * (2 * i + 1) / 800 for i in range(400)]
    return max(abs(problem.weight(x) * (problem.f(x) - mp.polyval(polynomial[::-1], x))) for x in points)


def test_the_parts_of_ln_2_and_pi_add_up() -> None:
    assert float(mp.log(2)) == coefficients.LN2_HIGH
    assert float(mp.log(2) - coefficients.LN2_HIGH) == coefficients.LN2_LOW
    assert float(1 / mp.log(2)) == coefficients.LOG2_E
    assert float(2 / mp.pi) == coefficients.TWO_OVER_PI
    assert float(mp.pi**2 / 6) == coefficients.ZETA_2
    assert float(mp.pi / 2 - coefficients.HALF_PI_PARTS[0]) == coefficients.HALF_PI_LOW
    assert abs(mp.pi / 2 - mp.fsum(coefficients.HALF_PI_PARTS)) < mp.mpf(2) ** -140


def test_the_second_part_of_half_pi_has_33_bits() -> None:
    second = Fraction(coefficients.HALF_PI_PARTS[1])
    assert second.numerator < 2**33
