"""Orbits in float64: an adaptive reference, two fixed-step methods and Poisson splitting (row R1)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray, finite_array, state_array
from gsdcheck.numeric.field import Network, vector_field
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.methods.registry import METHODS

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
    return _iterate(network, "rk4", x0, step, steps, every)


def euler_orbit(network: Network, x0: ArrayLike, step: float, steps: int, every: int = 1) -> FloatArray:
    """x_{k+1} = x_k + h f(x_k), forward Euler, batched; arguments and result as `rk4_orbit`."""
    return _iterate(network, "euler", x0, step, steps, every)


def poisson_splitting(network: Network, x0: ArrayLike, step: float, steps: int, every: int = 1) -> FloatArray:
    """x_k of the symmetric Poisson splitting of order 2 (`methods.splitting`), batched.

    Arguments and result as `rk4_orbit`.

    Raises:
        InvalidInput: as `rk4_orbit`; or the leak or a diagonal entry of W is not zero.
    """
    return _iterate(network, "splitting2", x0, step, steps, every)


def _iterate(network: Network, method: str, x0: ArrayLike, step: float, steps: int, every: int) -> FloatArray:
    x = state_array("x0", x0, network.n)
    if steps < 0 or every < 1:
        raise InvalidInput(f"steps is {steps} and every is {every}. steps ≥ 0 and every ≥ 1.")
    shape = np.broadcast_shapes(x.shape, network.W.shape[:-1])
    lanes = _lanes(network, shape)
    METHODS[method].requires(lanes)
    advance = METHODS[method].build(lanes)
    state = np.broadcast_to(x, shape).reshape(-1, network.n).T.copy()
    states = np.empty((steps // every + 1, *shape))
    states[0] = x
    with np.errstate(all="ignore"):
        for k in range(1, steps // every * every + 1):
            state = advance(state, step)
            if k % every == 0:
                states[k // every] = state.T.reshape(shape)
    return states


def _lanes(network: Network, shape: tuple[int, ...]) -> Lanes:
    """The network with the leading axes of states of this shape laid side by side."""
    n, batch = network.n, shape[:-1]
    W = network.W if network.W.ndim == 2 else np.broadcast_to(network.W, (*batch, n, n))
    bias = network.bias if network.bias.ndim == 1 else np.broadcast_to(network.bias, shape)
    return Lanes(
        W=np.ascontiguousarray(W.reshape(-1, n, n).transpose(1, 2, 0)),
        bias=np.ascontiguousarray(bias.reshape(-1, n).T),
        leak=network.leak,
        form=network.form,
        sigma=network.sigma,
        slope=network.slope,
        potential=network.potential,
    )


def _require_monotone(times: FloatArray) -> None:
    if times.ndim != 1 or times.size == 0:
        raise InvalidInput(f"times has shape {times.shape}. Give a non-empty list of times.")
    gaps = np.diff(times)
    if not ((gaps > 0).all() or (gaps < 0).all()):
        raise InvalidInput("times is not strictly monotone. Sort the times and drop repeated ones.")
