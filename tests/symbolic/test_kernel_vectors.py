"""Casimirs k·x: kᵀW = 0."""

from fractions import Fraction
from math import gcd

import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given

from gsdcheck.model.system import Matrix, exact_matrix
from gsdcheck.strategies import matrices, skew_matrices
from gsdcheck.symbolic.casimirs import (
    casimir_rates,
    casimirs,
    linear_rate,
    pfaffian_vector,
    pfaffian_vector_rate,
)
from gsdcheck.symbolic.ring import skew_ring


def _rank(rows: Matrix) -> int:
    return int(fmpq_mat([[fmpq(a.numerator, a.denominator) for a in row] for row in rows]).rank())


def test_the_cross_product_conserves_its_axis() -> None:
    assert casimirs(exact_matrix([[0, -3, 2], [3, 0, -1], [-2, 1, 0]])) == ((1, 2, 3),)


def test_a_left_kernel_is_not_a_right_kernel() -> None:
    assert casimirs(exact_matrix([[1, 2], [1, 2]])) == ((1, -1),)


def test_a_rational_rotation_has_no_casimir() -> None:
    assert casimirs(exact_matrix([[0, "1/3"], ["-1/3", 0]])) == ()


def test_a_float_that_is_not_quite_a_third_has_its_own_casimir() -> None:
    (k,) = casimirs(exact_matrix([[0, 1, 1 / 3], [-1, 0, 1], [-1 / 3, -1, 0]]))
    assert k == (2**54, -Fraction(1 / 3) * 2**54, 2**54)


@given(matrices())
def test_casimirs_are_a_basis_of_the_left_kernel(W: Matrix) -> None:
    found = casimirs(W)
    n = range(len(W))
    assert all(sum(k[i] * W[i][j] for i in n) == 0 for k in found for j in n)
    assert len(found) == len(W) - _rank(W) == (_rank(found) if found else 0)
    assert all(gcd(*(int(entry) for entry in k)) == 1 and k == tuple(map(round, k)) for k in found)


@given(skew_matrices())
def test_casimirs_have_zero_rates_and_odd_sizes_have_one(W: Matrix) -> None:
    rates = casimir_rates(W)
    assert all(rate == 0 for rate in rates)
    assert len(W) % 2 == 0 or len(rates) % 2 == 1


def test_what_is_no_casimir_has_a_rate() -> None:
    W = exact_matrix([[0, "1/2"], ["-1/2", 0]])
    assert linear_rate((Fraction(1), Fraction(0)), W).to_dict() == {(0, 1): fmpq(1, 2)}


@pytest.mark.parametrize("n", range(1, 8))
def test_the_pfaffian_vector_is_conserved(n: int) -> None:
    assert pfaffian_vector_rate(n) == 0
    assert any(k != 0 for k in pfaffian_vector(n)) == (n % 2 == 1)


def test_the_pfaffian_vector_of_three_units_is_the_axis() -> None:
    W = skew_ring(3).W
    assert pfaffian_vector(3) == (W[1][2], -W[0][2], W[0][1])


def test_a_vector_with_one_wrong_sign_is_not_conserved() -> None:
    ring = skew_ring(3)
    k = pfaffian_vector(3)
    mutant = (k[0], -k[1], k[2])
    assert sum((a * row[0] for a, row in zip(mutant, ring.W, strict=True)), ring.zero) != 0
