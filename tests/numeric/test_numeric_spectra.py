"""Jacobian spectra: on the axis where the theory puts them, and off it where it does not."""

import math

import mpmath
import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import jacobian_spectra
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.lanes import Lanes

FORMS = pytest.mark.parametrize("form", list(Form))


def sech2(x: FloatArray) -> FloatArray:
    return np.asarray(1 / np.cosh(x) ** 2)


def lanes_of(W: FloatArray, slope: Function = sech2, leak: float = 0.0, form: Form = Form.OUTER) -> Lanes:
    W = W[..., None] if W.ndim == 2 else W
    return Lanes(W=W, bias=np.zeros((len(W), 1)), leak=leak, form=form, sigma=np.tanh, slope=slope)


def drawn(n: int, lanes: int) -> tuple[FloatArray, FloatArray]:
    """Full matrices (n, n, lanes) and states (5, n, lanes)."""
    rng = np.random.default_rng(n)
    return rng.normal(size=(n, n, lanes)), rng.normal(size=(5, n, lanes))


@FORMS
@pytest.mark.parametrize("n", [2, 3, 4, 7])
def test_skew_weights_and_rising_activations_are_exactly_on_the_axis(n: int, form: Form) -> None:
    A, x = drawn(n, 6)
    found = jacobian_spectra(lanes_of(A - A.transpose(1, 0, 2), leak=0.25, form=form), x)
    assert found.on_axis.all()
    assert (found.eigenvalues.real == -0.25).all()
    assert (found.eigenvalues.imag == -found.eigenvalues.imag[:, ::-1]).all()
    assert n % 2 == 0 or (found.eigenvalues[:, n // 2].imag == 0).all()


@pytest.mark.parametrize("symmetric_part", [0.0, 1.0])
def test_the_spectrum_is_that_of_forty_digits_within_the_stated_rounding(symmetric_part: float) -> None:
    A, x = drawn(4, 3)
    W = A - A.transpose(1, 0, 2) + symmetric_part * A
    found = jacobian_spectra(lanes_of(W), x)
    assert found.on_axis.all() == (symmetric_part == 0)
    for b in range(3):
        with mpmath.workdps(40):
            J = mpmath.matrix((W[:, :, b] * sech2(x[2, :, b])).tolist())
            exact = sorted((complex(v) for v in mpmath.eig(J)[0]), key=lambda v: (round(v.real, 9), v.imag))
        values = sorted(found.eigenvalues[2, :, b], key=lambda v: (round(v.real, 9), v.imag))
        assert (abs(np.array(values) - exact) <= found.rounding[2, :, b].max()).all()
    assert found.rounding.max() < 1e-12


@FORMS
def test_a_slope_of_changing_sign_leaves_the_axis(form: Form) -> None:
    # J3, n = 2: λ² = -ω² σ'(x₁) σ'(x₂); σ = sin has σ' = cos
    W = np.array([[0.0, 2.0], [-2.0, 0.0]])
    y = np.array([[0.3, 0.3], [0.5, 2.5]])
    x = y if form is Form.OUTER else np.linalg.solve(W, y)
    found = jacobian_spectra(lanes_of(W, np.cos, form=form), x)
    root = 2 * np.sqrt(abs(np.cos(y[0]) * np.cos(y[1])))
    assert found.on_axis.tolist() == [[True, False]]
    assert found.eigenvalues[0, :, 0] == pytest.approx(np.array([-1j, 1j]) * root[0], rel=1e-14)
    assert found.eigenvalues[0, :, 1] == pytest.approx(np.array([-1, 1]) * root[1], rel=1e-14)


def test_weights_that_are_skew_but_for_one_ulp_are_not_taken_for_skew() -> None:
    W = np.array([[0.0, 1.0], [-1.0 - 2**-52, 0.0]])
    assert not jacobian_spectra(lanes_of(W), np.ones((2, 1))).on_axis.any()


def test_a_double_eigenvalue_of_a_defective_jacobian_has_the_square_root_of_rounding() -> None:
    W = np.array([[1.0, 1e3], [0.0, 1.0]]) + 1e-14 * np.array([[0, 0], [1.0, 0]])
    found = jacobian_spectra(lanes_of(W, np.ones_like), np.zeros((2, 1)))
    exact = 1 + np.array([-1, 1]) * math.sqrt(1e-11)
    assert found.eigenvalues[0, :, 0].real == pytest.approx(exact, abs=found.rounding.max())
    assert found.rounding.min() > 1e-12  # one ulp of W moves it by this much: far more than an ulp of λ


def test_states_that_are_not_finite_give_nan_alone() -> None:
    A, x = drawn(3, 4)
    x[1, 0, 2] = np.nan
    for W in (A, A - A.transpose(1, 0, 2)):
        found = jacobian_spectra(lanes_of(W), x)
        bad = np.isnan(found.eigenvalues.real).any(axis=1)
        assert bad.sum() == 1
        assert bad[1, 2]
        assert not found.on_axis[1, 2]


def test_bad_arguments_are_errors() -> None:
    with pytest.raises(InvalidInput, match=r"states has shape \(2,\)"):
        jacobian_spectra(lanes_of(np.eye(2)), np.ones(2))
    with pytest.raises(InvalidInput, match=r"states has shape \(1, 3, 1\)"):
        jacobian_spectra(lanes_of(np.eye(2)), np.ones((3, 1)))
    bare = Lanes(W=np.eye(2)[..., None], bias=np.zeros((2, 1)), leak=0.0, form=Form.OUTER, sigma=np.tanh)
    with pytest.raises(InvalidInput, match="slope is None"):
        jacobian_spectra(bare, np.ones((2, 1)))
