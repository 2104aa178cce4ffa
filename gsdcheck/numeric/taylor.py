"""Orbits at any number of digits by Taylor's method, for any activation that is an expression."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from flint import arb, arb_mat, arb_poly

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import System
from gsdcheck.numeric.taylor_kinks import Piece, first_root, piece
from gsdcheck.numeric.taylor_numbers import Real, binary_size, to_arb, to_mpf, working
from gsdcheck.numeric.taylor_step import BallSystem

if TYPE_CHECKING:
    import mpmath

_GUARDS = (16, 48, 144)
"""Guard digits of the arithmetic: what is tried one after the other."""

_LOCAL = 6
"""The local error is this many digits below the precision."""

_COST = 1.6
"""A step of order N costs about N to this power, so that N = -ln ε / 1.6 is the cheapest order, with the step
e^-1.6 of the radius of convergence; for the usual recurrences the power is 2 (jorba2005)."""

_MAX_STEPS = 200_000


class _TooFewDigitsError(Exception):
    """Rounding has eaten into the digits that were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Goal:
    """What every step has to meet: the local error 10^-digits, by series of this length."""

    digits: int
    guard: int

    @property
    def length(self) -> int:
        return math.ceil(self.digits * math.log(10) / _COST) + 2

    @property
    def bits(self) -> int:
        return math.ceil((self.digits + self.guard) * math.log2(10))


def taylor_orbit(
    system: System, x0: Sequence[Real], times: Sequence[Real], *, precision: int
) -> list[list[mpmath.mpf]]:
    """x(t) at the given times, from x(times[0]) = x0, to about that many decimal digits.

    Each step is a Taylor polynomial whose order and length follow from its coefficients; its local error is below
    10^-(precision + 6) of max |x_i|. What a chaotic orbit makes of such an error is not watched: compare with a run
    at precision + 10. Where σ has a kink (Abs, sign, Max, Min, Piecewise) a step ends at the kink, which is located
    to the working precision.

    Args:
        system: with any activation that is an expression.
        x0: n numbers: mpf, texts such as "0.1", Fractions, integers or floats, all taken exactly.
        times: strictly increasing or strictly decreasing, taken as exactly.
        precision: decimal digits.

    Returns:
        One state of n mpf for each time, rounded to that many digits.

    Raises:
        InvalidInput: numbers that are not finite, times that are not monotone, a precision below 1; the orbit
            blows up, meets a point where σ is not analytic, or a jump of σ that it cannot leave.

    References:
        jorba2005, section 3 (order and step size). The result is rounded, not enclosed.
    """
    if isinstance(precision, bool) or not isinstance(precision, int) or precision < 1:
        raise InvalidInput(f"precision is {precision!r}. It is a number of decimal digits, at least 1.")
    if len(x0) != system.n:
        raise InvalidInput(f"x0 has {len(x0)} entries but W is {system.n}x{system.n}. They must agree.")
    for guard in _GUARDS:
        goal = _Goal(digits=precision + _LOCAL, guard=guard)
        try:
            with working(goal.bits, goal.length):
                states = list(_states(system, x0, times, goal))
                return [[to_mpf(entry, precision) for entry in state] for state in states]
        except _TooFewDigitsError:
            continue
    raise InvalidInput(
        f"precision is {precision}, but σ cancels more than {_GUARDS[-1]} digits on this orbit. Ask for more digits,"
        " or write σ in a form that does not cancel."
    )


def _states(system: System, x0: Sequence[Real], times: Sequence[Real], goal: _Goal) -> Iterator[list[arb]]:
    moments = [to_arb(f"times[{k}]", time) for k, time in enumerate(times)]
    direction = _direction(moments)
    balls = _in_balls(system)
    x = [to_arb(f"x0[{i}]", entry).mid() for i, entry in enumerate(x0)]
    t, pending = moments[0], iter(moments[1:])
    yield x
    due = next(pending, None)
    span = abs(moments[-1] - t)
    before = _size(balls, x)
    for _ in range(_MAX_STEPS):
        if due is None:
            return
        # closer to a kink than a thousandth of the local error is at the kink: its location is no better
        size = _size(balls, x)
        unclear = max(size, before, key=float) * arb(10) ** -(goal.digits + 3)
        part, before = piece(balls, x, goal.length, direction, unclear), size
        h = _step(part, span, goal)
        if not h > span * arb(10) ** -goal.digits:
            raise InvalidInput(
                f"the orbit cannot be followed beyond t = {float(t)}: it blows up or chatters there."
            )
        while due is not None and not direction * (due - t) > h:
            yield _at(part, direction * (due - t), goal)
            due = next(pending, None)
        x, t = _at(part, h, goal), (t + direction * h).mid()
    raise InvalidInput(f"{_MAX_STEPS} steps were not enough: t = {float(t)}. Ask for a shorter time.")


def _direction(moments: list[arb]) -> int:
    gaps = [later - sooner for sooner, later in pairwise(moments)]
    for direction in (1, -1):
        if moments and all(direction * gap > 0 for gap in gaps):
            return direction
    raise InvalidInput("times is empty or not strictly monotone. Sort the times and drop repeated ones.")


def _in_balls(system: System) -> BallSystem:
    return BallSystem(
        W=arb_mat([[to_arb("W", entry) for entry in row] for row in system.W]),
        bias=[to_arb("bias", entry) for entry in system.bias],
        leak=to_arb("leak", system.leak),
        form=system.form,
        sigma=system.activation.expression,
        slope=system.activation.slope,
    )


def _size(system: BallSystem, x: list[arb]) -> arb:
    """The largest |x_i| or argument of σ."""
    return max([abs(entry) for entry in (*x, *system.arguments(x))], key=float).mid()


def _step(part: Piece, span: arb, goal: _Goal) -> arb:
    """The step at which the last terms are 10^-digits of the state, but not beyond the next kink."""
    scale = max(binary_size(row[0]) for row in part.x)
    if scale == -math.inf:
        scale = max(binary_size(row[1]) for row in part.x)
    wanted = scale - goal.digits * math.log2(10)
    last = range(goal.length - 3, goal.length)
    logs = [
        (wanted - size) / k for k in last if (size := max(binary_size(row[k]) for row in part.x)) > -math.inf
    ]
    h = span if not logs or min(logs) > binary_size(span) else arb(2.0 ** min(logs))
    for clearance in part.clearances:
        crossing = first_root(clearance, h, h * arb(10) ** -(goal.digits // 2))
        h = h if crossing is None else crossing
    return h


def _at(part: Piece, s: arb, goal: _Goal) -> list[arb]:
    """The state after the time s, as exact balls."""
    state = [arb_poly(row)(s) for row in part.x]
    size = max(abs(entry.mid()) + abs(row[0]) for entry, row in zip(state, part.x, strict=True))
    if any(entry.rad() > size * arb(10) ** -goal.digits for entry in state):
        raise _TooFewDigitsError
    return [entry.mid() for entry in state]
