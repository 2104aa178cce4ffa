"""A proof page is the very text; a long text keeps its fingerprint; a frequency is exact only where it is."""

from fractions import Fraction
from hashlib import sha256

import numpy as np
import pytest

from gsdcheck.certify.certificates import conclude
from gsdcheck.certify.integral_text import MOST_CHARACTERS, shortened
from gsdcheck.certify.linear import frequencies
from gsdcheck.certify.pages import page_fingerprint
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.verdict import Verdict

WRITTEN = [
    theorem
    for theorem in THEOREMS.values()
    if theorem.id == theorem.claim and theorem.verdict is Verdict.PROVED
]


@pytest.mark.parametrize("theorem", WRITTEN[:4], ids=lambda theorem: theorem.id)
@pytest.mark.parametrize("other", ["0" * 64, "f" * 64, "", "g"])
def test_a_written_proof_is_on_the_page_as_it_is(theorem, other: str) -> None:  # type: ignore[no-untyped-def]
    data = {"kind": "written", "theorem": theorem.id, "page": page_fingerprint(theorem.page)}
    assert conclude(data).verdict is Verdict.PROVED
    with pytest.raises(CertificateRejected, match="page"):
        conclude({**data, "page": other})


@pytest.mark.parametrize(
    "theorem", [t for t in THEOREMS.values() if t not in WRITTEN][:6], ids=lambda theorem: theorem.id
)
def test_a_theorem_about_one_subject_proves_no_claim(theorem) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CertificateRejected, match="does not prove"):
        conclude({"kind": "written", "theorem": theorem.id, "page": page_fingerprint(theorem.page)})


def test_a_long_text_keeps_its_beginning_and_its_hash() -> None:
    assert shortened("x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS
    long = "y" * (MOST_CHARACTERS + 1)
    assert shortened(long) == "y" * 200 + f"… (sha256 {sha256(long.encode()).hexdigest()[:32]})"


MATRICES = {
    "path of four": [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]],  # ω² = (3 ± √5)/2
    "two and three": [[0, 2, 0, 0], [-2, 0, 0, 0], [0, 0, 0, 3], [0, 0, -3, 0]],
    "root of two": [[0, 1], [-2, 0]],
    "half": [[0, Fraction(1, 2)], [Fraction(-1, 2), 0]],
    "cross": [[0, -1, 1], [1, 0, -1], [-1, 1, 0]],  # 0 and √3
    "twice": [[0, 5, 0, 0], [-5, 0, 0, 0], [0, 0, 0, 5], [0, 0, -5, 0]],
}
SQUARES: dict[str, list[Fraction | None]] = {
    "path of four": [None, None],
    "two and three": [Fraction(4), Fraction(9)],
    "root of two": [Fraction(2)],
    "half": [Fraction(1, 4)],
    "cross": [Fraction(0), Fraction(3)],
    "twice": [Fraction(25)],
}


@pytest.mark.parametrize("name", MATRICES)
def test_a_frequency_is_enclosed_and_its_square_exact_where_it_is_rational(name: str) -> None:
    W = tuple(tuple(map(Fraction, row)) for row in MATRICES[name])
    found = frequencies(W)
    assert [frequency.square for frequency in found] == SQUARES[name]
    expected = sorted({round(abs(value.imag), 9) for value in np.linalg.eigvals(np.array(W, dtype=float))})
    assert [float(frequency.lower) for frequency in found] == pytest.approx(expected, abs=1e-7)
    assert all(frequency.upper - frequency.lower <= Fraction(1, 2**100) for frequency in found)
    assert sum(f.multiplicity * (2 if f.upper > 0 else 1) for f in found) == len(W)
