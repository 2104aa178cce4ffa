"""What an identity is, and the polynomial ring in which it is expanded."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

from flint import fmpz_mpoly, fmpz_mpoly_ctx

Polynomials: TypeAlias = list[fmpz_mpoly]
Square: TypeAlias = list[list[fmpz_mpoly]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One identity: the claim it serves, what it says, and the sizes at which it is confirmed."""

    name: str
    claim: str
    says: str
    sizes: tuple[int, ...]
    residuals: Callable[[int], Polynomials]


class Ring:
    """ℤ[symbols] with vectors and matrices of symbols by name."""

    def __init__(self, n: int, *, vectors: str = "", scalars: str = "", pairs: str = "") -> None:
        names = [f"{letter}{i}" for letter in vectors for i in range(n)]
        names += [f"{letter}{i}_{j}" for letter in pairs for i in range(n) for j in range(n)]
        names += list(scalars)
        self.context = fmpz_mpoly_ctx.get(names or ["unused"], "degrevlex")
        self.symbols = dict(zip(names, self.context.gens(), strict=False))
        self.n = n

    @property
    def zero(self) -> fmpz_mpoly:
        """The zero polynomial."""
        return self.context.constant(0)

    def vector(self, letter: str) -> Polynomials:
        """The symbols of a vector."""
        return [self.symbols[f"{letter}{i}"] for i in range(self.n)]

    def matrix(self, letter: str) -> Square:
        """The symbols of a matrix."""
        return [[self.symbols[f"{letter}{i}_{j}"] for j in range(self.n)] for i in range(self.n)]

    def skew(self, letter: str) -> Square:
        """The matrix with its symbols above the diagonal, and their negatives below."""
        full = self.matrix(letter)
        return [[self._skew_entry(full, i, j) for j in range(self.n)] for i in range(self.n)]

    def _skew_entry(self, full: Square, i: int, j: int) -> fmpz_mpoly:
        if i == j:
            return self.zero
        return full[i][j] if i < j else -full[j][i]

    def apply(self, A: Square, v: Polynomials) -> Polynomials:
        """A v."""
        return [self.dot(row, v) for row in A]

    def dot(self, u: Polynomials, v: Polynomials) -> fmpz_mpoly:
        """u·v."""
        return sum((a * b for a, b in zip(u, v, strict=True)), self.zero)

    def determinant(self, A: Square) -> fmpz_mpoly:
        """Laplace expansion along the rows, minors shared by their set of columns."""
        size = len(A)
        minors: dict[tuple[int, ...], fmpz_mpoly] = {(): self.context.constant(1)}
        for taken in range(1, size + 1):
            row = A[size - taken]
            minors = {
                columns: sum(
                    (
                        (-1) ** k * row[c] * minors[columns[:k] + columns[k + 1 :]]
                        for k, c in enumerate(columns)
                    ),
                    self.zero,
                )
                for columns in combinations(range(size), taken)
            }
        return minors[tuple(range(size))]

    def characteristic(self, A: Square) -> Polynomials:
        """c_k with det(λ - A) = Σ (-1)ᵏ c_k λⁿ⁻ᵏ: the sums of the principal minors of size k."""
        return [
            sum(
                (self.determinant([[A[i][j] for j in S] for i in S]) for S in combinations(range(self.n), k)),
                self.zero,
            )
            for k in range(self.n + 1)
        ]


def one(ring: Ring) -> fmpz_mpoly:
    """The polynomial 1."""
    return ring.context.constant(1)
