"""Lyapunov exponents: known ones, zero where motion is regular, not zero where it is not; and their errors."""

import math

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import lyapunov_exponents, time_averages
from gsdcheck.numeric.diagnostics.lyapunov import _measured
from gsdcheck.numeric.diagnostics.variational import orthonormalised, variational
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.lanes import Lanes, field

TURN = np.array([[0.0, 1.0], [-1.0, 0.0]])
CHAOTIC = np.array([[0, 0, 1, 0.5], [0, 0, 0, 1], [-1, 0, 0, -0.5], [-0.5, -1, 0.5, 0]])
FORMS = pytest.mark.parametrize("form", list(Form))


def sech2(x: FloatArray) -> FloatArray:
    return np.asarray(1 / np.cosh(np.minimum(abs(x), 300)) ** 2)


def lanes_of(
    W: FloatArray,
    sigma: Function = np.tanh,
    slope: Function = sech2,
    leak: float = 0.0,
    form: Form = Form.OUTER,
) -> Lanes:
    W = W[..., None] if W.ndim == 2 else W
    return Lanes(W=W, bias=np.zeros((len(W), 1)), leak=leak, form=form, sigma=sigma, slope=slope)


def drawn(n: int, lanes: int) -> FloatArray:
    return np.random.default_rng(n).normal(size=(n, n, lanes))


def real_parts(W: FloatArray) -> FloatArray:
    """(n, B), falling: the exponents of x' = Wx."""
    return np.asarray(-np.sort(-np.linalg.eigvals(W.transpose(2, 0, 1)).real, axis=-1).T)


def test_planar_centres_have_exponents_zero_within_a_small_error() -> None:
    x0 = 2 * np.random.default_rng(1).normal(size=(2, 60))
    found = lyapunov_exponents(lanes_of(TURN), x0, 300.0)
    assert (abs(found.values) <= found.errors).all()
    assert found.errors.max() < 0.06
    assert abs(found.values).max() > 1e-4  # the stretching is that of a shear, t, and shows at this time


@pytest.mark.parametrize("n", [2, 3, 4])
def test_linear_skew_systems_have_exponents_zero(n: int) -> None:
    A = drawn(n, 10)
    found = lyapunov_exponents(
        lanes_of(A - A.transpose(1, 0, 2), np.copy, np.ones_like), np.ones((n, 10)), 100.0
    )
    assert abs(found.values).max() < 1e-8
    assert found.errors.max() <= (n - 1) * 2 * math.log(2) / 100 + 1e-6


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_linear_systems_have_the_real_parts_of_their_eigenvalues(n: int) -> None:
    W = drawn(n, 20)
    found = lyapunov_exponents(lanes_of(W, np.copy, np.ones_like, leak=0.5), np.zeros((n, 20)), 200.0)
    assert (abs(found.values - (real_parts(W) - 0.5)) <= found.errors).all()
    assert abs(found.values - (real_parts(W) - 0.5)).max() < 0.03
    assert found.growth[-1].sum(axis=0) / 200 == pytest.approx(np.trace(W) - 0.5 * n, abs=1e-7)


@FORMS
def test_at_a_hyperbolic_equilibrium_they_are_those_of_its_linearisation(form: Form) -> None:
    # σ(s) = tanh 2s has slope 2 at 0
    W = drawn(3, 10)
    lanes = lanes_of(W, lambda s: np.tanh(2 * s), lambda s: 2 * sech2(2 * s), leak=1.0, form=form)
    found = lyapunov_exponents(lanes, np.zeros((3, 10)), 150.0, leading=2)
    assert found.values.shape == (2, 10)
    assert (abs(found.values - (2 * real_parts(W)[:2] - 1)) <= found.errors).all()
    assert (found.errors < 0.5).all()


def test_a_limit_cycle_has_zero_and_its_mean_divergence() -> None:
    W, x0 = np.array([[2.0, -2.0], [2.0, 2.0]]), [[1.0, 0.1], [0.0, 0.2]]
    lanes = lanes_of(W, leak=1.0)
    found = lyapunov_exponents(lanes, x0, 300.0)
    mean = time_averages(lanes, x0, 300.0, lambda _, x: (2 * sech2(x).sum(axis=0) - 2)[None])
    assert (abs(found.values[0]) <= found.errors[0]).all()
    assert found.values[1] == pytest.approx(mean.values[0], abs=1e-4)
    assert mean.values[0] == pytest.approx(np.full(2, -0.7435), abs=1e-3)


def test_the_growth_of_volume_is_the_integral_of_the_divergence() -> None:
    from scipy.integrate import solve_ivp

    W, x0 = drawn(3, 1)[..., 0], np.array([0.3, -0.5, 0.2])
    found = lyapunov_exponents(lanes_of(W), x0[:, None], 20.0)
    solved = solve_ivp(
        lambda _, z: np.append(W @ np.tanh(z[:3]), np.diag(W) @ sech2(z[:3])),
        (0, 20),
        [*x0, 0.0],
        rtol=1e-10,
        atol=1e-12,
    )
    assert found.growth[-1].sum() == pytest.approx(solved.y[3, -1], abs=1e-6)


