"""Closure and recurrence of orbits: against circles, tori and the period of the tanh oscillator."""

import math

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import closure_defects, recurrence_times
from gsdcheck.numeric.elliptic import tanh_period_float
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.lanes import Lanes


def rotations(omega: list[float], sigma: Function = np.tanh, leak: float = 0.0) -> Lanes:
    W = np.array([[0.0, 1.0], [-1.0, 0.0]])[..., None] * np.array(omega)
    return Lanes(W=W, bias=np.zeros((2, 1)), leak=leak, form=Form.OUTER, sigma=sigma)


def torus(second: float) -> tuple[Lanes, FloatArray]:
    """Two circles of radii 1 and 1 at frequencies 1 and `second`."""
    W = np.zeros((4, 4, 1))
    W[0, 1], W[1, 0], W[2, 3], W[3, 2] = 1.0, -1.0, second, -second
    lanes = Lanes(W=W, bias=np.zeros((4, 1)), leak=0.0, form=Form.OUTER, sigma=np.copy)
    return lanes, np.array([[1.0], [0.0], [1.0], [0.0]])


def test_closure_is_zero_at_the_period_and_backwards_and_nowhere_near() -> None:
    x0 = np.array([[1.0] * 4, [0.0] * 4])
    T = tanh_period_float(math.log(math.cosh(1.0)), 1.3)
    defects = closure_defects(rotations([1.3] * 4), x0, [T, -T, T * (1 + 1e-4), np.nan])
    assert (defects[:2] < 1e-10).all()
    assert defects[2] == pytest.approx(1.3 * math.tanh(1.0) * T * 1e-4, rel=1e-3)  # |f(x₀)| ΔT
    assert math.isnan(defects[3])


def test_an_orbit_that_cannot_be_followed_is_infinitely_far() -> None:
    cube = Lanes(W=np.ones((1, 1, 1)), bias=np.zeros((1, 1)), leak=0.0, form=Form.OUTER, sigma=lambda x: x**3)
    assert closure_defects(cube, [[1.0, 0.1]], 5.0)[0] == math.inf
    assert closure_defects(cube, [[1.0, 0.0]], 5.0)[1] == 0


@pytest.mark.parametrize("radius", [0.5, 0.01, 1e-6])
def test_a_circle_returns_to_the_ball_by_a_chord_before_its_turn(radius: float) -> None:
    # |x(t) - x₀| = 2 sin(ωt/2) on the unit circle; the smaller balls are shorter than a step
    omega = np.array([0.7, 2.0])
    found = recurrence_times(rotations(omega.tolist(), np.copy), [[1.0, 1.0], [0.0, 0.0]], radius, 20.0)
    exact = (2 * np.pi - 2 * np.arcsin(radius / 2)) / omega
    assert found.left.all()
    assert found.times == pytest.approx(exact, rel=1e-11)
    assert (abs(found.times - exact) <= found.errors + 1e-13).all()


def test_a_torus_returns_when_both_angles_do() -> None:
    # from (1, 0, 1, 0): |x - x₀|² = 4 sin²(t/2) + 4 sin²(√2 t/2); found on a fine grid of the exact orbit
    radius, t = 0.3, np.linspace(0, 60, 600_001)
    distance = np.sqrt(4 * np.sin(t / 2) ** 2 + 4 * np.sin(t / np.sqrt(2)) ** 2)
    out = np.argmax(distance > radius)
    exact = t[out + np.argmax(distance[out:] <= radius)]
    lanes, x0 = torus(math.sqrt(2))
    assert recurrence_times(lanes, x0, radius, 60.0).times[0] == pytest.approx(exact, abs=2e-4)
    assert exact > 2 * np.pi + 1  # one turn of the first circle alone is no return


def test_decay_rest_and_nan_do_not_return() -> None:
    x0 = [[1.0, 0.0, np.nan], [0.0, 0.0, 0.0]]
    found = recurrence_times(rotations([1.0] * 3, leak=0.2), x0, 0.1, 50.0)
    assert found.left.tolist() == [True, False, False]
    assert np.isnan(found.times).all()
    assert np.isinf(found.errors).all()


def test_bad_arguments_are_errors() -> None:
    lanes, x0 = torus(2.0)
    with pytest.raises(InvalidInput, match="period is 0"):
        closure_defects(lanes, x0, 0.0)
    with pytest.raises(InvalidInput, match="radius is -1"):
        recurrence_times(lanes, x0, -1.0, 5.0)
    with pytest.raises(InvalidInput, match="horizon is nan"):
        recurrence_times(lanes, x0, 1.0, math.nan)
    with pytest.raises(InvalidInput, match="not an array of numbers"):
        recurrence_times(lanes, [["a"]], 1.0, 1.0)
