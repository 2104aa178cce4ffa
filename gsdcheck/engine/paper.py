"""The arrays behind the figures of the verify report: Euler's growth, the tanh period, an escaping orbit."""

from typing import Any

import numpy as np

from gsdcheck.model.system import system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import period
from gsdcheck.numeric.elliptic import tanh_period_float
from gsdcheck.numeric.field import network
from gsdcheck.numeric.growth import elliptic_growth_law, euler_energies, root_law
from gsdcheck.numeric.integrators import orbit

_ROTATION = [[0, 1], [-1, 0]]
_STEPS, _EVERY = 20_000, 100


def paper_series() -> dict[str, Any]:
    """Named series for `report.figures`, all rounded; deterministic."""
    return {"growth": _growth(), "period": _period(), "escape": _escape()}


def _growth() -> dict[str, Any]:
    """H_k under forward Euler at ωh = 0.1 from H₀ = 1/2: identity (exact factor), tanh, and the two laws."""
    k = np.arange(0, _STEPS + 1, _EVERY, dtype=float)
    linear = 0.5 * np.exp(np.minimum(k * np.log1p(0.01), 9.0))  # drawn only while it fits the picture
    return {
        "kind": "growth",
        "title": "Forward Euler at ωh = 0.1: the identity blows up, tanh grows like √k",
        "x_label": "step k",
        "y_label": "energy H",
        "columns": {
            "k": k.tolist(),
            "identity": [v if v < 30.0 else None for v in linear.tolist()],
            "tanh, simulated": euler_energies(0.1, [0.5], _STEPS, _EVERY)[:, 0].tolist(),
            "elliptic law": elliptic_growth_law(0.1, [0.5], k)[:, 0].tolist(),
            "root law": root_law(0.1, 0.5, k).tolist(),
        },
    }


def _period() -> dict[str, Any]:
    """T(E) for tanh, ω = 1: the formula, and event detection on orbits at nine energies."""
    energies = np.linspace(0.05, 6.0, 120)
    measured: list[float | None] = [None] * len(energies)
    net = network(system(_ROTATION, "tanh"))
    for i in range(0, len(energies), 15):
        measured[i] = period(net, [float(np.arccosh(np.exp(energies[i]))), 0.0]).value
    return {
        "kind": "period",
        "title": "Period of the planar tanh oscillator, ω = 1",
        "x_label": "energy E",
        "y_label": "period T",
        "columns": {
            "E": energies.tolist(),
            "exact: 4 K(1 - exp(-2E))": [tanh_period_float(float(e), 1.0) for e in energies],
            "measured on orbits": measured,
        },
    }


def _escape() -> dict[str, Any]:
    """Orbits of x·exp(-x²): one below E* = 1/2, which closes, and one above it, which escapes."""
    net = network(system(_ROTATION, "xgauss"))
    inside, outside = (
        orbit(net, start, np.linspace(0.0, time, 300), rtol=1e-9).states
        for start, time in (([0.5, 0.5], 12.0), ([-4.0, 1.1], 60.0))
    )
    return {
        "kind": "orbit",
        "title": "x·exp(-x²): orbits close below H = 1/2 and escape above it",
        "x_label": "x1",
        "y_label": "x2",
        "columns": {**_pair(outside, ""), **_pair(inside, "below.")},
    }


def _pair(states: FloatArray, prefix: str) -> dict[str, list[float]]:
    return {f"{prefix}x1": states[:, 0].tolist(), f"{prefix}x2": states[:, 1].tolist()}
