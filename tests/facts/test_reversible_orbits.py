"""Proposals of closed orbits between reversors: reversors by brute force, exact preimages, and when there is none."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.certify.reversors import is_reversor
from gsdcheck.claims.drifting_orbits import DRIFTING
from gsdcheck.facts.drifting_orbits import drifting_orbit_data
from gsdcheck.facts.reversible_orbits import around, preimage, reversors
from gsdcheck.facts.unstable_orbits import unstable_orbit_data
from gsdcheck.model.system import Exact, system
from gsdcheck.numeric.closed_orbits import ClosedOrbit, closed_orbit
from gsdcheck.numeric.field import network

RING: list[list[Exact]] = [[0, 1, 0, -1], [-1, 0, 1, 0], [0, -1, 0, 1], [1, 0, -1, 0]]
TURN: list[list[Exact]] = [[0, 1], [-1, 0]]
NO_REVERSOR: list[list[Exact]] = [[0, 1, 2, 0], [-1, 0, 4, 0], [-2, -4, 0, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize("W", [RING, NO_REVERSOR, TURN])
def test_the_reversors_are_all_there_are(W: list[list[Exact]]) -> None:
    n = len(W)
    exact = system(W, "tanh").W
    every = [
        tuple(s * p for s, p in zip(signs, places, strict=True))
        for places in itertools.permutations(range(1, n + 1))
        for signs in itertools.product((1, -1), repeat=n)
    ]
    assert sorted(reversors(exact)) == sorted(R for R in every if is_reversor(R, exact))


def test_a_preimage_is_exact_and_in_the_range() -> None:
    W = system(DRIFTING, "tanh").W
    v = tuple(sum((w * c for w, c in zip(row, (3, 1, 4, 1, 5), strict=True)), Fraction(0)) for row in W)
    x = preimage(W, v)
    assert tuple(sum((w * c for w, c in zip(row, x, strict=True)), Fraction(0)) for row in W) == v
    assert x[1] - 2 * x[2] + x[3] == 0  # k·x = 0


@pytest.mark.parametrize("W", [TURN, NO_REVERSOR])
def test_without_a_kernel_or_reversors_there_is_no_proposal(W: list[list[Exact]]) -> None:
    n = len(W)
    orbit = ClosedOrbit(start=np.ones(n), period=7.0, defect=0.0, monodromy=np.eye(n), activity=np.ones(n))
    assert drifting_orbit_data(system(W, "tanh", form="inner"), orbit) is None


def test_a_stable_orbit_or_too_many_units_lead_to_no_proposal_of_instability() -> None:
    chain: list[list[Exact]] = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]]
    found = closed_orbit(
        network(system(chain, "tanh")), [0, 1, 0, 1], 7.5
    )  # two equal oscillators beside each other
    assert found.defect < 1e-8
    assert unstable_orbit_data(system(chain, "tanh"), found) is None
    many = [[0] * 7 for _ in range(7)]
    assert unstable_orbit_data(system(many, "tanh"), found) is None


def test_an_interval_about_a_value_has_it_well_inside() -> None:
    for value in (4.7451, -4.7451, 0.1, 3.0):
        low, high = (float(Fraction(end)) for end in around(value, 2))
        assert value - 0.0201 <= low <= value - 0.0099
        assert value + 0.0099 <= high <= value + 0.0201
