"""Poincaré sections: points of the right energy on the plane, calm orbits on curves, wild ones with a positive exponent."""

import numpy as np
import pytest

from gsdcheck.engine.pictures.sections import NETWORK, ORBITS, PANELS, sections, starts_at
from gsdcheck.numeric.field import energy, network


@pytest.fixture(scope="module")
def picture():
    return sections()


def points(picture, panel, orbit):
    return np.array([picture["columns"][f"{panel} {orbit}.{key}"] for key in "uv"]).T


@pytest.mark.parametrize("height", [0.25, 6.0])
def test_starts_lie_on_the_plane_and_have_the_energy(height):
    starts = starts_at(network(NETWORK), height, 5)
    assert starts[:, 0].tolist() == [0.0] * 5
    assert energy(network(NETWORK), starts) == pytest.approx(np.full(5, height), rel=1e-9)


@pytest.mark.parametrize("panel", PANELS)
def test_points_have_no_more_energy_than_their_orbit(picture, panel):
    for orbit in range(1, ORBITS + 1):
        u, v = points(picture, panel, orbit).T
        assert len(u) > 20
        assert (np.log(np.cosh(u)) + np.log(np.cosh(v))).max() <= 1.01 * PANELS[panel]


def test_only_the_high_energy_has_a_positive_exponent(picture):
    values = picture["values"]
    assert values["chaotic λ"] > values["chaotic λ error"] > 0
    assert abs(values["regular λ"]) < values["regular λ error"] < 0.03


def test_a_calm_orbit_keeps_to_a_curve_and_a_wild_one_does_not(picture):
    def roughness(panel):
        """The median over orbits of the distance to the second nearest point, in units of the spread, times √m."""
        found = []
        for orbit in range(1, ORBITS + 1):
            p = points(picture, panel, orbit)
            distances = np.sort(np.linalg.norm(p[:, None] - p[None], axis=2), axis=1)[:, 2]
            found.append(np.median(distances) / np.linalg.norm(p.std(axis=0)) * np.sqrt(len(p)))
        return float(np.median(found))

    assert roughness("regular") < 0.75 * roughness("chaotic")


def test_the_caption_tells_both_exponents(picture):
    for panel in PANELS:
        assert f"{picture['values'][f'{panel} λ']:.2g}" in picture["caption"]
