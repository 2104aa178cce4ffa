"""The polynomial ring ℤ[w, s, d] in which the identities about an n x n skew W are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from flint import Ordering, fmpz_mpoly, fmpz_mpoly_ctx

from gsdcheck.errors import InvalidInput

Row = list[fmpz_mpoly]
SymbolicMatrix = list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkewRing:
    """ℤ[w₀₁, …, s₀, …, d₀, …] with the generic skew W, a vector s and a diagonal d.

    Attributes:
        zero: the polynomial 0; `zero + 1` is 1.
        W: n x n, W[i][j] = w_ij = -W[j][i] above the diagonal, 0 on it.
        s: the n symbols that stand for σ(x).
        d: the n symbols that stand for σ'(x).
    """

    zero: fmpz_mpoly
    W: SymbolicMatrix
    s: Row
    d: Row


def skew_ring(n: int) -> SkewRing:
    """The ring of size n, with n(n - 1)/2 + 2n symbols.

    Raises:
        InvalidInput: n < 1.
    """
    if n < 1:
        raise InvalidInput(f"n is {n}. A network has at least one unit.")
    pairs = list(combinations(range(n), 2))
    names = [f"w{i}_{j}" for i, j in pairs] + [f"{letter}{i}" for letter in "sd" for i in range(n)]
    context = fmpz_mpoly_ctx.get(names, Ordering.degrevlex)
    symbols = context.gens()
    zero = context.constant(0)
    W = [[zero] * n for _ in range(n)]
    for (i, j), w in zip(pairs, symbols, strict=False):
        W[i][j], W[j][i] = w, -w
    return SkewRing(zero=zero, W=W, s=list(symbols[-2 * n : -n]), d=list(symbols[-n:]))


def dot(u: Sequence[fmpz_mpoly], v: Sequence[fmpz_mpoly], zero: fmpz_mpoly) -> fmpz_mpoly:
    """Σ u_i v_i."""
    return sum((a * b for a, b in zip(u, v, strict=True)), zero)


def pfaffian(W: SymbolicMatrix, indices: Sequence[int], zero: fmpz_mpoly) -> fmpz_mpoly:
    """Pf of the rows and columns in `indices`, expanded along the first; 1 for none, 0 for an odd number."""
    if len(indices) % 2:
        return zero
    if not indices:
        return zero + 1
    first, *rest = indices
    minors = (pfaffian(W, rest[:k] + rest[k + 1 :], zero) for k in range(len(rest)))
    return sum(
        ((-1) ** k * W[first][j] * minor for (k, j), minor in zip(enumerate(rest), minors, strict=True)), zero
    )
