"""One network in floats: a start drawn from the seed and its orbit. Rounded."""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gsdcheck.model.system import System
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, jacobian, network
from gsdcheck.numeric.integrators import Orbit, orbit

POINTS = 400
_TURNS = 80.0
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
        InvalidInput: a weight is beyond the range of float64.
    """
    net = network(system)
    start = np.random.default_rng(seed).uniform(-1.0, 1.0, system.n)
    times = np.linspace(0.0, _TURNS / _rate(net, start), POINTS)
    with np.errstate(all="ignore"):
        path = orbit(net, start, times, max_steps=20_000)
    return Rollout(network=net, orbit=path, step=None if step is None else float(step), seed=seed)


def eigenvalues(net: Network, x: FloatArray) -> FloatArray:
    """The eigenvalues of the Jacobian at x, (..., n) complex; nan where it is not finite."""
    with np.errstate(all="ignore"):
        J = jacobian(net, x)
    finite = np.asarray(np.isfinite(J).all(axis=(-1, -2)))
    found = np.linalg.eigvals(np.where(finite[..., None, None], J, 0.0))
    return np.asarray(np.where(finite[..., None], found, np.nan))


def _rate(net: Network, x: FloatArray) -> float:
    """The largest |eigenvalue| of the Jacobian at x, kept within [1e-3, 1e3]."""
    rate = float(np.abs(eigenvalues(net, x)).max())
    return min(max(rate, 1e-3), 1e3) if math.isfinite(rate) else 1.0
