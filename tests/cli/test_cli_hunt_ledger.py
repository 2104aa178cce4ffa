"""What a hunt leaves of its ledgers: those of others and of before are not lost, whatever goes wrong."""

from pathlib import Path

import pytest

from gsdcheck.engine.hunt.executors.cluster import Cluster

CASIMIR = "odd-size-has-a-casimir"
COUNTED = ("hunt", CASIMIR, "--max-examples", "20", "--jobs", "1")


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
