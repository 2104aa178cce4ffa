"""Equilibria on leaves and complete integrability, as they are found: against SciPy, and where there are none."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.optimize import root

from gsdcheck.certify.chains import chain_data
from gsdcheck.certify.subject import subject_data
from gsdcheck.facts.chains import noetherian_chain
from gsdcheck.facts.equilibria import leaf_equilibrium
from gsdcheck.facts.integrability import gradient_rank, integrable
from gsdcheck.model.system import System, exact_vector, system
from gsdcheck.numeric.field import network
from gsdcheck.symbolic.integrals import derivation
from tests.symbolic.networks import path, ring

CROSS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
OTHER = [[0, -2, 3], [2, 0, -1], [-3, 1, 0]]


@pytest.mark.parametrize(
    ("W", "state", "activation", "bias"),
    [
        (CROSS, [3, 1, 0], "tanh", ()),
        (CROSS, [30, 0, 0], "tanh", ()),
        (OTHER, [7, -2, "1/3"], "atan", ()),
        (OTHER, [7, -2, "1/3"], "sinh", ()),
        (OTHER, [1, -2, "1/3"], "elu", ()),
        (OTHER, [1, 1, 1], "tanh", ["3/10", "-1/10", 0]),  # k·b = 0 for k = (1, 3, 2)
        (path(4), [1, 2, 3, 4], "softplus", ()),
    ],
)
def test_the_enclosed_equilibrium_is_the_one_that_scipy_finds(
    W: list[list[Any]], state: list[Any], activation: str, bias: Any
) -> None:
    found = system(W, activation, bias=bias)
    certificate = leaf_equilibrium(found, exact_vector(state))
    net, kernel = network(found), np.linalg.svd(np.array(W, dtype=float))
    K = kernel.Vh[kernel.S < 1e-9]
    x0 = np.array([float(Fraction(v)) for v in state])
    if activation == "softplus":  # positive everywhere, and W is invertible: nothing rests
        assert certificate is None
        return
    middle = np.array([float(Fraction(a) + Fraction(b)) / 2 for a, b in certificate["enclosure"]])

    def residual(x: np.ndarray) -> np.ndarray:
        return np.concatenate([net.W @ net.sigma(x) + net.bias, K @ (x - x0)])

    nearby = root(residual, middle + 1e-3, method="lm")
    assert np.allclose(nearby.x, middle, rtol=1e-6, atol=1e-7)
    assert np.abs(residual(middle)).max() < 1e-12


@pytest.mark.parametrize(
    ("W", "activation", "options"),
    [
        ([[0, 1], [-1, 0]], "tanh", {"bias": [1, "1/3"]}),  # tanh x = -1 has no solution
        (CROSS, "tanh", {"bias": [1, 0, 0]}),  # b is not in range W
        (CROSS, "tanh", {"leak": 1}),
        (CROSS, "tanh", {"form": "inner"}),
        ([[0, 1], [-1, 0]], "relu", {}),  # equilibria are not isolated
    ],
)
def test_where_no_leaf_holds_one_equilibrium_none_is_found(W: Any, activation: str, options: Any) -> None:
    assert leaf_equilibrium(system(W, activation, **options), exact_vector([1] * len(W))) is None


def proposed(found: System, degree: int = 4) -> Any:
    chain = noetherian_chain(found.activation.expression)
    assert chain is not None
    derived = derivation(found, chain, degree)
    integrals = [e.integral for e in (*derived.casimirs, *derived.energies, *derived.further)]
    head = {"subject": subject_data(found), "chain": chain_data(chain), "continuous": None}
    n = found.n
    point = [Fraction(2 * i + 3, n + 4) for i in range(n)]
    return integrable(found, derived.system, integrals, head, point), gradient_rank(
        derived.system, integrals, point
    )


@pytest.mark.parametrize(
    ("W", "activation", "count", "rank"),
    [
        (CROSS, "tanh", 2, 2),
        (path(4), "tanh", 2, 2),
        (ring(5), "exponential", 3, 3),
        (ring(6), "tanh", 4, 4),
        ([[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 2], [0, 0, -2, 0]], "sin", 2, 2),
    ],
)
def test_a_known_integrable_network_is_found_to_be_one(
    W: Any, activation: str, count: int, rank: int
) -> None:
    (certificate, chosen), found = proposed(system(W, activation))
    assert len(chosen) == len(certificate["integrals"]) == count
    assert found == rank


@pytest.mark.parametrize(
    ("W", "options"),
    [
        ([[0, 1, 0, 0], [-1, 0, 2, 0], [0, -2, 0, 1], [0, 0, -1, 0]], {}),  # only the energy is found
        (CROSS, {"leak": 1}),
        ([[0, 1], [-2, 0]], {}),  # not skew
        (CROSS, {"bias": [1, 0, 0]}),  # not Hamiltonian
    ],
)
def test_of_other_networks_nothing_is_said(W: Any, options: Any) -> None:
    assert proposed(system(W, **options), degree=2)[0] is None
