"""Orbits with a step size a lane: against exact solutions, at kinks, and with lanes that go wrong."""

import numpy as np
import pytest

from gsdcheck.model.expression import Expression
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.elliptic import tanh_orbit
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.numeric.lanes import Lanes, field
from gsdcheck.numeric.methods.embedded import _E3, _E5, attempted_step
from gsdcheck.numeric.walks import Walk


def rotations(omega: list[float], sigma: str = "tanh") -> Lanes:
    """x' = ω J σ(x), J = [[0, 1], [-1, 0]], an ω a lane."""
    expression: Expression = find_activation(sigma).expression
    W = np.array([[0.0, 1.0], [-1.0, 0.0]])[..., None] * np.array(omega)
    return Lanes(W=W, bias=np.zeros((2, 1)), leak=0.0, form=Form.OUTER, sigma=compile_expression(expression))


def walked(lanes: Lanes, x0: FloatArray, until: FloatArray, rtol: float = 1e-12) -> Walk:
    walk = Walk(lanes, x0, rtol=rtol, backwards=until < 0, max_steps=3_000)
    walk.advance(until)
    return walk


def test_every_lane_reaches_its_own_time_on_the_exact_orbit() -> None:
    omega, energy, until = [0.5, 1.0, 3.0], [0.1, 1.0, 3.0], np.array([7.0, -11.0, 30.0])
    x0 = np.stack([tanh_orbit(E, w, np.array(0.0)) for E, w in zip(energy, omega, strict=True)], axis=-1)
    walk = walked(rotations(omega), x0, until)
    exact = [tanh_orbit(E, w, np.array(t)) for E, w, t in zip(energy, omega, until, strict=True)]
    assert walk.t.tolist() == until.tolist()
    assert pytest.approx(np.array(exact), abs=1e-9) == walk.x.T


def test_the_error_follows_the_tolerance() -> None:
    exact = tanh_orbit(2.0, 1.0, np.array(20.0))
    x0 = tanh_orbit(2.0, 1.0, np.array(0.0))[:, None]
    errors = [
        abs(walked(rotations([1.0]), x0, np.array([20.0]), r).x[:, 0] - exact).max() for r in (1e-5, 1e-9)
    ]
    assert 1e-8 < errors[0] < 1e-3
    assert errors[1] < 1e-4 * errors[0]


def test_kinks_cost_no_accuracy() -> None:
    # leaky ReLU of slope 1/4: the quadrants turn at frequencies 1, 1/2, 1/4, 1/2; after 9/4 turns it is back
    x0 = np.array([[0.5], [0.2]])
    walk = walked(rotations([1.0], "leaky_relu?negative_slope=1/4"), x0, np.array([9 * np.pi / 2]))
    assert walk.x == pytest.approx(x0, abs=1e-10)


def test_a_lane_that_goes_wrong_disturbs_no_other() -> None:
    x0, until = np.array([[1.0, np.nan, 1.0, 2.0], [0.5, 1.0, 0.5, np.inf]]), np.full(4, 9.0)
    alone = walked(rotations([1.0]), x0[:, :1], until[:1])
    walk = walked(rotations([1.0, 1.0, np.nan, 1.0]), x0, until)
    assert walk.failed.tolist() == [False, True, True, True]
    assert walk.x[:, 0] == pytest.approx(alone.x[:, 0], rel=1e-14)


def test_blow_up_and_exhausted_steps_are_failures() -> None:
    cube = Lanes(W=np.ones((1, 1, 1)), bias=np.zeros((1, 1)), leak=0.0, form=Form.OUTER, sigma=lambda x: x**3)
    blown = walked(cube, np.array([[1.0, 0.1]]), np.array([5.0, 5.0]))  # x = x₀/√(1 - 2 x₀² t)
    assert blown.failed.tolist() == [True, False]
    assert blown.t[0] == pytest.approx(0.5, rel=1e-9)
    assert blown.x[0, 1] == pytest.approx(0.1 / np.sqrt(0.9), rel=1e-11)
    hurried = Walk(rotations([1.0]), np.ones((2, 1)), rtol=1e-12, max_steps=5)
    hurried.advance(np.array([100.0]))
    assert hurried.failed[0]


def test_the_estimators_see_nothing_in_a_polynomial_of_their_order() -> None:
    # σ = 1 gives x' constant: both estimators sum to zero; a third of the first weight would not
    assert abs(_E3.sum()) < 1e-15
    assert abs(_E5.sum()) < 1e-15
    constant = Lanes(
        W=np.eye(1)[..., None], bias=np.zeros((1, 1)), leak=0.0, form=Form.OUTER, sigma=np.ones_like
    )
    _, error = attempted_step(field, constant, np.array([[1.0, 2.0]]), np.array([1.0, 5.0]), 1e-13)
    assert (error < 1e-2).all()  # rounding in units of 1e-13


def test_the_estimate_is_that_of_the_reference_code() -> None:
    from scipy.integrate import DOP853

    x0, h = np.array([1.0, 0.3]), 0.7
    solver = DOP853(
        lambda _, x: np.array([np.tanh(x[1]), -np.tanh(x[0])]), 0, x0, 9, first_step=h, rtol=1, atol=1
    )
    solver.step()
    scale = 1e-6 * (np.maximum(abs(x0), abs(solver.y)) + 0.01)
    end, error = attempted_step(field, rotations([1.0]), x0[:, None], np.array([h]), 1e-6)
    assert end[:, 0] == pytest.approx(solver.y, rel=1e-14)
    assert error[0] == pytest.approx(solver._estimate_error_norm(solver.K, h, scale), rel=1e-9)
