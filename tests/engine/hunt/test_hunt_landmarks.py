"""Landmarks: what is special on the line is found by looking at the expression, however narrow it is."""

import numpy as np
import pytest

from gsdcheck.engine.hunt.landmarks import landmarks
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.library import NAMES, find_activation


def nearest(sigma: str, point: float) -> tuple[float, float]:
    """How far the nearest landmark is, and its width."""
    found = landmarks(activation_from_expression(sigma))
    place = int(np.abs(found.points - point).argmin())
    return abs(found.points[place] - point), found.widths[place]


@pytest.mark.parametrize(
    ("sigma", "point", "width"),
    [
        ("tanh(x)-exp(-(1000*x-1234)**2)/2000", 1.234, 1e-3),
        ("tanh(x)-exp(-((x-1.2345678)*1000000)**2)/500000", 1.2345678, 1e-6),
        ("x+atan(1000000*(x**3-5))/1000000", 5 ** (1 / 3), 1e-5),
        ("Piecewise((x, x < 7/10), (7/5-x, x < 0.700001), (x-0.000002, True))", 0.7, 1e-6),
        ("x-2*tanh(1000000*x)/1000000", 0.0, 1e-6),
    ],
)
def test_a_narrow_place_is_a_landmark_of_its_width(sigma: str, point: float, width: float) -> None:
    distance, found = nearest(sigma, point)
    assert distance < width
    assert width / 100 <= found <= 2 * width


@pytest.mark.parametrize("point", [np.pi / 2, -np.pi / 2, np.pi, 0.0])
def test_zeros_and_extrema_of_the_sine_are_landmarks(point: float) -> None:
    assert nearest("sin(x)", point)[0] < 1e-12


def test_the_minimum_of_gelu_is_a_landmark() -> None:
    # σ'(x) = 0 at -0.7517915246935645 (mpmath, 30 digits)
    assert nearest(find_activation("gelu").text, -0.75179152469356446)[0] < 1e-12


@pytest.mark.parametrize("name", NAMES)
def test_every_activation_has_a_few_finite_landmarks_and_0_is_one(name: str) -> None:
    found = landmarks(find_activation(name))
    assert 0.0 in found.points
    assert 1 <= found.points.size <= 96
    assert np.isfinite(found.points).all()
    assert (found.widths > 0).all()
