"""A subject has one spelling; everything else is rejected with the reason."""

from fractions import Fraction

import pytest

from gsdcheck.certify.subject import describe, read_subject, subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Form, system

GOOD = subject_data(system([[0, "1/3"], ["-1/3", 0]], "tanh", bias=[1, 2]), ["pi/2", "0"], Fraction(1, 10))


def test_what_is_written_is_read() -> None:
    subject = read_subject(GOOD)
    assert ((0, Fraction(1, 3)), (Fraction(-1, 3), 0)) == subject.W
    assert (subject.form, subject.leak, subject.bias, subject.step) == (
        Form.OUTER,
        0,
        (1, 2),
        Fraction(1, 10),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"W": []},
        {"W": [["0"]]},
        {"W": [["0", "1"], ["-1"]]},
        {"W": [["0", "1"], ["-1", 0]]},
        {"W": [["0", "1"], ["-1", "0.5"]]},
        {"W": [["0", "1"], ["-1", "2/4"]]},
        {"W": [["0", "1"], ["-1", "1/0"]]},
        {"W": [["0", "1"], ["-1", " 1"]]},
        {"W": [["0", "1"], ["-1", "nan"]]},
        {"W": "W"},
        {"form": "sideways"},
        {"form": ["outer"]},
        {"leak": "-1"},
        {"bias": ["0"]},
        {"state": ["x", "0"]},
        {"state": ["0"]},
        {"state": ["(0)", "0"]},
        {"state": ["1+", "0"]},
        {"step": "1e-1"},
        {"activation": "tanh( x )"},
        {"activation": "tanh(y)"},
        {"activation": 3},
        {"activation": "x" * 3000},
        {"extra": None},
    ],
    ids=str,
)
def test_any_other_spelling_is_rejected(change: dict[str, object]) -> None:
    with pytest.raises(CertificateRejected):
        read_subject({**GOOD, **change})


@pytest.mark.parametrize("n", [2, 5])
def test_no_entry_can_change_without_changing_the_description(n: int) -> None:
    W = [[0 if i == j else i - j for j in range(n)] for i in range(n)]
    changed = [row[:] for row in W]
    changed[n - 1][0] += 1
    assert describe(read_subject(subject_data(system(W)))) != describe(
        read_subject(subject_data(system(changed)))
    )
