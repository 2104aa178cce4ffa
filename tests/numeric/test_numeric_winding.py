"""Winding numbers: whole on closed orbits, zero about a point outside, as many as the fast circle turns."""

import math

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import windings
from gsdcheck.numeric.elliptic import tanh_orbit, tanh_period_float
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.lanes import Lanes

TURN = np.array([[0.0, 1.0], [-1.0, 0.0]])[..., None]


def lanes_of(W: FloatArray, sigma: Function = np.tanh) -> Lanes:
    return Lanes(W=W, bias=np.zeros((len(W), 1)), leak=0.0, form=Form.OUTER, sigma=sigma)


def test_a_closed_orbit_winds_once_clockwise_and_not_at_all_about_a_point_outside() -> None:
    E = 1.0
    T, x0 = tanh_period_float(E, 1.0), np.tile(tanh_orbit(E, 1.0, np.array(0.3))[:, None], 3)
    centre = np.array([[0.0, 0.5, 9.0], [0.0, -0.5, 0.0]])
    found = windings(lanes_of(TURN), x0, T, centre=centre)
    assert found.turns == pytest.approx(np.array([-1, -1, 0]), abs=1e-10)
    assert found.resolved.all()
    assert windings(lanes_of(TURN), x0, T, plane=(1, 0)).turns[0] == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize(("fast", "turns"), [(2.0, 3), (0.5, 1)])
def test_of_two_circles_the_wider_one_decides(fast: float, turns: int) -> None:
    # radius 1 at frequency 1 and radius `fast` at frequency 3, added up in the plane of the first two coordinates
    P = np.array([[1.0, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0], [0, 0, 0, 1]])
    blocks = np.zeros((4, 4))
    blocks[:2, :2], blocks[2:, 2:] = -TURN[..., 0], -3 * TURN[..., 0]
    W = (P @ blocks @ np.linalg.inv(P))[..., None]
    x0 = (P @ np.array([1.0, 0, fast, 0]))[:, None]
    assert windings(lanes_of(W, np.copy), x0, 2 * math.pi).turns[0] == pytest.approx(turns, abs=1e-9)


def test_an_orbit_through_the_point_is_not_resolved() -> None:
    found = windings(lanes_of(TURN, np.copy), [[1.0, 1.0], [0.0, 0.0]], 6.0, centre=[[0.0, 0.0], [0.0, -1.0]])
    assert found.resolved.tolist() == [True, False]
    assert found.nearest[0] == pytest.approx(1, rel=1e-9)
    at_start = windings(lanes_of(TURN, np.copy), [[1.0], [0.0]], 6.0, centre=[1.0, 0.0])
    assert not at_start.resolved[0]


def test_lanes_that_go_wrong_are_flagged_alone() -> None:
    found = windings(lanes_of(TURN, np.copy), [[1.0, np.nan], [0.0, 0.0]], 2 * math.pi)
    assert found.turns[0] == pytest.approx(-1, abs=1e-10)
    assert math.isnan(found.turns[1])
    assert found.resolved.tolist() == [True, False]


def test_bad_arguments_are_errors() -> None:
    for change, message in (
        ({"plane": (0, 0)}, r"plane is \(0, 0\)"),
        ({"plane": (0, 2)}, r"plane is \(0, 2\)"),
        ({"centre": [1.0]}, r"centre has shape \(1,\)"),
        ({"t_end": math.nan}, "t_end is nan"),
    ):
        given = {"x0": np.ones((2, 1)), "t_end": 1.0, **change}
        with pytest.raises(InvalidInput, match=message):
            windings(lanes_of(TURN), **given)  # type: ignore[arg-type]
