"""The Taylor coefficients of a solution of x' = f(x), and of its derivative by the start, at every point of a box.

x_{k+1} = [f(x(t))]_k / (k + 1) and V_{k+1} = [Df(x(t)) V(t)]_k / (k + 1): each coefficient depends on those before
it only, and ball arithmetic gives all starts in the box at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flint import arb, arb_mat

from gsdcheck.certify.balls import enclose
from gsdcheck.certify.branch_signs import is_branching
from gsdcheck.certify.fields import Box, Field, slope_of
from gsdcheck.certify.pieces import Place, resolve
from gsdcheck.certify.polynomials import ANY, NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.series import Coefficients, Tape, convolution
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Expression

Pieces: TypeAlias = Sequence[Expression]
"""For each unit an expression without branches that equals σ near its arguments."""


class KinkInside(Undecided):
    """σ has a branch that is not seen to be the same on the whole box."""


class _Ball(Place):
    """Signs on a ball of arguments; an open question is `Undecided`, as in `Place`."""

    def __init__(self, ball: arb) -> None:
        super().__init__(None, None)
        self.ball = ball

    def sign(self, g: Expression) -> int:
        value = enclose(g, self.ball)
        # soundness: what is not finite answers no comparison, so a branch outside its domain is never chosen
        return POSITIVE if value > 0 else NEGATIVE if value < 0 else NULL if value == 0 else ANY


def pieces_at(field: Field, x: Box) -> Pieces:
    """σ without branches on the arguments of each unit.

    Raises:
        KinkInside: a branch that is not the same on the whole box.
    """
    if not is_branching(field.sigma):
        return [field.sigma] * field.n
    try:
        return [resolve(field.sigma, _Ball(u)) for u in field.arguments(x)]
    except Undecided as question:
        raise KinkInside(f"σ has a kink in the box: {question}") from question


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The coefficients of x(t), and of σ'(u(t)) if asked for, with the pieces of σ that they were made with."""

    x: list[Coefficients]
    slopes: list[Coefficients]
    pieces: Pieces


def solution(field: Field, pieces: Pieces, start: Box, length: int, *, slopes: bool = False) -> Solution:
    """The first coefficients of the solutions that start in the box, enclosed; not finite where none is seen."""
    x: list[Coefficients] = [[a] for a in start]
    u: list[Coefficients] = [[] for _ in start]
    tapes = [Tape(row) for row in u]
    sigma = [tape.enter(piece) for tape, piece in zip(tapes, pieces, strict=True)]
    rates = [tape.enter(slope_of(piece)) for tape, piece in zip(tapes, pieces, strict=True)] if slopes else []
    for k in range(length):
        latest = _column(x, k)
        _append(u, field.inputs(latest) if k else field.arguments(latest))
        for tape in tapes:
            tape.extend()
        if k + 1 < length:
            drive = field.outputs(_column(sigma, k)) if k else field.drive(_column(sigma, k))
            _append(x, [(d - field.leak * a) / (k + 1) for d, a in zip(drive, latest, strict=True)])
    return Solution(x=x, slopes=rates, pieces=pieces)


def variation(field: Field, along: Solution, start: arb_mat) -> list[list[Coefficients]]:
    """The coefficients of the columns of V, V' = Df(x(t)) V, V(0) = start, as many as `along` has."""
    return [_varied(field, along, column) for column in start.transpose().tolist()]


def _varied(field: Field, along: Solution, start: Box) -> list[Coefficients]:
    v: list[Coefficients] = [[a] for a in start]
    z: list[Coefficients] = [[] for _ in start]
    for k in range(len(along.x[0]) - 1):
        latest = _column(v, k)
        _append(z, field.inputs(latest))
        drive = field.outputs([convolution(s, row, k) for s, row in zip(along.slopes, z, strict=True)])
        _append(v, [(d - field.leak * a) / (k + 1) for d, a in zip(drive, latest, strict=True)])
    return v


def _column(rows: list[Coefficients], k: int) -> Box:
    return [row[k] for row in rows]


def _append(rows: list[Coefficients], column: Box) -> None:
    for row, a in zip(rows, column, strict=True):
        row.append(a)
