"""The orbits of a series: which there are, which coordinates to show, and how an orbit ends, in words."""

import math
import re

from gsdcheck.errors import RecordError
from gsdcheck.report.figures.wording import finite, short
from gsdcheck.report.series import Columns, groups

_MOST_COORDINATES = 3  # three pairs: what a page can show


def orbits_of(found: Columns) -> dict[str, Columns]:
    """The orbits by name; the one that has none first, under "orbit"."""
    alone = {name: values for name, values in found.items() if re.fullmatch(r"x\d+", name)}
    named = {
        group: {name: values for name, values in part.items() if re.fullmatch(r"x\d+", name)}
        for group, part in groups(found).items()
        if not group.startswith(("level", "potential"))
    }
    orbits = {"orbit": alone, **named} if alone else named
    if not any(orbits.values()):
        raise RecordError("The series has no column of an orbit: x1, x2, ...")
    return {name: path for name, path in orbits.items() if path}


def coordinates(orbits: dict[str, Columns]) -> list[str]:
    """The coordinates that move most, in their own order."""
    first = next(iter(orbits.values()))
    if any(path.keys() != first.keys() for path in orbits.values()):
        raise RecordError("The orbits of the series have different coordinates.")
    chosen = sorted(first, key=lambda name: -max(_spread(path[name]) for path in orbits.values()))
    return [name for name in first if name in chosen[:_MOST_COORDINATES]]


def fate(path: Columns, names: list[str]) -> str:
    """What an orbit does, as far as it is drawn: it closes, or how far it goes from where."""
    rows = [row for row in zip(*(path[name] for name in names), strict=True) if all(map(math.isfinite, row))]
    if not rows:
        return "is not drawn"
    start = ", ".join(short(value) for value in rows[0])
    size = max(_spread(path[name]) for name in names)
    if size == 0:
        return f"rests at ({start})"
    reach = max(max(map(abs, row)) for row in rows)
    closed = len(rows) > 4 and math.dist(rows[0], rows[-1]) < 0.02 * size
    end = "returns to it" if closed else f"ends at ({', '.join(short(value) for value in rows[-1])})"
    return f"starts at ({start}), goes as far as |x| = {short(reach)} and {end}"


def _spread(values: list[float]) -> float:
    known = finite(values)
    return max(known) - min(known) if known else 0.0
