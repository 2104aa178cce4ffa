"""The characteristic polynomial of the Jacobian W diag(d), d_i = σ'(x_i) symbols, for one rational W."""

from fractions import Fraction
from itertools import combinations

from flint import fmpq, fmpq_mat

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Matrix

MOST_UNITS = 12
Terms = tuple[tuple[Fraction, tuple[int, ...]], ...]
"""Σ c Π_{i∈S} d_i as pairs (c, S)."""


def jacobian_polynomial(W: Matrix) -> tuple[Terms, ...]:
    """(c_0, …, c_n) with det(λ - W diag(d)) = Σ c_k λ^(n-k): c_k = (-1)^k Σ_{|S|=k} det(W_S) Π_{i∈S} d_i.

    Exact, by the principal minors of W; no eigenvalue is computed.

    Raises:
        InvalidInput: n > 12, that is more than 4,096 minors.
    """
    n = len(W)
    if n > MOST_UNITS:
        raise InvalidInput(f"W is {n}x{n}. Its principal minors are written out for n ≤ {MOST_UNITS}.")
    return tuple(
        tuple(
            (minor if k % 2 == 0 else -minor, S) for S in combinations(range(n), k) if (minor := _minor(W, S))
        )
        for k in range(n + 1)
    )


def _minor(W: Matrix, S: tuple[int, ...]) -> Fraction:
    if not S:
        return Fraction(1)
    block = fmpq_mat([[fmpq(W[i][j].numerator, W[i][j].denominator) for j in S] for i in S])
    determinant = block.det()
    return Fraction(int(determinant.numer()), int(determinant.denom()))
