"""The characteristic polynomial of the Jacobian J = W diag(d), d = σ'(x), with all-symbol skew W."""

from itertools import combinations
from math import prod

from flint import fmpz_mpoly

from gsdcheck.symbolic.ring import SymbolicMatrix, dot, pfaffian, skew_ring

Coefficients = tuple[fmpz_mpoly, ...]


def characteristic_polynomial(n: int) -> Coefficients:
    """(c₀, …, c_n) with det(λ - W diag(d)) = Σ c_k λ^(n-k) in ℤ[w, d], by Berkowitz.

    c_k = 0 for odd k: the spectrum is symmetric under λ → -λ, and 0 belongs to it where n is odd.
    """
    ring = skew_ring(n)
    J = [[w * d for w, d in zip(row, ring.d, strict=True)] for row in ring.W]
    return characteristic_coefficients(J, ring.zero)


def characteristic_coefficients(A: SymbolicMatrix, zero: fmpz_mpoly) -> Coefficients:
    """(1, c₁, …, c_n) of det(λ - A) without a division: each leading block extends the one before.

    With the block [[M, C], [R, a]] the coefficients are multiplied by the lower triangular Toeplitz matrix
    of 1, -a, -RC, -RMC, -RM²C, ….

    References:
        Berkowitz, On computing the determinant in small parallel time, 1984.
    """
    coefficients = [zero + 1]
    for k, row in enumerate(A):
        column, v = [zero + 1, -row[k]], [A[i][k] for i in range(k)]
        for _ in range(k):
            column.append(-dot(row[:k], v, zero))
            v = [dot(A[i][:k], v, zero) for i in range(k)]
        coefficients = [
            sum((column[i - j] * coefficients[j] for j in range(min(i, k) + 1)), zero) for i in range(k + 2)
        ]
    return tuple(coefficients)


def pfaffian_coefficients(n: int) -> Coefficients:
    """The same (c₀, …, c_n), as c_2k = Σ_S Pf(W_S)² Π_{i∈S} d_i over the index sets S of size 2k; c_odd = 0.

    It shows the sign at a glance: d ≥ 0 makes every c_2k ≥ 0. It shares no step with Berkowitz.
    """
    ring = skew_ring(n)

    def term(indices: tuple[int, ...]) -> fmpz_mpoly:
        return pfaffian(ring.W, indices, ring.zero) ** 2 * prod(
            (ring.d[i] for i in indices), start=ring.zero + 1
        )

    return tuple(
        sum(map(term, combinations(range(n), k)), ring.zero) if k % 2 == 0 else ring.zero
        for k in range(n + 1)
    )


def eigenvalue_square_planar() -> fmpz_mpoly:
    """λ² = -w² d₀ d₁, the square of both eigenvalues of J for n = 2: imaginary iff d₀d₁ ≥ 0."""
    return -characteristic_polynomial(2)[2]
