"""The growth of the energy under forward Euler: the laws against the simulation, and against their limits."""

import math

import mpmath
import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import system
from gsdcheck.numeric.elliptic import tanh_orbit, tanh_period_float
from gsdcheck.numeric.field import energy, network
from gsdcheck.numeric.growth import elliptic_growth_law, elliptic_growth_rate, euler_energies, root_law
from gsdcheck.numeric.integrators import euler_orbit

STARTS = np.array([0.1, 0.5, 2.0, 5.0])


def test_the_simulation_is_forward_euler() -> None:
    W = [[0, 2], [-2, 0]]
    x0 = np.stack([np.arccosh(np.exp(STARTS)), 0 * STARTS], axis=-1)
    states = euler_orbit(network(system(W)), x0, 0.05, 2000, every=100)
    H = energy(network(system(W)), states)
    assert euler_energies(0.1, STARTS, 2000, 100) == pytest.approx(H, rel=1e-11)


def test_the_elliptic_law_is_within_one_percent_at_every_step() -> None:
    law = elliptic_growth_law(0.1, STARTS, np.arange(200_001))
    assert abs(law / euler_energies(0.1, STARTS, 200_000, 1) - 1).max() < 0.01


def test_the_root_law_is_within_two_percent_from_ten_thousand_steps_on() -> None:
    k = np.arange(0, 200_001, 100)
    error = abs(root_law(0.1, STARTS, k[:, None]) / euler_energies(0.1, STARTS, 200_000, 100) - 1)
    assert error[k >= 10_000].max() < 0.02
    assert error[k == 1_000, 0] > 0.02  # and is not that good early


def test_a_law_with_another_constant_is_seen_to_be_wrong() -> None:
    simulated = euler_energies(0.1, STARTS, 20_000, 100)
    wrong = elliptic_growth_law(0.1 * 1.05, STARTS, np.arange(0, 20_001, 100))
    assert abs(wrong / simulated - 1).max() > 0.02


def test_the_rate_is_that_of_the_elliptic_integrals() -> None:
    H = np.array([1e-6, 0.1, 1.0, 5.0, 17.9, 18.1, 40.0, 400.0])
    with mpmath.workdps(400):
        m = [-mpmath.expm1(-2 * mpmath.mpf(h)) for h in H.tolist()]
        exact = [float(mpmath.ellipe(q) / mpmath.ellipk(q) - (1 - q)) for q in m]
    assert elliptic_growth_rate(H) == pytest.approx(exact, rel=1e-9)


def test_the_rate_is_the_mean_of_the_step_over_one_turn() -> None:
    # H_{k+1} - H_k = (ωh)²/2 (σ'(x₁) σ(x₂)² + σ'(x₂) σ(x₁)²) + O(h³), averaged over the orbit
    t = np.arange(4096) / 4096 * tanh_period_float(1.2, 1)
    v = np.tanh(tanh_orbit(1.2, 1, t))
    mean = np.mean((1 - v[:, 0] ** 2) * v[:, 1] ** 2 + (1 - v[:, 1] ** 2) * v[:, 0] ** 2) / 2
    assert elliptic_growth_rate(np.array([1.2]))[0] == pytest.approx(mean, rel=1e-10)


def test_small_energies_grow_like_the_linear_system() -> None:
    k = np.array([0, 100, 1000])
    assert elliptic_growth_law(0.01, [1e-8], k)[:, 0] == pytest.approx(1e-8 * np.exp(1e-4 * k), rel=1e-6)


def test_zero_energy_stays_zero() -> None:
    assert elliptic_growth_law(0.1, [0.0, 1.0], [0, 10])[:, 0].tolist() == [0, 0]
    assert elliptic_growth_law(0.0, [1.0], [0, 10]).tolist() == [[1], [1]]
    assert euler_energies(0.1, [0.0], 10, 5).tolist() == [[0], [0], [0]]


def test_large_energies_need_no_large_exponentials() -> None:
    assert euler_energies(0.1, [1000.0], 2, 1)[0, 0] == pytest.approx(1000, rel=1e-15)
    assert elliptic_growth_law(0.1, [1000.0], [1e5])[0, 0] == pytest.approx(
        root_law(0.1, 1000.0, 1e5).item(), rel=1e-8
    )


def test_the_root_law_tends_to_its_asymptote() -> None:
    assert root_law(0.1, 0.3, 1e12).item() == pytest.approx(0.1 * math.sqrt(2e12), rel=1e-4)


def test_bad_arguments_are_errors() -> None:
    with pytest.raises(InvalidInput, match="energies has -1"):
        euler_energies(0.1, [1.0, -1.0], 10, 1)
    with pytest.raises(InvalidInput, match="every is 0"):
        euler_energies(0.1, [1.0], 10, 0)
    with pytest.raises(InvalidInput, match="ks has 2"):
        elliptic_growth_law(0.1, [1.0], [5, 3])
