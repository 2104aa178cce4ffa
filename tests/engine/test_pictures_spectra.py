"""Spectra along orbits: every enclosure contains the true eigenvalue, and what is on the axis is so exactly."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb

from gsdcheck.certify.balls import lower, precision, to_arb, upper
from gsdcheck.engine.pictures import spectra
from gsdcheck.engine.pictures.spectra import _enclosed, enclosed_spectra
from gsdcheck.model.system import system
from gsdcheck.numeric.field import jacobian, network

ROTATION = [[0, 1], [-1, 0]]
FOUR = [[0, 1, 0, 2], [-1, 0, 1, 0], [0, -1, 0, 1], [-2, 0, -1, 0]]


def boxes(columns):
    """(re, im, re radius, im radius) of every eigenvalue that is not a gap."""
    rows = zip(*(columns[key] for key in ("re", "im", "re radius", "im radius")), strict=True)
    return [row for row in rows if None not in row]


def contains(box, value, room=1e-9):
    re, im, a, b = box
    return abs(value.real - re) <= a + room and abs(value.imag - im) <= b + room


@pytest.mark.parametrize(
    "given",
    [
        system(FOUR, "gelu"),
        system(FOUR, "tanh"),
        system(FOUR, "gelu", form="inner", bias=[1, 0, "1/2", 0], leak="1/4"),
        system([[1, 2], [0, -1]], "tanh"),
    ],
)
def test_the_boxes_contain_the_eigenvalues_of_the_jacobian(given):
    states = np.random.default_rng(1).uniform(-2, 2, (6, given.n))
    found = boxes(enclosed_spectra(given, states))
    assert len(found) == 6 * given.n
    for q, state in enumerate(states):
        mine = found[q * given.n : (q + 1) * given.n]
        for value in np.linalg.eigvals(jacobian(network(given), state)):
            assert any(contains(box, value) for box in mine)


def test_a_radius_means_every_state_within_it():
    given, state, radius = system(ROTATION, "sin"), np.array([0.3, 2.0]), Fraction(1, 64)
    found = boxes(enclosed_spectra(given, state[None], radius))
    assert max(box[2] for box in found) > 1e-3
    for shift in np.random.default_rng(2).uniform(-1 / 64, 1 / 64, (50, 2)):
        for value in np.linalg.eigvals(jacobian(network(given), state + shift)):
            assert any(contains(box, value, 1e-14) for box in found)


def test_eigenvalues_that_are_not_told_apart_are_gaps():
    columns = enclosed_spectra(system(ROTATION, "sin"), np.array([[np.pi / 2, 0.0]]), Fraction(1, 64))
    assert all(column == [None, None] for column in columns.values())


@pytest.mark.parametrize(
    "ball", [arb(1) / 3, arb(2).sqrt(), to_arb(Fraction(1, 4)), arb(0), arb(3, 1e-3), arb(-5, 2)]
)
def test_a_float_and_its_radius_contain_the_ball(ball):
    middle, radius = _enclosed(ball)
    assert Fraction(middle) - Fraction(radius) <= lower(ball)
    assert upper(ball) <= Fraction(middle) + Fraction(radius)
    assert radius <= float(ball.rad()) * 1.01 + 2e-16 * abs(middle)


def test_a_float_that_lies_above_or_below_the_ball_is_as_far_from_it_as_its_radius_says():
    with precision(128):
        for ball in (arb(k) / 7 for k in range(1, 60)):
            middle, radius = _enclosed(ball)
            assert Fraction(middle) - Fraction(radius) <= lower(ball)
            assert upper(ball) <= Fraction(middle) + Fraction(radius)


def test_tanh_keeps_every_eigenvalue_on_the_axis():
    found = boxes(spectra.imaginary_spectrum()["columns"])
    assert len(found) == 160
    assert all((re, radius) == (0, 0) for re, _, radius, _ in found)
    assert max(im for _, im, _, _ in found) > 0.5


def test_gelu_leaves_the_axis_in_symmetric_pairs():
    found = boxes(spectra.symmetric_spectrum()["columns"])
    off = [box for box in found if abs(box[0]) > box[2]]
    assert 10 < len(off) < len(found)
    for re, im, *_ in found:
        assert any(abs(re + a) < 1e-9 and abs(im + b) < 1e-9 for a, b, *_ in found)


def test_the_sine_has_real_and_imaginary_eigenvalues_and_says_how_many():
    picture = spectra.real_eigenvalues()
    found = boxes(picture["columns"])
    real = sum(abs(re) > radius for re, _, radius, _ in found)
    imaginary = sum(re == 0 and radius == 0 for re, _, radius, _ in found)
    assert real + imaginary == len(found) <= 80
    assert min(real, imaginary) > 10
    assert f"{real} of 80 eigenvalues are proved" in picture["caption"]
