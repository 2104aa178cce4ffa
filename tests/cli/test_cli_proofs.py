"""`gsdcheck proofs`: what Coq says, on the terminal and in the record; Coq itself is asked in tests/proofs."""

import json
from pathlib import Path

import pytest

from gsdcheck.certify.coq_table import coq_table
from gsdcheck.engine import proofs
from gsdcheck.engine.coq_audit import Audit
from gsdcheck.record.files import read_record


@pytest.fixture
def no_coq(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Coq."""
    monkeypatch.setattr(proofs, "why_unusable", lambda: "coqc is not installed (Debian: apt-get install coq)")


@pytest.fixture
def agreeing(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Coq agrees with the table, but for the faults that a test puts here."""
    table, faults = coq_table(), {}
    found = Audit(modules=table.modules, theorems=table.theorems, faults=faults, loose=())
    monkeypatch.setattr(proofs, "why_unusable", lambda: None)
    monkeypatch.setattr(proofs, "coq_version", lambda: table.coq)
    monkeypatch.setattr(proofs, "audit_sources", lambda *_, **__: found)
    return faults


@pytest.mark.usefixtures("no_coq")
def test_without_coq_the_proofs_are_on_record_and_not_checked(cli):
    ran = cli("proofs")
    assert ran.code == 0
    assert "energy-is-conserved                            ✓ proved  recorded" in ran.out
    assert "Coq was not run: coqc is not installed" in ran.out
    assert "Without a proof in Coq: " in ran.out
    assert "planar-orbits-are-closed," in ran.out
    assert " recorded · no Coq" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.usefixtures("no_coq")
def test_without_coq_nothing_is_as_required(cli):
    assert cli("proofs", "--require").code == 2
    assert cli("proofs", "I1", "--require", "-q").out == ""


@pytest.mark.usefixtures("agreeing")
def test_a_named_claim_is_shown_with_its_statement_in_coq(cli):
    ran = cli("proofs", "odd-size-has-a-casimir", "J4", "--require")
    assert (ran.code, ran.err) == (0, "")
    statement = coq_table().theorems["InvariantClaims.odd_size_has_a_casimir"].statement
    assert all(f"    {line}\n" in ran.out for line in statement.split("\n"))
    assert "Assumes the axioms of the real numbers: sig_forall_dec," in ran.out
    assert "2 claims · 2 checked · Coq 8.16.1" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_a_theorem_that_coq_refuses_is_said_and_is_1(cli, agreeing):
    agreeing["SpectrumClaims.linear_norm_is_conserved_iff_skew"] = "Unable to unify"
    ran = cli("proofs", "J4")
    assert ran.code == 1
    assert "? undecided not checked" in ran.out
    assert "- SpectrumClaims.linear_norm_is_conserved_iff_skew: Unable to unify" in ran.out


@pytest.mark.usefixtures("agreeing")
def test_the_record_is_read_back_replayed_and_compared(cli):
    assert cli("proofs", "J4", "I1", "--json", "p.json", "-q", "--reproducible").code == 0
    record = read_record("p.json")
    assert (record["kind"], record["coq"]["version"]) == ("proofs", "8.16.1")
    assert {judgement["proof"]["status"] for judgement in record["judgements"]} == {"checked"}
    assert cli("replay", "p.json").out.splitlines()[-1] == "p.json: 2 still holds"
    assert cli("compare", "p.json", "p.json").code == 0
    assert "What Coq proves" in Path("gsdcheck-report/report.html").read_text("utf-8")
    assert json.loads(cli("proofs", "J4", "--json", "-").out)["kind"] == "proofs"


@pytest.mark.usefixtures("agreeing")
def test_a_claim_without_a_proof_in_coq_is_5_alone_and_1_if_required(cli):
    assert cli("proofs", "tanh-period-is-elliptic").code == 5
    assert cli("proofs", "tanh-period-is-elliptic", "--require").code == 1
    assert cli("proofs", "no-such-claim").code == 2


@pytest.mark.usefixtures("no_coq")
def test_the_table_cannot_be_written_without_coq(cli):
    ran = cli("proofs", "--update")
    assert ran.code == 2
    assert "The table is not written: coqc is not installed" in ran.err


def test_explain_shows_the_theorem_in_coq_or_says_that_there_is_none(cli):
    shown = cli("explain", "J4").out
    said = "Proof: formal, in Coq (`gsdcheck proofs linear-norm-is-conserved-iff-skew` checks it):"
    assert said in " ".join(shown.split())
    assert "    conserved n (linear n W) (norm n) <-> skew n W\n" in shown
    assert "none in Coq" in cli("explain", "tanh-period-is-elliptic").out


def test_ctrl_c_while_coq_runs_is_130(cli, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(proofs, "why_unusable", interrupted)
    assert cli("proofs").code == 130
