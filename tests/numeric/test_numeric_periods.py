"""Periods of integrated orbits, against elliptic integrals and elementary cases."""

import math
from dataclasses import replace

import mpmath
import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form, system
from gsdcheck.numeric.diagnostics import closure_defect, period, periods, sign_changes
from gsdcheck.numeric.elliptic import tanh_orbit, tanh_period, tanh_period_float
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.field import energy, network, vector_field
from gsdcheck.numeric.lanes import Lanes

ENERGIES = pytest.mark.parametrize("E", [1e-6, 0.1, 1.0, 3.0, 8.0])


@ENERGIES
def test_the_period_of_an_integrated_orbit_is_elliptic(E: float) -> None:
    seen = period(network(system([[0, 1.3], [-1.3, 0]])), tanh_orbit(E, 1.3, np.array(0.7)))
    exact = float(tanh_period(E, 1.3))
    assert seen.closed
    assert abs(seen.value - exact) <= min(seen.error, 1e-9 * exact)


@ENERGIES
def test_the_elliptic_period_is_the_quadrature_of_the_level_curve(E: float) -> None:
    # sinh x₁ = U cos φ turns dt = dx₁ / (ω tanh x₂) into T = 4/ω ∫₀^{π/2} dφ / √(1 - m sin² φ)
    with mpmath.workdps(40):
        m = -mpmath.expm1(-2 * mpmath.mpf(E))
        nodes = [0, mpmath.pi / 4, mpmath.pi / 2 - mpmath.exp(-E), mpmath.pi / 2]
        quarter = mpmath.quad(lambda a: 1 / mpmath.sqrt(1 - m * mpmath.sin(a) ** 2), sorted(nodes))
        assert abs(tanh_period(E, 2, digits=30) / (2 * quarter) - 1) < 1e-20


def test_float_and_multiple_precision_agree() -> None:
    for E in (0.0, 1e-9, 0.5, 18.0, 39.9, 40.1, 300.0, 2000.0):
        assert tanh_period_float(E, 0.7) == pytest.approx(float(tanh_period(E, 0.7)), rel=1e-15)


def test_limits_of_the_period() -> None:
    assert tanh_period_float(0, 3) == pytest.approx(2 * math.pi / 3, rel=1e-15)
    assert tanh_period("1/1000000000000", 3) > 2 * mpmath.pi / 3
    assert tanh_period_float(50, 2) == pytest.approx(2 * (50 + math.log(4)), rel=1e-15)


def test_exact_arguments_are_taken_exactly() -> None:
    with mpmath.workdps(50):
        exact = 4 * mpmath.ellipk(-mpmath.expm1(mpmath.mpf(-2) / 3)) * 10
    assert abs(tanh_period("1/3", "0.1", digits=40) / exact - 1) < mpmath.mpf(10) ** -39


def test_the_exact_orbit_solves_the_equation_and_keeps_its_energy() -> None:
    net, t, h = network(system([[0, 2], [-2, 0]])), np.linspace(0, 20, 101), 1e-5
    x = tanh_orbit(1.5, 2, t)
    slope = (tanh_orbit(1.5, 2, t + h) - tanh_orbit(1.5, 2, t - h)) / (2 * h)
    assert slope == pytest.approx(vector_field(net, x), abs=1e-8)
    assert energy(net, x) == pytest.approx(np.full(101, 1.5), rel=1e-12)


# each quadrant is a quarter turn at frequency √(σ'₁ σ'₂): 1, 1/2, 1/2, 1/4 give (1 + 2 + 2 + 4)/4 turns
@pytest.mark.parametrize(("sigma", "turns"), [("identity", 1), ("leaky_relu?negative_slope=1/4", 9 / 4)])
def test_piecewise_linear_periods_are_elementary(sigma: str, turns: float) -> None:
    net = network(system([[0, 1], [-1, 0]], sigma))
    assert period(net, [0.5, 0.2]).value == pytest.approx(2 * math.pi * turns, rel=1e-9)


def test_lotka_volterra_closes_and_its_small_orbits_have_period_two_pi() -> None:
    net = network(system([[0, 1], [-1, 0]], "expm1"))
    seen = period(net, [1e-4, 0])
    assert seen.value == pytest.approx(2 * math.pi, rel=1e-7)
    assert closure_defect(net, [1e-4, 0], seen.value) < 1e-10


@pytest.mark.parametrize(
    ("W", "sigma", "leak"),
    [
        ([[0.01, 1], [-1, 0]], "tanh", 0),
        ([[0, 1], [-1, 0]], "tanh", 0.001),
        ([[0, 1], [-1, 0]], "relu", 0),
        ([[0, 1], [-1, 0]], "x*exp(-x**2)", 0),
    ],
)
def test_orbits_that_do_not_close_have_no_period(W: list[list[float]], sigma: str, leak: float) -> None:
    seen = period(network(system(W, sigma, leak=leak)), [1.5, 1.2], horizon=60)
    assert not seen.closed
    assert math.isnan(seen.value)


def test_a_search_that_ends_early_finds_no_period() -> None:
    escaping, turning = network(system([["1/2"]], "cube")), network(system([[0, 1], [-1, 0]]))
    assert not period(escaping, [1.0]).closed
    assert not period(turning, [1.0, 0.0], max_steps=5).closed
    assert not period(turning, [1.0, 0.0], horizon=6.0).closed
    assert period(turning, [1.0, 0.0], horizon=8.0).closed


def test_the_first_return_counts_in_more_dimensions_too() -> None:
    # x' = k × σ(x), ReLU: (3, 2, 1) turns about (2, 2, 2) inside the octant where σ is the identity
    net = network(system([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], "relu"))
    assert period(net, [3, 2, 1]).value == pytest.approx(2 * math.pi / math.sqrt(3), rel=1e-9)


