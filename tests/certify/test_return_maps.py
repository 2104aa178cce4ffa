"""Crossings, return maps and periodic orbits, against rotations, elliptic integrals and SciPy."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb
from scipy.integrate import solve_ivp

from gsdcheck.certify import crossings
from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.crossings import first_crossing
from gsdcheck.certify.fields import Field, field_of
from gsdcheck.certify.orbits import Bundle
from gsdcheck.certify.periods import period_by_elliptic_integral
from gsdcheck.certify.return_maps import cycle_in, first_return
from gsdcheck.certify.sections import Crossing, Section, crossing_near
from gsdcheck.certify.subject import read_subject, subject_data
from gsdcheck.errors import Undecided
from gsdcheck.model.system import system

PLANAR = [[0, 1], [-1, 0]]
CYCLIC = [[2, -2], [2, 2]]
BITS = 96


@pytest.fixture(autouse=True)
def bits() -> Any:
    with precision(BITS):
        yield


def field(W: list[list[Any]], activation: str = "identity", **options: Any) -> Field:
    return field_of(read_subject(subject_data(system(W, activation, **options))))


def plane(i: int, direction: int, level: Any = 0) -> Section:
    return Section(i=i, level=Fraction(level), direction=direction)


def crossed(f: Field, section: Section, *start: Any, within: int = 20, radius: float = 0) -> Crossing:
    box = [to_arb(Fraction(v)) + arb(0, radius) for v in start]
    return first_crossing(f, section, Bundle.at_start(box), Fraction(within))


@pytest.mark.parametrize(
    ("direction", "level", "turns"),
    [(1, 0, (3, 4)), (-1, 0, (1, 4)), (1, "1/2", (5, 6)), (-1, "-1/2", (1, 3))],
)
def test_a_rotation_crosses_when_its_cosine_does(direction: int, level: Any, turns: tuple[int, int]) -> None:
    found = crossed(field(PLANAR), plane(0, direction, level), 1, 0)  # x₁ = cos t, x₂ = -sin t
    time = 2 * arb.pi() * turns[0] / turns[1]
    assert found.time.overlaps(time)
    assert found.time.rad() < 1e-25
    assert found.state[1].overlaps(-time.sin())
    assert found.state[0] == to_arb(Fraction(level))


def test_a_start_on_the_plane_comes_back_after_a_turn() -> None:
    found = crossed(field([[0, 3], [-3, 0]], form="inner"), plane(0, 1), 0, 1)
    assert found.time.overlaps(2 * arb.pi() / 3)
    assert found.state[1].overlaps(arb(1))


def test_a_start_that_leaves_against_the_direction_comes_back_after_half_a_turn() -> None:
    assert crossed(field(PLANAR), plane(0, 1), 0, -1).time.overlaps(arb.pi())


@pytest.mark.parametrize("energy", ["1/10", "2"])
def test_the_tanh_orbit_returns_after_the_elliptic_period(energy: str) -> None:
    E = to_arb(Fraction(energy))
    height = (E.exp() + (2 * E).expm1().sqrt()).log()  # ln cosh of it is E
    found = first_return(field(PLANAR, "tanh"), plane(0, 1), [arb(0), height], Fraction(40), derivative=False)
    assert found.time.overlaps(period_by_elliptic_integral(Fraction(energy), Fraction(1)))
    assert found.time.rad() < 1e-20
    assert found.state[1].overlaps(height)


@pytest.mark.parametrize("activation", ["relu", "hardtanh"])
def test_a_section_may_be_a_kink(activation: str) -> None:
    """Hardtanh from (0, 1/2) is linear; ReLU from (0, 1/2) reaches x₂ = 0 at π/2 and falls from there."""
    f = field(PLANAR, activation)
    time = crossed(f, plane(1, -1), 0, "1/2").time
    assert time.overlaps(arb.pi() / 2)
    assert time.rad() < 1e-12


def test_the_derivative_of_a_spiral_is_its_factor() -> None:
    f = field([[0, 2], [-2, 0]], leak="1/10")
    found = first_return(f, plane(0, 1), [arb(0), arb(1, 2.0**-40)], Fraction(9), derivative=True)
    factor = (-arb.pi() / 10).exp()
    assert found.derivative[1][1].overlaps(factor)
    assert found.derivative[1][1].rad() < 1e-8
    assert found.state[1].contains(factor)
    assert found.time.overlaps(arb.pi())


def scipy_cycle() -> tuple[float, float]:
    """Height and period of the cycle of x' = -x + W tanh x, by DOP853."""

    def f(_: float, x: np.ndarray) -> np.ndarray:
        return -x + np.array(CYCLIC) @ np.tanh(x)

    def crossing(_: float, x: np.ndarray) -> float:
        return float(x[0])

    crossing.direction = -1  # type: ignore[attr-defined]
    run = solve_ivp(f, (0, 120), [0, 2], method="DOP853", rtol=1e-13, atol=1e-13, events=crossing)
    return float(run.y_events[0][-1][1]), float(np.diff(run.t_events[0])[-1])


