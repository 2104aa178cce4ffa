"""Records on disk."""

import os
from collections.abc import Mapping
from typing import Any

from gsdcheck.errors import RecordError
from gsdcheck.record.atomic import write_atomically
from gsdcheck.record.canonical import canonical, digest
from gsdcheck.record.safe_json import read_json
from gsdcheck.record.shape import require_shape
from gsdcheck.record.upgrade import upgrade


def write_record(path: str | os.PathLike[str], record: Mapping[str, Any]) -> None:
    """The canonical JSON of the record at `path`, written whole or not at all.

    Raises:
        InvalidInput: the file cannot be written.
    """
    write_atomically(path, canonical(record))


def read_record(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The record (or matrix of records) at `path`, as plain data, unaltered since it was written.

    Raises:
        RecordError: unreadable, too large, not strict JSON, of a newer schema version, of another shape, or
            with a digest that does not match its content.
    """
    return parse_record(read_json(path), name=str(path))


def parse_record(data: object, *, name: str) -> dict[str, Any]:
    """The record that the JSON data is, after the checks that do not concern the file.

    Raises:
        RecordError: of a newer schema version, of another shape, or with a digest that does not match.
    """
    try:
        record = upgrade(data)
        require_shape(record)
        require_digest(data)
    except RecordError as fault:
        raise RecordError(f"{name}: {fault}") from fault
    return record if record is data else _sealed(record)


def _sealed(record: dict[str, Any]) -> dict[str, Any]:
    """An upgraded record with the digest of what it now is."""
    if record["kind"] == "matrix":
        return {**record, "records": [_sealed(part) for part in record["records"]]}
    return {**record, "digest": digest(record)}


def require_digest(record: Any) -> None:
    """Nothing, if the digest of the record, or of each record of a matrix, is that of its content.

    Raises:
        RecordError: with both digests.
    """
    for part in record["records"] if record.get("kind") == "matrix" else (record,):
        found = digest(part)
        if part.get("digest") != found:
            raise RecordError(
                f"The record was edited: it says digest {part.get('digest')}, its content has {found}. "
                "Make it again; `gsdcheck replay` re-checks its certificates whatever the digest says."
            )
