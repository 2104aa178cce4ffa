"""Newton's method on two equations for a start and a time: exact solutions, and where there are none."""

import math

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import system
from gsdcheck.numeric.field import network
from gsdcheck.numeric.meetings import meeting

# two rotations of frequency 1 and 2 side by side
TURNS = network(system([[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 2], [0, 0, -2, 0]], "identity"))


def test_a_linear_meeting_is_exact() -> None:
    # from (0, 1, u, 1): x₁ = sin t, x₃ = u cos 2t + sin 2t; both are 0 at t = π, u = 0
    found = meeting(TURNS, [0, 1, 0, 1], [0, 0, 1, 0], [[1, 0, 0, 0], [0, 0, 1, 0]], 0.2, 3.0)
    assert (found.u, found.t) == pytest.approx((0, math.pi), abs=1e-10)
    # ∂x₁ = (0, cos π), ∂x₃ = (cos 2π, 2 cos 2π)
    assert found.derivative == pytest.approx(np.array([[0, -1], [1, 2]]), abs=1e-9)


def test_parallel_equations_have_no_meeting() -> None:
    found = meeting(TURNS, [0, 1, 0, 1], [0, 0, 1, 0], [[1, 0, 0, 0], [2, 0, 0, 0]], 0.2, 3.0)
    assert math.isnan(found.u)
    assert math.isnan(found.t)


def test_a_start_at_the_meeting_itself_is_not_one_for_later() -> None:
    # x₁ = sin t and x₃ = u cos 2t + sin 2t vanish at t = 0 for u = 0: no positive time is reported for it
    found = meeting(TURNS, [0, 1, 0, 1], [0, 0, 1, 0], [[1, 0, 0, 0], [0, 0, 1, 0]], 0.0, 0.05)
    assert math.isnan(found.t) or found.t > 3


@pytest.mark.parametrize(
    ("equations", "u", "t"),
    [([[1, 0, 0, 0]], 0.0, 1.0), (np.eye(4)[:2], math.nan, 1.0), (np.eye(4)[:2], 0.0, 0.0)],
)
def test_bad_arguments_are_errors(equations: list[list[float]], u: float, t: float) -> None:
    with pytest.raises(InvalidInput, match="Give two rows"):
        meeting(TURNS, [0, 1, 0, 1], [0, 0, 1, 0], equations, u, t)
