"""A network in float64: its vector field, energy and Jacobian, batched over states."""

from dataclasses import dataclass

import numpy as np

from gsdcheck.model.system import Form, System
from gsdcheck.numeric.arrays import FloatArray, finite_array, nearest_float
from gsdcheck.numeric.evaluation import Function, compile_expression
from gsdcheck.numeric.quadrature import potential_by_quadrature


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """x' = -γx + Wσ(x) + b (outer) or x' = -γx + σ(Wx + b) (inner), in float64, dimensionless.

    Attributes:
        W: (..., n, n) weights; leading axes broadcast against those of the states.
        bias: (..., n).
        leak: γ ≥ 0.
        sigma, slope, potential: σ, σ' and Φ, elementwise.
    """

    W: FloatArray
    bias: FloatArray
    leak: float
    form: Form
    sigma: Function
    slope: Function
    potential: Function

    @property
    def n(self) -> int:
        """The number of units."""
        return int(self.W.shape[-1])


def network(system: System) -> Network:
    """The system in float64: every weight is rounded to the nearest float.

    Φ is the closed form that the activation carries, else composite quadrature (`potential_by_quadrature`).

    Raises:
        InvalidInput: a weight is beyond the range of float64.
    """
    activation = system.activation
    closed = activation.potential
    return Network(
        W=finite_array("W", [[nearest_float(entry) for entry in row] for row in system.W]),
        bias=finite_array("bias", [nearest_float(entry) for entry in system.bias]),
        leak=float(finite_array("leak", nearest_float(system.leak))),
        form=system.form,
        sigma=compile_expression(activation.expression),
        slope=compile_expression(activation.slope),
        potential=potential_by_quadrature(activation.expression)
        if closed is None
        else compile_expression(closed),
    )


def vector_field(network: Network, x: FloatArray) -> FloatArray:
    """f(x) = -γx + Wσ(x) + b (outer) or -γx + σ(Wx + b) (inner).

    Args:
        network: with W (..., n, n).
        x: (..., n) float64.

    Returns:
        (..., n), rounded.
    """
    if network.form is Form.OUTER:
        drive = _apply(network.W, network.sigma(x)) + network.bias
    else:
        drive = network.sigma(preactivation(network, x))
    return drive - network.leak * x if network.leak else drive


def preactivation(network: Network, x: FloatArray) -> FloatArray:
    """The argument of σ: x (outer) or y = Wx + b (inner); (..., n), rounded."""
    if network.form is Form.OUTER:
        return x
    return _apply(network.W, x) + network.bias


def energy(network: Network, x: FloatArray) -> FloatArray:
    """H(x) = Σ Φ(x_i) (outer) or Σ Φ((Wx + b)_i) (inner).

    Returns:
        (...) for x of shape (..., n), rounded.
    """
    return np.asarray(network.potential(preactivation(network, x)).sum(axis=-1))


def energy_rate(network: Network, x: FloatArray) -> FloatArray:
    """dH/dt = ∇H·f = σ(x)·f(x) (outer) or σ(y)·W f(x) with y = Wx + b (inner).

    Returns:
        (...) for x of shape (..., n), rounded; `energy_scale` says how large rounding may be.
    """
    gradient = network.sigma(preactivation(network, x))
    change = vector_field(network, x)
    if network.form is Form.INNER:
        change = _apply(network.W, change)
    return np.asarray((gradient * change).sum(axis=-1))


def energy_scale(network: Network, x: FloatArray) -> FloatArray:
    """The sum of the absolute values of the terms of dH/dt.

    outer Σ |σ_i| (γ|x_i| + Σ_j |W_ij σ_j| + |b_i|), inner Σ |σ_i| Σ_j |W_ij| (γ|x_j| + |σ_j|).

    Returns:
        (...) for x of shape (..., n); the rounding error of `energy_rate` is a few n ulp of it.
    """
    sigma = np.abs(network.sigma(preactivation(network, x)))
    leak, weights = network.leak * np.abs(x), np.abs(network.W)
    if network.form is Form.OUTER:
        change = leak + _apply(weights, sigma) + np.abs(network.bias)
    else:
        change = _apply(weights, leak + sigma)
    return np.asarray((sigma * change).sum(axis=-1))


def divergence(network: Network, x: FloatArray) -> FloatArray:
    """div f = -nγ + Σ W_ii σ'_i, σ' taken at x (outer) or Wx + b (inner); (...), rounded."""
    slope = network.slope(preactivation(network, x))
    diagonal = np.diagonal(network.W, axis1=-2, axis2=-1)
    return np.asarray((diagonal * slope).sum(axis=-1) - network.n * network.leak)


def jacobian(network: Network, x: FloatArray) -> FloatArray:
    """Df = -γI + W diag σ'(x) (outer) or -γI + diag σ'(Wx + b) W (inner).

    Returns:
        (..., n, n) for x of shape (..., n), rounded.
    """
    slope = network.slope(preactivation(network, x))
    factor = slope[..., None, :] if network.form is Form.OUTER else slope[..., :, None]
    return np.asarray(network.W * factor - network.leak * np.eye(network.n))


def _apply(matrix: FloatArray, vectors: FloatArray) -> FloatArray:
    if matrix.ndim == 2:
        return np.asarray(vectors @ matrix.T)
    return np.asarray((matrix @ vectors[..., None])[..., 0])
