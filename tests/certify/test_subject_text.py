"""The sentence about a subject names every number of it: as it is for few units or while it is short, else by its hash."""

from fractions import Fraction
from hashlib import sha256

import pytest

from gsdcheck.certify.reversible_orbits import read_orbit
from gsdcheck.certify.subject import describe, read_subject, subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import system


def skew(n: int) -> list[list[int]]:
    return [[(i < j) - (i > j) for j in range(n)] for i in range(n)]


@pytest.mark.parametrize("n", [2, 4, 5, 7])
def test_small_weights_are_written_out(n: int) -> None:
    text = describe(read_subject(subject_data(system(W=skew(n), bias=[k + 1 for k in range(n)]))))
    rows = ", ".join("[" + ", ".join(map(str, row)) + "]" for row in skew(n))
    assert f"W = [{rows}]" in text
    assert f"b = ({', '.join(str(k + 1) for k in range(n))})" in text


def test_large_weights_are_written_by_their_hash() -> None:
    third = Fraction(10**40, 3)  # 43 characters
    W = [[third * entry for entry in row] for row in skew(6)]
    subject = read_subject(subject_data(system(W=W, bias=[third] * 6)))
    text = describe(subject)
    for value in (subject.W, subject.bias):
        assert f"({sha256(str(value).encode()).hexdigest()[:32]})" in text
    assert "W 6x6" in text
    assert "b of 6 entries" in text


@pytest.mark.parametrize("parameter", [["4", "3"], ["3", "3"], ["-1", "-2"]])
def test_an_interval_of_parameters_has_an_inside(parameter: list[str]) -> None:
    orbit = {
        "reversors": [[-1, 3, 2, 4], [-1, 3, 2, 4]],
        "start": ["0", "2/5", "2/5", "0"],
        "along": ["0", "0", "0", "1"],
        "parameter": parameter,
        "time": ["1", "2"],
    }
    with pytest.raises(CertificateRejected, match="no interval"):
        read_orbit(orbit, 4)
