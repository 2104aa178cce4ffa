"""Orbits in float64: an adaptive reference, two fixed-step methods and Poisson splitting (row R1)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray, finite_array, state_array
from gsdcheck.numeric.field import Network, vector_field

_ESCAPED = 1e150
"""Beyond this norm an orbit is taken to have left the range in which squares are finite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orbit:
    """The states of one orbit at given times, rounded.

    Attributes:
        times: (q,), as far as the orbit was followed.
        states: (q, n).
        complete: every time that was asked for is there.
        reason: one sentence that says why the integration ended.
    """

    times: FloatArray
    states: FloatArray
    complete: bool
    reason: str


def orbit(
    network: Network,
    x0: ArrayLike,
    times: ArrayLike,
    rtol: float = 1e-10,
    atol: float = 1e-12,
    max_steps: int = 200_000,
) -> Orbit:
    """x(t) at the given times, from x(times[0]) = x0, by DOP853 with its dense output.

    Args:
        network: with W (n, n).
        x0: (n,).
        times: (q,) strictly increasing or strictly decreasing.
        rtol: relative tolerance of a step.
        atol: absolute tolerance of a step.
        max_steps: the orbit ends incomplete after so many steps, so that it never hangs.

    Raises:
        InvalidInput: wrong shapes, entries that are not finite, times that are not monotone.
    """
    start, ts = state_array("x0", x0, network.n), finite_array("times", times)
    if start.ndim != 1 or network.W.ndim != 2:
        raise InvalidInput(f"x0 has shape {start.shape}. orbit follows one state; rk4_orbit takes a batch.")
    _require_monotone(ts)
    states = np.empty((ts.size, network.n))
    states[0], done = start, 1
    reason = "The last time was reached."
    with np.errstate(all="ignore"):
        solver = dop853(network, start, float(ts[0]), float(ts[-1]), rtol, atol)
        sign = 1.0 if ts[-1] > ts[0] else -1.0
        for _ in range(max_steps if ts.size > 1 else 0):
            solver.step()
            if fault := failure(solver):
                reason = fault
                break
            reached = int(np.searchsorted(sign * ts, sign * solver.t, side="right"))
            if reached > done:
                states[done:reached] = solver.dense_output()(ts[done:reached]).T
                done = reached
            if solver.status == "finished":
                break
        else:
            if ts.size > 1:
                reason = f"{max_steps} steps were not enough: t = {solver.t:.6g} of {ts[-1]:.6g}."
    return Orbit(times=ts[:done], states=states[:done], complete=done == ts.size, reason=reason)


def dop853(network: Network, x0: FloatArray, start: float, stop: float, rtol: float, atol: float) -> Any:
    """SciPy's stepper for x' = f(x); its `step`, `t`, `y`, `status` and `dense_output` are SciPy's.

    Raises:
        InvalidInput: f(x0) is not finite; SciPy would look for a first step for ever.
    """
    from scipy.integrate import DOP853

    if not np.isfinite(velocity := vector_field(network, x0)).all():
        raise InvalidInput(
            f"f(x0) = {velocity.tolist()} at x0 = {x0.tolist()}. The field must be finite at the start."
        )
    return DOP853(lambda _, x: vector_field(network, x), start, x0, stop, rtol=rtol, atol=atol)


def failure(solver: Any) -> str | None:
    """Why the stepper cannot go on, in a sentence; None if it can."""
    if solver.status == "failed":
        return f"The step size fell below rounding at t = {solver.t:.6g}: a blow-up or a discontinuity."
    if not np.abs(solver.y).max() < _ESCAPED:
        return f"The state exceeded {_ESCAPED:g} at t = {solver.t:.6g}: the orbit escapes."
    return None


