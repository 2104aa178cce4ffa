"""Signs as masks against the numbers that they stand for."""

from fractions import Fraction
from itertools import product

import pytest
from flint import arb

from gsdcheck.certify.masks import mask_of_interval, power_sign, product_sign, sum_sign
from gsdcheck.certify.polynomials import ANY, NEGATIVE, NULL, POSITIVE, mask_of

HALF = Fraction(1, 2)
NUMBERS = {NEGATIVE: (-2, -1, -HALF), NULL: (Fraction(0),), POSITIVE: (HALF, 1, 2)}
MASKS = range(1, ANY + 1)


def numbers(mask: int) -> list[Fraction]:
    return [Fraction(value) for sign, values in NUMBERS.items() if mask & sign for value in values]


def signs(values: list[Fraction]) -> int:
    found = 0
    for value in values:
        found |= mask_of(value)
    return found


def test_the_sign_of_a_number_is_one_bit() -> None:
    assert (mask_of(Fraction(-1, 9)), mask_of(Fraction(0)), mask_of(Fraction(1, 9))) == (1, 2, 4)


@pytest.mark.parametrize(("a", "b"), list(product(MASKS, MASKS)))
def test_a_product_has_the_signs_of_the_products(a: int, b: int) -> None:
    assert product_sign(a, b) == signs([u * v for u in numbers(a) for v in numbers(b)])


@pytest.mark.parametrize(("a", "b", "c"), list(product(MASKS, repeat=3)))
def test_a_sum_has_the_signs_of_the_sums_or_any(a: int, b: int, c: int) -> None:
    true = signs([u + v + w for u in numbers(a) for v in numbers(b) for w in numbers(c)])
    assert sum_sign([a, b, c]) == (ANY if true & NEGATIVE and true & POSITIVE else true)


@pytest.mark.parametrize(("mask", "exponent"), list(product(MASKS, [-3, -2, -1, 1, 2, 3, 4])))
def test_a_whole_power_has_the_signs_of_the_powers(mask: int, exponent: int) -> None:
    defined = [value for value in numbers(mask) if value or exponent > 0]
    assert power_sign(mask, Fraction(exponent)) == signs([value**exponent for value in defined])


@pytest.mark.parametrize(
    ("mask", "exponent"), list(product(MASKS, [-HALF, HALF, Fraction(3, 2), Fraction(2, 3)]))
)
def test_a_root_is_taken_of_what_is_not_negative(mask: int, exponent: Fraction) -> None:
    defined = [value for value in numbers(mask) if value > 0 or (value == 0 and exponent > 0)]
    assert power_sign(mask, exponent) == signs(defined)


@pytest.mark.parametrize(("bottom", "top"), [(b, t) for b, t in product(range(-2, 3), repeat=2) if b <= t])
def test_an_interval_has_the_signs_of_its_numbers(bottom: int, top: int) -> None:
    inside = [Fraction(k, 2) for k in range(2 * bottom, 2 * top + 1)]
    assert mask_of_interval((arb(bottom), arb(top))) == signs(inside)
