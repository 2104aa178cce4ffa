"""Orbits against the exact tanh oscillator, the exact Euler factor and exact invariants."""

from collections.abc import Callable

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form, system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.elliptic import tanh_orbit
from gsdcheck.numeric.field import Network, energy, network
from gsdcheck.numeric.integrators import euler_orbit, orbit, poisson_splitting, rk4_orbit

OMEGA, ENERGY, SPAN = 1.5, 2.0, 4.0
FORMS = pytest.mark.parametrize("form", list(Form))


def oscillator() -> Network:
    return network(system([[0, OMEGA], [-OMEGA, 0]], "tanh"))


def start() -> FloatArray:
    return tanh_orbit(ENERGY, OMEGA, np.array(0.0))


def skew(n: int, seed: int = 0) -> list[list[float]]:
    upper = np.triu(np.random.default_rng(seed).integers(-9, 9, size=(n, n)) / 4, 1)
    return [[float(entry) for entry in row] for row in upper - upper.T]


@pytest.mark.parametrize(("method", "order"), [(euler_orbit, 1), (poisson_splitting, 2), (rk4_orbit, 4)])
def test_order_on_the_exact_oscillator(method: Callable[..., FloatArray], order: int) -> None:
    exact = tanh_orbit(ENERGY, OMEGA, np.array(SPAN))
    errors = [
        np.linalg.norm(method(oscillator(), start(), SPAN / steps, steps)[-1] - exact) for steps in (400, 800)
    ]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(order, abs=0.05)


def test_orbit_follows_the_exact_oscillator() -> None:
    times = np.linspace(0, 60, 200)
    path = orbit(oscillator(), start(), times, rtol=1e-12, atol=1e-13)
    assert path.complete
    assert path.states == pytest.approx(tanh_orbit(ENERGY, OMEGA, times), abs=1e-8)


def test_orbit_runs_backwards_to_its_start() -> None:
    there = orbit(oscillator(), start(), [0, 3, 7])
    back = orbit(oscillator(), there.states[-1], [7, 3, 0])
    assert back.states == pytest.approx(there.states[::-1], abs=1e-8)


@FORMS
def test_two_methods_agree_with_leak_and_bias(form: Form) -> None:
    net = network(system(skew(3), "gelu", form=form, leak="1/5", bias=[1, 0, "-1/2"]))
    x0 = np.array([0.3, -1.0, 2.0])
    assert rk4_orbit(net, x0, 0.002, 1000)[-1] == pytest.approx(orbit(net, x0, [0, 2]).states[-1], rel=1e-8)


def test_one_time_is_the_start() -> None:
    path = orbit(oscillator(), [1, 2], [5.0])
    assert path.complete
    assert path.states.tolist() == [[1, 2]]


def test_a_blow_up_is_reported_not_raised() -> None:
    # x' = x³/2 from 1 is (1 - t)^(-1/2)
    path = orbit(network(system([["1/2"]], "cube")), [1.0], [0, 0.5, 0.9, 1.1, 2.0])
    assert not path.complete
    assert path.times.tolist() == [0, 0.5, 0.9]
    assert path.states[:, 0] == pytest.approx((1 - path.times) ** -0.5, rel=1e-8)
    assert "t = 1:" in path.reason


def test_exponential_escape_and_lack_of_steps_are_reported() -> None:
    growing = network(system([[50]], "identity"))
    assert "escapes" in orbit(growing, [1.0], [0, 100]).reason
    assert "10 steps" in orbit(oscillator(), start(), [0, 1e6], max_steps=10).reason


def test_linear_euler_multiplies_the_square_by_one_plus_h2_w2() -> None:
    net = network(system([[0, 2], [-2, 0]], "identity"))
    squares = (euler_orbit(net, [3.0, -1.0], 0.25, 40) ** 2).sum(axis=-1)
    assert squares[1:] / squares[:-1] == pytest.approx(np.full(40, 1 + 0.25**2 * 2**2), rel=1e-14)


