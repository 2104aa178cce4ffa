"""det(λ - W diag(d)) with every entry a symbol."""

import itertools
from math import prod

import pytest
import sympy
from flint import fmpz_mpoly

from gsdcheck.symbolic.ring import SymbolicMatrix, skew_ring
from gsdcheck.symbolic.spectra import (
    characteristic_coefficients,
    characteristic_polynomial,
    eigenvalue_square_planar,
    pfaffian_coefficients,
)


def test_the_planar_eigenvalues_are_imaginary_iff_the_slopes_agree_in_sign() -> None:
    ring = skew_ring(2)
    assert eigenvalue_square_planar() == -(ring.W[0][1] ** 2) * ring.d[0] * ring.d[1]


def test_the_polynomial_of_four_units_is_the_one_on_paper() -> None:
    W, d = skew_ring(4).W, skew_ring(4).d
    pairs = sum(W[i][j] ** 2 * d[i] * d[j] for i in range(4) for j in range(i))
    pfaffian = W[0][1] * W[2][3] - W[0][2] * W[1][3] + W[0][3] * W[1][2]
    assert characteristic_polynomial(4) == (1, 0, pairs, 0, pfaffian**2 * d[0] * d[1] * d[2] * d[3])


@pytest.mark.parametrize("n", range(1, 7))
def test_berkowitz_and_pfaffians_agree(n: int) -> None:
    assert characteristic_polynomial(n) == pfaffian_coefficients(n)


@pytest.mark.parametrize("n", range(1, 7))
def test_the_spectrum_is_symmetric_and_holds_zero_for_odd_sizes(n: int) -> None:
    coefficients = characteristic_polynomial(n)
    assert all(c == 0 for c in coefficients[1::2])
    assert (coefficients[-1] == 0) == (n % 2 == 1)


@pytest.mark.parametrize("n", range(1, 7))
def test_every_coefficient_is_a_sum_of_squares_times_slopes(n: int) -> None:
    """At d = 1 and random integers: c_2k ≥ 0 and Π(1 + ω²) = Σ c_2k = det(1 - W)."""
    values = [(7 * k) % 11 - 5 for k in range(n * (n - 1) // 2)]
    coefficients = [int(c(*values, *[1] * (2 * n))) for c in characteristic_polynomial(n)]
    upper = dict(zip(itertools.combinations(range(n), 2), values, strict=True))
    W = sympy.Matrix(n, n, lambda i, j: upper.get((i, j), 0) - upper.get((j, i), 0))
    assert min(coefficients) >= 0
    assert sum(coefficients) == (sympy.eye(n) - W).det()


def _leibniz(A: SymbolicMatrix, zero: fmpz_mpoly) -> fmpz_mpoly:
    n = len(A)
    inversions = {
        p: sum(a > b for a, b in itertools.combinations(p, 2)) for p in itertools.permutations(range(n))
    }
    return sum(
        ((-1) ** k * prod((A[i][p[i]] for i in range(n)), start=zero + 1) for p, k in inversions.items()),
        zero,
    )


def test_the_last_coefficient_of_a_full_matrix_is_its_determinant() -> None:
    ring = skew_ring(4)
    A = [[w + ring.s[i] * ring.d[j] + i for j, w in enumerate(row)] for i, row in enumerate(ring.W)]
    coefficients = characteristic_coefficients(A, ring.zero)
    assert coefficients[4] == _leibniz(A, ring.zero)
    assert coefficients[1] == -sum((A[i][i] for i in range(4)), ring.zero)


@pytest.mark.parametrize("n", range(1, 6))
def test_a_diagonal_entry_breaks_the_symmetry(n: int) -> None:
    ring = skew_ring(n)
    mutant = [row[:] for row in ring.W]
    mutant[0][0] = mutant[0][0] + ring.s[0]
    assert characteristic_coefficients(mutant, ring.zero)[1] == -ring.s[0]
