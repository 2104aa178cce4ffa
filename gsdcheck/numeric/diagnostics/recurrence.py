"""Coming back: how far x(T) is from x₀, and when an orbit first returns to a ball about its start."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.location import Height, located
from gsdcheck.numeric.diagnostics.starts import lane_numbers, lane_states, positive, tolerance
from gsdcheck.numeric.lanes import Lanes, field
from gsdcheck.numeric.walks import Flags, Indices, Leg, Walk


def closure_defects(
    lanes: Lanes, x0: ArrayLike, period: ArrayLike, *, rtol: float = 1e-12, max_steps: int = 200_000
) -> FloatArray:
    """|x(T) - x₀| / max(1, |x₀|) in every lane, Euclidean norms.

    Args:
        x0: (n, B).
        period: T, a number or (B,), not 0; negative runs backwards, nan leaves the lane out.

    Returns:
        (B,), rounded; inf where the orbit cannot be followed to T, nan where T is nan.

    Raises:
        InvalidInput: wrong shapes, or T is 0 or infinite.
    """
    start = lane_states(lanes, x0)
    T = lane_numbers("period", period, start.shape[1])
    if (bad := (T == 0) | np.isinf(T)).any():
        raise InvalidInput(f"period is {T[bad][0]}. A period is a finite number other than 0.")
    walk = Walk(lanes, start, rtol=tolerance(rtol), backwards=T < 0, max_steps=max_steps)
    walk.advance(T)
    with np.errstate(all="ignore"):
        distance = np.linalg.norm(walk.x - start, axis=0) / np.maximum(1.0, np.linalg.norm(start, axis=0))
    return np.where(np.isnan(T), np.nan, np.where(walk.failed, math.inf, distance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrences:
    """The first return of each lane to the ball of radius ε about its start.

    Attributes:
        times: (B,) when it re-enters, nan if it does not by the horizon.
        errors: (B,) how far the time may be off, by a second tolerance; inf with nan.
        left: (B,) the orbit left the ball at all.
    """

    times: FloatArray
    errors: FloatArray
    left: Flags


def recurrence_times(
    lanes: Lanes,
    x0: ArrayLike,
    radius: ArrayLike,
    horizon: ArrayLike,
    *,
    rtol: float = 1e-12,
    max_steps: int = 200_000,
) -> Recurrences:
    """The least t > 0 at which |x(t) - x₀| ≤ ε again, after it was > ε.

    A ball may be smaller than a step: where an orbit passes its point of closest approach within a step, that
    point is located, and if it is in the ball, the entry before it.

    Args:
        x0: (n, B).
        radius: ε > 0, a number or (B,).
        horizon: a number or (B,), > 0.

    Returns:
        Rounded. A grazing return, whose depth is below the accuracy of the orbit, may be missed or invented.

    Raises:
        InvalidInput: wrong shapes, ε or horizon not in (0, ∞).
    """
    start = lane_states(lanes, x0)
    eps, until = (positive(name, v, start.shape[1]) for name, v in (("radius", radius), ("horizon", horizon)))
    fine, left = _entries(lanes, start, eps, until, tolerance(rtol), max_steps)
    coarse, _ = _entries(lanes, start, eps, until, tolerance(min(50 * rtol, 1e-2)), max_steps)
    errors = abs(fine - coarse) + rtol * fine
    known = np.isfinite(errors)
    return Recurrences(
        times=np.where(known, fine, np.nan), errors=np.where(known, errors, math.inf), left=left
    )


def _entries(
    lanes: Lanes, x0: FloatArray, eps: FloatArray, until: FloatArray, rtol: float, max_steps: int
) -> tuple[FloatArray, Flags]:
    """(B,) the times of the first entry, nan where there is none, and (B,) whether the ball was left."""
    times, left = np.full(x0.shape[1], np.nan), np.zeros(x0.shape[1], dtype=bool)
    walk = Walk(lanes, x0, rtol=rtol, max_steps=max_steps)

    def outside(index: Indices, x: FloatArray) -> FloatArray:
        return np.asarray(np.linalg.norm(x - x0[:, index], axis=0) - eps[index])

    while (leg := walk.stride(until)) is not None:
        out = left[leg.index]
        left[leg.index] |= outside(leg.index, leg.end) > 0
        index, entry = _entry(lanes, leg.chosen(out), x0, outside)
        times[index] = entry
        walk.stop(index)
    return times, left


def _entry(lanes: Lanes, leg: Leg, x0: FloatArray, outside: Height) -> tuple[Indices, FloatArray]:
    """The lanes that enter the ball on this step, and when."""
    # the path of a step is hardly longer than its chord: only from so near can it have touched the ball
    gap = np.minimum(outside(leg.index, leg.start), outside(leg.index, leg.end))
    leg = leg.chosen(gap <= 2 * np.linalg.norm(leg.end - leg.start, axis=0))
    h, deepest = leg.h.copy(), leg.end.copy()
    approach = _approach(lanes, x0)
    passing = (approach(leg.index, leg.start) < 0) & (approach(leg.index, leg.end) > 0)
    if passing.any():
        by = leg.chosen(passing)
        h[passing], deepest[:, passing] = located(lanes, by.index, by.start, by.h, approach)
    inside = outside(leg.index, deepest) <= 0
    entering = leg.chosen(inside)
    if not inside.any():
        return entering.index, entering.t
    tau, _ = located(lanes, entering.index, entering.start, h[inside], outside)
    return entering.index, entering.t + tau


def _approach(lanes: Lanes, x0: FloatArray) -> Height:
    """(x - x₀)·f(x), half the rate of change of the squared distance: it rises through 0 where that is least."""

    def height(index: Indices, x: FloatArray) -> FloatArray:
        return np.asarray(((x - x0[:, index]) * field(lanes.chosen(index), x)).sum(axis=0))

    return height
