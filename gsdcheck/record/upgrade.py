"""Records of older schema versions, brought up to the present one."""

from collections.abc import Callable
from typing import Any

from gsdcheck.errors import RecordError

SCHEMA_VERSION = 1
"""The version that is written. Added keys do not raise it: readers ignore the keys they do not know."""

_STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From version k to k + 1, for every k that was ever published. Version 1 is the first. A step
returns a new record: the digest of the old one is still to be checked."""


def upgrade(data: object) -> dict[str, Any]:
    """The same record in the present schema version.

    Raises:
        RecordError: not a record, or of a version that is newer than this gsdcheck or was never published.
    """
    if not isinstance(data, dict) or "schema_version" not in data:
        raise RecordError(
            "No schema_version: this is not a record of gsdcheck. Pass a file that gsdcheck wrote."
        )
    version = data["schema_version"]
    if not isinstance(version, int) or isinstance(version, bool):
        raise RecordError(f"schema_version is {str(version)[:40]!r}. It is an integer.")
    if version > SCHEMA_VERSION:
        raise RecordError(
            f"The record has schema_version {version}, this gsdcheck reads up to {SCHEMA_VERSION}. "
            "Upgrade gsdcheck to read it."
        )
    for step in range(version, SCHEMA_VERSION):
        if step not in _STEPS:
            raise RecordError(f"schema_version is {version}. The first one published is 1.")
        data = _STEPS[step](data)
    return data
