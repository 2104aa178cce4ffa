"""The average of σ over an interval, from Φ or from σ, whichever loses fewer digits."""

import numpy as np

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.methods.implicit import slope_of

_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(8)
_NODES, _SHARES = (_POINTS[:, None, None] + 1) / 2, _WEIGHTS / 2

_ROOM = 8 * float(np.finfo(np.float64).eps)
_NEAR = 1e-5


def average(lanes: Lanes, u: FloatArray, v: FloatArray) -> FloatArray:
    """∫₀¹ σ(u + s (v - u)) ds, elementwise, with average · (v - u) = Φ(v) - Φ(u) up to the rounding of Φ.

    The quotient (Φ(v) - Φ(u)) / (v - u) cancels where v is near u; Gauss's rule does not, but has an error where
    v is far or σ has a kink between. So the rule serves where the quotient, within its rounding, confirms it.

    Args:
        lanes: with a potential.
        u, v: (n, B).

    Returns:
        (n, B), rounded.
    """
    assert lanes.potential is not None
    gap = v - u
    mean = gauss(lanes, u, gap)
    before, after = lanes.potential(u), lanes.potential(v)
    with np.errstate(all="ignore"):
        quotient = (after - before) / gap
        room = _ROOM * ((np.abs(before) + np.abs(after)) / np.abs(gap) + np.abs(mean))
    # for gap = 0 the quotient is nan, which compares as no contradiction
    return np.asarray(np.where(np.abs(mean - quotient) > room, quotient, mean))


def gauss(lanes: Lanes, u: FloatArray, gap: FloatArray) -> FloatArray:
    """∫₀¹ σ(u + s gap) ds by Gauss's rule with 8 nodes: exact for polynomials of degree 15, up to rounding."""
    values = lanes.sigma(
        (u + _NODES * gap).reshape(-1, u.shape[-1])
    )  # one call: for few lanes calls cost most
    return np.asarray((_SHARES @ values.reshape(len(_SHARES), -1)).reshape(u.shape))


def average_slope(lanes: Lanes, u: FloatArray, v: FloatArray) -> FloatArray:
    """The derivative of the average by v, (σ(v) - average) / (v - u) → σ'(v)/2; for Newton, so 1e-5 will do."""
    gap = v - u
    with np.errstate(all="ignore"):
        far = (lanes.sigma(v) - average(lanes, u, v)) / gap
    near = np.abs(gap) <= _NEAR * (1 + np.abs(v))
    return np.asarray(np.where(near, slope_of(lanes, v) / 2, far))
