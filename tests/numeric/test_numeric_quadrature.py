"""Φ by quadrature, against the closed forms that the library carries."""

from collections.abc import Callable

import numpy as np
import pytest

from gsdcheck.model.library import NAMES, named_activation
from gsdcheck.model.parser import parse
from gsdcheck.model.system import system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.field import energy, network
from gsdcheck.numeric.quadrature import potential_by_quadrature

CLOSED = [name for name in NAMES if named_activation(name).potential is not None]


@pytest.mark.parametrize("name", CLOSED)
def test_quadrature_agrees_with_the_closed_form(name: str) -> None:
    activation = named_activation(name)
    assert activation.potential is not None
    s = np.random.default_rng(2).normal(scale=8, size=(50, 4))
    closed = compile_expression(activation.potential)(s)
    assert np.allclose(potential_by_quadrature(activation.expression)(s), closed, rtol=1e-12, atol=1e-12)


def test_far_out_the_panels_double() -> None:
    s = np.array([-1e6, -600.0, 0.0, 513.0, 1e5])
    assert potential_by_quadrature(parse("tanh(x)"))(s) == pytest.approx(
        abs(s) - np.log(2) * (s != 0), rel=1e-13
    )


@pytest.mark.parametrize("text", ["Max(x, 3/10) - 3/10", "Piecewise((x - 3/10, 3/10 < x), (0, True))"])
def test_a_kink_between_the_panels_costs_nothing(text: str) -> None:
    s = np.array([0.3, 0.3001, 1.0, -1.0])
    hinge = potential_by_quadrature(parse(text))
    assert np.allclose(hinge(s), [0, 1e-8 / 2, 0.245, 0], rtol=1e-8, atol=1e-16)


def test_a_hidden_jump_is_closed_in_on() -> None:
    step = potential_by_quadrature(parse("Piecewise((1, x**2 < 2), (0, True))"))
    assert step(np.array([1.0, 3.0, -3.0])) == pytest.approx(np.sqrt([1, 2, 2]) * [1, 1, -1], rel=1e-12)


def test_a_network_without_a_closed_form_uses_quadrature() -> None:
    net = network(system([[0, 1], [-1, 0]], "sin(x) + x/3"))
    x = np.array([[2.0, -7.0], [0.0, 0.5]])
    assert energy(net, x) == pytest.approx((1 - np.cos(x) + x**2 / 6).sum(axis=-1), rel=1e-13)


def test_nan_and_shape_pass_through() -> None:
    values = potential_by_quadrature(parse("x"))(np.array([[np.nan, 2.0]]))
    assert values.shape == (1, 2)
    assert np.isnan(values[0, 0])
    assert values[0, 1] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("cos(100*x)", lambda s: np.sin(100 * s) / 100),
        ("sqrt(Abs(x))", lambda s: np.sign(s) * np.abs(s) ** 1.5 / 1.5),
        ("Abs(x - 1/3)", lambda s: (np.abs(s - 1 / 3) * (s - 1 / 3) + 1 / 9) / 2),
    ],
)
def test_panels_are_halved_where_the_function_is_rough(
    text: str, exact: Callable[[FloatArray], FloatArray]
) -> None:
    s = np.linspace(-20, 20, 401)
    found = potential_by_quadrature(parse(text))(s)
    assert found == pytest.approx(exact(s), rel=1e-12, abs=1e-12)
