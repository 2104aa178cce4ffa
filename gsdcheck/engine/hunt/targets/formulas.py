"""The formulas that are ≥ 0 at every point where a claim about points holds."""

from typing import Any

import numpy as np
from flint import arb

from gsdcheck.certify.potential import increase
from gsdcheck.engine.hunt.balls import ball_network, ball_state, ball_step
from gsdcheck.model.system import Case, Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, energy_rate, energy_scale, preactivation, vector_field

_PANELS, _ORDER = 8, 8


def energy_stays(net: Network, x: FloatArray, _h: FloatArray) -> FloatArray:
    """-|dH/dt|, relative to the size of its terms."""
    return _relative(-abs(energy_rate(net, x)), energy_scale(net, x))


def energy_rises(net: Network, x: FloatArray, h: FloatArray) -> FloatArray:
    """H(x + h f) - H(x), relative to Σ |d_i| (|σ(y_i)| + |σ(y_i + d_i)|), y → y + d. In floats.

    The difference of two energies would cancel. It is Σ d_i σ(y_i), in which the skew part of W cancels exactly,
    and Σ d_i ∫₀¹ (σ(y_i + u d_i) - σ(y_i)) du.
    """
    y, d = preactivation(net, x), _move(net, x, h)
    sigma = net.sigma(y)
    inner = sigma * 0.0
    for u, weight in zip(*_gauss(), strict=True):
        inner = inner + weight * (net.sigma(y + u * d) - sigma)
    gain = _first_order(net, x, h, sigma) + (d * inner).sum(axis=-1)
    return _relative(gain, _size(net, sigma, y, d))


def energy_rises_in_balls(case: Case) -> arb:
    """As `energy_rises`, for one case, enclosed."""
    net, x, h = ball_network(case.system), ball_state(case), ball_step(case)
    y, d = preactivation(net, x)[0], _move(net, x, h)[0]
    gain = sum(
        (increase(case.system.activation.expression, a, a + b) for a, b in zip(y, d, strict=True)), arb(0)
    )
    return _relative(np.array([gain], dtype=object), _size(net, net.sigma(y), y, d)[None])[0]


def _move(net: Network, x: FloatArray, h: FloatArray) -> FloatArray:
    """By how much a step of forward Euler moves the argument of σ."""
    step = h[..., None] * vector_field(net, x)
    return step if net.form is Form.OUTER else _applied(net.W, step)


def _first_order(net: Network, x: FloatArray, h: FloatArray, sigma: FloatArray) -> FloatArray:
    """h dH/dt, without what cancels exactly in a skew W."""
    skewness = net.W + np.swapaxes(net.W, -1, -2)
    rate = (sigma * _applied(skewness, sigma)).sum(axis=-1) / 2
    if net.form is Form.OUTER:
        return np.asarray(h * (rate + (sigma * (net.bias - net.leak * x)).sum(axis=-1)))
    return np.asarray(h * (rate - net.leak * (sigma * _applied(net.W, x)).sum(axis=-1)))


def _size(net: Network, sigma: FloatArray, y: FloatArray, d: FloatArray) -> FloatArray:
    return np.asarray((abs(d) * (abs(sigma) + abs(net.sigma(y + d)))).sum(axis=-1))


def _applied(matrix: FloatArray, vectors: FloatArray) -> FloatArray:
    return np.asarray((matrix @ vectors[..., None])[..., 0])


def _relative(value: Any, scale: Any) -> FloatArray:
    """value/scale, 0 where the scale is 0."""
    if scale.dtype == object:
        pairs = zip(value.ravel(), scale.ravel(), strict=True)
        return np.array([v / s if s > 0 else v for v, s in pairs], dtype=object)
    return np.asarray(np.divide(value, scale, out=np.zeros_like(value), where=scale != 0))


def _gauss() -> tuple[FloatArray, FloatArray]:
    """Composite Gauss–Legendre on [0, 1]."""
    points, weights = np.polynomial.legendre.leggauss(_ORDER)
    panels = np.arange(_PANELS)[:, None]
    return ((points + 1) / 2 + panels).ravel() / _PANELS, np.tile(weights / 2 / _PANELS, _PANELS)
