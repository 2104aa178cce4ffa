"""What a computed orbit shows: its period, its closure, its changes of sign. Rounded; evidence, not proof."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray, finite_array, state_array
from gsdcheck.numeric.field import Network, vector_field
from gsdcheck.numeric.integrators import dop853, failure, orbit

_SECOND = 50.0
"""How much coarser the second tolerance is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The first return time of an orbit to its start.

    Attributes:
        value: T, or nan if the orbit was not seen to return.
        error: how far T may be off: what a second tolerance and the closure defect say.
        closed: the orbit returned, at both tolerances, and they agree.
    """

    value: float
    error: float
    closed: bool


def period(
    network: Network,
    x0: ArrayLike,
    *,
    horizon: float = math.inf,
    rtol: float = 1e-13,
    closure: float = 1e-8,
    max_steps: int = 2_000,
) -> Period:
    """The least T > 0 with x(T) = x(0), by event detection on the orbit through x0.

    The section is the hyperplane through x0 normal to f(x0), which every orbit near x0 crosses transversally.
    Crossings in the direction of f(x0) are polished on the dense output of DOP853; the first at which the
    orbit is back at x0 counts. A second integration with another tolerance must agree.

    Args:
        network: with W (n, n); n = 2 is the typical use, but closed orbits of any n are found.
        x0: (n,), not an equilibrium.
        horizon: the longest time to follow the orbit.
        rtol: the relative tolerance of the first integration, ≥ 1e-13; the second is 50 times coarser.
        closure: the orbit counts as back if |x(T) - x0| ≤ closure · max(1, |x0|).
        max_steps: the longest effort, in steps of the integrator.

    Raises:
        InvalidInput: x0 has the wrong shape, or is an equilibrium.
    """
    start = state_array("x0", x0, network.n)
    velocity = vector_field(network, start) if start.ndim == 1 else start
    speed = float(np.linalg.norm(velocity))
    if start.ndim != 1 or not 0 < speed < math.inf:
        raise InvalidInput(f"x0 = {start.tolist()} has speed {speed}. A period needs one moving state.")
    seek = _first_return(network, start, velocity / speed, horizon, closure, max_steps)
    fine, coarse = seek(rtol), seek(rtol * _SECOND)
    if fine is None or coarse is None:
        return Period(value=math.nan, error=math.inf, closed=False)
    error = abs(fine[0] - coarse[0]) + fine[1] / speed + 1e-15 * fine[0]
    return Period(value=fine[0], error=error, closed=error <= 10 * closure * max(1.0, fine[0]))


def _first_return(
    network: Network, x0: FloatArray, normal: FloatArray, horizon: float, closure: float, max_steps: int
) -> Callable[[float], tuple[float, float] | None]:
    """rtol ↦ the time of the first return and the distance from x0 there, or None."""
    near = closure * max(1.0, float(np.linalg.norm(x0)))

    def height(x: FloatArray) -> float:
        return float(normal @ (x - x0))

    def seek(rtol: float) -> tuple[float, float] | None:
        with np.errstate(all="ignore"):
            solver = dop853(network, x0, 0.0, horizon, rtol, rtol * 1e-2)
            for _ in range(max_steps):
                before = height(solver.y)
                solver.step()
                if failure(solver) or solver.t == solver.t_old:
                    return None
                if before < 0 <= height(solver.y):
                    t, x = _crossing(solver, height)
                    distance = float(np.linalg.norm(x - x0))
                    if distance <= near:
                        return t, distance
                if solver.status == "finished":
                    return None
        return None

    return seek


def _crossing(solver: object, height: Callable[[FloatArray], float]) -> tuple[float, FloatArray]:
    """The root of the height on the dense output of the last step, and the state there."""
    from scipy.optimize import brentq

    dense = solver.dense_output()  # type: ignore[attr-defined]
    left, right = solver.t_old, solver.t  # type: ignore[attr-defined]
    if height(dense(right)) <= 0:  # the end of the step is the crossing, to rounding
        return float(right), np.asarray(dense(right))
    t = brentq(lambda s: height(dense(s)), left, right, xtol=1e-300, rtol=8.9e-16)
    return float(t), np.asarray(dense(t))


def closure_defect(network: Network, x0: ArrayLike, period: float, rtol: float = 1e-12) -> float:
    """|x(T) - x0| / max(1, |x0|), Euclidean norms; inf if the orbit cannot be followed to T.

    Raises:
        InvalidInput: x0 has the wrong shape, or T is not a finite number other than 0.
    """
    path = orbit(network, x0, [0.0, period], rtol=rtol, atol=rtol * 1e-2)
    if not path.complete:
        return math.inf
    start, end = path.states
    return float(np.linalg.norm(end - start) / max(1.0, float(np.linalg.norm(start))))


def sign_changes(states: ArrayLike) -> NDArray[np.int64]:
    """How often each coordinate changes sign along an orbit; zeros in between do not count.

    Args:
        states: (q, ..., n), time first.

    Returns:
        (..., n) integers.

    Raises:
        InvalidInput: states is 0-d or not finite.
    """
    array = finite_array("states", states)
    if array.ndim == 0:
        raise InvalidInput("states is a number. Give states along an orbit, time first.")
    columns = np.sign(array.reshape(array.shape[0], -1)).T
    counts = [np.count_nonzero(np.diff(column[column != 0])) for column in columns]
    return np.array(counts, dtype=np.int64).reshape(array.shape[1:])
