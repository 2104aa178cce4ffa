"""A ledger gives back what was committed, once, and refuses what does not belong in it."""

import sqlite3
from dataclasses import replace
from math import inf, nan
from pathlib import Path

import pytest
from toy_searches import drawn, toy_hunt

from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.rounds import plan
from gsdcheck.engine.hunt.serial import identity
from gsdcheck.engine.hunt.shard import Candidate, ShardResult
from gsdcheck.errors import InvalidInput

SHARDS = plan(toy_hunt(), 0, Outcome(), None)
IDENTITY = identity(toy_hunt())


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "hunt.sqlite", IDENTITY) as made:
        made.plan(SHARDS)
        yield made


def result(**changes) -> ShardResult:
    return ShardResult(**{"tried": {"any": 1}, "rejected": {}, "best": (), "seconds": 0.5, **changes})


def test_what_was_committed_is_there_after_the_file_is_opened_again(ledger):
    written = {shard.index: drawn(shard) for shard in SHARDS[:3]}
    for shard in SHARDS[:3]:
        ledger.add(shard, written[shard.index])
    ledger.close()
    with Ledger.reopen(ledger.path, IDENTITY) as again:
        assert again.results(0) == written
        assert again.results(1) == {}


def test_what_was_committed_can_be_read_while_the_ledger_is_open(ledger):
    ledger.add(SHARDS[0], result())
    other = sqlite3.connect(ledger.path)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert other.execute("SELECT round, place FROM results").fetchall() == [(0, 0)]
    other.close()


@pytest.mark.parametrize("margin", [-inf, inf, -0.0, 5e-324, 0.1, -1 / 3])
def test_a_margin_reads_back_bit_by_bit(ledger, margin):
    found = Candidate(case={"W": [["0", "1/3"], ["-1/3", "0"]]}, margin=margin, family="f", mechanism="m")
    ledger.add(SHARDS[0], result(best=(found,)))
    read = ledger.results(0)[0].best[0]
    assert (read, read.margin.hex()) == (found, margin.hex())


def test_a_result_that_arrives_twice_is_counted_once_and_the_first_stays(ledger):
    ledger.add(SHARDS[0], result())
    ledger.add(SHARDS[0], result(tried={}, rejected={"no opinion": 1}))
    assert ledger.results(0) == {0: result()}


def test_a_round_is_written_down_once_and_no_other_takes_its_place(ledger):
    ledger.plan(SHARDS)
    for other in (SHARDS[:-1], (*SHARDS[:-1], replace(SHARDS[-1], seed=1))):
        with pytest.raises(InvalidInput, match="round 0 is not the one that this hunt plans"):
            ledger.plan(other)
    longer = (*SHARDS, replace(SHARDS[-1], index=len(SHARDS)))
    with pytest.raises(InvalidInput, match="round 0 is not the one that this hunt plans"):
        ledger.plan(longer)
    ledger.plan(SHARDS)


def test_a_result_that_nobody_planned_is_a_defect(ledger):
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        ledger.add(replace(SHARDS[0], round=1), result())


def test_a_searcher_that_judges_too_many_cases_is_a_defect(ledger):
    most = SHARDS[0].examples
    with pytest.raises(ValueError, match=rf"'structured' judged {most + 1} cases in a shard of {most}"):
        ledger.add(SHARDS[0], result(tried={"a": most, "b": 1}))
    assert ledger.results(0) == {}


def test_a_margin_that_is_nan_is_a_defect(ledger):
    with pytest.raises(ValueError, match="nan"):
        ledger.add(SHARDS[0], result(best=(Candidate(case={}, margin=nan, family="f"),)))
    assert ledger.results(0) == {}


def test_a_full_disk_loses_nothing_that_was_committed(ledger):
    wide = result(rejected={"x" * 9_000: 1})

    def fill() -> None:
        for shard in SHARDS:
            ledger.add(shard, wide)

    ledger._connection.execute("PRAGMA max_page_count = 16")
    with pytest.raises(InvalidInput, match=r"hunt\.sqlite: .* is full\..* go on with --resume"):
        fill()
    ledger.close()
    with Ledger.reopen(ledger.path, IDENTITY) as again:
        there = again.results(0)
        assert 1 < len(there) < len(SHARDS)
        assert there == dict.fromkeys(range(len(there)), wide)
        again.add(SHARDS[-1], result())  # there is room again


def test_another_writer_is_waited_for_and_then_named(ledger):
    ledger._connection.execute("PRAGMA busy_timeout = 1")
    with sqlite3.connect(ledger.path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InvalidInput, match="Another process is writing"):
            ledger.add(SHARDS[0], result())
    other.close()
    ledger.add(SHARDS[0], result())


def test_the_remains_of_a_deleted_ledger_are_not_read_into_a_new_one(tmp_path: Path, ledger):
    ledger.add(SHARDS[0], result())
    remains = {path: path.read_bytes() for path in tmp_path.iterdir() if path != ledger.path}
    ledger.close()
    ledger.path.unlink()
    for path, content in remains.items():
        path.write_bytes(content)
    assert {path.name for path in remains} == {"hunt.sqlite-wal", "hunt.sqlite-shm"}
    with Ledger.create(ledger.path, IDENTITY) as new:
        assert new.results(0) == {}
