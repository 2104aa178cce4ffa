"""Where a function of the state changes sign within one step: as accurate as the step, without dense output."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.methods.runge_kutta import explicit_runge_kutta
from gsdcheck.numeric.methods.tableaus import DOP853
from gsdcheck.numeric.walks import Indices

Height: TypeAlias = Callable[[Indices, FloatArray], FloatArray]
"""(index of lanes (A,), their states (n, A)) ↦ (A,): how high each state is above the section of its lane."""

_ITERATIONS = 60


def located(
    lanes: Lanes, index: Indices, start: FloatArray, h: FloatArray, height: Height
) -> tuple[FloatArray, FloatArray]:
    """τ between 0 and h with height(x(τ)) = 0, and x(τ), where the height changes sign between x(0) and x(h).

    x(τ) is one step of DOP853 of size τ from x(0), so that it is as accurate as the step itself. The root is
    found by Chandrupatla's method (chandrupatla1997: inverse quadratic interpolation where it is safe, else bisection), all
    lanes at once, until the bracket is a few ulp of h wide or the height is zero.

    Args:
        lanes: all lanes.
        index: (A,) which lanes.
        start: (n, A) their states at τ = 0.
        h: (A,), any sign.

    Returns:
        (A,) and (n, A), rounded; nan where the height is nan.
    """
    step = explicit_runge_kutta(lanes.chosen(index), DOP853)
    with np.errstate(all="ignore"):
        t = _root(lambda s: height(index, step(start, s * h)), height(index, start)) * h
        return t, step(start, t)


def _root(f: Callable[[FloatArray], FloatArray], at_zero: FloatArray) -> FloatArray:
    """A root of f in [0, 1], lane by lane, by Chandrupatla's method; f(0) and f(1) have opposite signs."""
    size = at_zero.size
    a, fa = np.ones(size), f(np.ones(size))
    b, fb = np.zeros(size), at_zero
    share, on = np.full(size, 0.5), np.ones(size, dtype=bool)
    for _ in range(_ITERATIONS):
        t = np.where(on, a + share * (b - a), a)
        ft = np.where(on, f(t), fa)
        same = np.sign(ft) == np.sign(fa)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(on & ~same, a, b), np.where(on & ~same, fa, fb)
        a, fa = t, ft
        width = 4e-16 * np.maximum(np.where(abs(fa) < abs(fb), a, b), 1e-3) / np.maximum(abs(b - a), 1e-300)
        on = on & (width < 0.5) & (fa != 0) & ~np.isnan(fa)
        if not on.any():
            break
        edge = np.minimum(width, 0.5)
        share = np.clip(_share(a, b, c, fa, fb, fc), edge, 1 - edge)
    return np.where(np.isnan(fa), np.nan, np.where(abs(fa) <= abs(fb), a, b))


def _share(
    a: FloatArray, b: FloatArray, c: FloatArray, fa: FloatArray, fb: FloatArray, fc: FloatArray
) -> FloatArray:
    """How far from a towards b to look next: inverse quadratic interpolation where it is monotone, else half."""
    xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
    quadratic = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    safe = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi) & np.isfinite(quadratic)
    return np.asarray(np.where(safe, quadratic, 0.5))
