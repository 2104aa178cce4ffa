"""Phase portraits of planar networks: orbits, the potential whose level sets lie beneath, E₀ and E*."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from gsdcheck.engine.pictures.arrays import DIGITS, Picture, listed, named_series
from gsdcheck.errors import InvalidInput
from gsdcheck.facts.activation import activation_quantities
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Form, System
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, network, preactivation, vector_field
from gsdcheck.numeric.integrators import orbit

GRID = 81
_POINTS, _SLOW = 241, 2e-3
_LEVELS = {"E₀": "well_depth", "E*": "escape_energy"}
_BEYOND = 1.15
"""An orbit is followed so far beyond the frame, in units of its half-width."""


def portrait(
    system: System,
    orbits: Mapping[str, FloatArray],
    reach: float,
    *,
    title: str,
    caption: str | None = None,
    heights: Mapping[str, float] | None = None,
) -> Picture:
    """Orbits of a planar network in the square |y_i| ≤ reach over the level sets of H = Φ(y₁) + Φ(y₂).

    Args:
        system: n = 2. Outer form: y = x; inner form: y = Wx + b, which the orbits are mapped to.
        orbits: (q, 2) states by name, as `followed` gives them; the name may be empty.
        reach: half the width of the square.
        heights: E₀ and E*, where they are known already.

    Raises:
        InvalidInput: n is not 2.
    """
    if system.n != 2:
        raise InvalidInput(f"n is {system.n}. A phase portrait is drawn for n = 2.")
    net, letter = network(system), "x" if system.form is Form.OUTER else "y"
    s = np.linspace(-reach, reach, GRID)
    with np.errstate(all="ignore"):
        height = np.asarray(net.potential(s))
        columns = {
            f"{name}.x{i + 1}".removeprefix("."): listed(preactivation(net, states)[:, i], DIGITS)
            for name, states in orbits.items()
            for i in range(2)
        }
    conserved = system.leak == 0 and all(
        system.W[i][j] == -system.W[j][i] for i in range(2) for j in range(2)
    )
    if conserved and np.isfinite(height).all():
        columns |= {"potential.s": listed(s, DIGITS), "potential.Φ": listed(height, DIGITS)}
    return named_series(
        "orbit",
        title,
        f"{letter}₁",
        f"{letter}₂",
        columns,
        caption=caption,
        values=(heights or levels(system.activation)) if conserved else None,
    )


def followed(
    net: Network, start: Iterable[float], time: float, reach: float, *, once: bool = True
) -> FloatArray:
    """(q, 2): the orbit from x₀ by DOP853 until it leaves the square, has gone round the origin once or hardly moves.

    Args:
        time: the longest time.
        reach: half the width of the square.
        once: end after one turn; else after the time.
    """
    x0 = np.array(list(start), dtype=np.float64)
    if not np.any(vector_field(net, x0)):
        return x0[None]
    for part in (1 / 8, 1 / 4, 1 / 2, 1.0):  # most orbits end long before the longest time
        with np.errstate(all="ignore"):
            states = orbit(net, x0, np.linspace(0.0, part * time, 4 * _POINTS), rtol=1e-8, atol=1e-10).states
        if _drawn(net, states, reach, once) < len(states):
            break
    return cut(net, states, reach, once=once)


def cut(net: Network, states: FloatArray, reach: float, *, once: bool = True) -> FloatArray:
    """The states (q, 2) as far as `followed` draws them, at most 241 of them."""
    states = states[: _drawn(net, states, reach, once)]
    shown: FloatArray = states[np.unique(np.linspace(0, len(states) - 1, _POINTS).astype(int))]
    return shown


def _drawn(net: Network, states: FloatArray, reach: float, once: bool) -> int:
    """How many states are drawn."""
    return min(_end(states, _BEYOND * reach, once), _rest(net, states))


def _end(states: FloatArray, reach: float, once: bool) -> int:
    """How many states there are to the first outside the square, or to the end of the first turn."""
    outside = ~(np.abs(states).max(axis=1) <= reach)  # nan is outside
    last = int(np.argmax(outside)) + 1 if outside.any() else len(states)
    turned = np.abs(np.unwrap(np.arctan2(states[:, 1], states[:, 0])))
    turned = np.abs(turned - turned[0]) >= 2 * math.pi
    return min(last, int(np.argmax(turned)) + 1) if once and turned.any() else last


def _rest(net: Network, states: FloatArray) -> int:
    """How many states there are before the orbit is next to an equilibrium; beyond it rounding takes over."""
    with np.errstate(all="ignore"):
        speeds = np.linalg.norm(vector_field(net, states), axis=1)
        slow = speeds < _SLOW * np.nanmax(speeds, initial=0.0)
    return int(np.argmax(slow)) + 1 if slow.any() else len(states)


def start_at(net: Network, height: float, side: int = 1) -> float:
    """The s nearest to 0 on that side (±1) with Φ(s) = height, to rounding; nan if there is none up to 1e3.

    0 is the start of the search, so that Φ is taken to rise from there.
    """
    radii = np.concatenate([[0.0], np.geomspace(1e-3, 1e3, 2_000)])
    with np.errstate(all="ignore"):
        enough = net.potential(side * radii) >= height
    if not enough.any():
        return math.nan
    k = int(np.argmax(enough))
    low, high = float(radii[max(k - 1, 0)]), float(radii[k])
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if net.potential(np.array([side * middle]))[0] >= height else (middle, high)
    return side * high


def levels(activation: Activation) -> dict[str, float]:
    """E₀ and E*, the middles of their enclosures; ∞ where they are, nan where they are not known."""
    found = activation_quantities(activation, ("escape_energy", "well_depth"))
    return {key: _middle(found[name].enclosure) for key, name in _LEVELS.items()}


def recorded_levels(quantities: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    """E₀ and E*, as `levels`, from the quantities of a record."""
    return {key: _middle(quantities[name]["enclosure"]) for key, name in _LEVELS.items()}


def _middle(enclosure: Sequence[str] | None) -> float:
    if enclosure is None:
        return math.nan
    low, high = (float(end.replace("oo", "inf")) for end in enclosure)
    return low if low == high else float(f"{(low + high) / 2:.12g}")
