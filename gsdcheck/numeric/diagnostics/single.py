"""The diagnostics of one orbit of a `Network`: batches of one lane."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray, state_array
from gsdcheck.numeric.diagnostics.periods import periods
from gsdcheck.numeric.diagnostics.recurrence import closure_defects
from gsdcheck.numeric.field import Network, vector_field
from gsdcheck.numeric.lanes import Lanes


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
    """The least T > 0 with x(T) = x(0): `periods` of one lane.

    Args:
        network: with W (n, n); n = 2 is the typical use, but closed orbits of any n are found.
        x0: (n,), not an equilibrium.
        horizon: the longest time to follow the orbit.
        rtol: the relative tolerance of the first integration, ≥ 1e-13; the second is 50 times coarser.
        closure: the orbit counts as back if |x(T) - x0| ≤ closure · max(1, |x0|).
        max_steps: the longest effort, in steps of the integrator.

    Raises:
        InvalidInput: x0 has the wrong shape, is an equilibrium, or f is not finite there; horizon is ≤ 0 or nan.
    """
    start = state_array("x0", x0, network.n)
    speed = float(np.linalg.norm(vector_field(network, start))) if start.ndim == 1 else math.nan
    if not 0 < speed < math.inf:
        raise InvalidInput(f"x0 = {start.tolist()} has speed {speed}. A period needs one moving state.")
    lane, column = one_lane(network, start)
    found = periods(lane, column, horizon, rtol=rtol, closure=closure, max_steps=max_steps)
    return Period(value=float(found.values[0]), error=float(found.errors[0]), closed=bool(found.closed[0]))


def closure_defect(network: Network, x0: ArrayLike, period: float, rtol: float = 1e-12) -> float:
    """|x(T) - x0| / max(1, |x0|), Euclidean norms; inf if the orbit cannot be followed to T.

    Raises:
        InvalidInput: x0 has the wrong shape, or T is not a finite number other than 0.
    """
    start = state_array("x0", x0, network.n)
    if start.ndim != 1 or not math.isfinite(period):
        raise InvalidInput(f"x0 has shape {start.shape}, T is {period}. Give one state and a finite number.")
    return float(closure_defects(*one_lane(network, start), period, rtol=rtol)[0])


def one_lane(network: Network, x0: FloatArray) -> tuple[Lanes, FloatArray]:
    """The network and its state (n,) as lanes of one, and a column (n, 1).

    Raises:
        InvalidInput: the network is a batch.
    """
    if network.W.ndim != 2 or network.bias.ndim != 1:
        raise InvalidInput(f"W has shape {network.W.shape}. Give one network, W of shape (n, n).")
    lane = Lanes(
        W=network.W[..., None],
        bias=network.bias[:, None],
        leak=network.leak,
        form=network.form,
        sigma=network.sigma,
        slope=network.slope,
        potential=network.potential,
    )
    return lane, x0[:, None]
