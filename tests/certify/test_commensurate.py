"""Frequencies that are multiples of one: against sets built from a known unit, and roots known by construction."""

import math
import random
from fractions import Fraction

import pytest
from flint import fmpz_poly

from gsdcheck.certify.commensurate import common_square, positive_rational_roots


@pytest.mark.parametrize("seed", range(30))
def test_the_unit_of_multiples_of_a_number_is_that_number(seed):
    rng = random.Random(seed)
    unit = Fraction(rng.randint(1, 30), rng.randint(1, 30))
    multiples = [rng.randint(1, 40) for _ in range(rng.randint(1, 4))]
    found = common_square([m * m * unit for m in multiples])
    assert found == math.gcd(*multiples) ** 2 * unit


@pytest.mark.parametrize("squares", [(1, 2), (2, 3), (4, 9, 6), (Fraction(1, 2), 1)])
def test_an_irrational_quotient_has_no_unit(squares):
    assert common_square([Fraction(s) for s in squares]) is None


def test_no_frequency_has_the_unit_0():
    assert common_square([]) == 0


def test_the_positive_roots_are_found_and_those_that_are_not_positive_are_left_out():
    p = fmpz_poly([-3, 2]) * fmpz_poly([5, 1]) * fmpz_poly([0, 1]) * fmpz_poly([1, 0, 1]) ** 2
    assert positive_rational_roots(p) == [Fraction(3, 2)]
    assert positive_rational_roots(fmpz_poly([2, 3, 1])) == []


@pytest.mark.parametrize("factor", [[-2, 0, 1], [-1, -1, 1], [-2, 0, 0, 1]])
def test_an_irrational_positive_root_is_told(factor):
    assert positive_rational_roots(fmpz_poly([-1, 1]) * fmpz_poly(factor)) is None


def test_irrational_roots_below_0_do_not_matter():
    assert positive_rational_roots(fmpz_poly([1, 3, 1]) * fmpz_poly([-7, 1])) == [7]