def rk4_orbit(network: Network, x0: ArrayLike, step: float, steps: int, every: int = 1) -> FloatArray:
    """x_k of the classical Runge–Kutta method of order 4 with fixed step h, batched.

    Args:
        network: with W (..., n, n).
        x0: (..., n).
        step: h, any sign.
        steps: the number of steps.
        every: record k = 0, every, 2·every, ... ≤ steps.

    Returns:
        (steps // every + 1, ..., n), rounded; after an overflow inf or nan.

    Raises:
        InvalidInput: wrong shapes, entries that are not finite, steps < 0 or every < 1.
    """

    def advance(x: FloatArray) -> FloatArray:
        k1 = vector_field(network, x)
        k2 = vector_field(network, x + step / 2 * k1)
        k3 = vector_field(network, x + step / 2 * k2)
        k4 = vector_field(network, x + step * k3)
        return x + step / 6 * (k1 + 2 * (k2 + k3) + k4)

    return _iterate(network, advance, x0, steps, every)


def euler_orbit(network: Network, x0: ArrayLike, step: float, steps: int, every: int = 1) -> FloatArray:
    """x_{k+1} = x_k + h f(x_k), forward Euler, batched; arguments and result as `rk4_orbit`."""
    return _iterate(network, lambda x: x + step * vector_field(network, x), x0, steps, every)


def poisson_splitting(network: Network, x0: ArrayLike, step: float, steps: int, every: int = 1) -> FloatArray:
    """x_k of the symmetric Poisson splitting: parts 1..n, then n..1, each for h/2; order 2, batched.

    Part i is x += t W[:, i] σ(x_i) (outer) or x_i += t σ((Wx + b)_i) (inner), its exact flow as W_ii = 0.
    A bias of the outer form is one more part, x += t b, first and last. The method is its own reverse
    (h → -h), preserves volume, and in the outer form keeps every k·x with kᵀW = 0, kᵀb = 0 to rounding.

    Arguments and result as `rk4_orbit`.

    Raises:
        InvalidInput: as `rk4_orbit`; or the leak or a diagonal entry of W is not zero.
    """
    _require_splitting(network)
    sweep = [*range(network.n), *reversed(range(network.n))]
    part = _outer_part if network.form is Form.OUTER else _inner_part
    drift = step / 2 * network.bias if network.form is Form.OUTER else np.zeros(network.n)

    def advance(x: FloatArray) -> FloatArray:
        x = x + drift
        for i in sweep:
            part(network, x, i, step / 2)
        x += drift
        return x

    return _iterate(network, advance, x0, steps, every)


def _outer_part(network: Network, x: FloatArray, i: int, t: float) -> None:
    x += t * network.W[..., :, i] * network.sigma(x[..., i])[..., None]


def _inner_part(network: Network, x: FloatArray, i: int, t: float) -> None:
    y = (network.W[..., i, :] * x).sum(axis=-1) + network.bias[..., i]
    x[..., i] += t * network.sigma(y)


def _iterate(
    network: Network, advance: Callable[[FloatArray], FloatArray], x0: ArrayLike, steps: int, every: int
) -> FloatArray:
    x = state_array("x0", x0, network.n)
    if steps < 0 or every < 1:
        raise InvalidInput(f"steps is {steps} and every is {every}. steps ≥ 0 and every ≥ 1.")
    x = np.broadcast_to(x, np.broadcast_shapes(x.shape, network.W.shape[:-1])).copy()
    states = np.empty((steps // every + 1, *x.shape))
    states[0] = x
    with np.errstate(all="ignore"):
        for k in range(1, steps // every * every + 1):
            x = advance(x)
            if k % every == 0:
                states[k // every] = x
    return states


def _require_monotone(times: FloatArray) -> None:
    if times.ndim != 1 or times.size == 0:
        raise InvalidInput(f"times has shape {times.shape}. Give a non-empty list of times.")
    gaps = np.diff(times)
    if not ((gaps > 0).all() or (gaps < 0).all()):
        raise InvalidInput("times is not strictly monotone. Sort the times and drop repeated ones.")


def _require_splitting(network: Network) -> None:
    diagonal = np.diagonal(network.W, axis1=-2, axis2=-1)
    if network.leak or diagonal.any():
        raise InvalidInput(
            f"the leak is {network.leak} and the diagonal of W is {diagonal.tolist()}. Poisson splitting"
            " needs both to be zero, so that each part has an exact flow. Use rk4_orbit."
        )
