"""Time averages: against zero means, exact integrals over a period, and orbits that have no average yet."""

import math

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import activity, coordinates, time_averages
from gsdcheck.numeric.elliptic import tanh_orbit, tanh_period_float
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.lanes import Lanes

TURN = np.array([[0.0, 1.0], [-1.0, 0.0]])


def lanes_of(
    W: FloatArray, sigma: Function = np.tanh, leak: float = 0.0, form: Form = Form.OUTER, bias: float = 0.0
) -> Lanes:
    W = W[..., None] if W.ndim == 2 else W
    return Lanes(W=W, bias=np.full((len(W), 1), bias), leak=leak, form=form, sigma=sigma)


def skew(n: int, lanes: int) -> FloatArray:
    A = np.random.default_rng(3).normal(size=(n, n, lanes))
    return np.asarray(A - A.transpose(1, 0, 2))


@pytest.mark.parametrize("E", [0.1, 1.0, 3.0])
def test_averages_of_the_tanh_oscillator_are_those_over_a_period(E: float) -> None:
    T = tanh_period_float(E, 1.3)
    orbit = tanh_orbit(E, 1.3, np.arange(4096) / 4096 * T)  # the trapezoidal rule over a period is exact
    exact = np.array([0, 0, *(np.tanh(orbit) ** 2).mean(axis=0), *(orbit * np.tanh(orbit)).mean(axis=0)])
    found = time_averages(
        lanes_of(1.3 * TURN),
        orbit[:1].T,
        60 * T,
        lambda _, x: np.concatenate([np.tanh(x), np.tanh(x) ** 2, x * np.tanh(x)]),
    )
    assert found.values[:, 0] == pytest.approx(exact, abs=1e-8)
    assert (abs(found.values[:, 0] - exact) <= found.errors[:, 0]).all()
    assert (found.errors < 1e-4).all()


def test_the_mean_activity_of_bounded_orbits_is_zero() -> None:
    # O5, W invertible; a bias b = Wc moves the mean to -c
    W, x0 = skew(4, 20), np.random.default_rng(1).normal(size=(4, 20))
    found = time_averages(lanes_of(W), x0, 400.0, activity)
    assert (abs(found.values) <= found.errors).mean() > 0.9
    assert abs(found.values).max() < 0.05
    moved = time_averages(lanes_of(TURN, bias=0.3), [[1.0], [0.5]], 400.0, activity)
    assert moved.values[:, 0] == pytest.approx(np.array([0.3, -0.3]), abs=1e-8)


def test_the_smooth_window_beats_the_plain_mean_by_many_digits() -> None:
    found = time_averages(
        lanes_of(TURN, np.copy), [[1.0], [0.0]], 300.0, lambda _, x: np.concatenate([x, x**2])
    )
    assert found.values[:, 0] == pytest.approx(np.array([0, 0, 0.5, 0.5]), abs=1e-10)
    assert abs(math.sin(300.0) / 300.0) > 1e-3  # the plain mean of cos


def test_the_preactivation_is_averaged_in_the_inner_form() -> None:
    # x' = tanh(Wx), y = Wx turns about 0 like the outer form, so the mean of tanh(y) is 0 and that of x is too
    inner = lanes_of(TURN, form=Form.INNER)
    for observable in (activity, coordinates):
        assert abs(time_averages(inner, [[1.0], [0.5]], 300.0, observable).values).max() < 1e-8


def test_a_decaying_orbit_has_an_error_that_covers_its_missing_average() -> None:
    # the mean of e^(-t/100) is not yet 0 after 300: the halves differ, and the error says so
    decay = lanes_of(np.zeros((1, 1)), leak=0.01)
    found = time_averages(decay, [[1.0]], 300.0, coordinates)
    assert found.values[0, 0] > 0.1
    assert found.errors[0, 0] >= found.values[0, 0]


def test_lanes_that_go_wrong_are_flagged_alone() -> None:
    cube = lanes_of(np.ones((1, 1)), lambda x: x**3)
    found = time_averages(cube, [[1.0, np.nan, 0.0]], 5.0, coordinates)
    assert np.isnan(found.values[0]).tolist() == [True, True, False]
    assert np.isinf(found.errors[0]).tolist() == [True, True, False]
    assert found.values[0, 2] == 0


def test_bad_arguments_are_errors() -> None:
    lanes, x0 = lanes_of(TURN), np.ones((2, 3))
    with pytest.raises(InvalidInput, match="t_end is -1"):
        time_averages(lanes, x0, -1.0)
    with pytest.raises(InvalidInput, match="samples is 3"):
        time_averages(lanes, x0, 1.0, samples=3)
    with pytest.raises(InvalidInput, match=r"observable gives shape \(3,\)"):
        time_averages(lanes, x0, 1.0, lambda _, x: x.sum(axis=0))
