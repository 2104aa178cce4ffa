"""Drift along ker W: against exact drifts, closed orbits, and where there is none."""

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form, system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.closed_orbits import closed_orbit
from gsdcheck.numeric.diagnostics import KernelDrift, kernel_drift
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.field import network
from gsdcheck.numeric.lanes import Lanes

CROSS = np.array([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])
DRIFTING = [[0, 1, 1, 1, 0], [-1, 0, 0, 0, 1], [-1, 0, 0, 0, 0], [-1, 0, 0, 0, -1], [0, -1, 0, 1, 0]]


def drift(
    W: FloatArray, x0: FloatArray, T: float, sigma: Function = np.tanh, bias: float = 0.0, leak: float = 0.0
) -> KernelDrift:
    W = W[..., None] if W.ndim == 2 else W
    lanes = Lanes(W=W, bias=np.full((len(W), 1), bias), leak=leak, form=Form.INNER, sigma=sigma)
    return kernel_drift(lanes, x0, T)


def test_an_exponential_network_drifts_at_the_rate_of_its_energy() -> None:
    # σ = eˢ - 1, W = k×: (x₁ + x₂ + x₃)' = Σ (e^y - 1 - y) = H, so |Px| grows like H t/√3
    x0 = np.random.default_rng(0).normal(size=(3, 10)) / 2
    found = drift(CROSS, x0, 200.0, np.expm1)
    y = CROSS @ x0
    assert found.rate == pytest.approx((np.expm1(y) - y).sum(axis=0) / np.sqrt(3), rel=1e-6)
    assert (found.rate > 1e3 * found.errors).all()
    assert found.growth == pytest.approx(np.ones(10), abs=1e-3)


def test_orbits_of_rank_two_do_not_drift() -> None:
    x0 = np.random.default_rng(0).normal(size=(3, 10))
    found = drift(CROSS, x0, 400.0)
    assert (found.rate < 1e-7).all()
    assert (found.growth < 0.01).all()
    assert (found.speeds > 1e-3).all()


def test_a_bias_outside_the_range_drifts_at_full_speed() -> None:
    found = drift(CROSS, np.zeros((3, 1)), 100.0, bias=1.0)
    assert found.rate == pytest.approx(np.sqrt(3) * np.tanh(1.0))
    assert found.speeds == pytest.approx(found.rate)
    assert found.reach[:, 0] == pytest.approx(np.array([25, 50, 100]) * found.rate)


def test_the_drift_of_a_closed_orbit_is_its_activity_over_its_period() -> None:
    found = closed_orbit(network(system(DRIFTING, "tanh")), [0, 0.5, 0.5, 0.5, 3.9], 10.8)
    W = np.array(DRIFTING, dtype=float)
    x0 = np.linalg.lstsq(W, found.start, rcond=None)[0]
    seen = drift(W, np.stack([x0, -x0], axis=1), 60 * found.period)
    assert seen.rates[:, 0] == pytest.approx(found.activity / found.period, abs=1e-6)
    assert seen.rates[:, 1] == pytest.approx(-seen.rates[:, 0], abs=1e-6)
    assert seen.growth == pytest.approx(np.ones(2), abs=0.02)


def test_lanes_may_have_weights_of_their_own_and_kernels_of_any_size() -> None:
    turn = np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 0]])
    W = np.stack([CROSS, turn, np.zeros((3, 3)), np.eye(3)], axis=2)
    found = drift(W, np.ones((3, 4)), 100.0, lambda s: s + 1)
    # σ = s + 1: P σ(y) = P(1, 1, 1); the kernels are (1, 1, 1), e₃, all of space and nothing
    assert found.rate[:3] == pytest.approx(np.sqrt([3.0, 1.0, 3.0]))


def test_a_chaotic_orbit_has_a_mean_that_its_error_covers() -> None:
    x0 = 2 * np.random.default_rng(0).normal(size=(5, 12))
    found = drift(np.array(DRIFTING, dtype=float), x0, 1500.0)
    assert (found.errors > 1e-3).sum() >= 4  # some of these orbits are chaotic
    assert (found.rate <= 5 * found.errors).mean() > 0.8


def test_lanes_that_go_wrong_are_flagged_alone() -> None:
    found = drift(CROSS, np.array([[np.nan, 1.0], [0, 0], [0, 0]]), 50.0)
    assert np.isnan(found.rate).tolist() == [True, False]
    assert np.isinf(found.errors).tolist() == [True, False]


def test_bad_arguments_are_errors() -> None:
    outer = Lanes(W=CROSS[..., None], bias=np.zeros((3, 1)), leak=0.0, form=Form.OUTER, sigma=np.tanh)
    with pytest.raises(InvalidInput, match="form is outer"):
        kernel_drift(outer, np.ones((3, 1)), 1.0)
    with pytest.raises(InvalidInput, match=r"leak is 0\.5"):
        drift(CROSS, np.ones((3, 1)), 1.0, leak=0.5)
    with pytest.raises(InvalidInput, match="t_end is 0"):
        drift(CROSS, np.ones((3, 1)), 0.0)
