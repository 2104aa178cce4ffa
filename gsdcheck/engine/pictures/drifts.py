"""How the energy drifts with the step of an integrator (R1 to R3, E2), and x along ker W (O14)."""

from collections.abc import Sequence

import numpy as np

from gsdcheck.claims.entry import CROSS
from gsdcheck.engine.pictures.arrays import DIGITS, Picture, listed, named_series, short
from gsdcheck.model.system import System, system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import energy, network
from gsdcheck.numeric.integrators import orbit
from gsdcheck.numeric.methods.registry import METHODS
from gsdcheck.numeric.problem import problem

INTEGRATORS = {
    "forward Euler": "euler",
    "splitting, order 2": "splitting2",
    "implicit midpoint": "implicit_midpoint",
    "Runge–Kutta 4": "rk4",
    "splitting, order 4": "splitting4",
    "discrete gradient": "discrete_gradient",
}
STEPS = tuple(2.0**-k for k in range(1, 7))
_FEWER = {"implicit_midpoint": STEPS[:4], "discrete_gradient": STEPS[:3]}
"""Implicit steps cost twenty times as much."""
_PLANAR, _START, _TIME = [[0, 1], [-1, 0]], (1.5, 0.0), 8.0
_ROUNDING = 1e-12
"""Below it a drift is not the method's any more."""


def energy_drifts() -> Picture:
    """max |H(x_k) - H(x₀)| for k h ≤ 8 against h, for the integrators on the planar tanh network."""
    given = system(_PLANAR, "tanh")
    columns: dict[str, list[float | None]] = {"h": list(STEPS)}
    values = {}
    for name, method in INTEGRATORS.items():
        steps = _FEWER.get(method, STEPS)
        found = drift(given, _START, method, steps, _TIME)
        columns[name] = listed(np.append(found, np.full(len(STEPS) - len(steps), np.nan)), DIGITS)
        values[f"order {name}"] = float(f"{slope(np.array(steps), found):.4g}")
    kept = max(v for v in columns["discrete gradient"] if v is not None)
    return named_series(
        "drift",
        "Energy drift against the step: planar tanh network up to t = 8",
        "step h",
        "largest |H − H₀|",
        columns,
        caption="The slope is the order. Forward Euler drifts in proportion to the step, Poisson splittings and "
        f"Runge–Kutta with its square or fourth power; the discrete gradient keeps H to rounding, {short(kept)}.",
        values=values,
    )


def drift(
    given: System, start: Sequence[float], method: str, steps: Sequence[float], time: float
) -> FloatArray:
    """(len(steps),) max over k of |H(x_k) - H(x₀)|, k h ≤ time, side by side.

    Args:
        method: a key of `METHODS`.
        steps: h > 0; all lanes make as many steps as the smallest needs, and the surplus is not looked at.
    """
    h, net = np.array(steps, dtype=np.float64), network(given)
    lanes = problem(given, np.tile(np.array(start, dtype=np.float64), (h.size, 1))).lanes(np.arange(h.size))
    advance = METHODS[method].build(lanes)
    x = np.tile(np.array(start, dtype=np.float64)[:, None], h.size)
    first, found = energy(net, x.T), np.zeros(h.size)
    for k in range(1, round(time / float(h.min())) + 1):
        x = advance(x, h)
        change = np.abs(energy(net, x.T) - first)
        found = np.where(k * h <= time * (1 + 1e-12), np.maximum(found, change), found)
    return found


def slope(steps: FloatArray, found: FloatArray) -> float:
    """The slope of log drift against log h, by least squares over the three smallest steps above rounding."""
    small = [i for i in np.argsort(steps) if found[i] > _ROUNDING][:3]
    if len(small) < 3:
        return float("nan")
    return float(np.polyfit(np.log(steps[small]), np.log(found[small]), 1)[0])


_ACTIVATIONS = {"eˣ − 1, computed": "expm1", "ELU": "elu", "tanh": "tanh"}
_KERNEL_START, _KERNEL_TIME, _MARKS, _POINTS = (1.0, 0.0, 0.0), 24.0, 10, 121


def kernel_drift() -> Picture:
    """x₁ + x₂ + x₃ along inner-form orbits of W = (1, 1, 1)×: exactly H t + k·x₀ for eˣ − 1, bounded for tanh."""
    times = np.linspace(0.0, _KERNEL_TIME, _POINTS)
    columns = {"t": listed(times, DIGITS)}
    for name, sigma in _ACTIVATIONS.items():
        net = network(system(CROSS, sigma, form="inner"))
        total = orbit(net, _KERNEL_START, times).states.sum(axis=1)
        if sigma == "expm1":
            height = float(energy(net, np.array(_KERNEL_START)))
            exact = total[0] + height * times
            columns["exact for eˣ − 1: k·x₀ + H t"] = listed(exact, DIGITS)
            apart = float(np.abs(total - exact).max())
            total[np.arange(_POINTS) % _MARKS != 0] = np.nan  # marks on the exact line
        columns[name] = listed(total, DIGITS)
    return named_series(
        "kernel",
        "Inner form, W = (1, 1, 1)×: the sum x₁ + x₂ + x₃ along ker W",
        "time t",
        "x₁ + x₂ + x₃",
        columns,
        caption=f"For eˣ − 1 the sum grows exactly like H t (the computed orbit is at most {short(apart)} away); "
        "ELU drifts too, while the odd tanh returns.",
        values={"H": height},
    )
