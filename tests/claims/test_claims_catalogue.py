"""The catalogue is a contract: its ids, what each claim refers to, and where its proof stands."""

import re
from pathlib import Path

import pytest

from gsdcheck.certify.certificates import conclude
from gsdcheck.certify.pages import page_text
from gsdcheck.certify.premises import PREMISES
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.claims import ALL_CLAIMS, BY_ID, find_claims
from gsdcheck.claims.entry import Entry
from gsdcheck.errors import UnknownName
from gsdcheck.model.verdict import Verdict
from gsdcheck.sources import SOURCES

GOLDEN = Path(__file__).parent.parent / "golden" / "claims.txt"
FIXED = {
    "I1": ["energy-is-conserved"],
    "I2": ["conserved-energy-implies-skew"],
    "I4": ["casimirs-are-conserved", "odd-size-has-a-casimir"],
    "I6": ["oddness-is-necessary-for-the-invariant"],
    "I7": ["boundedness-is-necessary-for-the-invariant"],
    "O1": ["orbits-are-bounded"],
    "O2": ["odd-bounded-continuous-suffices"],
    "O3": ["oscillation-is-perpetual"],
    "O4": ["leaves-hold-one-equilibrium", "zero-is-the-only-fixed-point"],
    "O6": ["planar-orbits-are-closed", "tanh-period-is-elliptic"],
    "O7": ["inner-orbits-are-bounded"],
    "O8": ["limit-cycles-exist"],
    "O9": ["skewness-is-necessary-for-oscillation"],
    "O10": ["leak-stops-oscillation"],
    "J1": ["jacobian-spectrum-is-imaginary"],
    "J2": ["jacobian-spectrum-is-symmetric"],
    "J3": ["jacobian-spectrum-is-always-imaginary"],
    "J4": ["linear-norm-is-conserved-iff-skew"],
    "E1": ["linear-euler-blows-up"],
    "E2": ["euler-energy-never-decreases"],
    "E3": ["euler-growth-is-at-most-linear", "euler-does-not-overflow"],
    "E4": ["bounded-activations-bound-euler", "euler-energy-follows-root-law"],
}
"""The rows of the theory and the ids that are promised for them."""

every_claim = pytest.mark.parametrize("entry", ALL_CLAIMS, ids=lambda entry: entry.claim.id)


def test_the_ids_are_those_of_the_golden_file_in_its_order() -> None:
    lines = [f"{entry.claim.row} {entry.claim.id}" for entry in ALL_CLAIMS]
    assert lines == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_an_id_occurs_once() -> None:
    assert len(BY_ID) == len(ALL_CLAIMS)


@pytest.mark.parametrize("row", FIXED)
def test_every_promised_row_has_its_claims(row: str) -> None:
    assert set(FIXED[row]) <= {entry.claim.id for entry in find_claims((row,))}


def test_a_row_a_sentence_and_an_id_select_and_nothing_selects_all() -> None:
    assert [entry.claim.id for entry in find_claims(("i6",))] == FIXED["I6"]
    assert {entry.claim.sentence for entry in find_claims(("P4",))} == {"P4"}
    assert find_claims(("J4", "linear-norm-is-conserved-iff-skew")) == (BY_ID[FIXED["J4"][0]],)
    assert find_claims(()) == ALL_CLAIMS


def test_an_unknown_claim_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="energy-is-conserved"):
        find_claims(("energy-is-conserve",))


@every_claim
def test_what_a_claim_refers_to_exists(entry: Entry) -> None:
    claim = entry.claim
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", claim.id)
    assert set(claim.assumptions) <= set(PREMISES)
    assert claim.source in SOURCES
    assert claim.sentence in ("P1", "P2", "P3", "P4", "P5")
    assert len(claim.title.split()) <= 12
    assert claim.statement.endswith(".")


@every_claim
def test_the_proof_page_names_its_claim_and_numbers_its_equations(entry: Entry) -> None:
    page = page_text(entry.claim.id)
    assert entry.claim.id in page
    assert "(1)" in page


@every_claim
def test_a_refuted_claim_names_the_true_one_and_no_other_does(entry: Entry) -> None:
    if entry.claim.expected is Verdict.REFUTED:
        assert BY_ID[str(entry.claim.amended_by)].claim.expected is Verdict.PROVED
    else:
        assert entry.claim.amended_by is None


@every_claim
def test_a_claim_has_mutants_and_a_check_with_a_name(entry: Entry) -> None:
    assert entry.mutants
    assert entry.claim.margin
    assert 0 < entry.share <= 1


@every_claim
def test_what_is_to_be_decided_is_proposed(entry: Entry) -> None:
    certificates = list(entry.proposals())
    verdicts = {THEOREMS[str(c["theorem"])].verdict for c in certificates if "theorem" in c}
    verdicts |= {conclude(c).verdict for c in certificates if c["kind"] == "coq"}
    if entry.claim.expected in (Verdict.PROVED, Verdict.REFUTED):
        assert verdicts == {entry.claim.expected}
    else:
        assert verdicts <= {Verdict.PROVED}
