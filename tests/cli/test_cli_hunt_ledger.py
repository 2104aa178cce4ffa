"""What a hunt leaves of its ledgers: those of others and of before are not lost, whatever goes wrong."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gsdcheck.engine.hunt.executors.cluster import Cluster
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.record.files import read_record

CASIMIR, CONSERVED = "odd-size-has-a-casimir", "energy-is-conserved"
COUNTED = ("hunt", CASIMIR, "--max-examples", "20", "--jobs", "1")


def asked(ledger: Path, question: str) -> list[Any]:
    """What SQLite answers."""
    with closing(sqlite3.connect(ledger)) as connection:
        return [value for (value,) in connection.execute(question)]


def hunts(home: Path) -> list[dict[str, Any]]:
    """What the record says of each claim."""
    return read_record(home / "gsdcheck-report" / "record.json")["hunts"]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """A scheduler has 0.2 s to answer."""
    monkeypatch.setattr(Cluster.__init__, "__defaults__", (0.2,))


def ledgers(home: Path) -> dict[str, bytes]:
    """The ledgers by name."""
    return {path.name: path.read_bytes() for path in (home / ".gsdcheck" / "hunts").glob("*.sqlite")}


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:9"])
def test_a_scheduler_that_cannot_be_reached_leaves_no_ledger_and_changes_none(cli, home, address):
    assert cli(*COUNTED, "--scheduler", address).code == 2
    assert not (home / ".gsdcheck").exists()
    cli(*COUNTED)
    before = ledgers(home)
    for resume in ((), ("--resume",)):
        assert cli(*COUNTED, "--scheduler", address, *resume).code == 2
        assert ledgers(home) == before


def test_an_executor_is_closed_when_the_ledger_cannot_be_used(cli, monkeypatch):
    closed = []
    monkeypatch.setattr("gsdcheck.engine.hunt.executors.ThisProcess.close", lambda self: closed.append(self))
    assert cli(*COUNTED, "--resume").code == 2
    assert len(closed) == 1


BOTH = ("hunt", CASIMIR, CONSERVED, "--max-examples", "40", "--jobs", "1")  # 20 cases each


def test_a_hunt_that_was_killed_at_its_first_claim_goes_on_with_it_and_begins_the_others(cli, home):
    cli(*COUNTED)
    [first] = hunts(home)
    assert cli(*BOTH, "--resume").code == 0
    assert [hunt["claim"] for hunt in hunts(home)] == [CASIMIR, CONSERVED]
    assert hunts(home)[0] == first
    assert sorted(ledgers(home)) == [f"{CONSERVED}.sqlite", f"{CASIMIR}.sqlite"]


def test_none_of_several_claims_that_has_a_ledger_is_no_hunt_to_resume(cli, home):
    ran = cli(*BOTH, "--resume")
    assert (ran.code, ledgers(home)) == (2, {})
    assert f"{CASIMIR}.sqlite: there is no ledger" in ran.err


def test_a_later_claim_with_the_ledger_of_another_hunt_is_told_before_anything_is_hunted(cli, home):
    cli("hunt", CONSERVED, "--max-examples", "9", "--jobs", "1")
    before = ledgers(home)
    ran = cli(*BOTH, "--resume")
    assert (ran.code, ledgers(home)) == (2, before)
    assert "max_examples is 9 there, 20 here" in ran.err


def test_the_ledgers_of_hunts_that_are_begun_anew_are_all_kept(cli, home):
    for seed in ("5", "6", "7"):
        assert cli(*COUNTED, "--seed", seed).code == 0
    seeds = {}
    for name in ledgers(home):
        found = asked(home / ".gsdcheck" / "hunts" / name, "SELECT identity ->> '$.hunt.seed' FROM hunt")
        seeds[name.removeprefix(CASIMIR)] = found
    assert seeds == {".previous.sqlite": [5], ".previous-2.sqlite": [6], ".sqlite": [7]}


def test_what_a_killed_hunt_left_in_its_log_is_set_aside_with_its_ledger(cli, home, monkeypatch):
    folder, left, close = home / ".gsdcheck" / "hunts", {}, Ledger.close

    def killed(ledger: Ledger) -> None:
        left.update({path: path.read_bytes() for path in folder.iterdir()})
        close(ledger)

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "close", killed)
        cli(*COUNTED)
    for path, data in left.items():
        path.write_bytes(data)
    assert cli(*COUNTED).code == 0
    counts = {path.name: asked(path, "SELECT count(*) FROM results") for path in folder.glob("*.sqlite")}
    assert counts[f"{CASIMIR}.previous.sqlite"] == counts[f"{CASIMIR}.sqlite"] != [0]


def test_a_ledger_that_another_process_has_open_is_not_set_aside(cli, home):
    cli(*COUNTED)
    [path] = (home / ".gsdcheck" / "hunts").glob("*.sqlite")
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT * FROM hunt").fetchall()
        ran = cli(*COUNTED)
        assert (ran.code, [*ledgers(home)]) == (2, [path.name])
    assert "Another process is writing into it" in ran.err
    assert cli(*COUNTED).code == 0


@pytest.mark.parametrize("resume", [(), ("--resume",)])
def test_a_damaged_ledger_stays_where_and_as_it_is(cli, home, resume):
    cli(*COUNTED)
    [path] = (home / ".gsdcheck" / "hunts").glob("*.sqlite")
    data = bytearray(path.read_bytes())
    data[5_000:9_000] = b"x" * 4_000
    path.write_bytes(data)
    for _ in range(2):
        ran = cli(*COUNTED, *resume)
        assert (ran.code, ledgers(home)) == (2, {path.name: bytes(data)})
        assert "damaged" in ran.err or "malformed" in ran.err
