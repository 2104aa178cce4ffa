"""Darboux polynomials in one variable: all of them, and their cofactors, by SymPy's expansion."""

import pytest
import sympy

from gsdcheck.errors import InvalidInput
from gsdcheck.facts.chains import noetherian_chain
from gsdcheck.model.system import System, system
from gsdcheck.symbolic.darboux import darboux_polynomials
from gsdcheck.symbolic.polynomial_system import PolynomialSystem
from tests.symbolic.networks import in_sympy

PLANAR = [[0, 1], [-1, 0]]


def built(network: System) -> PolynomialSystem:
    chain = noetherian_chain(network.activation.expression)
    assert chain is not None
    return PolynomialSystem(network, chain)


def pairs(activation: str, W: list[list[int]] = PLANAR) -> dict[str, str]:
    S = built(system(W, activation))
    return {str(in_sympy(S, d.F)): str(sympy.factor(in_sympy(S, d.K))) for d in darboux_polynomials(S)}


def test_one_plus_and_minus_v_are_the_darboux_polynomials_of_tanh() -> None:
    """Row I9: K = ±(1 ∓ v_i)(Wv)_i."""
    assert pairs("tanh") == {
        "1 - v1": "-v2*(v1 + 1)",
        "v1 + 1": "-v2*(v1 - 1)",
        "1 - v2": "v1*(v2 + 1)",
        "v2 + 1": "v1*(v2 - 1)",
    }


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("sigmoid", {"v1": "-v2*(v1 - 1)", "1 - v1": "-v1*v2"}),
        ("exponential", {"v1": "v2"}),
        ("expm1", {"v1 + 1": "v2"}),
    ],
)
def test_the_factors_of_the_slope_are_darboux(activation: str, expected: dict[str, str]) -> None:
    found = pairs(activation)
    assert {F: found[F] for F in expected} == expected
    assert len(found) == 2 * len(expected)


def test_a_slope_without_rational_roots_is_one_darboux_polynomial_of_degree_two() -> None:
    """σ = √2 tanh(√2 x) has σ' = 2 - σ², which is irreducible over ℚ."""
    assert pairs("sqrt(2)*tanh(sqrt(2)*x)") == {"2 - v1**2": "-2*v1*v2", "2 - v2**2": "2*v1*v2"}


def test_a_linear_network_has_one_where_a_unit_drives_itself_alone() -> None:
    assert pairs("identity", [[-2, 0], [1, 0]]) == {"x1": "-2"}
    assert pairs("identity") == {}


def test_the_inner_form_is_asked_for_in_y() -> None:
    network = system(PLANAR, "tanh", form="inner")
    with pytest.raises(InvalidInput, match="outer"):
        built(network)
