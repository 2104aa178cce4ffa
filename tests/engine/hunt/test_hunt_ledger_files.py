"""A file that is not this hunt's ledger, or is damaged, is named, refused, and left byte by byte as it is."""

import os
import random
import re
import sqlite3
import tempfile
from pathlib import Path

import pytest
from toy_searches import drawn, toy_hunt

from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.rounds import plan
from gsdcheck.engine.hunt.serial import identity
from gsdcheck.engine.hunt.shard import ShardResult
from gsdcheck.errors import InvalidInput

SHARDS = plan(toy_hunt(), 0, Outcome(), None)
IDENTITY = identity(toy_hunt())
NOBODY = 65534


@pytest.fixture
def path(tmp_path):
    """The ledger of a hunt that was killed: its last results are still in the write-ahead log."""
    made = tmp_path / "made" / "hunt.sqlite"
    with Ledger.create(made, IDENTITY) as ledger:
        ledger.plan(SHARDS)
        for shard in SHARDS[:4]:
            ledger.add(shard, drawn(shard))
        content = {p.name: p.read_bytes() for p in made.parent.iterdir()}
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path / "hunt.sqlite"


def content(path: Path) -> dict[str, bytes]:
    """The ledger and its log, if there is anything in it; the third file, shared memory, is a cache."""
    files = [p for p in path.parent.glob("hunt.sqlite*") if p.suffix != ".sqlite-shm"]
    return {p.name: p.read_bytes() for p in files if p.stat().st_size}


def refused(path: Path, identity=IDENTITY) -> str:
    """Why the ledger is refused; nothing is changed by asking."""
    before = content(path)
    with pytest.raises(InvalidInput) as fault:
        Ledger.reopen(path, identity)
    assert content(path) == before
    assert str(path) in str(fault.value)
    return str(fault.value)


def closed(path: Path) -> None:
    """SQLite moves the log into the ledger."""
    Ledger.reopen(path, IDENTITY).close()
    assert set(content(path)) == {"hunt.sqlite"}


def test_a_killed_hunt_has_its_results_in_the_log(path):
    assert set(content(path)) == {"hunt.sqlite", "hunt.sqlite-wal"}
    with Ledger.reopen(path, IDENTITY) as ledger:
        assert [*ledger.results(0)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seed": 8}, "seed is 7 there, 8 here"),
        ({"claim": "other"}, "claim is toy there, other here"),
        ({"subject": "sin"}, "subject is None there, sin here"),
        ({"sizes": (2, 3, 4)}, "sizes is [2, 3] there, [2, 3, 4] here"),
        ({"max_examples": 9}, "max_examples is 4000 there, 9 here"),
    ],
)
def test_the_ledger_of_another_hunt_is_refused(path, changes, said):
    assert said in refused(path, identity(toy_hunt(**changes)))


def test_a_hunt_goes_on_with_the_versions_that_it_began_with(path):
    other = {**IDENTITY, "versions": {**IDENTITY["versions"], "numpy": "0.1"}}
    assert f"numpy is {IDENTITY['versions']['numpy']} there, 0.1 here" in refused(path, other)


def test_a_ledger_is_not_written_over(path):
    before = content(path)
    with pytest.raises(InvalidInput, match=r"there is a ledger already\..*--resume"):
        Ledger.create(path, IDENTITY)
    assert content(path) == before


def test_nothing_is_no_ledger(tmp_path):
    with pytest.raises(InvalidInput, match="there is no ledger"):
        Ledger.reopen(tmp_path / "hunt.sqlite", IDENTITY)
    with pytest.raises(InvalidInput, match="cannot be read"):
        Ledger.reopen(tmp_path, IDENTITY)


@pytest.mark.parametrize("data", [b"", b"{}\n", b"SQLite format 3\0", os.urandom(5_000)])
def test_a_file_that_is_not_sqlite_is_refused(tmp_path, data):
    path = tmp_path / "hunt.sqlite"
    path.write_bytes(data)
    assert "is not an SQLite file" in refused(path)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_an_sqlite_file_of_another_program_is_refused(tmp_path, mode):
    path = tmp_path / "hunt.sqlite"
    other = sqlite3.connect(path)
    other.executescript(
        f"PRAGMA journal_mode = {mode}; CREATE TABLE hunt (identity); INSERT INTO hunt VALUES (1)"
    )
    assert "of another program" in refused(path)
    other.close()


