"""What a hunt leaves of its ledgers: those of others and of before are not lost, whatever goes wrong."""

from pathlib import Path
from typing import Any

import pytest

from gsdcheck.engine.hunt.executors.cluster import Cluster
from gsdcheck.record.files import read_record

CASIMIR, CONSERVED = "odd-size-has-a-casimir", "energy-is-conserved"
COUNTED = ("hunt", CASIMIR, "--max-examples", "20", "--jobs", "1")


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
