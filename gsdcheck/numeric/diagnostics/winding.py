"""How often orbits wind about a point of a coordinate plane."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.starts import lane_states, positive, tolerance
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.walks import Flags, Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Windings:
    """The angle swept about a point, counter-clockwise from x_i to x_j.

    Attributes:
        turns: (B,) the angle over 2π; a whole number for a closed orbit over its period. nan if not followed.
        nearest: (B,) the least distance from the point at the ends of steps.
        resolved: (B,) no step swept a quarter turn or more, so that none was counted the wrong way round.
    """

    turns: FloatArray
    nearest: FloatArray
    resolved: Flags


def windings(
    lanes: Lanes,
    x0: ArrayLike,
    t_end: ArrayLike,
    *,
    plane: tuple[int, int] = (0, 1),
    centre: ArrayLike = (0.0, 0.0),
    rtol: float = 1e-11,
    max_steps: int = 1_000_000,
) -> Windings:
    """(1/2π) ∫ dθ, θ the angle of (x_i, x_j) - c, over 0 ≤ t ≤ t_end, summed over the steps.

    Args:
        x0: (n, B).
        t_end: a number or (B,), > 0.
        plane: (i, j), two different coordinates.
        centre: c, (2,) for all lanes or (2, B).

    Raises:
        InvalidInput: wrong shapes, t_end not in (0, ∞), i = j or beyond n.
    """
    start = lane_states(lanes, x0)
    B = start.shape[1]
    until, rows = positive("t_end", t_end, B), _plane(plane, lanes.n)
    c = np.array(centre, dtype=np.float64)
    if c.shape not in ((2,), (2, B)):
        raise InvalidInput(f"centre has shape {c.shape}. Give (2,), or one column a lane: (2, {B}).")
    c = np.broadcast_to(c.reshape(2, -1), (2, B))
    walk = Walk(lanes, start, rtol=tolerance(rtol), max_steps=max_steps)
    angle, steepest = np.zeros((2, B))
    nearest = np.hypot(*(start[rows] - c))
    while (leg := walk.stride(until)) is not None:
        (a, b), (p, q) = (x[rows] - c[:, leg.index] for x in (leg.start, leg.end))
        swept = np.arctan2(a * q - b * p, a * p + b * q)
        angle[leg.index] += swept
        steepest[leg.index] = np.maximum(steepest[leg.index], abs(swept))
        nearest[leg.index] = np.minimum(nearest[leg.index], np.hypot(p, q))
    followed = ~walk.failed
    return Windings(
        turns=np.where(followed, angle / (2 * math.pi), np.nan),
        nearest=nearest,
        resolved=followed & (steepest < math.pi / 2) & (nearest > 0),
    )


def _plane(plane: tuple[int, int], n: int) -> list[int]:
    if len(plane) != 2 or plane[0] == plane[1] or not all(0 <= i < n for i in plane):
        raise InvalidInput(
            f"plane is {plane} but W is {n}x{n}. Give two different coordinates from 0 to {n - 1}."
        )
    return list(plane)
