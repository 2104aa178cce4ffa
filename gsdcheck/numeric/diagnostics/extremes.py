"""How far each coordinate of an orbit swings, and how often it changes sign."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.crossings import Direction, located_together, passing
from gsdcheck.numeric.diagnostics.location import Height
from gsdcheck.numeric.diagnostics.starts import lane_states, positive, tolerance
from gsdcheck.numeric.lanes import Lanes, field
from gsdcheck.numeric.walks import Flags, Indices, Leg, Walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Extremes:
    """The swing of each coordinate over 0 ≤ t ≤ horizon.

    Attributes:
        least, greatest: (n, B), the ends of the interval that x_i runs through.
        sign_changes: (n, B); zeros in between do not count.
        complete: (B,) the lane was followed to the horizon.
    """

    least: FloatArray
    greatest: FloatArray
    sign_changes: NDArray[np.int64]
    complete: Flags


def extremes(
    lanes: Lanes, x0: ArrayLike, horizon: ArrayLike, *, rtol: float = 1e-10, max_steps: int = 100_000
) -> Extremes:
    """min and max of x_i(t) and its changes of sign, 0 ≤ t ≤ horizon.

    Extremes lie at the ends, or where the velocity x_i' changes sign; there they are located, as accurately
    as the orbit. Two turns of one coordinate within one step of the integrator are not seen.

    Args:
        x0: (n, B).
        horizon: a number or (B,), > 0.
        rtol: relative tolerance of the steps, whose size each lane chooses.

    Raises:
        InvalidInput: wrong shapes, horizon not in (0, ∞), rtol out of range.
    """
    start = lane_states(lanes, x0)
    until = positive("horizon", horizon, start.shape[1])
    walk = Walk(lanes, start, rtol=tolerance(rtol), max_steps=max_steps)
    swing = _Swing(lanes, start)
    while (leg := walk.stride(until)) is not None:
        swing.follow(leg)
    swing.turn()
    return Extremes(
        least=swing.least,
        greatest=swing.greatest,
        sign_changes=swing.changes,
        complete=~walk.failed,
    )


class _Swing:
    """What has been seen of the coordinates so far."""

    def __init__(self, lanes: Lanes, start: FloatArray) -> None:
        self._lanes = lanes
        self.least, self.greatest = start.copy(), start.copy()
        self.changes = np.zeros(start.shape, dtype=np.int64)
        self._sign = np.sign(start)
        self._turns: list[list[Leg]] = [[] for _ in range(lanes.n)]

    def follow(self, leg: Leg) -> None:
        """One step of some lanes."""
        self._widen(leg.index, leg.end)
        before, after = self._sign[:, leg.index], np.sign(leg.end)
        self.changes[:, leg.index] += before * after < 0
        self._sign[:, leg.index] = np.where(after == 0, before, after)
        for i, turns in enumerate(self._turns):
            turns.append(passing(leg, self._velocity(i), Direction.BOTH))

    def turn(self) -> None:
        """Adds the states at which a coordinate turned."""
        for i, turns in enumerate(self._turns):
            if any(leg.index.size for leg in turns):
                index, _, x = located_together(self._lanes, turns, self._velocity(i))
                np.fmin.at(self.least[i], index, x[i])
                np.fmax.at(self.greatest[i], index, x[i])

    def _widen(self, index: Indices, x: FloatArray) -> None:
        self.least[:, index] = np.fmin(self.least[:, index], x)
        self.greatest[:, index] = np.fmax(self.greatest[:, index], x)

    def _velocity(self, i: int) -> Height:
        return lambda index, x: field(self._lanes.chosen(index), x)[i]
