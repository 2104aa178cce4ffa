"""Completely integrable networks: commuting, independent first integrals, enough of them; and nothing less."""

from typing import Any

import pytest

from gsdcheck.certify.integrability import check_integrable
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.library import find_activation
from gsdcheck.model.verdict import Evidence
from tests.certify.derived_by_hand import CROSS, PLANAR, TANH, Data, first_integral, power

BLOCKS = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 2], [0, 0, -2, 0]]
ENERGY: Data = {"polynomial": [], "potentials": ["1", "1", "1"]}
CASIMIR: Data = {
    "polynomial": [["1", power(0)], ["1", power(2)], ["1", power(4)]],
    "potentials": ["0", "0", "0"],
}


def integrable(W: list[list[Any]], integrals: list[Data], minor: list[int], **options: Any) -> Data:
    usual = first_integral(W, **options)
    parts = {key: usual[key] for key in ("subject", "chain", "continuous", "witness")}
    return {"kind": "integrable", **parts, "integrals": integrals, "minor": minor}


THREE = integrable(CROSS, [CASIMIR, ENERGY], [0, 1])
FIRST, SECOND = ({"polynomial": [], "potentials": p} for p in (["1", "1", "0", "0"], ["0", "0", "1", "1"]))
TWO_BLOCKS = integrable(BLOCKS, [FIRST, SECOND], [0, 2])
CONTINUOUS = activation_facts(find_activation("tanh"))["continuous"].certificate


@pytest.mark.parametrize(
    "certificate",
    [
        THREE,
        TWO_BLOCKS,
        integrable(CROSS, [CASIMIR, ENERGY], [0, 1], form="inner", bias=[1, 0, 0]),
        {**TWO_BLOCKS, "chain": None, "continuous": CONTINUOUS},
        integrable(
            [[0, 0], [0, 0]],
            [{"polynomial": [["1", power(2 * i)]], "potentials": ["0", "0"]} for i in (0, 1)],
            [0, 1],
        ),
    ],
)
def test_enough_commuting_independent_integrals_make_a_network_integrable(certificate: Data) -> None:
    assert check_integrable(certificate) is Evidence.SYMBOLIC


def of_network(certificate: Data, **parts: Any) -> Data:
    return {**certificate, "subject": {**certificate["subject"], **parts}}


REJECTED: dict[str, Data] = {
    "too-few": {**THREE, "integrals": [CASIMIR], "minor": [0]},
    "too-many": {**THREE, "integrals": [CASIMIR, ENERGY, ENERGY], "minor": [0, 1, 2]},
    "the-same-twice": {**THREE, "integrals": [ENERGY, ENERGY]},
    "no-integral": {**THREE, "integrals": [{**ENERGY, "potentials": ["1", "0", "1"]}, CASIMIR]},
    "a-leak": of_network(THREE, leak="1"),
    "a-bias-outside-the-range": of_network(THREE, bias=["1", "0", "0"]),
    "not-skew": of_network(THREE, W=[["1", "-1", "1"], ["1", "0", "-1"], ["-1", "1", "0"]]),
    "a-minor-of-one-column": {**THREE, "minor": [0, 0]},
    "a-minor-beyond-the-columns": {**THREE, "minor": [0, 3]},
    "a-minor-of-texts": {**THREE, "minor": ["0", "1"]},
    "a-witness-where-they-depend": {**THREE, "witness": ["1", "1", "1"]},
    "a-witness-of-another-length": {**THREE, "witness": ["1", "2"]},
    "another-kind": {**THREE, "kind": "first-integral"},
    "another-key": {**THREE, "name": "integrable"},
    "no-continuity": {**TWO_BLOCKS, "chain": None},
    "an-integral-with-a-name": {**THREE, "integrals": [{**CASIMIR, "name": "C"}, ENERGY]},
    "a-number-too-long": of_network(THREE, leak="1" * 3_000),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_does_not_make_it_integrable_is_rejected(name: str) -> None:
    with pytest.raises(CertificateRejected):
        check_integrable(REJECTED[name])


def test_integrals_that_do_not_commute_are_rejected() -> None:
    """σ(x) = x, W = J ⊕ J: |z_1|² and Re(z_1 z̄_2) are first integrals whose bracket is not 0."""
    W = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]]
    identity = {**TANH, "generators": [], "derivatives": [], "sigma": [["1", power(0)]]}
    zero = ["0"] * 4
    first = {"polynomial": [["1", power(0, 2)], ["1", power(1, 2)]], "potentials": zero}
    mixed = {"polynomial": [["1", [[0, 1], [2, 1]]], ["1", [[1, 1], [3, 1]]]], "potentials": zero}
    other = {"polynomial": [["1", power(2, 2)], ["1", power(3, 2)]], "potentials": zero}
    certificate = integrable(W, [first, other], [0, 2], activation="identity", chain=identity)
    assert check_integrable(certificate) is Evidence.SYMBOLIC
    with pytest.raises(CertificateRejected, match="commute"):
        check_integrable({**certificate, "integrals": [first, mixed]})


def test_a_limit_of_the_check_establishes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("gsdcheck.certify.integrability.read_field", endless)
    with pytest.raises(CertificateRejected, match="limit"):
        check_integrable(integrable(PLANAR, [{"polynomial": [], "potentials": ["1", "1"]}], [0]))
