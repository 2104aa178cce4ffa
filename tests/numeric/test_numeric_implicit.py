"""The discrete gradient keeps H, and one lane without a solution leaves the others alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.lanes import Lanes, energy
from gsdcheck.numeric.methods.averages import average, gauss
from gsdcheck.numeric.methods.registry import METHODS
from gsdcheck.numeric.quadrature import potential_by_quadrature

FORMS = pytest.mark.parametrize("form", list(Form))
IMPLICIT = pytest.mark.parametrize("name", ["implicit_midpoint", "discrete_gradient"])
SIGMAS = ["tanh", "gelu", "relu", "sin", "hardtanh", "softshrink", "sigmoid", "xgauss", "mish"]


def lanes(name: str, form: Form, W: FloatArray, slope: bool = True) -> Lanes:
    activation = find_activation(name)
    closed = activation.potential
    return Lanes(
        W=W,
        bias=np.zeros((len(W), 1)),
        leak=0.0,
        form=form,
        sigma=compile_expression(activation.expression),
        slope=compile_expression(activation.slope) if slope else None,
        potential=compile_expression(closed) if closed else potential_by_quadrature(activation.expression),
    )


def skew(seed: int, n: int, batch: int) -> FloatArray:
    """Random skew matrices with largest singular value 1."""
    W = np.random.default_rng(seed).normal(size=(batch, n, n))
    W -= W.transpose(0, 2, 1)
    return np.asarray((W / np.linalg.norm(W, 2, axis=(1, 2))[:, None, None]).transpose(1, 2, 0))


@FORMS
@pytest.mark.parametrize("name", SIGMAS)
@settings(max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), h=st.floats(-1.0, 1.0))
def test_the_discrete_gradient_keeps_the_energy_to_rounding(
    name: str, form: Form, seed: int, h: float
) -> None:
    system, x = lanes(name, form, skew(seed, 4, 3)), 2 * np.random.default_rng(seed).normal(size=(4, 3))
    step, before = METHODS["discrete_gradient"].build(system), energy(system, x)
    for _ in range(4):
        x = step(x, h)
    assert energy(system, x) == pytest.approx(before, rel=2e-13, abs=2e-13)


@FORMS
@pytest.mark.parametrize("name", ["rk4", "implicit_midpoint", "splitting4"])
def test_other_methods_do_not_keep_the_energy(name: str, form: Form) -> None:
    system, x = lanes("tanh", form, skew(3, 4, 3)), 2 * np.random.default_rng(3).normal(size=(4, 3))
    after = METHODS[name].build(system)(x, 0.8)
    assert (abs(energy(system, after) - energy(system, x)) > 1e-9).all()


@IMPLICIT
@FORMS
def test_implicit_methods_are_their_own_reverse(name: str, form: Form) -> None:
    step = METHODS[name].build(lanes("tanh", form, skew(1, 5, 7)))
    x = np.random.default_rng(1).normal(size=(5, 7))
    assert step(step(x, 0.5), -0.5) == pytest.approx(x, abs=1e-13)
    assert abs(step(x, 0.5) - x).max() > 0.1


@IMPLICIT
@FORMS
@pytest.mark.parametrize("sigma", ["tanh", "relu", "sin"])
@pytest.mark.parametrize("slope", [True, False])
def test_the_equation_is_solved_up_to_h_l_w_of_two(name: str, form: Form, sigma: str, slope: bool) -> None:
    system = lanes(sigma, form, skew(9, 6, 40), slope)
    x = 2 * np.random.default_rng(9).normal(size=(6, 40))
    assert np.isfinite(METHODS[name].build(system)(x, 1.9)).all()


def test_the_step_is_a_solution_of_the_midpoint_equation() -> None:
    W = skew(2, 4, 5)
    x = np.random.default_rng(2).normal(size=(4, 5))
    after = METHODS["implicit_midpoint"].build(lanes("tanh", Form.OUTER, W))(x, 1.5)
    field = np.einsum("ijb,jb->ib", W, np.tanh((x + after) / 2))
    assert after == pytest.approx(x + 1.5 * field, abs=1e-14)


@IMPLICIT
@FORMS
def test_a_lost_lane_is_nan_and_leaves_the_others_as_they_are(name: str, form: Form) -> None:
    W, x = skew(4, 3, 6), np.random.default_rng(4).normal(size=(3, 6))
    x[1, 2], h = np.nan, np.full(6, 0.5)
    x[:, 4] *= 1e30  # the cube of it: no contraction, and no solution in reach of a float
    step = METHODS[name].build(lanes("cube", form, W))
    after = step(x, h)
    assert np.isnan(after[:, [2, 4]]).all()
    for lane in (0, 1, 3, 5):
        alone = METHODS[name].build(lanes("cube", form, W[..., lane : lane + 1]))
        assert after[:, lane] == pytest.approx(
            alone(x[:, lane : lane + 1], 0.5)[:, 0], rel=1e-13, nan_ok=True
        )


def test_the_steps_of_lanes_may_differ() -> None:
    system, x = lanes("gelu", Form.INNER, skew(6, 3, 2)), np.random.default_rng(6).normal(size=(3, 2))
    for method in METHODS.values():
        step = method.build(system)
        both = step(x, np.array([0.1, -0.4]))
        assert both[:, 0] == pytest.approx(step(x, 0.1)[:, 0], rel=1e-14)
        assert both[:, 1] == pytest.approx(step(x, -0.4)[:, 1], rel=1e-14)


@pytest.mark.parametrize("name", METHODS)
def test_a_step_leaves_its_argument_alone(name: str) -> None:
    x = np.ones((3, 2))
    METHODS[name].build(lanes("tanh", Form.OUTER, skew(6, 3, 2)))(x, 0.1)
    assert (x == 1).all()


@given(u=st.floats(-3, 3), gap=st.floats(-1, 1).map(lambda g: g**9))
def test_the_average_of_exp_is_that_of_mathematics(u: float, gap: float) -> None:
    system = lanes("exponential", Form.OUTER, np.zeros((1, 1, 1)))
    value = average(system, np.array([[u]]), np.array([[u + gap]]))[0, 0]
    d = (u + gap) - u
    exact = np.exp(u) * np.expm1(d) / d if d else np.exp(u)
    assert abs(value - exact) * max(abs(d), 1e-3) < 1e-14 * np.exp(abs(u) + 1)


def test_gauss_alone_would_miss_a_kink() -> None:
    system = lanes("relu", Form.OUTER, np.zeros((1, 1, 1)))
    u, v = np.array([[-0.3]]), np.array([[1.0]])
    assert average(system, u, v) == pytest.approx(0.5 / 1.3, rel=1e-15)
    assert abs(gauss(system, u, v - u) - 0.5 / 1.3) > 1e-4
