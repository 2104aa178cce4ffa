"""Extremes and changes of sign against the exact tanh oscillator, a decay and a straight line."""

import math

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.diagnostics import extremes
from gsdcheck.numeric.elliptic import tanh_orbit, tanh_period_float
from gsdcheck.numeric.lanes import Lanes

J = np.array([[0.0, 1.0], [-1.0, 0.0]])[..., None]


def lanes(W: np.ndarray = J, leak: float = 0.0) -> Lanes:
    return Lanes(W=W, bias=np.zeros((2, 1)), leak=leak, form=Form.OUTER, sigma=np.tanh)


def test_the_swing_of_the_oscillator_is_where_all_energy_is_in_one_coordinate() -> None:
    energies = np.array([0.1, 1.0, 3.0])
    start = np.stack([tanh_orbit(e, 1.0, np.array(0.7)) for e in energies], axis=1)
    found = extremes(lanes(), start, 40.0)
    expected = np.arccosh(np.exp(energies))  # ln cosh x = E
    assert found.greatest == pytest.approx(np.stack([expected, expected]), rel=1e-8)
    assert found.least == pytest.approx(-np.stack([expected, expected]), rel=1e-8)
    assert found.complete.all()


def test_sign_changes_are_two_a_period() -> None:
    energy = 0.8
    period = tanh_period_float(energy, 1.0)
    start = tanh_orbit(energy, 1.0, np.array(0.1))[:, None]
    found = extremes(lanes(), start, 7 * period)
    assert found.sign_changes.tolist() == [[14], [14]]


def test_a_decay_has_its_extremes_at_the_ends() -> None:
    found = extremes(lanes(0 * J, leak=1.0), [[2.0], [-1.0]], 3.0)
    assert found.greatest[:, 0] == pytest.approx([2.0, -math.exp(-3)], rel=1e-8)
    assert found.least[:, 0] == pytest.approx([2 * math.exp(-3), -1.0], rel=1e-8)
    assert found.sign_changes.tolist() == [[0], [0]]


def test_a_short_orbit_has_not_swung_yet() -> None:
    # a mutant of the first test: before a quarter period the first coordinate has not come to its other end
    start = tanh_orbit(1.0, 1.0, np.array(0.0))[:, None]
    found = extremes(lanes(), start, tanh_period_float(1.0, 1.0) / 8)
    assert found.least[0, 0] > 0


def test_a_lane_that_escapes_is_not_complete() -> None:
    growing = Lanes(
        W=np.full((1, 1, 2), 0.5), bias=np.zeros((1, 1)), leak=0.0, form=Form.OUTER, sigma=lambda x: x**3
    )
    found = extremes(growing, [[1.0, 0.1]], 5.0)
    assert found.complete.tolist() == [False, True]
    assert found.greatest[0, 1] == pytest.approx(95**-0.5, rel=1e-8)


def test_a_horizon_must_be_positive() -> None:
    with pytest.raises(InvalidInput, match="horizon"):
        extremes(lanes(), [[1.0], [0.0]], math.nan)
