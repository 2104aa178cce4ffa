"""The arrays of a figure, as a record holds them.

A series is {"kind", "title", "x_label", "y_label", "columns": {name: [number or null, ...]}}, and may hold
besides: "caption", what the figure shows, in a sentence; "claim", the id of the claim that it belongs to;
"values", {name: number, "oo", "-oo" or null}, numbers that are no columns; "rows", the names of the rows. The
kind selects the figure, and with it the names of the columns:

    orbit       x1, x2, ... (and t, for one dimension only): an orbit. A dot groups columns of one length:
                "level1.x1", "level1.x2" is a level set drawn beneath, any other group a further orbit.
                "potential.s" and "potential.Φ": H = Φ(x1) + Φ(x2), whose level sets are drawn beneath;
                values "E₀" and "E*": the well depth and the escape energy
    energy      t, and one column for each energy
    drift       h, and one column for each integrator: the largest change of H. values "order NAME": the slope
    spectrum    re, im: eigenvalues; with "re radius", "im radius" they are enclosed
    euler       k, and one column for each step size
    growth      k, and one column for each law or simulation; a name with "law" in it is drawn dashed
    period      E, and one column for each method; a name with "measured" or "computed" in it is drawn as marks
    kernel      t, and one column for each activation; names as for period
    section     groups "PANEL NUMBER.u", "PANEL NUMBER.v": where an orbit pierces a plane; values "PANEL H",
                "PANEL λ" and "PANEL λ error"
    activation  x, σ, σ′, Φ; values "E₀", "E*", and "left" and "right", the ends of the well
    compliance  one column of codes (`report.figures.compliance`) for each guarantee, rows the activations
    curve       x, and one column for each curve; a name that begins with "at " is drawn as marks

null is a gap. What a kind needs and does not find, or a column of the wrong length, is a RecordError.
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
        partner = next(values for other, values in found.items() if group_of(other) == group_of(name))
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
    drawn = {name: values for name, values in found.items() if name != x and not group_of(name)}
    if not drawn:
        raise RecordError(f"The series has no column to draw against {x!r}.")
    return drawn


def groups(found: Columns) -> dict[str, Columns]:
    """The dotted columns by the name of their group, without it."""
    names = dict.fromkeys(group_of(name) for name in found if group_of(name))
    return {
        group: {name.rpartition(".")[2]: values for name, values in found.items() if group_of(name) == group}
        for group in names
    }


def number(series: Mapping[str, Any], name: str) -> float:
    """The named number of the series, ±∞ where it is spelled "oo" or "-oo"; nan where there is none."""
    value = (series.get("values") or {}).get(name)
    if isinstance(value, str):
        return {"oo": math.inf, "-oo": -math.inf}.get(value, math.nan)
    return _float(value)


def group_of(name: str) -> str:
    """The part before a last dot that is followed by a letter: "H = 0.5.x1" has one, "h=0.1" has none."""
    match = re.fullmatch(r"(.+)\.[^\W\d]\w*", name)
    return match.group(1) if match else ""


def _float(value: float | None) -> float:
    return math.nan if value is None or abs(value) > _DRAWABLE else float(value)


def _natural(name: str) -> list[tuple[int, float, str]]:
    """x2 before x10, and h=0.01 before h=0.1."""
    parts = re.split(r"(\d+(?:\.\d+)?)", name)
    return [(0, float(part), "") if i % 2 else (1, 0.0, part) for i, part in enumerate(parts)]
