"""Orbits of many lanes at once, each with its own clock and step size."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes, field
from gsdcheck.numeric.methods.embedded import Rate, attempted_step

Indices = NDArray[np.intp]
Flags = NDArray[np.bool_]

_ESCAPED = 1e150
"""Beyond this an orbit has left the range in which squares are finite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One accepted step of some lanes.

    Attributes:
        index: (A,) which lanes stepped.
        t: (A,) when the step began.
        h: (A,) its length, negative if time runs backwards.
        start, end: (m, A) the states at t and t + h.
    """

    index: Indices
    t: FloatArray
    h: FloatArray
    start: FloatArray
    end: FloatArray

    def chosen(self, which: Flags) -> "Leg":
        """The leg of these of its lanes."""
        return Leg(
            index=self.index[which],
            t=self.t[which],
            h=self.h[which],
            start=self.start[:, which],
            end=self.end[:, which],
        )


class Walk:
    """x(t) from x₀ in every lane, by DOP853 with error control lane by lane.

    Adaptive, because σ may have kinks: at a kink a fixed step h leaves an error of order h², whatever the
    order of the method, while here the lanes that cross one shorten their steps, and no other does.

    Attributes:
        t: (B,) the time each lane has reached.
        x: (m, B) the states there.
        steps: (B,) how many steps each lane has tried.
        alive: (B,) lanes that still walk. One that escapes, whose field is not finite, whose step falls below
            rounding or whose steps are used up is no longer alive, and `failed`; one that was stopped is not.
    """

    def __init__(
        self,
        lanes: Lanes,
        x0: FloatArray,
        *,
        rtol: float,
        rate: Rate = field,
        backwards: Flags | None = None,
        max_steps: int = 1_000_000,
    ) -> None:
        self.lanes, self.x = lanes, x0.copy()
        self.t = np.zeros(x0.shape[1])
        self.steps = np.zeros(x0.shape[1], dtype=np.int64)
        self._rate, self._rtol, self._left = rate, rtol, max_steps
        with np.errstate(all="ignore"):
            velocity = rate(lanes, x0)
            self._h = _first_step(x0, velocity, rtol)
        self._sign = np.where(backwards, -1.0, 1.0) if backwards is not None else np.ones(x0.shape[1])
        self._was_rejected = np.zeros(x0.shape[1], dtype=bool)
        # `abs(nan) < 1` is False: a state that is not finite does not start
        self.alive: Flags = np.asarray((abs(x0) < _ESCAPED).all(axis=0) & np.isfinite(velocity).all(axis=0))
        self.failed: Flags = ~self.alive
        self._active: Indices = np.empty(0, dtype=np.intp)
        self._chosen = lanes

    def stop(self, index: Indices) -> None:
        """These lanes have seen enough."""
        self.alive[index] = False

    def stride(self, until: FloatArray) -> Leg | None:
        """One attempted step of every lane that lives and is before `until` (B,); None if there is no such lane.

        The leg holds the lanes whose step was accepted; it may be empty. A step ends at `until` exactly.
        """
        ahead = abs(until) - abs(self.t)
        active = np.flatnonzero(self.alive & (ahead > 0))
        if active.size and self._left <= 0:
            self._fail(active)
            active = active[:0]
        if not active.size:
            return None
        self._left -= 1
        self.steps[active] += 1
        natural, room = self._h[active], ahead[active]
        h = np.minimum(natural, room)
        start = self.x[:, active]
        with np.errstate(all="ignore"):
            end, error = attempted_step(
                self._rate, self._lanes_of(active), start, self._sign[active] * h, self._rtol
            )
            good = (error < 1) & (abs(end) < _ESCAPED).all(axis=0)
            self._adapt(active, natural, h, error, good)
        return self._accepted(active[good], h[good], start[:, good], end[:, good], until, (h == room)[good])

    def advance(self, until: FloatArray) -> None:
        """Walk until every living lane has reached its time."""
        while self.stride(until) is not None:
            pass

    def _adapt(
        self, active: Indices, natural: FloatArray, h: FloatArray, error: FloatArray, good: Flags
    ) -> None:
        """The next step sizes; lanes whose step has fallen below rounding have failed."""
        factor = 0.9 * np.where(error > 0, error, 1e-30) ** (-1 / 8)
        factor = np.clip(np.where(np.isnan(factor), 0.0, factor), 0.2, 10.0)
        factor = np.where(good & self._was_rejected[active], np.minimum(factor, 1.0), factor)
        grown = np.maximum(np.where(h < natural, natural, 0.0), h * factor)  # a step cut short says little
        self._h[active] = np.where(good, grown, h * np.minimum(factor, 0.9))
        self._was_rejected[active] = ~good
        self._fail(active[~good & (h < 10 * np.spacing(abs(self.t[active])))])

    def _accepted(
        self,
        index: Indices,
        h: FloatArray,
        start: FloatArray,
        end: FloatArray,
        until: FloatArray,
        last: Flags,
    ) -> Leg:
        t = self.t[index]
        signed = self._sign[index] * h
        self.x[:, index] = end
        self.t[index] = np.where(last, until[index], t + signed)
        return Leg(index=index, t=t, h=signed, start=start, end=end)

    def _lanes_of(self, active: Indices) -> Lanes:
        """The lanes that step; copied only when they are no longer the same."""
        if active.size == self.t.size:
            return self.lanes
        if not np.array_equal(active, self._active):
            self._active, self._chosen = active, self.lanes.chosen(active)
        return self._chosen

    def _fail(self, index: Indices) -> None:
        self.alive[index] = False
        self.failed[index] = True


def _first_step(x0: FloatArray, velocity: FloatArray, rtol: float) -> FloatArray:
    """A hundredth of the time in which the state changes by its own size; the control does the rest."""
    scale = abs(x0) + 0.01
    size, speed = (np.sqrt(((v / scale) ** 2).mean(axis=0)) for v in (x0, velocity))
    usable = (size > 1e-5) & (speed > 1e-5)
    return np.asarray(np.where(usable, rtol ** (1 / 8) * size / np.where(usable, speed, 1.0), 1e-6))
