"""The arrays behind the figures of one network: orbit, energy, spectrum, forward Euler. Rounded, thinned."""

from typing import Any

import numpy as np

from gsdcheck.engine.rollout import POINTS, Rollout, eigenvalues
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import energy
from gsdcheck.numeric.integrators import euler_orbit

EULER_STEPS = 3_990
_EVERY = 10
_PRINCIPAL = 3
_SPECTRA = 40


def network_series(given: Rollout) -> dict[str, Any]:
    """Named series for `report.figures`; nan and overflow are null."""
    return {
        "orbit": _orbit(given),
        "energy": _energy(given),
        "spectrum": _spectrum(given),
        "euler": _euler(given),
    }


def principal_coordinates(states: FloatArray, count: int) -> FloatArray:
    """(q, count): the states less their mean along the first right singular vectors, largest entry > 0."""
    centred = states - states.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:count]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    return np.asarray(centred @ (axes * np.where(largest < 0, -1.0, 1.0)).T)


def _orbit(given: Rollout) -> dict[str, Any]:
    n, states = given.network.n, given.orbit.states
    if n <= 2:
        columns = {f"x{i + 1}": listed(states[:, i]) for i in range(n)}
        if n == 1:
            columns["t"] = listed(given.orbit.times)
        title = "Phase portrait" if n == 2 else "The state"
        return named_series(
            "orbit", f"{title} from a drawn start", "x₁" if n == 2 else "t", "x₂" if n == 2 else "x", columns
        )
    shown = principal_coordinates(states, _PRINCIPAL)
    columns = {f"x{i + 1}": listed(shown[:, i]) for i in range(shown.shape[1])}
    title = "An orbit in its principal coordinates (pairwise projections)"
    return named_series("orbit", title, "principal coordinate 1", "principal coordinate 2", columns)


def _energy(given: Rollout) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        values = energy(given.network, given.orbit.states)
    columns = {"t": listed(given.orbit.times), "H": listed(values)}
    return named_series("energy", "Energy along the orbit (DOP853)", "t", "H", columns)


def _spectrum(given: Rollout) -> dict[str, Any]:
    states = given.orbit.states
    found = eigenvalues(given.network, states[:: max(1, len(states) // _SPECTRA)]).ravel()
    columns = {"re": listed(found.real), "im": listed(found.imag)}
    return named_series(
        "spectrum", "Jacobian eigenvalues along the orbit", "real part", "imaginary part", columns
    )


def _euler(given: Rollout) -> dict[str, Any]:
    h = given.step
    sizes = (0.05, 0.1, 0.2) if h is None else (h / 2, h, 2 * h)
    columns: dict[str, Any] = {"k": list(range(0, EULER_STEPS, _EVERY))}
    for size in sizes:
        states = euler_orbit(given.network, given.start, size, EULER_STEPS, _EVERY)[:POINTS]
        with np.errstate(all="ignore"):
            columns[f"h={size:.6g}"] = listed(energy(given.network, states))[: len(columns["k"])]
    return named_series("euler", "Energy under forward Euler for three step sizes", "step k", "H", columns)


def named_series(
    kind: str, title: str, x_label: str, y_label: str, columns: dict[str, Any]
) -> dict[str, Any]:
    """A series as a record spells it; columns are lists of equal length with null for gaps."""
    return {"kind": kind, "title": title, "x_label": x_label, "y_label": y_label, "columns": columns}


def listed(values: FloatArray) -> list[float | None]:
    """The values, with null for what is not finite."""
    return [float(v) if np.isfinite(v) else None for v in values]
