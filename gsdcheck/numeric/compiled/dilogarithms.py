"""Li₂ by its series in w = -log(1 - u), as `gsdcheck.numeric.dilogarithm` has it."""

import math

from gsdcheck.numeric.compiled.coefficients import ZETA_2
from gsdcheck.numeric.compiled.polynomials import horner
from gsdcheck.numeric.compiled.vector import Vector, fma, select

_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798)
_SERIES = tuple(b / math.factorial(2 * k + 1) for k, b in enumerate(_BERNOULLI, start=1))
"""B_2k / (2k + 1)! of Li₂(1 - e^(-w)) = w - w²/4 + Σ B_2k w^(2k+1) / (2k+1)!, |w| < 2π."""


def dilog(u: Vector) -> Vector:
    """Li₂(u), nan for u > 1: the series for -1 ≤ u ≤ 1/2, inversion below, reflection above."""
    below, above = u < -1.0, u > 0.5
    inner = select(below, 1.0 / u, select(above, 1.0 - u, u)).named("inner")
    minus_w = (-inner).called("log1p")
    series = _series(-minus_w).named("series")
    other = select(above, inner, -u).called("log")
    inverted = fma(other * other, -0.5, -ZETA_2) - series
    # log(u) log(1 - u) → 0 as u → 1, where floats would say 0 · ∞
    reflected = (ZETA_2 - select(u.equals(1.0), 0.0, minus_w * other)) - series
    return select(below, inverted, select(above, reflected, series))


def _series(w: Vector) -> Vector:
    """w - w²/4 + w³ Σ …"""
    z = (w * w).named("z")
    return fma(w, fma(z, horner(z, _SERIES), w * -0.25), w)
