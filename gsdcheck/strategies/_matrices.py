"""Matrices with exact entries: skew-symmetric ones of every structure, and their relatives."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq, fmpq_mat
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Matrix, Vector
from gsdcheck.strategies._elements import elements as all_elements
from gsdcheck.strategies._elements import nonzero_elements, positive_elements, sizes

Size: TypeAlias = int | SearchStrategy[int] | None
Elements: TypeAlias = SearchStrategy[Fraction] | None

_ZERO = Fraction(0)
_STRUCTURES = ("dense", "dense", "dense", "blocks", "repeated", "reflected", "rank 2", "zero")


def matrices(*, n: Size = None, elements: Elements = None) -> SearchStrategy[Matrix]:
    """Square matrices of any kind: dense; of rank 1; skew; skew but for one entry."""
    return _square(_sized(n), all_elements() if elements is None else elements)


def skew_matrices(*, n: Size = None, elements: Elements = None) -> SearchStrategy[Matrix]:
    """W with W + Wᵀ = 0 exactly, 1 ≤ n ≤ 6 unless n says otherwise.

    Five structures: dense; planar blocks, with zero blocks and a zero row where n is odd; blocks of one
    repeated frequency, as they are or reflected into a dense matrix; of rank 2; zero.
    """
    return _skew(_sized(n), all_elements() if elements is None else elements)


def invertible_skew_matrices(*, n: Size = None, elements: Elements = None) -> SearchStrategy[Matrix]:
    """W with W + Wᵀ = 0 and det W ≠ 0; n is 2, 4 or 6 unless n says otherwise.

    A singular draw A is replaced by the first invertible A + tJ, t = 1, 2, …, J the standard symplectic
    matrix: Pf(A + tJ) is ±t^(n/2) + …, so at most n/2 values of t fail and nothing is rejected.

    Raises:
        InvalidInput: n is an odd number, in which no skew matrix is invertible.
    """
    if isinstance(n, int) and n % 2:
        raise InvalidInput(f"n is {n}. A skew-symmetric matrix of odd size is singular; n must be even.")
    even = sizes(parity="even") if n is None else _sized(n).filter(lambda size: size % 2 == 0)
    return _skew(even, all_elements() if elements is None else elements).map(_made_invertible)


def planar_skew_matrices(*, elements: Elements = None) -> SearchStrategy[Matrix]:
    """[[0, ω], [-ω, 0]] with ω ≠ 0; an ω = 0 that `elements` draws becomes 1."""
    entry = nonzero_elements() if elements is None else elements
    return entry.map(lambda omega: _blocks([omega or Fraction(1)], 2))


def skew_symmetrizable_matrices(*, n: Size = None, elements: Elements = None) -> SearchStrategy[Matrix]:
    """W = D⁻¹A with A skew and D a positive diagonal, so that DW is skew."""

    def scaled(A: Matrix) -> SearchStrategy[Matrix]:
        weights = _vectors(len(A), positive_elements("integers", "rationals"))
        return weights.map(
            lambda d: tuple(tuple(a / d_i for a in row) for d_i, row in zip(d, A, strict=True))
        )

    return skew_matrices(n=n, elements=elements).flatmap(scaled)


def _sized(n: Size) -> SearchStrategy[int]:
    if n is None:
        return sizes()
    if isinstance(n, int):
        if n < 1:
            raise InvalidInput(f"n is {n}. A matrix has at least one row.")
        return st.just(n)
    return n


def _vectors(length: int, entry: SearchStrategy[Fraction]) -> SearchStrategy[list[Fraction]]:
    return st.lists(entry, min_size=length, max_size=length)


@st.composite
def _square(draw: DrawFn, n: SearchStrategy[int], entry: SearchStrategy[Fraction]) -> Matrix:
    size = draw(n)
    structure = draw(st.sampled_from(("dense", "dense", "rank 1", "skew", "nearly skew")))
    if structure == "dense":
        return tuple(tuple(draw(_vectors(size, entry))) for _ in range(size))
    if structure == "rank 1":
        u, v = draw(_vectors(size, entry)), draw(_vectors(size, all_elements("integers")))
        return tuple(tuple(a * b for b in v) for a in u)
    W = [list(row) for row in _from_upper(draw(_vectors(size * (size - 1) // 2, entry)), size)]
    if structure == "nearly skew":
        W[draw(st.integers(0, size - 1))][draw(st.integers(0, size - 1))] = draw(entry)
    return tuple(map(tuple, W))


@st.composite
def _skew(draw: DrawFn, n: SearchStrategy[int], entry: SearchStrategy[Fraction]) -> Matrix:
    size = draw(n)
    match draw(st.sampled_from(_STRUCTURES)):
        case "dense":
            return _from_upper(draw(_vectors(size * (size - 1) // 2, entry)), size)
        case "blocks":
            return _blocks(draw(_vectors(size // 2, entry)), size)
        case "repeated":
            return _blocks([draw(entry)] * (size // 2), size)
        case "reflected":
            mirror = draw(_vectors(size, all_elements("integers")))
            return _reflected(_blocks([draw(entry)] * (size // 2), size), mirror)
        case "rank 2":
            return _wedge(draw(_vectors(size, entry)), draw(_vectors(size, nonzero_elements("integers"))))
        case _:
            return _blocks([], size)


def _from_upper(upper: Sequence[Fraction], n: int) -> Matrix:
    """The skew matrix with these entries above the diagonal, row by row."""
    W = [[_ZERO] * n for _ in range(n)]
    entries = iter(upper)
    for i in range(n):
        for j in range(i + 1, n):
            W[i][j] = next(entries)
            W[j][i] = -W[i][j]
    return tuple(map(tuple, W))


def _blocks(frequencies: Sequence[Fraction], n: int) -> Matrix:
    """diag([[0, ω], [-ω, 0]], …, 0, …)."""
    W = [[_ZERO] * n for _ in range(n)]
    for k, omega in enumerate(frequencies):
        W[2 * k][2 * k + 1], W[2 * k + 1][2 * k] = omega, -omega
    return tuple(map(tuple, W))


def _reflected(W: Matrix, v: Vector | list[Fraction]) -> Matrix:
    """QWQ with the reflection Q = I - 2vvᵀ/vᵀv: since vᵀWv = 0, W + uvᵀ - vuᵀ with u = -2Wv/vᵀv."""
    square = sum(c * c for c in v)
    if square == 0:
        return W
    u = [-2 * sum((a * c for a, c in zip(row, v, strict=True)), _ZERO) / square for row in W]
    n = len(W)
    return tuple(tuple(W[i][j] + u[i] * v[j] - v[i] * u[j] for j in range(n)) for i in range(n))


def _wedge(u: Sequence[Fraction], v: Sequence[Fraction]) -> Matrix:
    """uvᵀ - vuᵀ, of rank 2 or 0."""
    n = len(u)
    return tuple(tuple(u[i] * v[j] - v[i] * u[j] for j in range(n)) for i in range(n))


def _made_invertible(A: Matrix) -> Matrix:
    J = _blocks([Fraction(1)] * (len(A) // 2), len(A))
    shifted = (_plus(A, J, t) for t in range(len(A) // 2 + 1))
    return next(W for W in shifted if _is_invertible(W))


def _plus(A: Matrix, B: Matrix, t: int) -> Matrix:
    return tuple(tuple(a + t * b for a, b in zip(p, q, strict=True)) for p, q in zip(A, B, strict=True))


def _is_invertible(W: Matrix) -> bool:
    rows = [[fmpq(a.numerator, a.denominator) for a in row] for row in W]
    return bool(fmpq_mat(rows).det() != 0)
