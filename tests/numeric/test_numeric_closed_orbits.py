"""Closed orbits by Newton's method: against exact periods, SciPy, volume, symmetry; and where it must give up."""

import math
from functools import lru_cache

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import system
from gsdcheck.numeric.closed_orbits import ClosedOrbit, closed_orbit, near_returns, orbit_family
from gsdcheck.numeric.elliptic import tanh_period_float
from gsdcheck.numeric.field import energy, network

TURN = [[0, 1], [-1, 0]]
DRIFTING = [[0, 1, 1, 1, 0], [-1, 0, 0, 0, 1], [-1, 0, 0, 0, 0], [-1, 0, 0, 0, -1], [0, -1, 0, 1, 0]]
CASIMIR = np.array([0.0, 1, -2, 1, 0])


@lru_cache(maxsize=1)
def drifting_orbit() -> ClosedOrbit:
    return closed_orbit(network(system(DRIFTING, "tanh")), [0, 0.5, 0.5, 0.5, 3.9], 10.8)


@pytest.mark.parametrize("E", [0.3, 1.0, 3.0])
def test_planar_orbits_have_their_exact_period(E: float) -> None:
    start = [0.0, math.acosh(math.exp(E))]
    found = closed_orbit(network(system(TURN, "tanh")), start, 1.1 * tanh_period_float(E, 1.0))
    assert found.period == pytest.approx(tanh_period_float(E, 1.0), rel=1e-10)
    assert found.defect < 1e-9
    assert found.activity == pytest.approx(np.zeros(2), abs=1e-9)  # O5


def test_the_level_can_be_chosen() -> None:
    net = network(system(TURN, "tanh"))
    found = closed_orbit(net, [0.0, 1.0], 7.0, level=1.0)
    assert float(energy(net, found.start)) == pytest.approx(1.0, abs=1e-9)
    assert found.period == pytest.approx(tanh_period_float(1.0, 1.0), rel=1e-9)


def test_the_orbit_closes_and_drifts_by_scipy_too() -> None:
    from scipy.integrate import solve_ivp

    found, W = drifting_orbit(), np.array(DRIFTING, dtype=float)
    solved = solve_ivp(
        lambda _, z: np.append(W @ np.tanh(z[:5]), np.tanh(z[:5])),
        (0, found.period),
        np.append(found.start, np.zeros(5)),
        method="LSODA",
        rtol=1e-11,
        atol=1e-12,
    )
    assert solved.y[:5, -1] == pytest.approx(found.start, abs=1e-8)
    assert solved.y[5:, -1] == pytest.approx(found.activity, abs=1e-8)
    assert CASIMIR @ found.activity > 4


def test_the_monodromy_is_the_derivative_of_the_flow_and_keeps_volume_and_integrals() -> None:
    from scipy.integrate import solve_ivp

    found, W = drifting_orbit(), np.array(DRIFTING, dtype=float)
    assert np.linalg.det(found.monodromy) == pytest.approx(1, abs=1e-8)
    assert CASIMIR @ found.monodromy == pytest.approx(CASIMIR, abs=1e-8)
    assert np.tanh(found.start) @ found.monodromy == pytest.approx(np.tanh(found.start), abs=1e-8)
    ends = [
        solve_ivp(
            lambda _, y: W @ np.tanh(y), (0, found.period), found.start + s * 1e-5, rtol=1e-11, atol=1e-12
        ).y[:, -1]
        for s in (np.eye(5)[3], -np.eye(5)[3])
    ]
    assert found.monodromy[:, 3] == pytest.approx((ends[0] - ends[1]) / 2e-5, abs=1e-5)


def test_three_multipliers_are_one_and_the_others_a_pair() -> None:
    mu = drifting_orbit().multipliers
    pair = mu[abs(mu - 1) > 1e-3]
    assert len(pair) == 2
    assert pair[0] * pair[1] == pytest.approx(1, abs=1e-8)


def test_the_drift_is_lost_in_a_pitchfork_from_the_symmetric_family() -> None:
    net, start = network(system(DRIFTING, "tanh")), drifting_orbit()
    family = list(orbit_family(net, start, [3.4, 3.2, 3.0, 2.9, 2.8, 2.7, 2.6]))
    drifts = [abs(CASIMIR @ orbit.activity) for orbit in family]
    assert drifts == sorted(drifts, reverse=True)
    assert drifts[-2] > 1
    assert drifts[-1] < 1e-8


def test_a_family_that_is_lost_ends() -> None:
    net, start = network(system(TURN, "tanh")), closed_orbit(network(system(TURN, "tanh")), [0, 1], 7)
    found = list(orbit_family(net, start, [0.5, -1.0, 0.5]))  # no orbit has negative energy
    assert [orbit.defect < math.inf for orbit in found] == [True, False]


def test_the_closed_orbit_inside_an_island_is_found_from_an_orbit_around_it() -> None:
    net = network(system(DRIFTING, "tanh"))
    guess, period = near_returns(net, [0, 0.55, 0.5, 0.45, 3.8], 100.0)[0]
    found = closed_orbit(net, guess, period)
    assert found.defect < 1e-9
    assert 10 < found.period < 11.5
    assert CASIMIR @ found.activity > 3.5


def test_a_period_of_zero_is_not_taken_for_one() -> None:
    # φ₀ is the identity, so T = 0 solves the equations for every x
    found = closed_orbit(network(system(TURN, "tanh")), [0.0, 1.0], 0.2)
    assert found.defect == math.inf
    assert np.isnan(found.activity).all()


@pytest.mark.parametrize(
    ("guess", "period", "form", "says"),
    [
        ([0, 0], 1.0, "outer", "speed 0"),
        ([1, 0], 0.0, "outer", "period is 0"),
        ([1, 0], math.nan, "outer", "period is nan"),
        ([1, 0], 1.0, "inner", "form is inner"),
    ],
)
def test_bad_arguments_are_errors(guess: list[float], period: float, form: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        closed_orbit(network(system(TURN, "tanh", form=form)), guess, period)
