"""What the checks on orbits share: networks that a float orbit resolves, how long to follow them, amplitudes."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.model.system import Case, Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, energy, network, preactivation
from gsdcheck.numeric.integrators import Orbit, orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from gsdcheck.model.system import Matrix

ORBIT_SHARE = Fraction(1, 5)
"""An orbit costs some fifty times what a point costs; a profile gives it a fifth of the examples."""

RISING = ("tanh", "identity", "softsign", "atan", "erf", "elu", "leaky_relu")
"""Strictly increasing with σ(0) = 0, so that E* = E₀ = ∞; and Lipschitz, so that orbits are not stiff."""

TAME_RISING = ("tanh", "softsign", "atan", "erf")
"""Odd, bounded, strictly increasing."""


def mild_cases(
    matrices: "SearchStrategy[Matrix]",
    names: tuple[str, ...] = RISING,
    forms: tuple[Form, ...] = (Form.OUTER, Form.INNER),
    leak: "SearchStrategy[Fraction] | None" = None,
    step: "SearchStrategy[Fraction] | None" = None,
    reach: int | Fraction = 3,
) -> "SearchStrategy[Case]":
    """Cases whose orbits floats can follow: |x_i| ≤ reach, in 36ths of it, none of them at rest at 0."""
    from hypothesis import strategies as st

    from gsdcheck.strategies import activations, systems

    coordinate = st.integers(-36, 36).map(lambda k: Fraction(k or 12, 36) * reach)
    chosen = systems(matrices=matrices, activations=activations(names=names), forms=forms, leak=leak)
    return chosen.flatmap(
        lambda system: st.builds(
            lambda state, h: Case(system=system, state=tuple(state), step=h),
            st.lists(coordinate, min_size=system.n, max_size=system.n),
            st.none() if step is None else step,
        )
    )


def small_integers() -> "SearchStrategy[Fraction]":
    """Integers from -3 to 3, as rationals."""
    from hypothesis import strategies as st

    return st.integers(-3, 3).map(Fraction)


def state_of(given: Case) -> FloatArray:
    """x₀ in float64, (n,)."""
    return np.array([float(v) for v in given.state])


def horizon(net: Network, *, turns: float = 8.0, most: float = 400.0) -> float:
    """A time of so many turns of the slowest frequency of W, at most `most` radians of the fastest."""
    sizes = np.linalg.svd(net.W, compute_uv=False)
    slowest = min((s for s in sizes if s > 1e-9 * sizes[0]), default=1.0) if sizes[0] else 1.0
    return float(min(turns * 2 * math.pi / slowest, most / max(float(sizes[0]), 1e-300)))


def followed(
    given: Case, *, time: float | None = None, points: int = 400, rtol: float = 1e-9
) -> tuple[Network, Orbit]:
    """The network in floats and its orbit from x₀ at equally spaced times."""
    net = network(given.system)
    times = np.linspace(0.0, horizon(net) if time is None else time, points)
    return net, orbit(net, state_of(given), times, rtol=rtol, atol=rtol / 100, max_steps=5_000)


def level_radius(net: Network, level: float) -> float | None:
    """The smallest tabulated r with Φ(r), Φ(-r) ≥ level, so that H ≤ level keeps |y_i| ≤ r; None beyond 1e6."""
    radii = np.geomspace(1e-6, 1e6, 2_000)
    enough = (net.potential(radii) >= level) & (net.potential(-radii) >= level)
    return float(radii[np.argmax(enough)]) if enough.any() else None


def largest_value(net: Network) -> float:
    """The largest |σ(s)| seen on [-50, 50] and at ±1e12, where atan and softsign are at their supremum to 1e-12."""
    grid = np.append(np.linspace(-50.0, 50.0, 4_001), [-1e12, 1e12])
    return float(np.max(np.abs(net.sigma(grid))))


def initial_energy(given: Case) -> float:
    """H(x₀), rounded."""
    return float(energy(network(given.system), state_of(given)))


def swing(net: Network, path: Orbit, window: slice) -> float:
    """The largest distance between the preactivations at two times of the window, coordinate by coordinate."""
    y = preactivation(net, path.states[window])
    return float(np.max(y.max(axis=0) - y.min(axis=0)))
