"""Facts of a matrix: decided by hand, certified, and every witness that shows nothing is rejected."""

from typing import Any

import pytest

from gsdcheck.certify.matrix_facts import MATRIX_FACTS, check_matrix_fact, matrix_fact
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.matrix import matrix_facts
from gsdcheck.model.system import exact_matrix
from gsdcheck.model.verdict import Evidence

# skew, skew-symmetrizable, similar to skew, invertible, linear orbits bounded for t ≥ 0, linear orbits periodic
BY_HAND: dict[str, tuple[list[list[Any]], tuple[bool, ...]]] = {
    "rotation": ([[0, 2], [-2, 0]], (True, True, True, True, True, True)),
    "scaled": ([[0, 1], [-2, 0]], (False, True, True, True, True, True)),
    "ellipse": ([[1, -2], [1, -1]], (False, False, True, True, True, True)),
    "cross": ([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], (True, True, True, False, True, True)),
    "zero": ([[0]], (True, True, True, False, True, True)),
    "jordan": ([[0, 1], [0, 0]], (False, False, False, False, False, False)),
    "saddle": ([[0, 1], [1, 0]], (False, False, False, True, False, False)),
    "node": ([[-1, 0], [0, -2]], (False, False, False, True, True, False)),
    "half-decay": ([[-1, 0], [0, 0]], (False, False, False, False, True, False)),
    "spiral": ([[-1, 5], [-5, -1]], (False, False, False, True, True, False)),
    "golden": (  # frequencies (√5 ± 1)/2
        [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]],
        (True, True, True, True, True, False),
    ),
    "one-to-three": (
        [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 3], [0, 0, -3, 0]],
        (True, True, True, True, True, True),
    ),
    "root-two": (  # frequencies 1 and √2
        [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -2, 0]],
        (False, True, True, True, True, False),
    ),
    "resonant-jordan": (  # ±i twice, in one block each
        [[0, 1, 1, 0], [-1, 0, 0, 1], [0, 0, 0, 1], [0, 0, -1, 0]],
        (False, False, False, True, False, False),
    ),
    "broken-triangle": ([[0, 1, 1], [-1, 0, 1], [-1, -2, 0]], (False, False, False, True, False, False)),
    "balanced-triangle": (  # diag(1, 2, 3) W is skew
        [[0, 6, 6], [-3, 0, 3], [-2, -2, 0]],
        (False, True, True, False, True, True),
    ),
    "fractions": ([[0, "1/3"], ["-1/7", 0]], (False, True, True, True, True, True)),
}
CASES = [
    (name, fact, holds)
    for name, (_, answers) in BY_HAND.items()
    for fact, holds in zip(MATRIX_FACTS, answers, strict=True)
]


@pytest.mark.parametrize(("name", "fact", "holds"), CASES)
def test_a_fact_is_decided_as_by_hand_and_its_negation_is_rejected(name: str, fact: str, holds: bool) -> None:
    found = matrix_facts(exact_matrix(BY_HAND[name][0]), (fact,))[fact]
    assert found.holds is holds
    assert check_matrix_fact(found.certificate) is Evidence.EXACT
    with pytest.raises(CertificateRejected):
        check_matrix_fact({**found.certificate, "holds": not holds})
    with pytest.raises(CertificateRejected):
        check_matrix_fact({**found.certificate, "holds": not holds, "witness": None})


def fact(name: str, matrix: str, holds: bool, witness: Any) -> dict[str, Any]:
    return matrix_fact(name, exact_matrix(BY_HAND[matrix][0]), holds, witness)


ACCEPTED = [
    fact("skew", "scaled", False, {"entry": [0, 1]}),
    fact("skew_symmetrizable", "balanced-triangle", True, {"diagonal": ["1", "2", "3"]}),
    fact("skew_symmetrizable", "broken-triangle", False, {"cycle": [0, 1, 2]}),
    fact("skew_symmetrizable", "saddle", False, {"cycle": [1, 0]}),
    fact("skew_symmetrizable", "jordan", False, {"cycle": [0, 1]}),
    fact("skew_symmetrizable", "ellipse", False, {"cycle": [1]}),
    fact("invertible", "cross", False, {"kernel": ["2", "2", "2"]}),
]
REJECTED = [
    fact("skew", "rotation", True, {"entry": [0, 1]}),
    fact("skew", "scaled", False, {"entry": [0, 0]}),
    fact("skew", "scaled", False, {"entry": [0]}),
    fact("skew", "scaled", False, {"entry": [0, 2]}),
    fact("skew", "scaled", False, {"entry": [0, True]}),
    fact("skew", "scaled", False, {"entry": []}),
    fact("skew", "scaled", False, None),
    fact("skew_symmetrizable", "balanced-triangle", True, {"diagonal": ["1", "2", "4"]}),
    fact("skew_symmetrizable", "balanced-triangle", True, {"diagonal": ["-1", "-2", "-3"]}),
    fact("skew_symmetrizable", "balanced-triangle", True, {"diagonal": ["0", "0", "0"]}),
    fact("skew_symmetrizable", "balanced-triangle", True, {"cycle": [0, 1, 2]}),
    fact("skew_symmetrizable", "balanced-triangle", False, {"cycle": [0, 1, 2]}),
    fact("skew_symmetrizable", "scaled", False, {"cycle": [0, 1]}),
    fact("skew_symmetrizable", "zero", False, {"cycle": [0]}),
    fact("skew_symmetrizable", "one-to-three", False, {"cycle": [0, 2]}),
    fact("skew_symmetrizable", "broken-triangle", False, {"cycle": [0, 1, 2, 0]}),
    fact("invertible", "cross", False, {"kernel": ["0", "0", "0"]}),
    fact("invertible", "cross", False, {"kernel": ["1", "1", "2"]}),
    fact("invertible", "rotation", True, {"kernel": ["1", "1"]}),
    fact("similar_to_skew", "rotation", True, {"diagonal": ["1", "1"]}),
    {**ACCEPTED[0], "fact": "symmetric"},
    {**ACCEPTED[0], "fact": ["skew"]},
    {**ACCEPTED[0], "kind": "activation-fact"},
    {**ACCEPTED[0], "holds": 0},
    {**ACCEPTED[0], "W": []},
    {**ACCEPTED[0], "W": [["0"], ["1"]]},
    {**ACCEPTED[0], "W": [["0", "0.5"], ["1", "0"]]},
    {**ACCEPTED[0], "W": [["0"] * 65] * 65},
    {**ACCEPTED[0], "name": "W"},
]


@pytest.mark.parametrize("certificate", ACCEPTED)
def test_a_witness_by_hand_is_accepted(certificate: dict[str, Any]) -> None:
    assert check_matrix_fact(certificate) is Evidence.EXACT


@pytest.mark.parametrize("certificate", REJECTED)
def test_a_witness_that_shows_nothing_is_rejected(certificate: dict[str, Any]) -> None:
    with pytest.raises(CertificateRejected):
        check_matrix_fact(certificate)


def test_a_matrix_beyond_exact_work_establishes_nothing() -> None:
    huge = [["0", "1" + "0" * 1_900], ["-" + "7" * 1_900, "0"]]
    big = [[row[0], *row[1:]] + ["0"] * 40 for row in huge] + [["0"] * 42] * 40
    certificate = {**fact("invertible", "rotation", True, None), "W": big}
    with pytest.raises(CertificateRejected, match="not established"):
        check_matrix_fact(certificate)
