"""Dominant frequencies: against linear systems, the tanh period, and signals that have none."""

import math

import numpy as np
import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import dominant_frequencies, orbit_frequencies
from gsdcheck.numeric.elliptic import tanh_orbit, tanh_period_float
from gsdcheck.numeric.evaluation import Function
from gsdcheck.numeric.lanes import Lanes

TURN = np.array([[0.0, 1.0], [-1.0, 0.0]])


def lanes_of(W: FloatArray, sigma: Function = np.tanh, leak: float = 0.0) -> Lanes:
    return Lanes(W=W, bias=np.zeros((len(W), 1)), leak=leak, form=Form.OUTER, sigma=sigma)


@pytest.mark.parametrize(("cycles", "digits"), [(25, 8), (50, 9), (100, 10)])
def test_the_frequency_of_the_tanh_oscillator_is_one_over_its_period(cycles: int, digits: int) -> None:
    E, omega = [0.1, 1.0, 3.0], np.array([1.3, 0.7, 2.0])
    T = np.array([tanh_period_float(e, w) for e, w in zip(E, omega, strict=True)])
    x0 = np.stack([tanh_orbit(e, w, np.array(0.3)) for e, w in zip(E, omega, strict=True)], axis=-1)
    found = orbit_frequencies(lanes_of(TURN[..., None] * omega), x0, cycles * T)
    assert found.values == pytest.approx(2 * math.pi / T, rel=10.0**-digits)
    assert (abs(found.values - 2 * math.pi / T) <= found.errors).all()


def test_a_linear_system_shows_its_eigenvalues_and_amplitudes() -> None:
    # two planes turning at the golden ratio and its inverse: each coordinate shows the frequency of its plane
    W = np.zeros((4, 4, 1))
    fast, slow = (math.sqrt(5) + 1) / 2, (math.sqrt(5) - 1) / 2
    W[0, 1], W[1, 0], W[2, 3], W[3, 2] = fast, -fast, slow, -slow
    for i, (omega, amplitude) in {0: (fast, 2.0), 3: (slow, 5.0)}.items():
        found = orbit_frequencies(lanes_of(W, np.copy), [[2.0], [0.0], [3.0], [4.0]], 500.0, coordinate=i)
        assert found.values[0] == pytest.approx(omega, rel=1e-10)
        assert found.amplitudes[0] == pytest.approx(amplitude, rel=1e-8)


def test_the_dominant_of_two_lines_is_found_to_ten_digits_through_the_other() -> None:
    t = 0.1 * np.arange(8192)[:, None]
    near = np.array([0.2, 0.05])  # the distance of a second line of a tenth of the amplitude
    found = dominant_frequencies(3 + np.cos(2 * t + 1) + 0.1 * np.cos((2 + near) * t), 0.1)
    assert abs(found.values[0] - 2) < 1e-9
    assert (abs(found.values - 2) <= found.errors).all()
    assert found.errors[1] > 1e-6  # 6 cycles apart in the window: not resolved that well, and it says so


def test_a_drifting_frequency_has_an_error_as_wide_as_its_drift() -> None:
    t = np.linspace(0, 400, 8192, endpoint=False)[:, None]
    found = dominant_frequencies(np.cos(t + 0.0002 * t**2), t[1, 0])  # from 1 to 1.16
    assert 0.01 < found.errors[0] < 0.1
    assert abs(found.values[0] - 1.08) < found.errors[0]


def test_a_signal_without_a_frequency_has_none() -> None:
    t = 0.1 * np.arange(1000)
    signals = np.stack(
        [0 * t, 0 * t + 7, np.cos(0.2 * t), np.where(t > 50, np.nan, np.cos(t)), np.cos(t)], axis=-1
    )
    found = dominant_frequencies(signals, 0.1)
    assert np.isnan(found.values).tolist() == [True, True, True, True, False]
    assert np.isinf(found.errors).tolist() == [True, True, True, True, False]


def test_an_orbit_at_rest_or_not_finite_has_no_frequency() -> None:
    found = orbit_frequencies(lanes_of(TURN[..., None]), [[0.0, np.nan, 1.0], [0.0, 1.0, 0.0]], 100.0)
    assert np.isnan(found.values).tolist() == [True, True, False]


def test_bad_arguments_are_errors() -> None:
    lanes, x0 = lanes_of(TURN[..., None]), np.ones((2, 1))
    with pytest.raises(InvalidInput, match="coordinate is 2"):
        orbit_frequencies(lanes, x0, 10.0, coordinate=2)
    with pytest.raises(InvalidInput, match="coordinate is -1"):
        orbit_frequencies(lanes, x0, 10.0, coordinate=-1)
    with pytest.raises(InvalidInput, match="t_end is inf"):
        orbit_frequencies(lanes, x0, math.inf)
    with pytest.raises(InvalidInput, match=r"signal has shape \(10, 1\)"):
        dominant_frequencies(np.ones((10, 1)), 1.0)
    with pytest.raises(InvalidInput, match="interval is 0"):
        dominant_frequencies(np.ones((100, 1)), 0.0)
