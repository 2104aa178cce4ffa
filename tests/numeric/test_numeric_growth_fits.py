"""Growth laws: planted ones are found with their parameters, the laws of forward Euler, and no law where none is."""

import math

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import GrowthFits, growth_fits
from gsdcheck.numeric.field import energy, network
from gsdcheck.numeric.growth import euler_energies
from gsdcheck.numeric.integrators import euler_orbit

K = np.linspace(1, 5000, 400)
PLANTED = {
    "exponential": (2 * np.exp(1e-3 * K), [2, 1e-3]),
    "power": (0.3 * K**0.7, [0.3, 0.7]),
    "root": (-1.4 + 0.14 * np.sqrt(K + 150), [-1.4, 0.14, 150]),
}
LAWS = pytest.mark.parametrize("law", list(PLANTED))


def noisy(H: FloatArray, size: float, lanes: int = 40) -> FloatArray:
    return np.asarray(H[:, None] * np.exp(size * np.random.default_rng(0).normal(size=(K.size, lanes))))


def parameters(found: GrowthFits, law: str) -> tuple[FloatArray, FloatArray]:
    fit = getattr(found, law)
    return fit.values, fit.half_widths


@LAWS
def test_a_planted_law_is_found_exactly(law: str) -> None:
    H, exact = PLANTED[law]
    found = growth_fits(K, H[:, None])
    assert found.chosen.tolist() == [law]
    assert parameters(found, law)[0][:, 0] == pytest.approx(exact, rel=1e-10)
    assert found.unexplained[0] < 1e-25


@LAWS
def test_the_intervals_hold_the_planted_parameters_as_often_as_they_say(law: str) -> None:
    H, exact = PLANTED[law]
    found = growth_fits(K, noisy(H, 0.01, lanes=400))
    values, widths = parameters(found, law)
    assert (found.chosen == law).mean() > 0.98
    held = (abs(values - np.array(exact)[:, None]) <= widths).mean(axis=1)
    assert (abs(held - 0.95) < 0.04).all()
    assert getattr(found, law).residual == pytest.approx(np.full(400, 0.01), rel=0.15)


@pytest.mark.parametrize(
    "H",
    [
        np.ones_like(K),
        2 + np.sin(K / 300),
        1 - np.exp(-K / 1000),
        np.log(K + 5),
        3 + 0.01 * K,
        np.exp(K / 3000) * (1 + 0.05 * np.sin(K / 100)),
    ],
)
@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_what_follows_none_of_the_laws_is_called_none(H: FloatArray, noise: float) -> None:
    assert (growth_fits(K, noisy(H, noise)).chosen == "none").all()


def test_noise_without_growth_is_no_law() -> None:
    assert (growth_fits(K, noisy(np.ones_like(K), 0.1)).chosen == "none").all()


def test_of_two_exact_laws_the_simpler_one_is_chosen() -> None:
    found = growth_fits(K, 0.2 * np.sqrt(K)[:, None])
    assert found.chosen.tolist() == ["power"]
    assert found.power.values[:, 0] == pytest.approx([0.2, 0.5], rel=1e-12)
    # under noise the root law, which contains it, always has the smaller residual, and mostly loses all the same
    assert (growth_fits(K, noisy(0.2 * np.sqrt(K), 0.01, lanes=200)).chosen == "power").mean() > 0.7


def test_linear_euler_grows_by_its_exact_factor() -> None:
    # E1, n = 2: H is multiplied by 1 + h²ω² in every step
    h, omega = 0.05, np.array([0.5, 1.0, 2.0])
    H = np.stack(
        [
            energy(
                net := network(system([[0, w], [-w, 0]], "identity")),
                euler_orbit(net, [1.0, 0.5], h, 400)[1:],
            )
            for w in omega.tolist()
        ],
        axis=-1,
    )
    found = growth_fits(np.arange(1, 401), H)
    assert found.chosen.tolist() == ["exponential"] * 3
    assert found.exponential.values[1] == pytest.approx(np.log1p(h**2 * omega**2), rel=1e-12)


def test_tanh_euler_follows_the_root_law() -> None:
    # E4: H ≈ -ln 4 + √(2) ωh √(k + (H₀ + ln 4)² / (2 (ωh)²))
    start, k = np.array([0.5, 2.0, 5.0]), np.arange(0, 200_001, 500)
    found = growth_fits(k[1:], euler_energies(0.1, start, 200_000, 500)[1:])
    assert found.chosen.tolist() == ["root"] * 3
    a, b, c = found.root.values
    assert b == pytest.approx(np.full(3, 0.1 * math.sqrt(2)), rel=1e-3)
    assert a == pytest.approx(np.full(3, -math.log(4)), abs=0.03)
    assert c[1:] == pytest.approx((start[1:] + math.log(4)) ** 2 / 0.02, rel=0.03)


def test_energies_that_are_not_positive_follow_no_law_and_disturb_no_other() -> None:
    H, exact = PLANTED["power"]
    batch = np.stack(
        [H, np.where(K > 4000, np.nan, H), np.where(K > 4000, 0.0, H), np.where(K > 4000, np.inf, H)], -1
    )
    found = growth_fits(K, batch)
    assert found.chosen.tolist() == ["power", "none", "none", "none"]
    assert found.power.values[:, 0] == pytest.approx(exact, rel=1e-10)
    assert np.isnan(found.power.values[:, 1:]).all()


def test_bad_arguments_are_errors() -> None:
    H = np.ones((10, 1))
    with pytest.raises(InvalidInput, match=r"k has shape \(5,\), H \(10, 1\)"):
        growth_fits(np.arange(5) + 1, H)
    with pytest.raises(InvalidInput, match=r"k starts with 0\.0"):
        growth_fits(np.arange(10), H)
    with pytest.raises(InvalidInput, match="unexplained is 2"):
        growth_fits(np.arange(10) + 1, H, unexplained=2.0)
