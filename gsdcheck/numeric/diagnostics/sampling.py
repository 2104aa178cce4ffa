"""States of many lanes at equally spaced times, and the smooth window that weighs them."""

import math
from collections.abc import Iterator

import numpy as np

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.walks import Walk


def pace(lanes: Lanes) -> FloatArray:
    """γ + ‖W‖_F, (B,) or (1,): about the fastest rate of a lane where |σ'| ≤ 1; inf and nan as they come."""
    with np.errstate(all="ignore"):
        return np.asarray(lanes.leak + np.sqrt((lanes.W**2).sum(axis=(0, 1))))


def enough_samples(lanes: Lanes, t_end: FloatArray, per_unit: float, least: int) -> int:
    """Samples that are at most 1/`per_unit` of the shortest time scale apart in every finite lane."""
    with np.errstate(all="ignore"):
        needed = pace(lanes) * t_end * per_unit
    return max(least, math.ceil(float(needed[np.isfinite(needed)].max(initial=0.0))))


def states_at(walk: Walk, interval: FloatArray, count: int) -> Iterator[FloatArray]:
    """x(0), x(Δ), ..., x((count - 1) Δ), each (m, B), Δ of shape (B,); nan in a lane from its failure on."""
    for j in range(count):
        walk.advance(j * interval)
        yield np.where(walk.alive, walk.x, np.nan)


def bump(u: FloatArray) -> FloatArray:
    """exp(-1/(u(1 - u))) in (0, 1), 0 elsewhere: smooth, and flat to every order at its ends."""
    inside = (u > 0) & (u < 1)
    v = np.where(inside, u * (1 - u), 1.0)
    return np.where(inside, np.exp(-1 / v), 0.0)
