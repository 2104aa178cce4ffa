"""The arrays behind the figures of one network: orbit, energy, spectrum, forward Euler. Rounded, thinned."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gsdcheck.engine.pictures.arrays import DIGITS, listed, named_series
from gsdcheck.engine.pictures.portraits import portrait, recorded_levels
from gsdcheck.engine.pictures.spectra import enclosed_spectra
from gsdcheck.engine.rollout import POINTS, Rollout, eigenvalues
from gsdcheck.model.system import System
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import energy, preactivation
from gsdcheck.numeric.integrators import euler_orbit

EULER_STEPS = 3_990
_EVERY = 10
_PRINCIPAL = 3
_WIDEST = 1e6
_SPECTRA = 40
_ENCLOSED = 8
"""Up to this n the eigenvalues are enclosed; the effort grows like n³ and faster."""


def network_series(
    given: Rollout, system: System, quantities: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Named series for `report.figures`; nan and overflow are null.

    Args:
        quantities: of σ, as the record holds them.
    """
    return {
        "orbit": _plane(given, system, recorded_levels(quantities)) if system.n == 2 else _orbit(given),
        "energy": _energy(given),
        "spectrum": _spectrum(given, system),
        "euler": _euler(given),
    }


def principal_coordinates(states: FloatArray, count: int) -> FloatArray:
    """(q, count): the states less their mean along the first right singular vectors, largest entry > 0."""
    centred = states - states.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:count]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    return np.asarray(centred @ (axes * np.where(largest < 0, -1.0, 1.0)).T)


def _plane(given: Rollout, system: System, heights: Mapping[str, float]) -> dict[str, Any]:
    """The phase portrait, as wide as the orbit."""
    with np.errstate(all="ignore"):
        widest = float(np.nanmax(np.abs(preactivation(given.network, given.orbit.states)), initial=0.0))
    reach = 1.15 * min(max(widest, 1e-3), _WIDEST)
    title = "Phase portrait from a drawn start"
    return portrait(system, {"": given.orbit.states}, reach, title=title, heights=heights)


def _orbit(given: Rollout) -> dict[str, Any]:
    n, states = given.network.n, given.orbit.states
    if n == 1:
        columns = {"x1": listed(states[:, 0], DIGITS), "t": listed(given.orbit.times, DIGITS)}
        return named_series("orbit", "The state from a drawn start", "t", "x", columns)
    shown = principal_coordinates(states, _PRINCIPAL)
    columns = {f"x{i + 1}": listed(shown[:, i], DIGITS) for i in range(shown.shape[1])}
    title = "An orbit in its principal coordinates (pairwise projections)"
    return named_series("orbit", title, "principal coordinate 1", "principal coordinate 2", columns)


def _energy(given: Rollout) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        values = energy(given.network, given.orbit.states)
    columns = {"t": listed(given.orbit.times), "H": listed(values)}
    return named_series("energy", "Energy along the orbit (DOP853)", "t", "H", columns)


def _spectrum(given: Rollout, system: System) -> dict[str, Any]:
    """The eigenvalues at some forty states, enclosed where they are few and told apart everywhere."""
    states = given.orbit.states[:: max(1, len(given.orbit.states) // _SPECTRA)]
    columns = enclosed_spectra(system, states) if system.n <= _ENCLOSED else {"re": [None]}
    if None in columns["re"]:
        found = eigenvalues(given.network, states).ravel()
        columns = {"re": listed(found.real), "im": listed(found.imag)}
    title = "Jacobian eigenvalues along the orbit"
    return named_series("spectrum", title, "real part", "imaginary part", columns)


def _euler(given: Rollout) -> dict[str, Any]:
    h = given.step
    sizes = (0.05, 0.1, 0.2) if h is None else (h / 2, h, 2 * h)
    columns: dict[str, Any] = {"k": list(range(0, EULER_STEPS, _EVERY))}
    for size in sizes:
        states = euler_orbit(given.network, given.start, size, EULER_STEPS, _EVERY)[:POINTS]
        with np.errstate(all="ignore"):
            columns[f"h={size:.6g}"] = listed(energy(given.network, states))[: len(columns["k"])]
    return named_series("euler", "Energy under forward Euler for three step sizes", "step k", "H", columns)
