"""Fields, energies and Jacobians, against finite differences and against mutants."""

from dataclasses import replace

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Exact, Form, system
from gsdcheck.numeric.arrays import FloatArray, state_array
from gsdcheck.numeric.field import (
    Network,
    divergence,
    energy,
    energy_rate,
    energy_scale,
    jacobian,
    network,
    vector_field,
)

SKEW: list[list[Exact]] = [[0, 2, "-1/3"], [-2, 0, "0.7"], ["1/3", "-0.7", 0]]
FULL: list[list[Exact]] = [[1, 2, "-1/3"], [-1, "0.4", "0.7"], ["1/3", 5, -2]]
FORMS = pytest.mark.parametrize("form", list(Form))
SIGMAS = pytest.mark.parametrize("sigma", ["tanh", "gelu", "elu", "sin", "x/(1+x**2)"])


def states(n: int = 3) -> FloatArray:
    return np.random.default_rng(7).normal(size=(4, 5, n))


def full(form: Form, sigma: str) -> Network:
    return network(system(FULL, sigma, form=form, leak="1/4", bias=[1, -2, "1/2"]))


@FORMS
def test_the_field_is_the_equation(form: Form) -> None:
    net, x = full(form, "tanh"), states()[0, 0]
    W, b = np.array([[1, 2, -1 / 3], [-1, 0.4, 0.7], [1 / 3, 5, -2]]), np.array([1, -2, 0.5])
    drive = W @ np.tanh(x) + b if form is Form.OUTER else np.tanh(W @ x + b)
    assert vector_field(net, x) == pytest.approx(drive - x / 4, rel=1e-14)


@FORMS
@SIGMAS
def test_energy_rate_is_the_derivative_along_the_field(form: Form, sigma: str) -> None:
    net, x = full(form, sigma), states()
    f, h = vector_field(net, x), 1e-4
    e = [energy(net, x + k * h * f) for k in (-2, -1, 1, 2)]
    difference = (e[0] - 8 * e[1] + 8 * e[2] - e[3]) / (12 * h)
    assert energy_rate(net, x) == pytest.approx(difference, rel=1e-6, abs=1e-8)


@FORMS
@SIGMAS
def test_jacobian_is_the_derivative_of_the_field(form: Form, sigma: str) -> None:
    net, x, h = full(form, sigma), states(), 1e-6
    columns = [(vector_field(net, x + h * e) - vector_field(net, x - h * e)) / (2 * h) for e in np.eye(3)]
    assert jacobian(net, x) == pytest.approx(np.stack(columns, axis=-1), abs=1e-8)


@FORMS
def test_divergence_is_the_trace_of_the_jacobian(form: Form) -> None:
    net, x = full(form, "tanh"), states()
    assert divergence(net, x) == pytest.approx(np.trace(jacobian(net, x), axis1=-2, axis2=-1), rel=1e-13)


@FORMS
@SIGMAS
def test_skew_weights_conserve_energy_to_rounding(form: Form, sigma: str) -> None:
    net, x = network(system(SKEW, sigma, form=form)), states()
    assert (abs(energy_rate(net, x)) <= 16 * 2.0**-53 * energy_scale(net, x)).all()


@FORMS
@pytest.mark.parametrize("mutant", ["weights", "leak", "bias"])
def test_breaking_one_assumption_breaks_conservation(form: Form, mutant: str) -> None:
    net, x = network(system(SKEW, "tanh", form=form)), states()
    change = {"weights": np.diag([1e-6, 0, 0]) + net.W, "leak": 1e-6, "bias": np.array([1e-6, 0.0, 0.0])}
    field = {"weights": "W"}.get(mutant, mutant)
    broken = replace(net, **{field: change[mutant]})  # type: ignore[arg-type]
    excess = abs(energy_rate(broken, x)) > 1e4 * 2.0**-53 * energy_scale(broken, x)
    # a bias of the inner form only moves the preactivation, and the energy is that of the preactivation
    assert excess.any() == (mutant != "bias" or form is Form.OUTER)


@FORMS
def test_batched_weights_agree_with_one_at_a_time(form: Form) -> None:
    one, x = full(form, "tanh"), states()[0]
    W = np.random.default_rng(1).normal(size=(5, 3, 3))
    many = replace(one, W=W)
    for function in (vector_field, energy, energy_rate, energy_scale, divergence, jacobian):
        single = [function(replace(one, W=w), row) for w, row in zip(W, x, strict=True)]
        assert function(many, x) == pytest.approx(np.array(single), rel=1e-13)


def test_energy_of_the_inner_form_is_that_of_the_preactivation() -> None:
    net = network(system([[0, 2], [-2, 0]], "identity", form="inner", bias=[1, 0]))
    assert energy(net, np.array([3.0, 4.0])) == (9**2 + 6**2) / 2


def test_a_weight_beyond_the_range_of_floats_is_an_error() -> None:
    with pytest.raises(InvalidInput, match=r"W\[0, 1\] is inf"):
        network(system([[0, 10**400], [0, 0]]))


def test_what_is_no_array_of_numbers_is_an_error() -> None:
    with pytest.raises(InvalidInput, match="x0 is not an array of numbers"):
        state_array("x0", [[1, 2], [3]], 2)
    with pytest.raises(InvalidInput, match=r"x0 has shape \(\) but W is 2x2"):
        state_array("x0", 3.0, 2)
