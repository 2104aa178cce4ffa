"""Reversors: signed permutations R with R W Rᵀ = -W, which turn the orbits of y' = Wσ(y), σ odd, round in time.

σ(Ry) = Rσ(y) for odd σ, so that f(Ry) = WRσ(y) = -RWσ(y) = -Rf(y): with y(t), R y(-t) is a solution too.
"""

from fractions import Fraction
from typing import TypeAlias

from gsdcheck.certify.subject import require_list
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Matrix, Vector

Signed: TypeAlias = tuple[int, ...]
"""A signed permutation as its row of indices from 1 on: (R y)_i = ± y_|r_i|, with the sign of r_i."""


def require_signed(value: object, what: str, n: int) -> Signed:
    """The signed permutation of n coordinates that the list spells."""
    entries = require_list(value, what, n)
    indices = [r for r in entries if type(r) is int]
    if sorted(map(abs, indices)) != list(range(1, n + 1)):
        raise CertificateRejected(
            f"{what} must hold 1 to {n}, each once, with signs; it is {str(value)[:60]}."
        )
    return tuple(indices)


def moved(R: Signed, v: Vector) -> Vector:
    """R v."""
    return tuple(v[abs(r) - 1] * (1 if r > 0 else -1) for r in R)


def inverse(R: Signed) -> Signed:
    """R⁻¹ = Rᵀ."""
    places = {abs(r): (i if r > 0 else -i) for i, r in enumerate(R, 1)}
    return tuple(places[i] for i in range(1, len(R) + 1))


def is_reversor(R: Signed, W: Matrix) -> bool:
    """R W Rᵀ = -W: entry by entry, exactly."""
    turned = tuple(moved(R, row) for row in W)  # W Rᵀ
    columns = tuple(moved(R, column) for column in zip(*turned, strict=True))
    return all(a == -W[i][j] for j, column in enumerate(columns) for i, a in enumerate(column))


def product_order(R: Signed, S: Signed) -> int:
    """The least m ≥ 1 with (R S)^m = 1."""
    start: Vector = tuple(Fraction(i) for i in range(1, len(R) + 1))
    v, m = moved(R, moved(S, start)), 1
    while v != start:
        v, m = moved(R, moved(S, v)), m + 1
    return m