def test_closure_defect_sees_a_wrong_period() -> None:
    net, x0 = network(system([[0, 1], [-1, 0]])), [1.0, 0.0]
    exact = tanh_period_float(math.log(math.cosh(1)), 1)
    assert closure_defect(net, x0, exact) < 1e-9
    assert closure_defect(net, x0, exact * (1 + 1e-4)) > 1e-5
    assert closure_defect(network(system([[1]], "cube")), [1.0], 5.0) == math.inf


def test_sign_changes_are_counted_per_coordinate_and_skip_zeros() -> None:
    assert sign_changes([[1, 0, 1], [0, 0, 2], [-1, 0, 1], [-2, 0, -1], [3, 0, 1]]).tolist() == [2, 0, 2]
    angles = np.linspace(0, 20 * np.pi, 4001) + 0.1
    assert sign_changes(np.stack([np.cos(angles), np.sin(angles)], axis=-1)).tolist() == [20, 20]


def test_domain_errors_name_the_value() -> None:
    with pytest.raises(InvalidInput, match="energy is -1"):
        tanh_period_float(-1, 1)
    with pytest.raises(InvalidInput, match="omega is 0"):
        tanh_period(1, 0)
    with pytest.raises(InvalidInput, match="E ≤ 8"):
        tanh_orbit(9, 1, np.zeros(1))
    with pytest.raises(InvalidInput, match=r"speed 0\.0"):
        period(network(system([[0, 1], [-1, 0]])), [0, 0])
    with pytest.raises(InvalidInput, match="must be finite"):
        sign_changes([[np.nan]])
    with pytest.raises(InvalidInput, match="states is a number"):
        sign_changes(3.0)


def rotations(omega: list[float], sigma: Function = np.tanh, leak: float = 0.0) -> Lanes:
    W = np.array([[0.0, 1.0], [-1.0, 0.0]])[..., None] * np.array(omega)
    return Lanes(W=W, bias=np.zeros((2, 1)), leak=leak, form=Form.OUTER, sigma=sigma)


def test_the_periods_of_a_batch_are_elliptic_to_twelve_digits_and_within_their_errors() -> None:
    rng = np.random.default_rng(0)
    omega, x0 = rng.uniform(0.5, 3, 100), 1.5 * rng.normal(size=(2, 100))
    H = np.log(np.cosh(x0)).sum(axis=0)
    exact = np.array([tanh_period_float(h, w) for h, w in zip(H, omega, strict=True)])
    found = periods(rotations(omega.tolist()), x0, 1e3)
    assert found.closed.all()
    assert found.values == pytest.approx(exact, rel=1e-12)
    assert (abs(found.values - exact) <= found.errors).all()
    assert (found.errors <= 1e-9 * exact).all()


def test_lanes_without_a_period_are_flagged_and_the_others_right() -> None:
    x0 = [[1.0, 0.0, np.nan, 1.0, 1e200], [0.0, 0.0, 0.0, 0.0, 0.0]]
    found = periods(rotations([1.0, 1.0, 1.0, 0.0, 1.0], np.copy), x0, 30.0)
    assert found.closed.tolist() == [True, False, False, False, False]
    assert found.values[0] == pytest.approx(2 * math.pi, rel=1e-13)
    assert np.isnan(found.values[1:]).all()
    assert np.isinf(found.errors[1:]).all()


@pytest.mark.parametrize(("second", "turns"), [(2.0**0.5, None), (1.5, 2)])
def test_a_torus_closes_only_if_its_frequencies_are_commensurate(second: float, turns: int | None) -> None:
    W = np.zeros((4, 4, 1))
    W[0, 1], W[1, 0], W[2, 3], W[3, 2] = 1.0, -1.0, second, -second
    lanes = Lanes(W=W, bias=np.zeros((4, 1)), leak=0.0, form=Form.OUTER, sigma=np.copy)
    found = periods(lanes, [[1.0], [0.0], [0.5], [0.0]], 200.0)
    assert found.closed[0] == (turns is not None)
    if turns is not None:
        assert found.values[0] == pytest.approx(2 * math.pi * turns, rel=1e-12)


def test_a_slow_leak_is_no_period() -> None:
    found = periods(rotations([1.0], leak=1e-6), [[1.0], [0.0]], 30.0)
    assert not found.closed[0]
    assert math.isnan(found.values[0])


def test_bad_arguments_of_a_batch_are_errors() -> None:
    lanes = rotations([1.0, 2.0])
    with pytest.raises(InvalidInput, match="x0 has 3 lanes but W has 2"):
        periods(lanes, np.ones((2, 3)), 1.0)
    with pytest.raises(InvalidInput, match="horizon is nan"):
        periods(lanes, np.ones((2, 2)), [1.0, math.nan])
    with pytest.raises(InvalidInput, match="closure is 0"):
        periods(lanes, np.ones((2, 2)), 1.0, closure=0.0)


def test_a_period_of_a_batch_of_networks_or_of_no_finite_time_is_an_error() -> None:
    net = network(system([[0, 1], [-1, 0]]))
    with pytest.raises(InvalidInput, match=r"W has shape \(3, 2, 2\)"):
        period(replace(net, W=np.tile(net.W, (3, 1, 1))), [1.0, 0.0])
    with pytest.raises(InvalidInput, match="T is inf"):
        closure_defect(net, [1.0, 0.0], math.inf)
    assert sign_changes(np.empty((0, 2))).tolist() == [0, 0]
