"""Polynomials as data: one spelling each, and nothing else is read."""

from fractions import Fraction

import pytest

from gsdcheck.certify.polynomial_data import MOST_TERMS, polynomial_data, read_polynomial
from gsdcheck.errors import CertificateRejected

P = {(2, 0): Fraction(1, 2), (1, 1): Fraction(-3), (0, 0): Fraction(7)}
TEXT = [["1/2", [[0, 2]]], ["-3", [[0, 1], [1, 1]]], ["7", []]]


def test_a_polynomial_is_what_its_data_spells() -> None:
    assert polynomial_data(P) == TEXT
    assert read_polynomial(TEXT, 2, "p") == P
    assert read_polynomial([], 2, "p") == {}


@pytest.mark.parametrize(
    "data",
    [
        "1",
        [["1/2"]],
        [["2/4", []]],
        [["0", []]],
        [["1", []], ["1", []]],
        [["7", []], ["1/2", [[0, 2]]]],
        [["1", [[0, 0]]]],
        [["1", [[0, 65]]]],
        [["1", [[2, 1]]]],
        [["1", [[-1, 1]]]],
        [["1", [[1, 1], [0, 1]]]],
        [["1", [[0, 1], [0, 1]]]],
        [["1", [[0, True]]]],
        [["1", [["0", 1]]]],
        [["1", [[0]]]],
        [["1", "x"]],
    ],
)
def test_what_is_no_polynomial_or_a_second_spelling_is_rejected(data: object) -> None:
    with pytest.raises(CertificateRejected):
        read_polynomial(data, 2, "p")


def test_a_polynomial_of_too_many_terms_is_rejected() -> None:
    terms = [["1", [[0, k]]] for k in range(60, 0, -1)] * (MOST_TERMS // 50)
    with pytest.raises(CertificateRejected, match="terms"):
        read_polynomial(terms, 2, "p")
