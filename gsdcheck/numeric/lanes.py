"""B systems side by side: the lane is the last axis, so that one NumPy call serves all of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import Function

Step: TypeAlias = Callable[[FloatArray, FloatArray | float], FloatArray]
"""(x of shape (n, B), h a number or (B,)) ↦ the next x, a fresh array."""

_SMALL = 24
"""Up to this n the product W σ is n² multiplications of whole lanes; beyond, matmul is faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """x' = -γx + Wσ(x) + b (outer) or x' = -γx + σ(Wx + b) (inner), one system a lane, dimensionless.

    Attributes:
        W: (n, n, B), or (n, n, 1) for one W that all lanes share.
        bias: (n, B) or (n, 1).
        leak: γ ≥ 0, the same for all lanes.
        sigma: σ, elementwise on any shape.
        slope, potential: σ' and Φ, None where they are not known.
    """

    W: FloatArray
    bias: FloatArray
    leak: float
    form: Form
    sigma: Function
    slope: Function | None = None
    potential: Function | None = None

    @property
    def n(self) -> int:
        """The number of units."""
        return int(self.W.shape[0])

    def chosen(self, lanes: NDArray[np.intp] | NDArray[np.bool_] | slice) -> "Lanes":
        """The lanes of that index or mask; what is shared stays shared."""
        return replace(
            self,
            W=self.W if self.W.shape[-1] == 1 else self.W[..., lanes],
            bias=self.bias if self.bias.shape[-1] == 1 else self.bias[..., lanes],
        )


def weighted(lanes: Lanes, vectors: FloatArray) -> FloatArray:
    """W v lane by lane, (n, B) to (n, B), rounded."""
    W = lanes.W
    if W.shape[-1] == 1:
        return np.asarray(W[..., 0] @ vectors)
    if lanes.n > _SMALL:
        return np.asarray((W.transpose(2, 0, 1) @ vectors.T[..., None])[..., 0].T)
    total: FloatArray = W[:, 0] * vectors[0]
    for j in range(1, lanes.n):
        total += W[:, j] * vectors[j]
    return total


def preactivation(lanes: Lanes, x: FloatArray) -> FloatArray:
    """The argument of σ: x (outer) or y = Wx + b (inner); (n, B), rounded."""
    return x if lanes.form is Form.OUTER else weighted(lanes, x) + lanes.bias


def field(lanes: Lanes, x: FloatArray) -> FloatArray:
    """f(x) = -γx + Wσ(x) + b (outer) or -γx + σ(Wx + b) (inner); (n, B) to a fresh (n, B), rounded."""
    if lanes.form is Form.OUTER:
        drive = weighted(lanes, lanes.sigma(x))
        drive += lanes.bias
    else:
        drive = lanes.sigma(preactivation(lanes, x))
    if lanes.leak:
        drive -= lanes.leak * x
    return drive


def energy(lanes: Lanes, x: FloatArray) -> FloatArray:
    """H(x) = Σ Φ(x_i) (outer) or Σ Φ((Wx + b)_i) (inner); (n, B) to (B,), rounded.

    Raises:
        TypeError: the potential is not known.
    """
    if lanes.potential is None:
        raise TypeError("these lanes carry no potential; their energy is not known")
    return np.asarray(lanes.potential(preactivation(lanes, x)).sum(axis=0))
