"""The variational equation V' = Df(x) V along an orbit, on lanes."""

import numpy as np

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.lanes import Lanes, field, preactivation
from gsdcheck.numeric.methods.embedded import Rate


def variational(n: int, k: int) -> Rate:
    """(x, V) ↦ (f(x), Df(x) V), V' = -γV + W σ'(x)V (outer) or -γV + σ'(y) WV (inner).

    Returns:
        A rate of states (n + nk, B): x, then V of shape (n, k, B) row by row.
    """

    def rate(lanes: Lanes, state: FloatArray) -> FloatArray:
        x, V = state[:n], state[n:].reshape(n, k, -1)
        slope = slope_of(lanes)(preactivation(lanes, x))[:, None]
        change = _weighted(lanes, slope * V) if lanes.form is Form.OUTER else slope * _weighted(lanes, V)
        if lanes.leak:
            change -= lanes.leak * V
        return np.concatenate([field(lanes, x), change.reshape(n * k, -1)])

    return rate


def slope_of(lanes: Lanes) -> Function:
    """σ' of the lanes.

    Raises:
        InvalidInput: the lanes carry none.
    """
    if lanes.slope is None:
        raise InvalidInput(
            "slope is None: these lanes carry no σ'. Give Lanes(slope=...), the derivative of sigma."
        )
    return lanes.slope


def orthonormalised(V: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Q and the diagonal of R > 0 in V = QR, lane by lane, by Gram–Schmidt done twice, which is enough.

    Args:
        V: (n, k, B), k ≤ n.

    Returns:
        (n, k, B) with orthonormal columns, and (k, B).
    """
    Q, sizes = V.copy(), np.empty(V.shape[1:])
    for j in range(V.shape[1]):
        for _ in range(2):
            for i in range(j):
                Q[:, j] -= Q[:, i] * (Q[:, i] * Q[:, j]).sum(axis=0)
        sizes[j] = np.sqrt((Q[:, j] ** 2).sum(axis=0))
        Q[:, j] /= sizes[j]
    return Q, sizes


def _weighted(lanes: Lanes, V: FloatArray) -> FloatArray:
    """W V lane by lane, (n, k, B)."""
    W = lanes.W
    if W.shape[-1] == 1:
        return np.asarray((W[..., 0] @ V.reshape(lanes.n, -1)).reshape(V.shape))
    total: FloatArray = W[:, 0, None] * V[0]
    for j in range(1, lanes.n):
        total += W[:, j, None] * V[j]
    return total
