"""Periods of orbits in many lanes: the first return through the hyperplane through x₀ normal to f(x₀)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.crossings import Direction, passing
from gsdcheck.numeric.diagnostics.location import located
from gsdcheck.numeric.diagnostics.starts import lane_states, positive, tolerance
from gsdcheck.numeric.lanes import Lanes, field
from gsdcheck.numeric.walks import Flags, Indices, Walk

_SECOND = 50.0
"""How much coarser the second tolerance is: steps about 1.6 times as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The first return time of each lane to its start.

    Attributes:
        values: (B,) T, nan where the orbit was not seen to return.
        errors: (B,) how far T may be off: what a second tolerance, the closure defect and the tolerance say; inf with nan.
        closed: (B,) the orbit returned, at both tolerances, and they agree.
    """

    values: FloatArray
    errors: FloatArray
    closed: Flags


def periods(
    lanes: Lanes,
    x0: ArrayLike,
    horizon: ArrayLike,
    *,
    rtol: float = 1e-13,
    closure: float = 1e-8,
    max_steps: int = 100_000,
) -> Periods:
    """The least T > 0 with x(T) = x(0) in every lane, by crossings of {f(x₀)·(x - x₀) = 0}.

    Every orbit near x₀ crosses that hyperplane transversally. The first crossing in the direction of f(x₀) at
    which the orbit is back at x₀ counts. A second walk, whose tolerance is 50 times coarser, must agree: the
    lanes choose their own steps, so this takes the place of halving a step.

    Args:
        x0: (n, B).
        horizon: how long to follow a lane, a number or (B,), > 0; may be infinite, max_steps then ends it.
        rtol: relative tolerance, ≥ 1e-13.
        closure: an orbit counts as back if |x(T) - x₀| ≤ closure · max(1, |x₀|).
        max_steps: the longest effort, in steps of a lane.

    Returns:
        Rounded. A lane that rests, escapes or is not finite has no period: nan, inf, False.

    Raises:
        InvalidInput: wrong shapes, horizon or closure nan or ≤ 0, rtol outside [1e-13, 1e-2].
    """
    start = lane_states(lanes, x0)
    until = positive("horizon", horizon, start.shape[1], finite=False)
    near = positive("closure", closure, start.shape[1])
    with np.errstate(all="ignore"):
        near *= np.maximum(1.0, np.linalg.norm(start, axis=0))
        velocity = field(lanes, start)
        speed = np.linalg.norm(velocity, axis=0)
    fine, defect = _first_returns(lanes, start, velocity / _positive(speed), until, near, rtol, max_steps)
    coarse, _ = _first_returns(
        lanes, start, velocity / _positive(speed), until, near, min(rtol * _SECOND, 1e-2), max_steps
    )
    errors = abs(fine - coarse) + defect / _positive(speed) + rtol * fine
    returned = np.isfinite(errors)
    return Periods(
        values=np.where(returned, fine, np.nan),
        errors=np.where(returned, errors, math.inf),
        closed=returned & (errors <= 10 * closure * np.maximum(1.0, fine)),
    )


def _first_returns(
    lanes: Lanes,
    x0: FloatArray,
    normal: FloatArray,
    until: FloatArray,
    near: FloatArray,
    rtol: float,
    max_steps: int,
) -> tuple[FloatArray, FloatArray]:
    """(B,) the times of the first return and (B,) the distances from x₀ there; nan where there is none."""
    times, distances = np.full((2, x0.shape[1]), np.nan)
    walk = Walk(lanes, x0, rtol=tolerance(rtol), max_steps=max_steps)
    walk.stop(np.flatnonzero(~(abs(normal) > 0).any(axis=0)))  # at rest, or without a direction

    def height(index: Indices, x: FloatArray) -> FloatArray:
        return np.asarray((normal[:, index] * (x - x0[:, index])).sum(axis=0))

    while (leg := walk.stride(until)) is not None:
        leg = passing(leg, height, Direction.UP)
        if not leg.index.size:
            continue
        index = leg.index
        tau, x = located(lanes, index, leg.start, leg.h, height)
        distance = np.linalg.norm(x - x0[:, index], axis=0)
        back = distance <= near[index]
        times[index[back]], distances[index[back]] = (leg.t + tau)[back], distance[back]
        walk.stop(index[back])
    return times, distances


def _positive(speed: FloatArray) -> FloatArray:
    """The speed, or nan where it is 0 or not finite, so that a division marks the lane."""
    return np.where((speed > 0) & (speed < math.inf), speed, np.nan)