def test_a_ledger_of_another_format_is_refused(path):
    closed(path)
    data = bytearray(path.read_bytes())
    data[63] = 2  # the header's user version
    path.write_bytes(data)
    assert "of format 2; this version reads and writes format 1" in refused(path)


def noticed(path: Path, data: bytes, true: dict[int, ShardResult]) -> bool:
    """Whether the ledger is refused; if not, nothing that it says is wrong."""
    path.write_bytes(data)
    for beside in path.parent.glob("hunt.sqlite-*"):
        beside.unlink()
    try:
        with Ledger.reopen(path, IDENTITY) as ledger:
            ledger.plan(SHARDS)
            assert ledger.results(0).items() <= true.items()
    except InvalidInput:
        return True
    return False


@pytest.fixture
def sound(path):
    """The bytes of a ledger, and the results in it."""
    closed(path)
    data = path.read_bytes()
    with Ledger.reopen(path, IDENTITY) as ledger:
        return data, ledger.results(0)


def test_a_ledger_that_was_cut_off_is_refused(path, sound):
    data, true = sound
    cuts = range(100, len(data) - 4096, 1_000)  # SQLite leaves the end of a page unused
    assert all(noticed(path, data[:cut], true) for cut in cuts)
    assert not noticed(path, data, true)


def test_a_changed_byte_is_noticed_or_changes_nothing(path, sound):
    data, true = sound
    rng = random.Random(0)
    changed = []
    for place in rng.sample(range(len(data)), 300):
        changed.append(bytearray(data))
        changed[-1][place] ^= 1 << rng.randrange(8)
    assert sum(noticed(path, bytes(wrong), true) for wrong in changed) > 50


def test_a_row_that_is_there_but_not_counted_is_noticed(path, sound):
    data, size = bytearray(sound[0]), 4096
    index_leaves = [page for page in range(0, len(data), size) if data[page] == 10]
    page = max(index_leaves, key=lambda p: data[p + 4])  # the number of rows is in bytes 3 and 4 of a page
    data[page + 4] -= 1
    path.write_bytes(data)
    assert "it is damaged" in refused(path)


def test_a_ledger_that_does_not_say_of_which_hunt_it_is_is_refused(path):
    for value in ("DELETE FROM hunt", "UPDATE hunt SET identity = '{'", "UPDATE hunt SET identity = '[]'"):
        with sqlite3.connect(path) as other:
            other.execute(value)
        other.close()
        assert "does not say of which hunt" in refused(path)


def test_a_result_that_was_edited_is_refused(path):
    with sqlite3.connect(path) as other:
        other.execute("UPDATE results SET text = replace(text, 'integer', 'Integer')")
    other.close()
    assert re.search(r"row \(0, \d+\) of its results was changed", refused(path))


@pytest.fixture
def read_only():
    """A folder that may be read but not written in, with a ledger in it; also for root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Ledger.create(folder / "hunt.sqlite", IDENTITY) as ledger:
            ledger.plan(SHARDS)
        (folder / "hunt.sqlite").chmod(0o444)
        folder.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        yield folder
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_named(read_only):
    before = (read_only / "hunt.sqlite").read_bytes()
    for path in (read_only / "new.sqlite", read_only / "below" / "new.sqlite"):
        with pytest.raises(InvalidInput, match="cannot be written"):
            Ledger.create(path, IDENTITY)
    with pytest.raises(InvalidInput, match="needs a folder and a file that can be written"):
        Ledger.reopen(read_only / "hunt.sqlite", IDENTITY)
    assert [(p.name, p.read_bytes()) for p in read_only.iterdir()] == [("hunt.sqlite", before)]


def test_a_name_that_is_no_place_for_a_folder_is_named(path):
    with pytest.raises(InvalidInput, match="cannot be written"):
        Ledger.create(path / "hunt.sqlite", IDENTITY)
