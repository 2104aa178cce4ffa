"""Proposals of closed orbits with drift: reversors by brute force, exact preimages, and when there is none."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.certify.reversors import is_reversor
from gsdcheck.claims.drifting_orbits import DRIFTING
from gsdcheck.facts.drifting_orbits import drifting_orbit_data, preimage, reversors
from gsdcheck.model.system import Exact, system
from gsdcheck.numeric.closed_orbits import ClosedOrbit

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
