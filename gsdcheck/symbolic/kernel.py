"""Kernels over ℚ of large sparse integer matrices: ranks modulo a prime propose, exact products decide."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from flint import fmpz_mat, nmod_mat

from gsdcheck.errors import Undecided

Column: TypeAlias = Mapping[Hashable, Fraction]
"""The nonzero entries of a column by their rows; any hashable names a row."""

PRIMES = (2305843009213693951, 2305843009213693921, 2305843009213693907, 2305843009213693723)


@dataclass(frozen=True, slots=True)
class Echelon:
    """The pivots of a matrix modulo a prime; a column that is no pivot depends on the pivots before it there."""

    pivots: tuple[int, ...]
    rows: tuple[int, ...]
    free: tuple[int, ...]


class SparseMatrix:
    """A matrix by its columns, each scaled to integers of its own."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.scales = [lcm(*(c.denominator for c in column.values())) for column in columns]
        self.columns = [
            {row: int(c * scale) for row, c in column.items() if c}
            for column, scale in zip(columns, self.scales, strict=True)
        ]
        names = {row: None for column in self.columns for row in column}
        self.place = {row: k for k, row in enumerate(names)}

    def echelon(self, prime: int) -> Echelon:
        """Pivots modulo the prime, the leftmost possible; rows that they are independent on."""
        n = len(self.columns)
        M = [[0] * n for _ in self.place]
        for j, column in enumerate(self.columns):
            for row, c in column.items():
                M[self.place[row]][j] = c % prime
        pivots = _leading([c for row in M for c in row], len(M), n, prime)
        across = [M[i][j] for j in pivots for i in range(len(M))]
        rows = _leading(across, len(pivots), len(M), prime)
        return Echelon(tuple(pivots), tuple(rows), tuple(j for j in range(n) if j not in set(pivots)))

    def kernel(self, echelon: Echelon, wanted: Sequence[int]) -> list[dict[int, Fraction]] | None:
        """For each wanted free column the kernel vector with 1 there and 0 at the other free columns.

        None if they are no kernel vectors over ℚ: then the prime divides a minor that matters.
        """
        if not wanted:
            return []
        rows = {row: k for k, row in enumerate(echelon.rows)}
        square = [[0] * len(echelon.pivots) for _ in rows]
        right = [[0] * len(wanted) for _ in rows]
        for target, columns in ((square, echelon.pivots), (right, wanted)):
            for k, j in enumerate(columns):
                for row, c in self.columns[j].items():
                    place = rows.get(self.place[row])
                    if place is not None:
                        target[place][k] = c
        solved = _solved(square, right)
        vectors = []
        for k, free in enumerate(wanted):
            vector = {free: Fraction(1)}
            vector.update({p: -solved[i][k] for i, p in enumerate(echelon.pivots) if solved[i][k]})
            if not self.annihilates(vector):
                return None
            vectors.append(self._unscaled(vector))
        return vectors

    def annihilates(self, vector: Mapping[int, Fraction]) -> bool:
        """Whether the combination of the scaled columns is 0, exactly."""
        total: dict[Hashable, Fraction] = {}
        for j, v in vector.items():
            for row, c in self.columns[j].items():
                total[row] = total.get(row, Fraction(0)) + v * c
        return not any(total.values())

    def _unscaled(self, vector: Mapping[int, Fraction]) -> dict[int, Fraction]:
        return primitive({j: v * self.scales[j] for j, v in vector.items()})


def _leading(entries: list[int], rows: int, columns: int, prime: int) -> list[int]:
    """The columns of the leading entries of the row echelon form modulo the prime."""
    if not rows or not columns:
        return []
    R, rank = nmod_mat(rows, columns, entries, prime).rref()
    return [next(j for j in range(columns) if int(R[i, j])) for i in range(rank)]


def _solved(square: list[list[int]], right: list[list[int]]) -> list[list[Fraction]]:
    """The solution of square · s = right over ℚ."""
    if not square:
        return []
    A = fmpz_mat(square)
    s = A.solve(fmpz_mat(right))
    return [
        [Fraction(int(s[i, k].numer()), int(s[i, k].denom())) for k in range(s.ncols())]
        for i in range(s.nrows())
    ]


def primitive(vector: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """The multiple with coprime integers, the last of them positive."""
    scale = lcm(*(v.denominator for v in vector.values()))
    content = gcd(*(int(v * scale) for v in vector.values())) or 1
    sign = -1 if vector[max(vector)] < 0 else 1
    return {j: v * scale * sign / content for j, v in sorted(vector.items())}


def echelon_and_kernel(matrix: SparseMatrix) -> tuple[Echelon, list[dict[int, Fraction]]]:
    """The pivots, and the kernel over ℚ with one vector for each free column.

    Raises:
        Undecided: no prime of four is lucky.
    """
    for prime in PRIMES:
        echelon = matrix.echelon(prime)
        try:
            vectors = matrix.kernel(echelon, echelon.free)
        except ZeroDivisionError:
            continue
        if vectors is not None:
            return echelon, vectors
    raise Undecided("no prime among four gives the rank of the matrix.")
