"""What the pages of row R say of the linear planar case, exactly."""

from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.model.system import system
from gsdcheck.numeric.diagnostics.single import one_lane
from gsdcheck.numeric.field import network
from gsdcheck.numeric.methods.registry import METHODS


def iterates(method: str, theta: float, steps: int) -> np.ndarray:
    """(steps + 1, 2) the states from (1, 1), W = [[0, 1], [-1, 0]], σ the identity."""
    lane, x = one_lane(network(system([[0, 1], [-1, 0]], "identity")), np.ones(2))
    step, found = METHODS[method].build(lane), [x[:, 0]]
    for _ in range(steps):
        x = step(x, theta)
        found.append(x[:, 0])
    return np.array(found)


@pytest.mark.parametrize("theta", [0.1, 0.7, 1.0, 1.9])
def test_splitting_keeps_its_quadratic_form(theta: float) -> None:
    x = iterates("splitting2", theta, 200)
    form = x[:, 0] ** 2 + (1 - theta**2 / 4) * x[:, 1] ** 2
    assert form == pytest.approx(np.full(201, form[0]), rel=1e-12)
    ratio = (x**2).sum(axis=1) / 2
    assert ratio.max() <= 1 / (1 - theta**2 / 4) + 1e-12


@pytest.mark.parametrize("theta", [0.1, 1.0, 2.0])
def test_rk4_multiplies_the_energy_by_its_polynomial(theta: float) -> None:
    x = iterates("rk4", theta, 50)
    exact = 1 - Fraction(theta) ** 6 / 72 + Fraction(theta) ** 8 / 576
    energies = (x**2).sum(axis=1)
    assert energies[1:] / energies[:-1] == pytest.approx(np.full(50, float(exact)), rel=1e-12)