def test_the_attracting_cycle_is_the_one_that_scipy_finds() -> None:
    height, period = scipy_cycle()
    box = [arb(0), arb(height, 1e-9)]
    found = cycle_in(field(CYCLIC, "tanh", leak=1), plane(0, -1), box, Fraction(9))
    assert abs(float(found.point[1].mid()) - height) < 1e-10
    assert abs(float(found.period.mid()) - period) < 1e-9
    assert found.period.rad() < 1e-13
    assert 0 < found.contraction < arb(1) / 100
    assert box[1].contains_interior(found.image[1])


def test_a_box_whose_edge_the_cycle_touches_is_refused() -> None:
    f, section, height = field(CYCLIC, "tanh", leak=1), plane(0, -1), scipy_cycle()[0]
    centre = cycle_in(f, section, [arb(0), arb(height, 1e-9)], Fraction(9)).point[1].mid()
    with pytest.raises(Undecided, match="fixed point in the box"):
        cycle_in(f, section, [arb(0), centre + arb(2.0**-31, 2.0**-31)], Fraction(9))


def test_a_damped_third_unit_adds_its_multiplier() -> None:
    W = [[2, -2, 0], [2, 2, 0], [0, 0, 0]]
    box = [arb(0), arb(2.50550017098857, 1e-9), arb(0, 1e-9)]
    with precision(64):
        found = cycle_in(field(W, "tanh", leak=1), plane(0, -1), box, Fraction(9))
        assert found.derivative[1, 1].overlaps((-found.period).exp())
        assert abs(found.point[2]) < 1e-9


def test_one_of_a_family_of_cycles_is_refused() -> None:
    with pytest.raises(Undecided, match="one of a family"):
        cycle_in(field(PLANAR, "tanh"), plane(0, 1), [arb(0), arb(1, 1e-9)], Fraction(9))


@pytest.mark.parametrize("height", [2.5054, 2.5056])
def test_a_box_beside_the_cycle_is_refused(height: float) -> None:
    with pytest.raises(Undecided, match="out of the box"):
        cycle_in(field(CYCLIC, "tanh", leak=1), plane(0, -1), [arb(0), arb(height, 1e-5)], Fraction(9))


@pytest.mark.parametrize(
    ("section", "start", "match"),
    [
        (plane(0, 1, 2), (1, 0), "not seen to cross"),
        (plane(0, 1), (-1, 0), "not seen to cross"),
        (plane(0, -1, -1), (1, 0), "touches"),
        (plane(0, 1, -1), (1, 0), "touches"),
    ],
)
def test_what_does_not_cross_is_refused(section: Section, start: tuple[int, int], match: str) -> None:
    with pytest.raises(Undecided, match=match):
        crossed(field(PLANAR), section, *start, within=5 if "touch" in match else 1)


def test_a_start_about_the_plane_is_refused() -> None:
    with pytest.raises(Undecided, match="neither on the plane"):
        crossed(field(PLANAR), plane(0, 1), 0, 1, radius=1e-9)


def test_a_start_against_the_section_is_refused() -> None:
    with pytest.raises(Undecided, match="leave the section"):
        first_return(field(PLANAR), plane(0, -1), [arb(0), arb(1)], Fraction(9), derivative=False)


@pytest.mark.parametrize(
    ("direction", "start", "match"),
    [(-1, (0, 1), "cross the section"), (1, (-1, "1/5"), "no box is seen")],
)
def test_there_is_no_crossing_next_to_these(direction: int, start: Any, match: str) -> None:
    bundle = Bundle.at_start([to_arb(Fraction(v)) for v in start])
    with pytest.raises(Undecided, match=match):
        crossing_near(field(PLANAR), plane(0, direction), bundle, Fraction(0))


def test_a_crossing_at_another_time_is_not_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def later(*arguments: Any) -> Crossing:
        found = crossing_near(*arguments)
        return replace(found, centre_time=found.centre_time + 2 * arb.pi())

    monkeypatch.setattr(crossings, "crossing_near", later)
    with pytest.raises(Undecided, match="where it was looked for"):
        crossed(field(PLANAR), plane(0, 1), 1, 0)
