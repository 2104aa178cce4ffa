"""Li₂ in float64, for arguments of any size: `scipy.special.spence` takes 1 - u, where a small u is lost."""

import math

import numpy as np

from gsdcheck.numeric.arrays import FloatArray

_ZETA2 = math.pi**2 / 6
# B_2k / (2k + 1)! for k = 1 to 9, of Li₂(1 - e^(-w)) = w - w²/4 + Σ B_2k w^(2k+1) / (2k+1)!, |w| < 2π.
_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798)
_SERIES = tuple(b / math.factorial(2 * k + 1) for k, b in enumerate(_BERNOULLI, start=1))


def dilogarithm(u: FloatArray | np.float64) -> FloatArray:
    """Li₂(u) = Σ uᵏ/k², continued to u ≤ 1.

    The series in w = -log(1 - u) serves for -1 ≤ u ≤ 1/2; inversion and reflection bring the rest there.

    Returns:
        The shape of u; relative error about 4e-16. nan for u > 1.
    """
    u = np.asarray(u, dtype=np.float64)
    with np.errstate(all="ignore"):
        below, above = u < -1, u > 0.5
        inner = np.where(below, 1 / u, np.where(above, 1 - u, u))
        series = _series(-np.log1p(-inner))
        inverted = -_ZETA2 - np.log(-u) ** 2 / 2 - series
        # log(u) log(1 - u) → 0 as u → 1, where floats would say 0 · ∞
        reflected = _ZETA2 - np.where(u == 1, 0.0, np.log(u) * np.log1p(-u)) - series
    return np.asarray(np.where(below, inverted, np.where(above, reflected, series)))


def _series(w: FloatArray) -> FloatArray:
    square = w * w
    tail = np.zeros_like(w)
    for coefficient in reversed(_SERIES):
        tail = (tail + coefficient) * square
    return np.asarray(w * (1 - w / 4 + tail))
