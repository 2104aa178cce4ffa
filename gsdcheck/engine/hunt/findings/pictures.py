"""The arrays behind the figure of a finding."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gsdcheck.engine.hunt.blocks import block_of
from gsdcheck.engine.hunt.targets.paths import pace, paths
from gsdcheck.model.system import Case
from gsdcheck.numeric.field import energy, jacobian, network, vector_field

_POINTS, _RADIANS = 600, 120.0


def picture(case: Case, shows: str, title: str) -> Mapping[str, Any]:
    """A series for `report.figures`: an orbit, the spectrum, or the energy along one step of forward Euler."""
    if shows == "spectrum":
        return _spectrum(case, title)
    return _step(case, title) if shows == "step" and case.step is not None else _orbit(case, title)


def _orbit(case: Case, title: str) -> Mapping[str, Any]:
    block = block_of([case])
    span = _RADIANS / max(float(pace(block)[0]), 1e-9)
    found = paths(block, span, method="dop853", tolerance=1e-6, samples=_POINTS)
    states = found.states[:, 0]
    return {
        "kind": "orbit",
        "title": title,
        "x_label": "x1",
        "y_label": "x2",
        "columns": {
            "t": found.times.tolist(),
            **{f"x{i + 1}": _finite(states[:, i]) for i in range(case.system.n)},
        },
    }


def _spectrum(case: Case, title: str) -> Mapping[str, Any]:
    with np.errstate(all="ignore"):
        J = jacobian(network(case.system), np.array([float(v) for v in case.state]))
    values = np.linalg.eigvals(J)
    columns = {"re": _finite(values.real), "im": _finite(values.imag)}
    return {"kind": "spectrum", "title": title, "x_label": "Re λ", "y_label": "Im λ", "columns": columns}


def _step(case: Case, title: str) -> Mapping[str, Any]:
    """H along the segment from x₀ to x₀ + h f(x₀)."""
    net, x = network(case.system), np.array([float(v) for v in case.state])
    part = np.linspace(0.0, 1.0, 201)
    with np.errstate(all="ignore"):
        heights = energy(net, x + part[:, None] * float(case.step or 0) * vector_field(net, x))
    columns = {"x": part.tolist(), "H(x0 + s h f(x0)) - H(x0)": _finite(heights - heights[0])}
    return {
        "kind": "curve",
        "title": title,
        "x_label": "part s of the step",
        "y_label": "change of the energy",
        "columns": columns,
    }


def _finite(values: NDArray[np.floating[Any]]) -> list[float | None]:
    return [float(v) if np.isfinite(v) else None for v in values]
