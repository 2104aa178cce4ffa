"""Time averages along orbits with a smooth window: they converge fast where motion is quasi-periodic."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.sampling import bump, enough_samples, states_at
from gsdcheck.numeric.diagnostics.starts import counted, lane_states, positive, tolerance
from gsdcheck.numeric.lanes import Lanes, preactivation
from gsdcheck.numeric.walks import Walk

Observable: TypeAlias = Callable[[Lanes, FloatArray], FloatArray]
"""(lanes, states (n, B)) ↦ (q, B), the numbers whose averages are wanted."""


def coordinates(_: Lanes, x: FloatArray) -> FloatArray:
    """x itself."""
    return x


def activity(lanes: Lanes, x: FloatArray) -> FloatArray:
    """σ(x) (outer) or σ(Wx + b) (inner), whose average is zero on bounded orbits (row O5)."""
    return lanes.sigma(preactivation(lanes, x))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAverages:
    """The averages of q observables in each lane.

    Attributes:
        values: (q, B), nan in a lane that could not be followed.
        errors: (q, B) how far the averages over the whole and over its two halves lie apart; inf with nan.
    """

    values: FloatArray
    errors: FloatArray


def time_averages(
    lanes: Lanes,
    x0: ArrayLike,
    t_end: ArrayLike,
    observable: Observable = activity,
    *,
    samples: int | None = None,
    rtol: float = 1e-11,
    max_steps: int = 1_000_000,
) -> TimeAverages:
    """∫ w(t/T) g(x(t)) dt / ∫ w(t/T) dt with w(u) = exp(-1/(u(1 - u))), by equally spaced samples.

    On a quasi-periodic orbit with Diophantine frequencies and smooth g this tends to the average of g faster
    than any power of 1/T, where the plain average errs like 1/T (das2017).

    Args:
        x0: (n, B).
        t_end: T, a number or (B,), > 0.
        observable: g; `activity`, `coordinates` or any other of the same shape.
        samples: how many, ≥ 16; by default 4 in a time 1/(γ + ‖W‖_F), at least 256.
        rtol: relative tolerance of the orbit.

    Returns:
        Rounded. On a chaotic or transient orbit the errors are large, and say so.

    Raises:
        InvalidInput: wrong shapes, T not in (0, ∞), samples < 16, or an observable that is not (q, B).
    """
    start = lane_states(lanes, x0)
    B = start.shape[1]
    T = positive("t_end", t_end, B)
    count = enough_samples(lanes, T, 4.0, 256) if samples is None else counted("samples", samples, 16)
    walk = Walk(lanes, start, rtol=tolerance(rtol), max_steps=max_steps)
    u = np.arange(count + 1) / count
    windows = np.stack([bump(u), bump(2 * u), bump(2 * u - 1)])
    sums, size = 0.0, 0.0
    with np.errstate(all="ignore"):
        for w, x in zip(windows.T, states_at(walk, T / count, count + 1), strict=True):
            g = _observed(observable, lanes, x)
            sums, size = sums + w[:, None, None] * g, size + w[0] * abs(g)
    means = sums / windows.sum(axis=1)[:, None, None]
    whole = means[0]
    errors = np.ptp(means, axis=0) + rtol * size / windows[0].sum()
    known = np.isfinite(whole) & np.isfinite(errors)
    return TimeAverages(values=np.where(known, whole, np.nan), errors=np.where(known, errors, math.inf))


def _observed(observable: Observable, lanes: Lanes, x: FloatArray) -> FloatArray:
    g = np.asarray(observable(lanes, x), dtype=np.float64)
    if g.ndim != 2 or g.shape[1] != x.shape[1]:
        raise InvalidInput(
            f"observable gives shape {g.shape} for states {x.shape}. It must give (q, {x.shape[1]})."
        )
    return g
