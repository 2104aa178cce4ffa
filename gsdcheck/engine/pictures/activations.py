"""σ, σ′ and Φ on the line, with the well of σ, its depth E₀ and the escape energy E*."""

import math
from collections.abc import Mapping

import numpy as np

from gsdcheck.engine.pictures.arrays import DIGITS, Picture, listed, named_series
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import Function, compile_expression
from gsdcheck.numeric.field import network

REACH, POINTS = 6.0, 161
_FAR, _STEPS = 1e3, 20_000
_ENDS = {"left": -1.0, "right": 1.0}


def activation_picture(tau: Activation, heights: Mapping[str, float]) -> Picture:
    """The curves on [-6, 6] and the well as far as it is known.

    Args:
        heights: E₀ and E* of it; nan where they are not known.
    """
    x = np.linspace(-REACH, REACH, POINTS)
    with np.errstate(all="ignore"):
        sigma = compile_expression(tau.expression)
        curves = {
            "σ": sigma(x),
            "σ′": compile_expression(tau.slope)(x),
            "Φ": network(system([[0, 1], [-1, 0]], tau)).potential(x),
        }
    known = not math.isnan(heights["E*"])
    ends = {name: well_end(sigma, side) if known else math.nan for name, side in _ENDS.items()}
    return named_series(
        "activation",
        "The activation, its slope and its potential",
        "x",
        "σ, σ′, Φ",
        {"x": listed(x, DIGITS), **{name: listed(values, DIGITS) for name, values in curves.items()}},
        caption=_caption(heights),
        values={**heights, **ends},
    )


def well_end(sigma: Function, side: float) -> float:
    """Where s σ(s) first becomes negative on that side of 0 (±1), by bisection; ±∞ if nowhere up to 1000."""

    def outside(s: FloatArray) -> np.ndarray:
        with np.errstate(all="ignore"):
            return np.asarray(side * sigma(side * s) < 0)

    s = np.geomspace(1e-4, _FAR, _STEPS)
    beyond = outside(s)
    if not beyond.any():
        return side * math.inf
    k = int(np.argmax(beyond))
    low, high = float(s[k - 1]) if k else 0.0, float(s[k])
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (low, middle) if outside(np.array([middle]))[0] else (middle, high)
    return side * high


def _caption(heights: Mapping[str, float]) -> str:
    if math.isnan(heights["E*"]):
        return "The well, and with it the energy up to which orbits are bounded, is not known."
    if math.isinf(heights["E*"]):
        said = "Φ rises without bound on both sides, E* = ∞: no orbit escapes."
    elif heights["E*"] == 0:
        said = "On one side Φ does not rise at all, E* = 0: no orbit is known to stay."
    else:
        said = f"Below the escape energy E* = {heights['E*']:.4g} no orbit that starts in the well leaves it."
    if heights["E₀"] < heights["E*"]:
        said += f" Below the well depth E₀ = {heights['E₀']:.4g} orbits oscillate."
    return said
