"""The vector field of a network in balls: f(x) = -γx + Wσ(x) + b (outer) or -γx + σ(Wx + b) (inner)."""

from dataclasses import dataclass
from functools import lru_cache, reduce

from flint import arb, arb_mat

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import Expression
from gsdcheck.model.system import Form

Box = list[arb]
"""A product of balls: every point whose coordinates lie in them."""

MOST_UNITS = 8
"""Orbits are followed for at most so many units."""

slope_of = lru_cache(maxsize=256)(derivative)
"""σ' as a tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """f as σ between two linear maps, its numbers in balls of the precision in which it was made."""

    W: arb_mat
    bias: Box
    leak: arb
    outer: bool
    sigma: Expression

    @property
    def n(self) -> int:
        """The number of units."""
        return len(self.bias)

    def inputs(self, v: Box) -> Box:
        """The linear part of what σ is applied to: v (outer) or Wv (inner)."""
        return v if self.outer else product(self.W, v)

    def outputs(self, v: Box) -> Box:
        """The linear map of the values of σ: Wv (outer) or v (inner)."""
        return product(self.W, v) if self.outer else v

    def arguments(self, x: Box) -> Box:
        """What σ is applied to: x (outer) or Wx + b (inner)."""
        return x if self.outer else plus(self.inputs(x), self.bias)

    def drive(self, sigma: Box) -> Box:
        """f(x) + γx from the values of σ."""
        return plus(self.outputs(sigma), self.bias) if self.outer else sigma

    def value(self, x: Box) -> Box:
        """A box that contains f of every point of x, kinks and all; not finite outside the domain of σ."""
        drive = self.drive([enclose(self.sigma, u) for u in self.arguments(x)])
        return [d - self.leak * a for d, a in zip(drive, x, strict=True)]

    def jacobian(self, x: Box) -> arb_mat:
        """A matrix that contains Df wherever σ has a derivative in the box x."""
        slopes = [enclose(slope_of(self.sigma), u) for u in self.arguments(x)]
        unit = identity(self.n)
        columns = [
            self.outputs([s * v for s, v in zip(slopes, self.inputs(row), strict=True)])
            for row in unit.tolist()
        ]
        return arb_mat(columns).transpose() - self.leak * unit


def field_of(subject: Subject) -> Field:
    """The field of a subject, in balls of the current precision.

    Raises:
        Undecided: the network has more than 8 units.
    """
    if subject.n > MOST_UNITS:
        raise Undecided(f"orbits are followed for at most {MOST_UNITS} units; this network has {subject.n}.")
    return Field(
        W=arb_mat([[to_arb(w) for w in row] for row in subject.W]),
        bias=[to_arb(b) for b in subject.bias],
        leak=to_arb(subject.leak),
        outer=subject.form is Form.OUTER,
        sigma=subject.activation,
    )


def identity(n: int) -> arb_mat:
    """I."""
    return arb_mat([[int(i == j) for j in range(n)] for i in range(n)])


def product(matrix: arb_mat, vector: Box) -> Box:
    """A v."""
    return (matrix * arb_mat(len(vector), 1, vector)).entries()  # type: ignore[no-any-return]


def plus(a: Box, b: Box) -> Box:
    """a + b."""
    return [s + t for s, t in zip(a, b, strict=True)]


def norm(matrix: arb_mat) -> arb:
    """A number ≥ max_i Σ_j |a_ij| of every matrix in the balls."""
    sums = [sum((abs(a) for a in row), arb(0)).upper() for row in matrix.tolist()]
    return reduce(lambda a, b: a.max(b), sums)  # soundness: arb.max of nan is nan, where max() might drop it
