"""Every method against exact solutions: its order, and what it keeps."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from gsdcheck.errors import InvalidInput
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.elliptic import tanh_orbit
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.methods.compositions import ORDER2, ORDER4, ORDER6, ORDER8, Composition
from gsdcheck.numeric.methods.registry import METHODS
from gsdcheck.numeric.methods.splitting import poisson_splitting
from gsdcheck.numeric.quadrature import potential_by_quadrature

OMEGA, ENERGY, SPAN = 1.5, 2.0, 4.0
FORMS = pytest.mark.parametrize("form", list(Form))
SPLITTINGS = [name for name in METHODS if name.startswith("splitting")]
SEEDS = st.integers(0, 2**32 - 1)


def lanes(
    W: FloatArray | Sequence[Sequence[float]],
    name: str = "tanh",
    form: Form = Form.OUTER,
    bias: Sequence[float] | None = None,
    leak: float = 0.0,
) -> Lanes:
    activation, matrix = find_activation(name), np.array(W, dtype=float)
    closed = activation.potential
    return Lanes(
        W=matrix[..., None] if matrix.ndim == 2 else matrix,
        bias=np.array(bias or [0.0] * len(matrix))[:, None],
        leak=leak,
        form=form,
        sigma=compile_expression(activation.expression),
        slope=compile_expression(activation.slope),
        potential=compile_expression(closed) if closed else potential_by_quadrature(activation.expression),
    )


def oscillator() -> Lanes:
    return lanes([[0, OMEGA], [-OMEGA, 0]])


def skew(n: int, seed: int, batch: int = 1) -> FloatArray:
    W = np.random.default_rng(seed).normal(size=(n, n, batch))
    return np.asarray(W - W.transpose(1, 0, 2))


def states(n: int, batch: int, seed: int) -> FloatArray:
    return np.random.default_rng(seed).normal(size=(n, batch))


def followed(name: str, system: Lanes, x: FloatArray, span: float, steps: int) -> FloatArray:
    step = METHODS[name].build(system)
    for _ in range(steps):
        x = step(x, span / steps)
    return x


STEPS = {"euler": 1600, "dop853": 12, "splitting6": 25, "splitting8": 12}


@pytest.mark.parametrize("name", METHODS)
def test_order_on_the_exact_oscillator(name: str) -> None:
    start = tanh_orbit(ENERGY, OMEGA, np.array(0.0))[:, None]
    exact = tanh_orbit(ENERGY, OMEGA, np.array(SPAN))[:, None]
    steps = STEPS.get(name, 100)
    errors = [
        np.linalg.norm(followed(name, oscillator(), start, SPAN, k) - exact) for k in (steps, 2 * steps)
    ]
    assert -0.3 < np.log2(errors[0] / errors[1]) - METHODS[name].order < 0.6


def test_a_symmetric_composition_of_other_fractions_has_order_two() -> None:
    quarters = poisson_splitting(oscillator(), Composition(order=4, fractions=(0.25,) * 4))
    start, exact = (tanh_orbit(ENERGY, OMEGA, np.array(t))[:, None] for t in (0.0, SPAN))
    errors = []
    for steps in (100, 200):
        x = start
        for _ in range(steps):
            x = quarters(x, SPAN / steps)
        errors.append(np.linalg.norm(x - exact))
    assert np.log2(errors[0] / errors[1]) == pytest.approx(2, abs=0.1)


def test_the_orders_are_those_of_the_literature() -> None:
    assert {name: method.order for name, method in METHODS.items()} == {
        "euler": 1, "rk4": 4, "dop853": 8, "implicit_midpoint": 2, "discrete_gradient": 2,
        "splitting2": 2, "splitting4": 4, "splitting6": 6, "splitting8": 8,
    }  # fmt: skip


@FORMS
@pytest.mark.parametrize("name", METHODS)
def test_order_against_the_matrix_exponential(name: str, form: Form) -> None:
    W, x, bias = skew(4, 7), states(4, 1, 8), [0.3, -1.0, 0.0, 0.5]
    affine = np.block([[W[..., 0], np.array(bias)[:, None]], [np.zeros((1, 5))]])
    exact = (expm(affine) @ np.append(x, 1))[:4, None]
    steps = {"euler": 3200, "dop853": 3, "splitting6": 6, "splitting8": 4}.get(name, 50)
    system = lanes(W, "identity", form, bias)
    errors = [np.linalg.norm(followed(name, system, x, 1.0, k) - exact) for k in (steps, 2 * steps)]
    assert -0.3 < np.log2(errors[0] / errors[1]) - METHODS[name].order < 0.6


@FORMS
@pytest.mark.parametrize("name", ["implicit_midpoint", "discrete_gradient"])
def test_implicit_methods_follow_a_leaky_system(name: str, form: Form) -> None:
    system = lanes(skew(3, 1) + 0.2, "gelu", form, [0.5, -0.2, 0.1], leak=0.4)
    x = states(3, 1, 2)
    exact = followed("dop853", system, x, 1.0, 40)
    errors = [np.linalg.norm(followed(name, system, x, 1.0, k) - exact) for k in (40, 80)]
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.05)


@pytest.mark.parametrize("composition", [ORDER2, ORDER4, ORDER6, ORDER8])
def test_compositions_are_palindromes_that_sum_to_one(composition: Composition) -> None:
    assert composition.fractions == composition.fractions[::-1]
    assert math.fsum(composition.fractions) == pytest.approx(1, abs=1e-15)


def test_a_composition_of_symmetric_steps_has_vanishing_odd_power_sums() -> None:
    sums = [math.fsum(fraction**power for fraction in ORDER8.fractions) for power in (3, 5, 7, 9)]
    assert sums[:3] == pytest.approx([0, 0, 0], abs=1e-15)  # hairer2006, V (3.10)
    assert abs(sums[3]) > 1e-8


@FORMS
@pytest.mark.parametrize("name", SPLITTINGS)
@given(seed=SEEDS)
def test_splitting_is_its_own_reverse(name: str, form: Form, seed: int) -> None:
    x = states(4, 5, seed)
    step = METHODS[name].build(lanes(skew(4, seed, 5), "sin", form, [1.0, 2.0, 0.0, -0.5]))
    assert step(step(x, 0.1), -0.1) == pytest.approx(x, abs=1e-13)


def test_an_unsymmetric_sweep_is_not_its_own_reverse() -> None:
    up = Composition(order=1, fractions=(0.6, 0.4))
    x, step = states(4, 1, 0), poisson_splitting(lanes(skew(4, 0), "sin"), up)
    assert abs(step(step(x, 0.1), -0.1) - x).max() > 1e-5


@pytest.mark.parametrize("name", SPLITTINGS)
@given(seed=SEEDS, n=st.sampled_from([3, 5]))
def test_splitting_keeps_every_casimir_to_rounding(name: str, n: int, seed: int) -> None:
    W = skew(n, seed)
    casimir = np.linalg.svd(W[..., 0])[2][-1]
    x = 3 * states(n, 4, seed)
    after = followed(name, lanes(W, "silu"), x, 2.0, 10)
    assert casimir @ after == pytest.approx(casimir @ x, abs=1e-12)


def test_splitting_loses_a_casimir_that_the_system_has_not() -> None:
    W, x = skew(3, 5), states(3, 1, 5)
    casimir = np.linalg.svd(W[..., 0])[2][-1]
    after = followed("splitting4", lanes(W, "silu", bias=[0.1, 0.2, -0.4]), x, 5.0, 50)
    assert abs(casimir @ (after - x)).max() > 1e-3


@pytest.mark.parametrize("name", ["splitting2", "splitting6"])
def test_splitting_preserves_volume(name: str) -> None:
    step, x, tiny = METHODS[name].build(lanes(skew(3, 2), "tanh", Form.INNER)), states(3, 1, 3), 1e-6
    columns = [(step(x + tiny * e, 0.3) - step(x - tiny * e, 0.3)) / (2 * tiny) for e in np.eye(3)[..., None]]
    assert np.linalg.det(np.hstack(columns)) == pytest.approx(1, abs=1e-8)


@FORMS
@given(seed=SEEDS)
def test_implicit_midpoint_keeps_the_norm_of_a_linear_skew_system(form: Form, seed: int) -> None:
    x = states(4, 6, seed)
    system = lanes(skew(4, seed, 6), "identity", form)
    after = followed("implicit_midpoint", system, x, 10.0, 20)
    assert np.linalg.norm(after, axis=0) == pytest.approx(np.linalg.norm(x, axis=0), rel=1e-13)
    assert np.linalg.norm(followed("rk4", system, x, 2.0, 4), axis=0) != pytest.approx(
        np.linalg.norm(x, axis=0), rel=1e-9
    )


@given(x=st.tuples(*[st.fractions(-5, 5, max_denominator=16)] * 2), omega=st.integers(1, 7))
def test_the_factor_of_euler_is_one_plus_h2_w2(x: tuple[Fraction, Fraction], omega: int) -> None:
    step = METHODS["euler"].build(lanes([[0, omega], [-omega, 0]], "identity"))
    start = [Fraction(round(entry * 16), 16) for entry in x]  # few bits: every operation is exact
    after = [Fraction(v) for v in step(np.array(start, dtype=float)[:, None], 0.125)[:, 0]]
    assert sum(v * v for v in after) == (1 + Fraction(omega, 8) ** 2) * sum(v * v for v in start)


@pytest.mark.parametrize(
    ("name", "match"), [("splitting4", "largest .* 1.0"), ("discrete_gradient", "potential is None")]
)
def test_a_method_says_what_it_needs(name: str, match: str) -> None:
    square = lanes([[1, 2], [-2, 0]])
    without = Lanes(W=square.W, bias=square.bias, leak=0.0, form=square.form, sigma=square.sigma)
    for entrance in (METHODS[name].requires, METHODS[name].build):
        with pytest.raises(InvalidInput, match=match):
            entrance(without)
    METHODS["rk4"].requires(without)
