"""Crossings of sections: against turns of linear systems and quarter periods of the tanh oscillator."""

import numpy as np
import pytest
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.diagnostics import Direction, crossings, poincare_section
from gsdcheck.numeric.elliptic import tanh_period_float
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.lanes import Lanes

TURN = [[0.0, 1.0], [-1.0, 0.0]]
FOUR = [[0.0, 1.0, 0, 0], [-1.0, 0, 0, 0], [0, 0, 0, 2.0**0.5], [0, 0, -(2.0**0.5), 0]]


def shared(W: ArrayLike, sigma: Function = np.tanh, leak: float = 0.0) -> Lanes:
    weights = np.array(W, dtype=np.float64)[..., None]
    return Lanes(W=weights, bias=np.zeros((len(weights), 1)), leak=leak, form=Form.OUTER, sigma=sigma)


def test_a_circle_crosses_at_multiples_of_a_turn() -> None:
    # x = (cos t, -sin t) from angle 0 and from angle 1: x₂ falls through 0 at t ≡ 0 or 1, rises half a turn later
    x0 = np.array([[1.0, np.cos(1.0)], [0.0, np.sin(1.0)]])
    found = crossings(shared(TURN, np.copy), x0, [0, 1], 0, [20.0, 14.0])
    assert found.counts.tolist() == [3, 2]
    assert found.times[:, 0] == pytest.approx(np.pi * np.array([1, 3, 5]), rel=1e-12)
    assert found.times[:2, 1] == pytest.approx(1 + np.pi * np.array([1, 3]), rel=1e-12)
    assert np.isnan(found.times[2, 1])
    assert found.states[:, 0, 0] == pytest.approx(np.array([-1, -1, -1]), rel=1e-11)
    assert found.complete.all()


@pytest.mark.parametrize(("direction", "first", "count"), [("up", 2, 2), ("down", 4, 1), ("both", 2, 3)])
def test_the_direction_counts(direction: str, first: int, count: int) -> None:
    # from (a, 0) x₁ is 0 after T/4 (falling) and 3T/4 (rising); -x₁ the other way round
    E = 1.5
    T, x0 = tanh_period_float(E, 1.0), [[np.arccosh(np.exp(E))], [0.0]]
    found = crossings(shared(TURN), x0, [-1, 0], 0, 1.5 * T, direction=Direction(direction))
    assert found.counts[0] == count
    assert found.times[0, 0] == pytest.approx(T * {2: 1 / 4, 4: 3 / 4}[first], rel=1e-11)


def test_a_crossing_is_as_accurate_as_the_orbit_and_lies_on_the_section() -> None:
    x0 = np.random.default_rng(1).normal(size=(2, 40))
    found = crossings(shared(TURN), x0, [0.6, -0.8], 0.1, 30.0, most=2)
    H = np.log(np.cosh(x0)).sum(axis=0)
    seen = found.counts == 2
    assert seen.sum() > 20
    T = np.array([tanh_period_float(h, 1.0) for h in H[seen]])
    assert (found.times[1] - found.times[0])[seen] == pytest.approx(T, rel=1e-11)
    assert np.einsum("i,mib->mb", [0.6, -0.8], found.states)[:, seen] == pytest.approx(0.1, abs=1e-14)


def test_a_start_on_the_section_is_no_crossing_and_a_missed_section_has_none() -> None:
    found = crossings(
        shared(TURN, np.copy), [[1.0, 1.0], [0.0, 0.0]], [0, 1], [0.0, 2.0], 6.0, direction=Direction.DOWN
    )
    assert found.counts.tolist() == [0, 0]
    assert found.times.shape == (0, 2)


def test_a_lane_that_escapes_or_is_nan_is_incomplete_alone() -> None:
    lanes = shared([[0.0, 1.0], [1.0, 0.0]], lambda x: x**3)
    found = crossings(
        lanes, [[1.0, 1.0, np.nan], [1.0, -1.0, 0.0]], [1, 0], 0.5, 3.0, direction=Direction.BOTH
    )
    assert found.complete.tolist() == [False, True, False]  # (s, s) blows up at t = 1/2, (s, -s) decays
    assert found.counts.tolist() == [0, 1, 0]
    assert found.times[0, 1] == pytest.approx((0.5**-2 - 1) / 2, rel=1e-11)


def test_the_section_of_a_torus_is_a_circle() -> None:
    # frequencies 1 and √2: where x₁ rises through 0 the other pair has turned by 2π√2, and never comes back
    section = poincare_section(shared(FOUR, np.copy), [[1.0], [0.0], [2.0], [0.0]], [1, 0, 0, 0], 0, 100.0)
    points = section.points[:, :, 0]
    assert section.crossings.times[:, 0] == pytest.approx(
        np.pi * (1.5 + 2 * np.arange(len(points))), rel=1e-12
    )
    assert section.basis @ section.basis.T == pytest.approx(np.eye(3), abs=1e-15)
    pair = points @ section.basis[:, 2:]
    assert np.hypot(*pair.T) == pytest.approx(2 * np.ones(len(points)), rel=1e-10)
    turned = np.exp(-1j * np.sqrt(2) * section.crossings.times[:, 0]) * 2
    assert pair[:, 0] + 1j * pair[:, 1] == pytest.approx(turned, abs=1e-9)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x0": [1.0, 0.0]}, r"x0 has shape \(2,\)"),
        ({"x0": np.ones((3, 1))}, r"x0 has shape \(3, 1\)"),
        ({"normal": [0.0, 0.0]}, "normal is 0"),
        ({"normal": [1.0]}, r"normal has shape \(1,\)"),
        ({"offset": [1.0, 2.0]}, r"offset has shape \(2,\)"),
        ({"horizon": 0.0}, "horizon is 0"),
        ({"horizon": np.nan}, "horizon is nan"),
        ({"horizon": np.inf}, "horizon is inf"),
        ({"most": 0}, "most is 0"),
        ({"rtol": 1e-20}, "rtol is 1e-20"),
    ],
)
def test_bad_arguments_are_errors(change: dict[str, object], message: str) -> None:
    given = {"x0": np.ones((2, 1)), "normal": [1.0, 0.0], "offset": 0.0, "horizon": 5.0, **change}
    with pytest.raises(InvalidInput, match=message):
        crossings(shared(TURN), **given)  # type: ignore[arg-type]


def test_a_poincare_section_is_one_plane() -> None:
    with pytest.raises(InvalidInput, match=r"normal has shape \(2, 1\)"):
        poincare_section(shared(TURN), np.ones((2, 1)), [[1.0], [0.0]], 0.0, 1.0)
