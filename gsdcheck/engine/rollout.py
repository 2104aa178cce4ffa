"""One network in floats: a start drawn from the seed and its orbit. Rounded."""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import System
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, jacobian, network, vector_field
from gsdcheck.numeric.integrators import Orbit, orbit

POINTS = 400
_TURNS, _MAX_STEPS = 80.0, 4_000
"""The length of the orbit in units of 1/(largest eigenvalue of the Jacobian at the start)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """A network in float64, one orbit of it, and the step size of forward Euler if there is one."""

    network: Network
    orbit: Orbit
    step: float | None
    seed: int

    @property
    def start(self) -> FloatArray:
        """x₀, uniform on [-1, 1]ⁿ for the seed."""
        return np.asarray(self.orbit.states[0])

    def starts(self, count: int) -> FloatArray:
        """(count, n) states: x₀ = 0, then uniform on [-2, 2]ⁿ, the same for the same seed."""
        states = np.random.default_rng(self.seed + 1).uniform(-2.0, 2.0, (count, self.network.n))
        states[0] = 0.0
        return states


def rollout(system: System, step: Fraction | None, seed: int) -> Rollout:
    """The orbit from the start that the seed draws, by DOP853 at relative tolerance 1e-10, at 400 times.

    Raises:
        InvalidInput: a weight is beyond the range of float64, or f(x₀) is.
    """
    net = network(system)
    start = np.random.default_rng(seed).uniform(-1.0, 1.0, system.n)
    _require_finite_field(net, start, system)
    times = np.linspace(0.0, _TURNS / rate(net, start), POINTS)
    with np.errstate(all="ignore"):
        path = orbit(net, start, times, max_steps=_MAX_STEPS)
    return Rollout(network=net, orbit=path, step=None if step is None else float(step), seed=seed)


def _require_finite_field(net: Network, start: FloatArray, system: System) -> None:
    """Otherwise the integrator, with a first step of nan, would never return."""
    with np.errstate(all="ignore"):
        field = vector_field(net, start)
    if not np.isfinite(field).all():
        i = int(np.argmin(np.isfinite(field)))
        raise InvalidInput(
            f"x' is not finite at x = {start.tolist()}: entry {i} is {field[i]}. inspect needs an activation, "
            f"here {system.activation.text}, that is finite on the whole line, and weights that float64 can hold."
        )


def eigenvalues(net: Network, x: FloatArray) -> FloatArray:
    """The eigenvalues of the Jacobian at x, (..., n) complex; nan where it is not finite."""
    with np.errstate(all="ignore"):
        J = jacobian(net, x)
    finite = np.asarray(np.isfinite(J).all(axis=(-1, -2)))
    found = np.linalg.eigvals(np.where(finite[..., None, None], J, 0.0))
    return np.asarray(np.where(finite[..., None], found, np.nan))


def rate(net: Network, x: FloatArray) -> float:
    """How fast x changes, in 1/time: the larger of |λ| of the Jacobian and |f|/(1 + |x|), within [1e-3, 1e3]."""
    with np.errstate(all="ignore"):
        relative = float(np.abs(vector_field(net, x)).max() / (1.0 + np.abs(x).max()))
    fastest = float(np.abs(eigenvalues(net, x)).max())
    return min(max(fastest if math.isfinite(fastest) else 1.0, relative, 1e-3), 1e3)
