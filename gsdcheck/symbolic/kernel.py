"""Kernels over ℚ of large sparse integer matrices: ranks modulo a prime propose, exact products decide."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from flint import fmpz_mat, nmod_mat

from gsdcheck.errors import Undecided

Column: TypeAlias = Mapping[Hashable, Fraction]
"""The nonzero entries of a column by their rows; any hashable names a row."""

PRIMES = (2305843009213693951, 2305843009213693921, 2305843009213693907, 2305843009213693723)


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

    def pivots(self, prime: int) -> tuple[int, ...]:
        """The columns that do not depend modulo the prime on those before them: at most as many as over ℚ."""
        return tuple(_leading(self._entries(range(len(self.columns)), prime), len(self.columns), prime))

    def kernel(self, pivots: Sequence[int], prime: int) -> list[dict[int, Fraction]] | None:
        """For each column that is no pivot the kernel vector with an entry there and 0 at the other ones.

        None if they are no kernel vectors over ℚ: then the prime divides a minor that matters.
        """
        free = [j for j in range(len(self.columns)) if j not in set(pivots)]
        across = self._entries(pivots, prime)
        rows = _leading([list(row) for row in zip(*across, strict=True)], len(across), prime)
        place = {row: k for k, row in enumerate(rows)}
        solved = _solved(self._block(pivots, place), self._block(free, place))
        vectors = []
        for k, j in enumerate(free):
            vector = {j: Fraction(1)}
            vector.update({p: -solved[i][k] for i, p in enumerate(pivots) if solved[i][k]})
            if not self.annihilates(vector):
                return None
            vectors.append(primitive({i: v * self.scales[i] for i, v in vector.items()}))
        return vectors

    def _entries(self, columns: Sequence[int], prime: int) -> list[list[int]]:
        """The rows of these columns modulo the prime."""
        M = [[0] * len(columns) for _ in self.place]
        for k, j in enumerate(columns):
            for row, c in self.columns[j].items():
                M[self.place[row]][k] = c % prime
        return M

    def _block(self, columns: Sequence[int], place: Mapping[int, int]) -> list[list[int]]:
        """These columns at the rows that have a place."""
        block = [[0] * len(columns) for _ in place]
        for k, j in enumerate(columns):
            for row, c in self.columns[j].items():
                at = place.get(self.place[row])
                if at is not None:
                    block[at][k] = c
        return block

    def annihilates(self, vector: Mapping[int, Fraction]) -> bool:
        """Whether the combination of the scaled columns is 0, exactly."""
        total: dict[Hashable, Fraction] = {}
        for j, v in vector.items():
            for row, c in self.columns[j].items():
                total[row] = total.get(row, Fraction(0)) + v * c
        return not any(total.values())


def _leading(rows: Sequence[Sequence[int]], columns: int, prime: int) -> list[int]:
    """The columns of the leading entries of the row echelon form modulo the prime."""
    if not rows or not columns:
        return []
    R, rank = nmod_mat(len(rows), columns, [c for row in rows for c in row], prime).rref()
    found, j = [], 0
    for i in range(rank):
        j = next(k for k in range(j, columns) if int(R[i, k]))
        found.append(j)
    return found


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


def kernel_basis(matrix: SparseMatrix) -> list[dict[int, Fraction]]:
    """A basis of the kernel over ℚ: for each column that depends on those before it one vector that ends there.

    Raises:
        Undecided: no prime of four is lucky.
    """
    for prime in PRIMES:
        vectors = matrix.kernel(matrix.pivots(prime), prime)
        if vectors is not None:
            return vectors
    raise Undecided("no prime among four gives the rank of the matrix.")