@pytest.mark.parametrize("n", [3, 5])
def test_splitting_keeps_casimirs_to_rounding(n: int) -> None:
    W = skew(n)
    casimir = np.linalg.svd(np.array(W))[2][-1]
    x0 = np.random.default_rng(4).normal(size=n)
    values = poisson_splitting(network(system(W, "silu")), x0, 0.05, 2000) @ casimir
    assert values == pytest.approx(np.full(2001, values[0]), abs=1e-12)
    drift = rk4_orbit(network(system((np.array(W) + 0.01).tolist(), "silu")), x0, 0.05, 2000) @ casimir
    assert abs(drift - drift[0]).max() > 1e-3


@FORMS
def test_splitting_is_its_own_reverse(form: Form) -> None:
    net = network(system(skew(4), "sin", form=form, bias=[1, 2, 0, "-1/3"]))
    x0 = np.random.default_rng(4).normal(size=(6, 4))
    there = poisson_splitting(net, x0, 0.1, 50)[-1]
    assert poisson_splitting(net, there, -0.1, 50)[-1] == pytest.approx(x0, abs=1e-11)
    assert abs(rk4_orbit(net, rk4_orbit(net, x0, 0.1, 50)[-1], -0.1, 50)[-1] - x0).max() > 1e-9


@FORMS
def test_splitting_converges_with_order_two_in_both_forms(form: Form) -> None:
    net = network(system(skew(4), "tanh", form=form, bias=[1, 2, 0, "-1/3"]))
    x0 = np.array([0.1, -1.0, 0.7, 0.2])
    exact = orbit(net, x0, [0, 1], rtol=1e-12).states[-1]
    errors = [abs(poisson_splitting(net, x0, 1 / k, k)[-1] - exact).max() for k in (200, 400)]
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.05)


def test_splitting_bounds_the_energy_where_euler_does_not() -> None:
    for method, bounded in ((poisson_splitting, True), (euler_orbit, False)):
        H = energy(oscillator(), method(oscillator(), start(), 0.05, 4000))
        assert (abs(H - ENERGY).max() < 0.01) == bounded


@pytest.mark.parametrize("method", [euler_orbit, rk4_orbit, poisson_splitting])
def test_batches_and_thinning_agree_with_single_orbits(method: Callable[..., FloatArray]) -> None:
    net = network(system(skew(3), "tanh"))
    x0 = np.random.default_rng(1).normal(size=(2, 4, 3))
    many = method(net, x0, 0.1, 23, every=5)
    assert many.shape == (5, 2, 4, 3)
    assert many[:, 1, 2] == pytest.approx(method(net, x0[1, 2], 0.1, 20)[::5], rel=1e-13)


@pytest.mark.parametrize("method", [euler_orbit, rk4_orbit, poisson_splitting])
def test_the_callers_state_is_not_written_to(method: Callable[..., FloatArray]) -> None:
    x0 = np.ones(2)
    method(oscillator(), x0, 0.1, 3)
    assert x0.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("x0", "times"),
    [([1, 2, 3], [0, 1]), ([[1, 2]], [0, 1]), ([1, np.nan], [0, 1]), ([1, 2], []), ([1, 2], [0, 1, 1])],
)
def test_bad_shapes_are_errors(x0: list[float], times: list[float]) -> None:
    with pytest.raises(InvalidInput):
        orbit(oscillator(), x0, times)


def test_splitting_refuses_a_leak_and_a_diagonal() -> None:
    for wrong in (system([[0, 1], [-1, 0]], leak=1), system([[1, 1], [-1, 0]])):
        with pytest.raises(InvalidInput, match="both"):
            poisson_splitting(network(wrong), [1, 2], 0.1, 1)
    with pytest.raises(InvalidInput, match="every"):
        rk4_orbit(oscillator(), [1, 2], 0.1, 1, every=0)


def test_an_orbit_needs_a_finite_field_at_its_start() -> None:
    undefined = network(system([[0, 1], [-1, 0]], "log(x)"))
    with pytest.raises(InvalidInput, match="finite at the start"):
        orbit(undefined, [1.0, -1.0], [0.0, 1.0])
