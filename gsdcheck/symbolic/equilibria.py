"""{s: W s + b = 0} exactly: the values that σ takes at the equilibria of the outer form without leak."""

from fractions import Fraction

from flint import fmpq, fmpq_mat

from gsdcheck.model.system import Matrix, Vector
from gsdcheck.symbolic.casimirs import casimirs


def resting_values(W: Matrix, b: Vector) -> tuple[Vector, tuple[Vector, ...]] | None:
    """(s, Z) with {s: W s + b = 0} = s + span Z; None if it is empty.

    Z is a basis of the kernel of W, of primitive integer vectors.
    """
    n = len(W)
    rows = [[*map(_rational, row), -_rational(b[i])] for i, row in enumerate(W)]
    R, rank = fmpq_mat(rows).rref()
    pivots = [next(j for j in range(n + 1) if R[i, j] != 0) for i in range(rank)]
    if n in pivots:
        return None
    s = [Fraction(0)] * n
    for i, j in enumerate(pivots):
        s[j] = Fraction(int(R[i, n].numer()), int(R[i, n].denom()))
    return tuple(s), casimirs(tuple(zip(*W, strict=True)))


def _rational(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
