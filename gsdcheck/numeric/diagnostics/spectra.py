"""Spectra of the Jacobian along orbits, on lanes: exactly imaginary where the mathematics says so."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.variational import slope_of
from gsdcheck.numeric.lanes import Lanes, preactivation
from gsdcheck.numeric.walks import Flags

_ULP = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True, kw_only=True)
class JacobianSpectra:
    """The eigenvalues of Df at q states of each lane.

    Attributes:
        eigenvalues: (q, n, B) complex, sorted by real, then imaginary part; nan where Df is not finite.
        on_axis: (q, B) W is skew and σ' ≥ 0 at this state, so that the real parts are exactly -γ: they come from
            the skew matrix D^½ W D^½, never from a tolerance.
        rounding: (q, n, B) how far rounding may have moved each eigenvalue.
    """

    eigenvalues: NDArray[np.complex128]
    on_axis: Flags
    rounding: FloatArray


def jacobian_spectra(lanes: Lanes, states: ArrayLike) -> JacobianSpectra:
    """The spectrum of Df(x) = -γI + W D (outer) or -γI + D W (inner), D = diag σ', at each state.

    WD and DW have the same spectrum; so has D^½ W D^½ if D ≥ 0, as AB and BA have for square A, B. For skew W
    it is skew, i times it Hermitian, and its eigenvalues ±iω are computed as such and paired (row J1). Else
    the general algorithm runs, and `rounding` is n ulp of ‖Df‖_F times the condition of the eigenvalue, or
    Elsner's bound (2‖Df‖)^(1 - 1/n) (n ulp ‖Df‖)^(1/n) where that is smaller, as for defective ones.

    Args:
        lanes: with their slope.
        states: (q, n, B), time first, or (n, B) for one time; not finite is allowed and gives nan.

    Raises:
        InvalidInput: wrong shape, or no slope.
    """
    x = np.array(states, dtype=np.float64)
    x = x[None] if x.ndim == 2 else x
    widths = {lanes.W.shape[-1], lanes.bias.shape[-1]} - {1}
    if x.ndim != 3 or x.shape[1] != lanes.n or widths - {x.shape[2]}:
        raise InvalidInput(f"states has shape {x.shape}. Give (q, {lanes.n}, B) with B that of W.")
    with np.errstate(all="ignore"):
        D = np.stack([slope_of(lanes)(preactivation(lanes, row)) for row in x]).transpose(
            0, 2, 1
        )  # (q, B, n)
        W = lanes.W.transpose(2, 0, 1)
        finite = np.isfinite(D).all(axis=-1) & np.isfinite(W).all(axis=(-1, -2))
        skew = (W + W.transpose(0, 2, 1) == 0).all(axis=(-1, -2))
        on_axis = finite & skew & (D >= 0).all(axis=-1)
        W = np.broadcast_to(W, (*D.shape, lanes.n))
        eigenvalues = np.full(D.shape, complex(np.nan, np.nan))
        rounding = np.full(D.shape, np.inf)
        general = finite & ~on_axis
        eigenvalues[on_axis], rounding[on_axis] = _skew(W[on_axis], D[on_axis])
        J = W * (D[..., None, :] if lanes.form is Form.OUTER else D[..., :, None])
        eigenvalues[general], rounding[general] = _general(J[general])
    return JacobianSpectra(
        eigenvalues=np.asarray(eigenvalues - lanes.leak, dtype=np.complex128).transpose(0, 2, 1),
        on_axis=on_axis,
        rounding=(rounding + _ULP * lanes.leak).transpose(0, 2, 1),
    )


def _skew(W: FloatArray, D: FloatArray) -> tuple[NDArray[np.complex128], FloatArray]:
    """The eigenvalues iω of D^½ W D^½, skew: (m, n, n), (m, n) to (m, n), and their rounding."""
    root = np.sqrt(D)
    S = root[:, :, None] * W * root[:, None, :]
    omega = np.linalg.eigvalsh(1j * S)
    omega = (omega - omega[:, ::-1]) / 2  # the spectrum is symmetric: for odd n the middle one is exactly 0
    scale = S.shape[-1] * _ULP * np.sqrt((S**2).sum(axis=(-1, -2)))
    return np.where(omega == 0, 0.0, omega) * 1j, np.broadcast_to(scale[:, None], omega.shape)


def _general(J: FloatArray) -> tuple[NDArray[np.complex128], FloatArray]:
    """The eigenvalues of (m, n, n) matrices, sorted, and their rounding."""
    n = J.shape[-1]
    values, vectors = np.linalg.eig(J)
    values, vectors = values.astype(np.complex128), vectors.astype(np.complex128)
    _, s, Vh = np.linalg.svd(vectors)
    # row i of the inverse of the matrix of eigenvectors is the left eigenvector; s = 0 gives an infinite condition
    left = np.sqrt(((abs(Vh) ** 2).transpose(0, 2, 1) / np.maximum(s, 1e-300)[:, None, :] ** 2).sum(axis=-1))
    size = np.sqrt((J**2).sum(axis=(-1, -2)))[:, None]
    backward = n * _ULP * size
    elsner = (2 * size) ** (1 - 1 / n) * backward ** (1 / n)
    order = np.lexsort((values.imag, values.real), axis=-1)
    rounding = np.minimum(backward * left, elsner)
    return np.take_along_axis(values, order, -1), np.take_along_axis(rounding, order, -1)
