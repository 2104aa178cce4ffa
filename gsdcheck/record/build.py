"""A record, made: versions, digest and shape are filled in and checked here."""

import json
import platform
from collections.abc import Mapping, Sequence
from typing import Any

from gsdcheck.record.canonical import canonical, digest
from gsdcheck.record.shape import require_shape
from gsdcheck.record.upgrade import SCHEMA_VERSION

_PACKAGES = ("gsdcheck", "hypothesis", "mpmath", "numpy", "python-flint", "sympy")


def build_record(
    *,
    kind: str,
    status: str = "complete",
    profile: str | None = None,
    seed: int | None = None,
    subject: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    quantities: Mapping[str, Any] | None = None,
    judgements: Sequence[Mapping[str, Any]] | None = None,
    series: Mapping[str, Any] | None = None,
    run: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The record of these parts, as plain data that shares nothing with them.

    Raises:
        InvalidInput: a float is not finite.
        RecordError: a part breaks the contract of schema.json.
        TypeError: a part is not plain data.
    """
    parts = {
        "schema_version": SCHEMA_VERSION,
        "kind": kind,
        "status": status,
        "profile": profile,
        "seed": seed,
        "versions": versions(),
        "run": run,
        "subject": subject,
        "facts": facts,
        "quantities": quantities,
        "judgements": judgements,
        "series": series,
    }
    # Through the canonical text and back: the record in memory is the record that a reader will see.
    record: dict[str, Any] = json.loads(canonical(parts))
    record["digest"] = digest(record)
    require_shape(record)
    return record


def build_matrix(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several records, one a subject, as one record of kind matrix.

    Raises:
        RecordError: one of them is not a record.
    """
    matrix = {"schema_version": SCHEMA_VERSION, "kind": "matrix", "records": list(records)}
    require_shape(matrix)
    return matrix


def versions(also: Sequence[str] = ()) -> dict[str, str | None]:
    """The versions of Python and of the packages that verdicts rest on (and of others); null if not installed."""
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, str | None] = {"python": platform.python_version()}
    for package in (*_PACKAGES, *also):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found
