"""What Coq says of a claim: checked, recorded without Coq, or not checked; and the exit codes that follow."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from gsdcheck.certify import coq
from gsdcheck.certify.coq_table import CoqTable, coq_table, read_table, stale_modules
from gsdcheck.certify.formal import FORMAL_CLAIMS, NAMED_IN_COQ
from gsdcheck.claims import ALL_CLAIMS, find_claims
from gsdcheck.engine import coq_update, proofs
from gsdcheck.engine.coq_audit import Audit
from gsdcheck.engine.coq_update import stale_table, table_text, write_table
from gsdcheck.engine.events import Event, Started
from gsdcheck.engine.proofs import CoqRun, proofs_exit_code, proofs_record, run_coq, update_table
from gsdcheck.engine.replay import Outcome, replay_judgement
from gsdcheck.errors import InvalidInput
from gsdcheck.record.shape import require_shape

WITHOUT = CoqRun(unusable="coqc is not installed")
Data = dict[str, Any]


def audit(**changes: Any) -> Audit:
    """What Coq says if it agrees with the table that ships."""
    table = coq_table()
    return dataclasses.replace(
        Audit(modules=table.modules, theorems=table.theorems, faults={}, loose=()), **changes
    )


def with_coq(**changes: Any) -> CoqRun:
    return CoqRun(version=coq_table().coq, audit=audit(**changes))


def record(run: CoqRun, *claims: str) -> Data:
    found = proofs_record(find_claims(claims), run, asked=claims, machine=None)
    require_shape(found)
    return found


def statuses(found: Data) -> set[str]:
    return {judgement["proof"]["status"] for judgement in found["judgements"]}


def test_what_coq_accepts_is_checked_and_without_coq_it_is_on_record() -> None:
    for run, status in ((with_coq(), "checked"), (WITHOUT, "recorded")):
        found = record(run)
        assert statuses(found) == {status}
        assert (found["faults"], proofs_exit_code(found, require=False)) == ([], 0)
        assert {j["evidence"] for j in found["judgements"]} == {"formal"}
        assert all(replay_judgement(j).outcome is Outcome.HOLDS for j in found["judgements"])


def test_each_claim_comes_with_its_pinned_statements_and_what_they_assume() -> None:
    (judgement,) = record(WITHOUT, "odd-size-has-a-casimir")["judgements"]
    (theorem,) = judgement["proof"]["theorems"]
    assert theorem["theorem"] == "InvariantClaims.odd_size_has_a_casimir"
    assert "Nat.Odd n" in theorem["statement"]
    assert any("sig_forall_dec" in entry for entry in theorem["assumptions"])
    assert judgement["proof"]["because"] == "coqc is not installed"


def test_the_claims_without_a_proof_are_named() -> None:
    found = record(WITHOUT, "tanh-period-is-elliptic", "I1", "planar-orbits-are-closed")
    assert found["without_proof"] == ["tanh-period-is-elliptic", "planar-orbits-are-closed"]
    assert len(record(WITHOUT)["judgements"]) + len(record(WITHOUT)["without_proof"]) == len(ALL_CLAIMS)


def test_required_is_anything_but_checked_an_error() -> None:
    assert proofs_exit_code(record(with_coq()), require=True) == 0
    assert proofs_exit_code(record(WITHOUT), require=True) == 2
    assert proofs_exit_code(record(with_coq(), "O6", "I1"), require=True) == 1
    assert proofs_exit_code(record(with_coq(), "O6", "I1"), require=False) == 0
    assert proofs_exit_code(record(with_coq(), "O6"), require=False) == 5


def test_a_theorem_that_coq_refuses_leaves_its_claims_unchecked_and_no_others() -> None:
    name = "InvariantClaims.energy_is_conserved"
    found = record(with_coq(faults={name: "Unable to unify"}), "I1", "J4")
    first, second = found["judgements"]
    assert (first["verdict"], first["certificate"]) == ("undecided", None)
    assert first["proof"]["because"] == f"{name}: Unable to unify"
    assert second["proof"]["status"] == "checked"
    assert proofs_exit_code(found, require=False) == 1


def test_a_fault_that_no_claim_is_about_fails_the_run() -> None:
    assert proofs_exit_code(record(with_coq(loose=("an axiom",)), "I1"), require=False) == 1
    others = {"OrbitClaims.all_orbits_oscillate": "it assumes more"}
    assert record(with_coq(faults=others), "I1")["faults"] == [
        "OrbitClaims.all_orbits_oscillate: it assumes more"
    ]


@pytest.mark.parametrize("run", [WITHOUT, with_coq()], ids=["without Coq", "with Coq"])
def test_sources_other_than_the_audited_ones_are_not_checked(
    run: CoqRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coq, "sources_folder", lambda: tmp_path)
    stale_modules.cache_clear()
    found = record(run, "J4")
    assert statuses(found) == {"not checked"}
    assert "is not the source that was audited" in found["judgements"][0]["reason"]
    assert "gsdcheck proofs --update" in found["judgements"][0]["proof"]["because"]
    assert proofs_exit_code(found, require=False) == 1


def test_a_theorem_that_the_table_lacks_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = dataclasses.replace(coq_table(), theorems={})
    for module in (coq, proofs):
        monkeypatch.setattr(module, "coq_table", lambda: lacking)
    found = record(with_coq(), "J4")
    assert statuses(found) == {"not checked"}
    assert found["judgements"][0]["proof"]["theorems"][0]["statement"] is None


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Data]:
    """What is asked of Coq, which then agrees with the table."""
    heard: list[Data] = []

    def answer(folder: Path, names: Any, pinned: Any, **options: Any) -> Audit:
        heard.append({"folder": folder, "names": names, "pinned": pinned, **options})
        for name in ("Vectors", "Every"):
            options.get("finished", lambda _: None)(name)
        return audit()

    monkeypatch.setattr(proofs, "audit_sources", answer)
    monkeypatch.setattr(proofs, "why_unusable", lambda: None)
    monkeypatch.setattr(proofs, "coq_version", lambda: coq_table().coq)
    return heard


def test_coq_is_asked_about_the_pinned_statements_of_the_claims(asked: list[Data]) -> None:
    events: list[Event] = []
    run = run_coq(find_claims(("I1", "J4")), jobs=3, listen=events.append)
    assert (run.version, run.unusable) == (coq_table().coq, None)
    claims = ("energy-is-conserved", "linear-norm-is-conserved-iff-skew")
    assert asked[0]["names"] == tuple(sorted({n for claim in claims for n in FORMAL_CLAIMS[claim].theorems}))
    assert asked[0]["pinned"] == {name: coq_table().theorems[name].statement for name in asked[0]["names"]}
    assert (asked[0]["whole"], asked[0]["jobs"]) == (False, 3)
    assert isinstance(events[0], Started)
    assert len(events) == 3


def test_all_claims_are_asked_about_with_everything_that_rests_on_coq(asked: list[Data]) -> None:
    run_coq(ALL_CLAIMS, jobs=2)
    assert asked[0]["names"] == NAMED_IN_COQ
    assert asked[0]["whole"] is True


def test_without_coq_nothing_is_asked(asked: list[Data], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "why_unusable", lambda: "coqc is not installed")
    assert run_coq(ALL_CLAIMS, jobs=2) == WITHOUT
    with pytest.raises(InvalidInput, match="coqc is not installed"):
        update_table(jobs=2)
    assert not asked


# The table


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table that ships, to be written over."""
    path = tmp_path / "coq_table.json"
    path.write_text(coq_update.TABLE.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(coq_update, "TABLE", path)
    return path


def same(one: CoqTable, other: CoqTable) -> bool:
    return (one.coq, dict(one.modules), dict(one.theorems)) == (
        other.coq,
        dict(other.modules),
        dict(other.theorems),
    )


def test_the_table_that_ships_is_what_an_audit_writes(table: Path) -> None:
    before = table.read_text("utf-8")
    write_table(audit(), coq_table().coq)
    assert table.read_text("utf-8") == before
    assert same(read_table(table_text(audit(), coq_table().coq)), coq_table())
    assert stale_table(audit(), coq_table().coq) is None


@pytest.mark.parametrize("part", ["source", "requires", "statement", "assumptions", "claims", "theorem"])
def test_a_table_that_differs_in_anything_is_stale(table: Path, part: str) -> None:
    data = json.loads(table.read_text("utf-8"))
    name = "InvariantClaims.energy_is_conserved"
    match part:
        case "source":
            data["modules"]["Theory"]["sha256"] = "0" * 64
        case "requires":
            data["modules"]["Theory"]["requires"] = "Vectors"
        case "theorem":
            del data["theorems"][name]
        case "claims":
            data["theorems"][name]["claims"] = {}
        case _:
            data["theorems"][name][part] = data["theorems"][name][part][1:]
    table.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    assert "the table is stale" in str(stale_table(audit(), coq_table().coq))
    found = proofs_record(ALL_CLAIMS, with_coq(), machine=None)
    assert proofs_exit_code(found, require=False) == 1


def test_another_version_of_coq_prints_in_its_own_way() -> None:
    assert stale_table(audit(theorems={}), "8.99.0") is None


def test_a_table_is_not_written_from_proofs_that_fail(table: Path) -> None:
    before = table.read_text("utf-8")
    for bad in (audit(loose=("an axiom",)), audit(faults={"A.b": "no"})):
        with pytest.raises(InvalidInput, match="not written"):
            write_table(bad, "8.16.1")
    assert table.read_text("utf-8") == before


def test_a_table_that_cannot_be_written_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coq_update, "TABLE", tmp_path / "nowhere" / "coq_table.json")
    with pytest.raises(InvalidInput, match="cannot be written"):
        write_table(audit(), "8.16.1")


def test_the_table_is_written_by_one_command(asked: list[Data], table: Path) -> None:
    table.write_text("{}", "utf-8")
    update_table(jobs=2)
    assert asked[0]["pinned"] == {}
    assert same(read_table(table.read_text("utf-8")), coq_table())
