"""The arrays of a figure, as a record holds them.

A series is {"kind", "title", "x_label", "y_label", "columns": {name: [number or null, ...]}}. The kind
selects the figure, and with it the names of the columns:

    orbit     x1, x2, ... (and t, for one dimension only); a dot groups columns of one length, so that
              "level1.x1", "level1.x2" are a level set drawn beneath
    energy    t, and one column for each energy
    spectrum  re, im: the eigenvalues of one or of many Jacobians
    euler     k, and one column for each step size
    growth    k, and one column for each law or simulation; a name with "law" in it is drawn dashed
    period    E, and one column for each method; a name with "exact" in it is drawn as a line

null is a gap.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from gsdcheck.errors import RecordError

Columns = dict[str, list[float]]
_DRAWABLE = 1e300  # beyond it the arithmetic of axes overflows


def columns(series: Mapping[str, Any], *required: str) -> Columns:
    """The columns as floats with nan for gaps, in natural order of their names.

    Raises:
        RecordError: a required column is absent, all are empty, or the lengths of a group differ.
    """
    raw = series["columns"]
    for name in required:
        if name not in raw:
            raise RecordError(f"The series has no column {name!r}, only {', '.join(sorted(raw)) or 'none'}.")
    found = {name: [_float(value) for value in raw[name]] for name in sorted(raw, key=_natural)}
    for name, values in found.items():
        partner = next(values for other, values in found.items() if _group(other) == _group(name))
        if len(values) != len(partner):
            raise RecordError(f"The column {name!r} has {len(values)} entries, its neighbour {len(partner)}.")
    if not any(math.isfinite(value) for values in found.values() for value in values):
        raise RecordError("The series holds no numbers.")
    return found


def curves(found: Columns, x: str) -> Columns:
    """The columns that are drawn against the column x.

    Raises:
        RecordError: there are none.
    """
    drawn = {name: values for name, values in found.items() if name != x and not _group(name)}
    if not drawn:
        raise RecordError(f"The series has no column to draw against {x!r}.")
    return drawn


def groups(found: Columns) -> list[Columns]:
    """The dotted columns, one mapping a group, without the name of the group."""
    names = dict.fromkeys(_group(name) for name in found if _group(name))
    return [
        {name.partition(".")[2]: values for name, values in found.items() if _group(name) == group}
        for group in names
    ]


def _group(name: str) -> str:
    """The part before a dot that is followed by a letter: "level1.x1" has one, "h=0.1" has none."""
    match = re.match(r"([^.=]+)\.[A-Za-z]", name)
    return match.group(1) if match else ""


def _float(value: float | None) -> float:
    return math.nan if value is None or abs(value) > _DRAWABLE else float(value)


def _natural(name: str) -> list[tuple[int, float, str]]:
    """x2 before x10, and h=0.01 before h=0.1."""
    parts = re.split(r"(\d+(?:\.\d+)?)", name)
    return [(0, float(part), "") if i % 2 else (1, 0.0, part) for i, part in enumerate(parts)]
