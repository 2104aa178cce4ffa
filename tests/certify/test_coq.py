"""A proof in Coq counts if it is the audited one, word by word, in the audited sources, from the allowed axioms."""

import copy
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gsdcheck.certify import coq, coq_table
from gsdcheck.certify.certificates import conclude
from gsdcheck.certify.coq import check_coq, coq_proof, grade
from gsdcheck.certify.coq_table import AXIOMS, closure, source_fingerprint, sources_folder, stale_modules
from gsdcheck.certify.formal import FORMAL_CLAIMS, FORMAL_THEOREMS, NAMED_IN_COQ
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.verdict import Evidence, Verdict

CLAIM = "energy-is-conserved"
REFUTED = {
    "oddness-is-necessary-for-the-invariant",
    "boundedness-is-necessary-for-the-invariant",
    "odd-bounded-continuous-suffices",
    "skewness-is-necessary-for-oscillation",
    "jacobian-spectrum-is-always-imaginary",
    "bounded-activations-bound-euler",
    "inner-conserved-energy-implies-skew",
    "skewness-is-necessary-for-an-invariant",
    "casimirs-are-conserved-in-the-inner-form",
}
"""The literal readings that THEORY.md calls false and whose negation is a theorem in proofs/coq."""

Data = dict[str, Any]


@pytest.mark.parametrize("claim", FORMAL_CLAIMS)
def test_a_claim_that_coq_decides_is_formal_as_a_whole(claim: str) -> None:
    found = conclude(coq_proof(claim))
    assert (found.claim, found.case, found.evidence) == (claim, None, Evidence.FORMAL)
    assert (found.rests_on, found.margin) == (None, None)
    assert found.verdict is (Verdict.REFUTED if claim in REFUTED else Verdict.PROVED)


def test_a_negation_is_proved_where_a_claim_is_refuted_and_nowhere_else() -> None:
    """The first theorem of a refuted claim is, or begins with, a negation; that of no proved claim is one alone."""
    for claim, formal in FORMAL_CLAIMS.items():
        statement = coq_table.coq_table().theorems[formal.theorems[0]].statement
        assert statement.startswith("~") == (claim in REFUTED), claim


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, (*path, key))
    else:
        yield path


def changed(data: Data, path: tuple[Any, ...], value: object) -> Data:
    found = copy.deepcopy(data)
    inner: Any = found
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return found


def test_no_leaf_of_a_proof_in_coq_can_be_changed() -> None:
    certificate = coq_proof(CLAIM)
    for path in leaves(certificate):
        leaf = certificate
        for key in path:
            leaf = leaf[key]
        for value in (f"{leaf} ", str(leaf)[1:], "", None, [leaf]):
            with pytest.raises(CertificateRejected):
                conclude(changed(certificate, path, value))


def test_a_proof_of_one_claim_is_none_of_another() -> None:
    for other in (set(FORMAL_CLAIMS) - {CLAIM}) | {"planar-orbits-are-closed", "no-such-claim", ""}:
        with pytest.raises(CertificateRejected):
            conclude({**coq_proof(CLAIM), "claim": other})


@pytest.mark.parametrize(
    "change",
    [
        {"theorems": []},
        {"theorems": None},
        {"theorems": {}},
        {"sources": 5},
        {"sources": "0" * 64},
        {"claim": None},
        {"claim": ["energy-is-conserved"]},
        {"coq": "8.16.1"},
    ],
)
def test_a_proof_with_other_or_further_parts_is_rejected(change: Data) -> None:
    with pytest.raises(CertificateRejected):
        check_coq({**coq_proof(CLAIM), **change})


def test_a_theorem_added_left_out_or_moved_is_rejected() -> None:
    certificate = coq_proof("jacobian-spectrum-is-symmetric")
    theorems = certificate["theorems"]
    for wrong in (theorems[:-1], [*theorems, theorems[0]], theorems[::-1]):
        with pytest.raises(CertificateRejected, match="word by word"):
            conclude({**certificate, "theorems": wrong})