def test_four_units_can_be_chaotic_with_paired_exponents() -> None:
    # rounding differs between machines and chaos magnifies it: what is asked holds of the ensemble by a wide margin
    x0 = np.array([[3.0], [0.0], [4.0], [-2.0]]) + 0.01 * np.random.default_rng(0).normal(size=(4, 24))
    found = lyapunov_exponents(lanes_of(CHAOTIC), x0, 1000.0)
    assert (found.values[0] > found.errors[0]).sum() >= 4
    assert 0.03 < found.values[0].mean() < 0.1
    assert (abs(found.values[1:3]) <= found.errors[1:3]).mean() > 0.9
    assert abs(found.values + found.values[::-1]).max() < 0.01


def test_the_error_covers_a_random_walk_of_known_drift_and_is_not_vacuous() -> None:
    steps = 0.05 + np.random.default_rng(0).normal(size=(256, 1, 2000))
    growth = np.concatenate([np.zeros((1, 1, 2000)), np.cumsum(steps, axis=0)])
    values, errors = _measured(growth, np.full(2000, 256.0), 1)
    assert (abs(values - 0.05) <= errors).mean() > 0.95
    assert np.median(errors) < 6 / math.sqrt(128)  # of the standard error of half the walk


@pytest.mark.parametrize("power", [1, 2, 3])
def test_the_error_covers_stretching_like_a_power_of_time(power: int) -> None:
    t = np.linspace(0, 100, 257)
    growth = power * np.log1p(t)[:, None, None]
    values, errors = _measured(growth, np.array([100.0]), power + 1)
    assert 0 < values[0, 0] <= errors[0, 0]
    assert errors[0, 0] < 6 * power / 100


def test_a_weak_instability_is_not_taken_for_zero() -> None:
    W = TURN + 0.02 * np.eye(2)
    found = lyapunov_exponents(lanes_of(W, np.copy, np.ones_like), [[1.0], [0.0]], 400.0)
    assert found.values[:, 0] == pytest.approx(np.full(2, 0.02), abs=1e-8)
    assert (found.errors < 0.02).all()


def test_the_leading_exponent_is_found_from_an_invariant_subspace_too() -> None:
    W = np.diag([-1.0, 0.3, 0.1])
    found = lyapunov_exponents(lanes_of(W, np.copy, np.ones_like), np.zeros((3, 1)), 200.0, leading=1)
    assert found.values[0, 0] == pytest.approx(0.3, abs=1e-3)


def test_lanes_that_go_wrong_are_flagged_alone() -> None:
    cube = lanes_of(np.ones((1, 1)), lambda x: x**3, lambda x: 3 * x**2)
    found = lyapunov_exponents(cube, [[1.0, np.nan, 0.0]], 5.0)
    assert np.isnan(found.values[0]).tolist() == [True, True, False]
    assert np.isinf(found.errors[0]).tolist() == [True, True, False]


@FORMS
def test_the_variational_field_is_the_derivative_of_the_field(form: Form) -> None:
    rng, h = np.random.default_rng(0), 1e-6
    for W in (drawn(3, 4), drawn(3, 1)):
        lanes = lanes_of(W, leak=0.3, form=form)
        x, V = rng.normal(size=(3, 4)), rng.normal(size=(3, 2, 4))
        change = variational(3, 2)(lanes, np.concatenate([x, V.reshape(6, 4)]))[3:].reshape(3, 2, 4)
        for j in range(2):
            difference = (field(lanes, x + h * V[:, j]) - field(lanes, x - h * V[:, j])) / (2 * h)
            assert change[:, j] == pytest.approx(difference, abs=1e-8)


def test_frames_are_orthonormal_even_if_the_vectors_were_nearly_parallel() -> None:
    V = np.ones((3, 2, 5)) + 1e-9 * np.random.default_rng(0).normal(size=(3, 2, 5))
    Q, sizes = orthonormalised(V)
    assert np.einsum("nib,njb->bij", Q, Q) == pytest.approx(np.tile(np.eye(2), (5, 1, 1)), abs=1e-14)
    assert (sizes > 0).all()
    assert Q[:, :1] * sizes[:1] == pytest.approx(V[:, :1], rel=1e-15)


def test_bad_arguments_are_errors() -> None:
    bare = Lanes(W=TURN[..., None], bias=np.zeros((2, 1)), leak=0.0, form=Form.OUTER, sigma=np.tanh)
    with pytest.raises(InvalidInput, match="slope is None"):
        lyapunov_exponents(bare, np.ones((2, 1)), 1.0)
    with pytest.raises(InvalidInput, match="leading is 3"):
        lyapunov_exponents(lanes_of(TURN), np.ones((2, 1)), 1.0, leading=3)
    with pytest.raises(InvalidInput, match="leading is 0"):
        lyapunov_exponents(lanes_of(TURN), np.ones((2, 1)), 1.0, leading=0)
    with pytest.raises(InvalidInput, match="t_end is 0"):
        lyapunov_exponents(lanes_of(TURN), np.ones((2, 1)), 0.0)
