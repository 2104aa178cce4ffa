"""The arrays of the figures about laws, against mpmath, exact factors and plain loops."""

import math

import mpmath
import numpy as np
import pytest

from gsdcheck.engine.pictures.drifts import STEPS, drift, energy_drifts, kernel_drift, slope
from gsdcheck.engine.pictures.laws import euler_growth, tanh_periods
from gsdcheck.model.system import system

ORDERS = {
    "forward Euler": 1,
    "splitting, order 2": 2,
    "implicit midpoint": 2,
    "Runge–Kutta 4": 4,
    "splitting, order 4": 4,
}


@pytest.fixture(scope="module")
def periods():
    return tanh_periods()["columns"]


@pytest.fixture(scope="module")
def growth():
    return euler_growth()["columns"]


@pytest.fixture(scope="module")
def drifts():
    return energy_drifts()


def known(columns, x, name):
    return [(a, b) for a, b in zip(columns[x], columns[name], strict=True) if b is not None]


def test_the_exact_period_is_the_elliptic_integral(periods):
    for E, T in known(periods, "E", "exact: 4 K(1 − e⁻²ᴱ)"):
        assert pytest.approx(float(4 * mpmath.ellipk(1 - mpmath.exp(-2 * E))), rel=1e-7) == T


def test_measured_periods_lie_on_the_curve_and_are_few(periods):
    measured = known(periods, "E", "measured on orbits")
    assert 10 <= len(measured) < len(periods["E"]) / 4
    for E, T in measured:
        assert pytest.approx(float(4 * mpmath.ellipk(1 - mpmath.exp(-2 * E))), rel=1e-7) == T


def test_the_limits_of_the_period_are_approached(periods):
    exact = dict(known(periods, "E", "exact: 4 K(1 − e⁻²ᴱ)"))
    E, T = known(periods, "E", "for large E: 4 (E + ln 4)")[-1]
    assert pytest.approx(4 * (E + math.log(4))) == T
    assert exact[E] == pytest.approx(T, rel=1e-3)
    E, T = known(periods, "E", "limit for small E: 2π")[0]
    assert pytest.approx(2 * math.pi) == T
    assert exact[E] == pytest.approx(T, rel=0.03)


def test_the_identity_gains_its_exact_factor(growth):
    for k, H in known(growth, "k", "identity: (1 + ω²h²)ᵏ"):
        assert pytest.approx(0.5 * 1.01**k, rel=1e-8) == H


def test_the_simulated_growth_is_that_of_a_plain_loop(growth):
    simulated, x, y = dict(known(growth, "k", "tanh, simulated")), math.acosh(math.exp(0.5)), 0.0
    for k in range(1, 1001):
        x, y = x + 0.1 * math.tanh(y), y - 0.1 * math.tanh(x)
        if k in simulated:
            assert simulated[k] == pytest.approx(math.log(math.cosh(x) * math.cosh(y)), rel=1e-7)


def test_the_growth_follows_its_laws(growth):
    simulated = dict(known(growth, "k", "tanh, simulated"))
    for k, H in known(growth, "k", "elliptic law"):
        assert pytest.approx(simulated[k], rel=0.01) == H
    k, H = known(growth, "k", "root law")[-1]
    assert pytest.approx(-math.log(4) + math.sqrt((0.5 + math.log(4)) ** 2 + 0.02 * k), rel=1e-8) == H
    assert pytest.approx(simulated[k], rel=0.01) == H


@pytest.mark.parametrize("name", ORDERS)
def test_the_slope_is_the_order_of_the_integrator(drifts, name):
    assert drifts["values"][f"order {name}"] == pytest.approx(ORDERS[name], abs=0.15)


def test_the_discrete_gradient_keeps_the_energy_to_rounding(drifts):
    found = known(drifts["columns"], "h", "discrete gradient")
    assert len(found) == 3
    assert max(change for _, change in found) < 1e-13
    assert drifts["values"]["order discrete gradient"] is None


def test_a_drift_is_the_largest_change_over_the_steps_up_to_the_time():
    x, y, worst = 1.5, 0.0, 0.0
    for _ in range(64):
        x, y = x + 0.125 * math.tanh(y), y - 0.125 * math.tanh(x)
        worst = max(worst, abs(math.log(math.cosh(x) * math.cosh(y)) - math.log(math.cosh(1.5))))
    found = drift(system([[0, 1], [-1, 0]], "tanh"), (1.5, 0.0), "euler", STEPS, 8.0)
    assert found[STEPS.index(0.125)] == pytest.approx(worst, rel=1e-12)
    assert (np.diff(found) < 0).all()  # the lane of a long step does not run on beyond the time


@pytest.mark.parametrize("power", [1, 2.5, 4])
def test_a_slope_is_read_off_the_smallest_steps_above_rounding(power):
    h = np.array([0.5, 0.25, 0.125, 0.0625, 0.03125])
    found = h**power
    found[0] = 7.0  # not yet in the regime of the power
    found[-1] = 1e-15
    assert slope(h, found) == pytest.approx(power)
    assert math.isnan(slope(h[:2], found[:2]))


def test_the_sum_along_the_kernel_grows_like_the_energy():
    found = kernel_drift()
    y = (0.0, 1.0, -1.0)  # (1, 1, 1) × (1, 0, 0)
    H = sum(math.exp(v) - 1 - v for v in y)
    assert found["values"]["H"] == pytest.approx(H)
    for t, total in known(found["columns"], "t", "exact for eˣ − 1: k·x₀ + H t"):
        assert total == pytest.approx(1 + H * t, abs=1e-3)
    for t, total in known(found["columns"], "t", "eˣ − 1, computed"):
        assert total == pytest.approx(1 + H * t, abs=1e-3)


def test_the_odd_activation_returns_and_the_one_sided_drifts():
    columns = kernel_drift()["columns"]
    tanh, elu = ([total for _, total in known(columns, "t", name)] for name in ("tanh", "ELU"))
    assert max(tanh) - min(tanh) < 0.2
    assert elu[-1] - elu[0] > 5
