"""What is this σ like, and up to which energy does it hold an orbit? σ, σ′ and Φ with its well."""

import math
from typing import TYPE_CHECKING

from gsdcheck.report.figures.canvas import (
    BOTTOM,
    LEFT,
    RIGHT,
    ROW,
    TOP,
    WIDTH,
    Series,
    blank,
    label,
    legend,
    number_text,
    place,
    plain,
    zero_lines,
)
from gsdcheck.report.figures.palette import BLUE, GREEN, SKY, VERMILION, line
from gsdcheck.report.figures.wording import course, finite, span
from gsdcheck.report.series import Columns, columns, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEIGHT, _GAP = 2.0, 0.42
_ABOVE = 4
"""Φ is shown up to so many times the larger of E* and E₀ that is finite."""


def activation(series: Series) -> "Figure":
    """Above σ and σ′, below Φ with the well, the well depth E₀ and the escape energy E*.

    Args:
        series: of kind activation, with x, σ and, where they are known, σ′ and Φ; values "E₀", "E*", and
            "left" and "right", the ends of the well; absent where they are infinite.

    Raises:
        RecordError: the columns do not fit.
    """
    found = columns(series, "x", "σ")
    head = TOP + ROW
    figure = blank(BOTTOM + 2 * _HEIGHT + _GAP + 2 * head)
    width = WIDTH - LEFT - RIGHT
    above = place(figure, LEFT, BOTTOM + _HEIGHT + head + _GAP, width, _HEIGHT)
    below = place(figure, LEFT, BOTTOM, width, _HEIGHT)
    label(above, "", "σ, σ′")
    label(below, series["x_label"], "Φ = ∫σ")
    _function(above, found)
    _potential(below, found, series)
    above.set_xlim(below.get_xlim())
    return figure


def describe_activation(series: Series) -> str:
    """σ, its slope, its potential and its well in words."""
    found = columns(series, "x", "σ")
    parts = [f"{name} {course(found[name])}" for name in ("σ", "σ′", "Φ") if name in found]
    known = {key: _spelled(number(series, key)) for key in ("left", "right", "E₀", "E*")}
    where = f"The well is from {known['left']} to {known['right']}, E₀ = {known['E₀']}, E* = {known['E*']}"
    return f"For x from {span(found['x'])}: {'; '.join(parts)}. {where}."


def _function(axes: "Axes", found: Columns) -> None:
    zero_lines(axes)
    names = [name for name in ("σ", "σ′") if name in found]
    for index, name in enumerate(names):
        axes.plot(found["x"], found[name], label=plain(name), **line(index))
    legend(axes, names)


def _potential(axes: "Axes", found: Columns, series: Series) -> None:
    """Φ, the levels E* and E₀ in sight, and the part of the well in which no orbit escapes filled."""
    x, height = found["x"], found.get("Φ", [math.nan] * len(found["x"]))
    escape = number(series, "E*")
    zero_lines(axes)
    entries = ["Φ"]
    axes.plot(x, height, label="Φ", color=BLUE, linewidth=1.7)
    top, bottom = max(finite(height), default=1.0), min(finite(height), default=0.0)
    levels = [level for level in finite([escape, number(series, "E₀")]) if level > 0]
    if levels:
        top = min(max([top, *(level for level in levels if level < 1.2 * top)]), _ABOVE * max(levels))
    _fill(axes, found, series, min(escape, top))
    for key, colour, dash in (("E*", VERMILION, (6, 2)), ("E₀", GREEN, (2, 1.5))):
        value = number(series, key)
        if math.isfinite(value) and not (key == "E₀" and value == escape):
            entries.append(f"{key} = {number_text(float(f'{value:.4g}'))}")
            axes.axhline(value, color=colour, linestyle=(0, dash), linewidth=1.5, label=plain(entries[-1]))
    room = 0.06 * (top - max(bottom, -top)) or 1.0
    axes.set_ylim(max(bottom, -top) - room, top + room)
    legend(axes, entries)


def _fill(axes: "Axes", found: Columns, series: Series, level: float) -> None:
    """Between Φ and the level, in the well; nothing if the level is not known."""
    left, right = number(series, "left"), number(series, "right")
    if "Φ" not in found or math.isnan(level):
        return
    pairs = zip(found["x"], found["Φ"], strict=True)
    inside = [left <= x <= right and height <= level for x, height in pairs]
    axes.fill_between(found["x"], found["Φ"], level, where=inside, color=SKY, alpha=0.2, linewidth=0)


def _spelled(value: float) -> str:
    """The number, ±∞, or that it is not known."""
    if math.isnan(value):
        return "unknown"
    return number_text(value).replace("inf", "∞")
