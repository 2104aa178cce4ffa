"""Kernels over ℚ: against SymPy, with unlucky primes, and as primitive integer vectors."""

import random
from fractions import Fraction
from math import gcd

import pytest
import sympy

from gsdcheck.errors import Undecided
from gsdcheck.symbolic import integrals, kernel
from gsdcheck.symbolic.kernel import SparseMatrix, kernel_basis, primitive
from tests.symbolic.networks import derived, path


def columns_of(rows: list[list[Fraction]]) -> list[dict[int, Fraction]]:
    return [{i: row[j] for i, row in enumerate(rows) if row[j]} for j in range(len(rows[0]))]


@pytest.mark.parametrize("seed", range(20))
def test_the_kernel_is_the_one_that_sympy_finds(seed: int) -> None:
    rng = random.Random(seed)
    m, n, r = rng.randint(1, 6), rng.randint(1, 6), rng.randint(0, 4)
    left = [[Fraction(rng.randint(-5, 5), rng.randint(1, 4)) for _ in range(r)] for _ in range(m)]
    right = [[Fraction(rng.randint(-5, 5)) for _ in range(n)] for _ in range(r)]
    rows = [
        [sum((a * b[j] for a, b in zip(row, right, strict=True)), Fraction(0)) for j in range(n)]
        for row in left
    ]
    found = kernel_basis(SparseMatrix(columns_of(rows)))
    A = sympy.Matrix(m, n, lambda i, j: sympy.Rational(rows[i][j].numerator, rows[i][j].denominator))
    assert len(found) == n - A.rank()
    for vector in found:
        x = sympy.Matrix([sympy.Rational(vector.get(j, 0)) for j in range(n)])
        assert A * x == sympy.zeros(m, 1)
        assert gcd(*map(int, vector.values())) == 1
        assert vector[max(vector)] > 0


def test_a_prime_that_hides_the_rank_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """[[1, 1], [1, 8]] has rank 1 modulo 7."""
    matrix = SparseMatrix(columns_of([[Fraction(1), Fraction(1)], [Fraction(1), Fraction(8)]]))
    assert matrix.pivots(7) == (0,)
    assert matrix.kernel(matrix.pivots(7), 7) is None
    monkeypatch.setattr(kernel, "PRIMES", (7, 11))
    assert kernel_basis(matrix) == []
    monkeypatch.setattr(kernel, "PRIMES", (7,))
    with pytest.raises(Undecided, match="prime"):
        kernel_basis(matrix)


def test_the_search_does_not_believe_such_a_prime_either(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = len(derived(path(4)).further)
    monkeypatch.setattr(integrals, "PRIMES", (3, *integrals.PRIMES))
    assert len(derived(path(4)).further) == expected
    monkeypatch.setattr(integrals, "PRIMES", (3,))
    with pytest.raises(Undecided, match="prime"):
        derived(path(4))


def test_a_matrix_without_rows_or_columns_has_the_obvious_kernel() -> None:
    assert kernel_basis(SparseMatrix([])) == []
    assert kernel_basis(SparseMatrix([{}, {}])) == [{0: 1}, {1: 1}]


def test_a_primitive_vector_ends_in_a_positive_integer() -> None:
    assert primitive({0: Fraction(1, 2), 3: Fraction(-3, 4)}) == {0: -2, 3: 3}