def test_a_claim_that_no_theorem_says_has_no_proof_in_coq() -> None:
    with pytest.raises(CertificateRejected, match="no theorem in Coq"):
        coq_proof("planar-orbits-are-closed")


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sources, which the core takes for the ones that ship."""
    for path in sources_folder().glob("*.v"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(coq, "sources_folder", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize("module", ["InvariantClaims", "Theory", "Vectors"])
def test_a_proof_counts_in_the_audited_sources_only(sources: Path, module: str) -> None:
    certificate = coq_proof(CLAIM)
    path = sources / f"{module}.v"
    path.write_text(path.read_text("utf-8") + "\n(* one more remark *)\n", "utf-8")
    stale_modules.cache_clear()
    for refused in (lambda: check_coq(certificate), lambda: coq_proof(CLAIM), lambda: grade(CLAIM)):
        with pytest.raises(CertificateRejected, match=f"{module}.v is not the source that was audited"):
            refused()
    path.unlink()
    stale_modules.cache_clear()
    with pytest.raises(CertificateRejected, match="not the source"):
        check_coq(certificate)


def test_a_source_that_a_proof_does_not_rest_on_may_change(sources: Path) -> None:
    (sources / "Splitting.v").unlink()
    assert check_coq(coq_proof(CLAIM)).claim == CLAIM
    with pytest.raises(CertificateRejected):
        coq_proof("splitting-is-symmetric")


def test_line_ends_are_no_part_of_a_source(tmp_path: Path) -> None:
    unix, windows = tmp_path / "a.v", tmp_path / "b.v"
    unix.write_bytes(b"Lemma a : True.\nProof. exact I. Qed.\n")
    windows.write_bytes(b"Lemma a : True.\r\nProof. exact I. Qed.\r\n")
    assert source_fingerprint(unix) == source_fingerprint(windows)


def test_a_certificate_from_other_sources_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate, table = coq_proof(CLAIM), coq_table.coq_table()
    newer = dataclasses.replace(table.modules["Theory"], sha256="0" * 64)
    planted = dataclasses.replace(table, modules={**table.modules, "Theory": newer})
    monkeypatch.setattr(coq, "stale_modules", lambda _: frozenset())
    monkeypatch.setattr(coq_table, "coq_table", lambda: planted)
    with pytest.raises(CertificateRejected, match="other Coq sources"):
        check_coq(certificate)


def test_a_table_that_lists_another_axiom_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = coq_table.coq_table()
    name = FORMAL_CLAIMS[CLAIM].theorems[0]
    for strange in ("Gsdcheck.Vectors.wrong : 1 = 2", "Classical_Prop.classic : forall P : Prop, P"):
        theorem = dataclasses.replace(table.theorems[name], assumptions=(strange,))
        planted = dataclasses.replace(table, theorems={**table.theorems, name: theorem})
        monkeypatch.setattr(coq, "coq_table", lambda planted=planted: planted)
        with pytest.raises(CertificateRejected, match="assumes"):
            coq_proof(CLAIM)


def test_a_theorem_that_the_table_lacks_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = coq_table.coq_table()
    monkeypatch.setattr(coq, "coq_table", lambda: dataclasses.replace(table, theorems={}))
    with pytest.raises(CertificateRejected, match="no Coq theorem"):
        coq_proof(CLAIM)
    with pytest.raises(CertificateRejected, match="no Coq module"):
        closure(["NoSuchModule"])


def test_what_is_said_of_axioms_is_true_of_the_theorems() -> None:
    assert "no axioms but those of the real numbers" in conclude(coq_proof(CLAIM)).reason
    table = coq_table.coq_table()
    for name in ("outer", "inner"):
        assert table.theorems[f"JacobianSymmetry.jacobian_spectrum_is_symmetric_{name}"].assumptions == ()


def test_a_proof_without_axioms_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    table = coq_table.coq_table()
    bare = {name: dataclasses.replace(theorem, assumptions=()) for name, theorem in table.theorems.items()}
    monkeypatch.setattr(coq, "coq_table", lambda: dataclasses.replace(table, theorems=bare))
    assert check_coq(coq_proof(CLAIM)).reason.endswith("from no axioms at all")


def test_the_table_has_what_is_named_and_nothing_else_and_its_sources_ship() -> None:
    table = coq_table.coq_table()
    assert set(table.theorems) == set(NAMED_IN_COQ)
    assert stale_modules(sources_folder()) == frozenset()
    assert set(table.modules) == {path.stem for path in sources_folder().glob("*.v")}
    assert {axiom for theorem in table.theorems.values() for axiom in theorem.assumptions} <= AXIOMS


def test_the_table_says_what_each_theorem_is_for() -> None:
    entries = json.loads(coq_table.TABLE.read_text("utf-8"))["theorems"]
    for claim, formal in FORMAL_CLAIMS.items():
        assert all(entries[name]["claims"][claim] == str(formal.verdict) for name in formal.theorems)
    for theorem, names in FORMAL_THEOREMS.items():
        assert all(theorem in entries[name]["stands_behind"] for name in names)


def test_a_theorem_of_the_table_rests_on_coq_or_on_its_page() -> None:
    assert grade("all-orbits-oscillate") is Evidence.FORMAL
    assert grade("planar-orbits-are-closed") is Evidence.WRITTEN


def test_what_coq_decides_is_in_the_catalogue_with_the_verdict_expected_there() -> None:
    from gsdcheck.claims import BY_ID

    assert set(FORMAL_CLAIMS) <= set(BY_ID)
    for claim in FORMAL_CLAIMS.keys() & BY_ID.keys():
        assert BY_ID[claim].claim.expected is FORMAL_CLAIMS[claim].verdict
        first = next(iter(BY_ID[claim].proposals()))
        assert (first["kind"], first["claim"]) == ("coq", claim)


def test_what_coq_stands_behind_is_a_theorem_that_says_more_than_its_premises() -> None:
    assert set(FORMAL_THEOREMS) <= set(THEOREMS)
    assert not any(THEOREMS[theorem].direct for theorem in FORMAL_THEOREMS.keys() & THEOREMS.keys())
