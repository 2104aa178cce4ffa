"""The file of a ledger: whose it is, whether it is sound, and what to say when it is not.

Nothing here changes what a file says. Whose a file is, is read from its first 100 bytes, because SQLite
may tidy up, and so change, what it opens; what is in it is checked over a connection that cannot write.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from gsdcheck.errors import InvalidInput
from gsdcheck.record.canonical import canonical

APPLICATION = int.from_bytes(b"gsdh")
"""What the header of an SQLite file says in our name (`PRAGMA application_id`)."""

VERSION = 1
"""Of the tables below (`PRAGMA user_version`)."""

SCHEMA = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
CREATE TABLE hunt (identity TEXT NOT NULL);
CREATE TABLE shards (
    round INTEGER, place INTEGER, text TEXT NOT NULL, seal TEXT NOT NULL, PRIMARY KEY (round, place)
) WITHOUT ROWID;
CREATE TABLE results (
    round INTEGER, place INTEGER, text TEXT NOT NULL, seal TEXT NOT NULL, PRIMARY KEY (round, place),
    FOREIGN KEY (round, place) REFERENCES shards
) WITHOUT ROWID;
"""

_REMEDIES = {
    sqlite3.SQLITE_FULL: "What was committed before is in it. Free some space, then go on with --resume.",
    sqlite3.SQLITE_IOERR: "What was committed before is in it. See to the disk, then go on with --resume.",
    sqlite3.SQLITE_BUSY: "Another process is writing into it. Let it finish, or stop it.",
    sqlite3.SQLITE_CANTOPEN: "A ledger needs a folder and a file that can be written.",
    sqlite3.SQLITE_READONLY: "A ledger needs a folder and a file that can be written.",
}
_BROKEN = "A ledger is read whole or not at all. Delete the file and start the hunt again."


def blank(identity: Mapping[str, Any]) -> bytes:
    """The file of a ledger without a shard."""
    with closing(sqlite3.connect(":memory:")) as memory:
        memory.executescript(SCHEMA)
        memory.execute("INSERT INTO hunt VALUES (?)", (canonical(identity).decode(),))
        memory.commit()
        return memory.serialize()


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection to a ledger that is there, in WAL mode."""
    connection = _connect(path, "rw")
    try:
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def close_log(path: Path) -> None:
    """What a killed hunt left in the write-ahead log beside its ledger is moved into it: one file is all there is.

    Raises:
        InvalidInput: another process has the ledger open; or the disk does not let us.
    """
    with faults(path), closing(_connect(path, "rw")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """To a file that is there: mode "ro" never writes, "rw" does."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=30)


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Errors of SQLite that come from the file or the disk become InvalidInput; one of ours stays as it is."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.Error, UnicodeDecodeError) as fault:  # a damaged schema makes messages that are no text
        remedy = _REMEDIES.get(getattr(fault, "sqlite_errorcode", 0) & 0xFF, _BROKEN)
        raise InvalidInput(f"{path}: SQLite says: {fault}. {remedy}") from fault


def broken(path: Path, what: str) -> InvalidInput:
    """The error to raise for a ledger with this fault."""
    return InvalidInput(f"{path}: {what}. {_BROKEN}")


def require_resumable(path: Path, identity: Mapping[str, Any]) -> None:
    """The file is the sound ledger of this hunt: one can go on with it. It is not touched.

    Raises:
        InvalidInput: as `require_ours` and `require_sound`.
    """
    require_ours(path)
    require_sound(path, identity)


def require_ours(path: Path) -> None:
    """The file is a ledger of this version, and every page of it is as SQLite writes one. It is not touched.

    Raises:
        InvalidInput: there is none, it is something else, of another version, or damaged.
    """
    _require_header(path)
    with faults(path), closing(_connect(path, "ro")) as connection:
        damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise broken(path, f"it is damaged: {damage}")


def _require_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise InvalidInput(
            f"{path}: there is no ledger. --resume goes on with a hunt that was begun; leave it out to begin one."
        ) from None
    except OSError as fault:
        raise InvalidInput(f"{path} cannot be read: {fault.strerror}. Name the file of a ledger.") from fault
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise InvalidInput(f"{path} is not an SQLite file, or a damaged one. Name the file of a ledger.")
    if int.from_bytes(header[68:72]) != APPLICATION:
        raise InvalidInput(f"{path} is an SQLite file of another program. Name the file of a ledger.")
    if (found := int.from_bytes(header[60:64])) != VERSION:
        raise InvalidInput(
            f"{path} is a ledger of format {found}; this version reads and writes format {VERSION}. "
            "Go on with the version that began the hunt, or begin another."
        )


def require_sound(path: Path, identity: Mapping[str, Any]) -> None:
    """Every row of a ledger of ours is as it was written, and it is of this hunt with these versions.

    Raises:
        InvalidInput: it is damaged, or of another hunt; the message names the settings that differ.
    """
    with faults(path), closing(_connect(path, "ro")) as connection:
        found = connection.execute("SELECT identity FROM hunt").fetchone()
        changed = [row for table in ("shards", "results") for row in _changed(connection, table)]
    if changed:
        raise broken(path, f"it is damaged: {changed[0]}")
    try:
        theirs = _flat(json.loads(found[0]))
    except (ValueError, TypeError, AttributeError) as fault:
        raise broken(path, "it is damaged: it does not say of which hunt it is") from fault
    ours = _flat(json.loads(canonical(identity)))
    if different := sorted(key for key in theirs | ours if theirs.get(key) != ours.get(key)):
        said = "; ".join(f"{key} is {theirs.get(key)} there, {ours.get(key)} here" for key in different)
        raise InvalidInput(
            f"{path} is of another hunt: {said}. A hunt goes on with the settings and the versions that it began "
            "with: repeat them, or begin another."
        )


def seal(table: str, number: int, place: int, text: str) -> str:
    """What a row has beside its text: SQLite notices damage to its pages, not to the digits in them."""
    return sha256(f"{table}/{number}/{place}/{text}".encode()).hexdigest()


def _changed(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    for number, place, text, sealed in connection.execute(f"SELECT * FROM {table}"):
        if seal(table, number, place, text) != sealed:
            yield f"row ({number}, {place}) of its {table} was changed"


def _flat(identity: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {key: value for part in identity.values() for key, value in part.items()}
