"""The ledger of a hunt: shards as they are planned and results as they arrive, each committed or not there.

An SQLite file in WAL mode. A shard is one row, its result one more, under the primary key (round, place): what
arrives twice is counted once, and a process killed at any moment loses at most what it had not yet committed.
The file belongs on a local disk, as WAL needs shared memory. A shard and its result take a few kB and a commit
of a few ms, whatever was written before; to go on with a hunt the file is read once.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from gsdcheck.engine.hunt import ledger_file
from gsdcheck.engine.hunt.serial import read_result, result_data, shard_data
from gsdcheck.engine.hunt.shard import Shard, ShardResult
from gsdcheck.errors import InvalidInput
from gsdcheck.record.atomic import write_atomically
from gsdcheck.record.canonical import canonical

Identity = Mapping[str, Mapping[str, Any]]
"""Of which hunt a ledger is: {"hunt": its settings, "versions": …}, plain data."""


class Ledger:
    """A ledger that is open for writing; a context that closes it.

    All methods raise InvalidInput with a remedy for what disks do: full, read-only, damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with ledger_file.faults(path):
            self._connection = ledger_file.connect_to_write(path)

    @classmethod
    def create(cls, path: Path, identity: Identity) -> Self:
        """A new ledger, where there is no file.

        Raises:
            InvalidInput: there is one, or it cannot be written.
        """
        if path.exists():
            raise InvalidInput(
                f"{path}: there is a ledger already. A hunt does not write over what another found. "
                "Go on with it by --resume, or delete the file."
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            for beside in ("-wal", "-shm"):  # what is left of a deleted ledger would be read into the new one
                path.with_name(path.name + beside).unlink(missing_ok=True)
        except OSError as fault:
            raise InvalidInput(
                f"{path} cannot be written: {fault.strerror}. A ledger needs a folder that can be written."
            ) from fault
        write_atomically(path, ledger_file.blank(identity))
        return cls(path)

    @classmethod
    def reopen(cls, path: Path, identity: Identity) -> Self:
        """The ledger at the path, to go on with it. It is not touched before it is known to be this hunt's.

        Raises:
            InvalidInput: there is none; it is damaged, foreign, of another format or of another hunt.
        """
        ledger_file.require_resumable(path, identity)
        return cls(path)

    def plan(self, shards: Sequence[Shard]) -> None:
        """The shards of a round are written down, before the first of them runs; or are there already.

        Raises:
            InvalidInput: others are there in their place.
        """
        number = shards[0].round
        rows = [_row("shards", shard, shard_data(shard)) for shard in shards]
        with ledger_file.faults(self.path), self._connection:
            there = "SELECT * FROM shards WHERE round = ? ORDER BY place"
            known = self._connection.execute(there, (number,)).fetchall()
            if not known:
                self._connection.executemany("INSERT INTO shards VALUES (?, ?, ?, ?)", rows)
            elif known != rows:
                raise ledger_file.broken(self.path, f"round {number} is not the one that this hunt plans")

    def add(self, shard: Shard, result: ShardResult) -> None:
        """The result of a planned shard is committed; if there is one already, that one stays.

        Raises:
            ValueError: more cases were judged than the shard has: a defect of the searcher.
        """
        if (judged := sum(result.tried.values())) > shard.examples:
            raise ValueError(f"{shard.searcher!r} judged {judged} cases in a shard of {shard.examples}")
        row = _row("results", shard, result_data(result))
        with ledger_file.faults(self.path), self._connection:
            self._connection.execute("INSERT OR IGNORE INTO results VALUES (?, ?, ?, ?)", row)

    def results(self, number: int) -> dict[int, ShardResult]:
        """place ↦ the result of that shard of round `number`, of those that are in."""
        with ledger_file.faults(self.path):
            rows = self._connection.execute("SELECT * FROM results WHERE round = ?", (number,)).fetchall()
        return {place: read_result(json.loads(text)) for _, place, text, _ in rows}

    def close(self) -> None:
        """The file is closed; what is in it stays."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _row(table: str, shard: Shard, data: Mapping[str, Any]) -> tuple[int, int, str, str]:
    text = canonical(data).decode()
    return (shard.round, shard.index, text, ledger_file.seal(table, shard.round, shard.index, text))
