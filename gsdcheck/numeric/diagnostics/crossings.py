"""When and where orbits cross a section {g·x = c}: the base of periods and of Poincaré sections."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.location import Height, located
from gsdcheck.numeric.diagnostics.starts import counted, lane_numbers, lane_states, positive, tolerance
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.walks import Flags, Indices, Leg, Walk

_TOGETHER = 4_096
"""So many crossings are located at once."""


class Direction(Enum):
    """Which crossings count: g·x - c rises through 0, falls through 0, or either."""

    UP = "up"
    DOWN = "down"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossings:
    """The crossings of each lane in the order of time, ragged: m is the largest count.

    Attributes:
        counts: (B,) how many there are.
        times: (m, B), nan after the last of a lane.
        states: (m, n, B), nan after the last of a lane.
        complete: (B,) the lane was followed to the horizon, or to as many crossings as were asked for.
    """

    counts: NDArray[np.int64]
    times: FloatArray
    states: FloatArray
    complete: Flags


def crossings(
    lanes: Lanes,
    x0: ArrayLike,
    normal: ArrayLike,
    offset: ArrayLike,
    horizon: ArrayLike,
    *,
    direction: Direction = Direction.UP,
    most: int = 1_000,
    rtol: float = 1e-12,
    max_steps: int = 100_000,
) -> Crossings:
    """The times 0 < t ≤ horizon at which g·x(t) passes c, and the states there.

    A start on the section is no crossing. Two crossings within one step of the integrator are not seen.

    Args:
        x0: (n, B).
        normal: g, (n,) for all lanes or (n, B), not 0.
        offset: c, a number or (B,).
        horizon: a number or (B,), > 0.
        most: a lane ends with this crossing.
        rtol: relative tolerance of the steps, whose size each lane chooses.

    Returns:
        Rounded; times as accurate as the orbit. Lanes that are not finite, or escape, have complete = False.

    Raises:
        InvalidInput: wrong shapes, g = 0 or not finite, horizon not in (0, ∞), most < 1.
    """
    start = lane_states(lanes, x0)
    n, B = start.shape
    g, c = _normals(normal, n, B), lane_numbers("offset", offset, B)
    until, most = positive("horizon", horizon, B), counted("most", most)
    walk = Walk(lanes, start, rtol=tolerance(rtol), max_steps=max_steps)

    def height(index: Indices, x: FloatArray) -> FloatArray:
        return np.asarray((g[:, index] * x).sum(axis=0) - c[index])

    counts = np.zeros(B, dtype=np.int64)
    passed: list[Leg] = []
    while (leg := walk.stride(until)) is not None:
        leg = passing(leg, height, direction)
        passed.append(leg)
        counts[leg.index] += 1
        walk.stop(leg.index[counts[leg.index] >= most])
    times, states = np.full((int(counts.max()), B), np.nan), np.full((int(counts.max()), n, B), np.nan)
    if times.size:
        lane, t, x = located_together(lanes, passed, height)
        place = np.arange(lane.size) - np.concatenate([[0], np.cumsum(counts)])[lane]
        times[place, lane], states[place, :, lane] = t, x.T
    return Crossings(counts=counts, times=times, states=states, complete=~walk.failed)


def passing(leg: Leg, height: Height, direction: Direction) -> Leg:
    """The leg of the lanes whose height passes 0 on it."""
    with np.errstate(all="ignore"):
        return leg.chosen(_PASSES[direction](height(leg.index, leg.start), height(leg.index, leg.end)))


def located_together(
    lanes: Lanes, passed: list[Leg], height: Height
) -> tuple[Indices, FloatArray, FloatArray]:
    """The lanes, times and states of all crossings, sorted by lane and time.

    Thousands are located at a time, which is far faster than the few of a step.
    """
    index, t, h, start = (
        np.concatenate([getattr(leg, name) for leg in passed], axis=-1)
        for name in ("index", "t", "h", "start")
    )
    x = np.empty_like(start)
    for k in range(0, index.size, _TOGETHER):
        part = slice(k, k + _TOGETHER)
        tau, x[:, part] = located(lanes, index[part], start[:, part], h[part], height)
        t[part] += tau
    order = np.argsort(index, kind="stable")  # a lane's crossings were found in the order of time
    return index[order], t[order], x[:, order]


_PASSES: dict[Direction, Callable[[FloatArray, FloatArray], Flags]] = {
    Direction.UP: lambda before, after: (before < 0) & (after >= 0),
    Direction.DOWN: lambda before, after: (before > 0) & (after <= 0),
    Direction.BOTH: lambda before, after: ((before < 0) & (after >= 0)) | ((before > 0) & (after <= 0)),
}


def _normals(normal: ArrayLike, n: int, B: int) -> FloatArray:
    g = np.array(normal, dtype=np.float64)
    if g.shape not in ((n,), (n, B)):
        raise InvalidInput(f"normal has shape {g.shape}. Give ({n},), or one column a lane: ({n}, {B}).")
    g = np.broadcast_to(g.reshape(n, -1), (n, B))
    if not (np.isfinite(g).all() and (g != 0).any(axis=0).all()):
        raise InvalidInput("normal is 0 or not finite in a lane. A section needs a direction.")
    return g
