"""What the paper's abstract describes: linear and tanh orbits, rectified tanh, forward Euler with and without tanh."""

import numpy as np

from gsdcheck.engine.pictures.arrays import DIGITS, Picture, listed, named_series
from gsdcheck.engine.pictures.portraits import followed, portrait, start_at
from gsdcheck.model.system import Exact, System, system
from gsdcheck.numeric.field import energy, network
from gsdcheck.numeric.integrators import euler_orbit, orbit

_ROTATION = [[0, 1], [-1, 0]]
_REACH, _HEIGHTS, _TIME = 4.0, (0.3, 1.2, 3.0), 60.0
_STEP, _STEPS = 0.2, 220
_THREE: list[list[Exact]] = [[0, 1, "-1/2"], [-1, 0, 1], ["1/2", -1, 0]]
_FOUR: list[list[Exact]] = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]


def linear_plane() -> Picture:
    """Three orbits of x' = Wx, n = 2."""
    return _plane(
        system(_ROTATION, "identity"),
        "Linear, n = 2",
        "With skew weights every orbit of the linear network is a circle: ‖x‖ is kept. None is isolated, so that "
        "these are no limit cycles but a centre.",
    )


def tanh_plane() -> Picture:
    """Three orbits of x' = W tanh x, n = 2."""
    return _plane(
        system(_ROTATION, "tanh"),
        "tanh, n = 2",
        "With tanh the orbits are the level sets of H = Σ ln cosh x, and all of them close; the larger ones are "
        "squarer and slower.",
    )


def _plane(given: System, title: str, caption: str) -> Picture:
    net = network(given)
    orbits = {
        f"H = {height:g}": followed(net, [start_at(net, height), 0.0], _TIME, _REACH) for height in _HEIGHTS
    }
    return portrait(given, orbits, _REACH, title=title, caption=caption)


def three_units() -> Picture:
    """A linear and a tanh orbit from one start, n = 3."""
    return _space(
        _THREE,
        [1.5, -0.5, 0.5],
        14.0,
        "Linear and tanh, n = 3",
        "An odd number of units leaves a Casimir: both orbits stay in the plane k·x = k·x₀, and both close.",
    )


def four_units() -> Picture:
    """A linear and a tanh orbit from one start, n = 4."""
    return _space(
        _FOUR,
        [1.5, 0.0, -1.0, 0.5],
        60.0,
        "Linear and tanh, n = 4",
        "From four units on orbits need not close: the frequencies (√5 ± 1)/2 of the linear network are not "
        "commensurate. Both orbits oscillate for ever on a level set of their energy.",
    )


def _space(W: list[list[Exact]], start: list[float], time: float, title: str, caption: str) -> Picture:
    times = np.linspace(0.0, time, 401)
    columns: dict[str, list[float | None]] = {}
    for name in ("identity", "tanh"):
        states = orbit(network(system(W, name)), start, times, rtol=1e-8).states
        word = "linear" if name == "identity" else name
        columns |= {f"{word}.x{i + 1}": listed(states[:, i], DIGITS) for i in range(len(W))}
    return named_series("orbit", title, "x₁", "x₂", columns, caption=caption)


def rectified_plane() -> Picture:
    """Orbits of max(0, tanh x), n = 2: none closes."""
    given = system(_ROTATION, "rectified_tanh")
    net, starts = (
        network(given),
        {"from (1, 1)": [1.0, 1.0], "from (−2, 1)": [-2.0, 1.0], "from (−2, −2)": [-2.0, -2.0]},
    )
    orbits = {name: followed(net, start, _TIME, _REACH) for name, start in starts.items()}
    return portrait(
        given,
        orbits,
        _REACH,
        title="Rectified tanh, n = 2",
        caption="max(0, tanh x) breaks the oscillation, though H is still constant: where no coordinate is positive "
        "everything rests, and every other orbit drifts off to infinity.",
    )


def euler_linear() -> Picture:
    """Forward Euler at h = 1/5 on the linear network."""
    return _euler(
        system(_ROTATION, "identity"),
        "Forward Euler, linear, h = 0.2",
        "Every step multiplies ‖x‖² by 1 + h² = 1.04: an exponential spiral.",
    )


def euler_tanh() -> Picture:
    """Forward Euler at h = 1/5 on the tanh network."""
    given = system(_ROTATION, "tanh")
    states = euler_orbit(network(given), [1.0, 0.0], _STEP, _STEPS)
    first, last = (float(energy(network(given), states[i])) for i in (0, -1))
    return _euler(
        given,
        "Forward Euler, tanh, h = 0.2",
        f"The bound tames the growth and does not stop it: after {_STEPS} steps H has gone from {first:.2g} to "
        f"{last:.2g}, and it goes on like √k.",
    )


def _euler(given: System, title: str, caption: str) -> Picture:
    states = euler_orbit(network(given), [1.0, 0.0], _STEP, _STEPS)
    inside = np.abs(states).max(axis=1) <= 1.2 * _REACH
    end = len(states) if inside.all() else int(np.argmin(inside)) + 1
    orbits = {f"{_STEPS} steps from (1, 0)": states[:end]}
    return portrait(given, orbits, _REACH, title=title, caption=caption)
