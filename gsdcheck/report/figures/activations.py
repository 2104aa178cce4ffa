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
    """Φ, what of it lies in the well, and the levels as far as they are in sight."""
    x, height = found["x"], found.get("Φ", [math.nan] * len(found["x"]))
    zero_lines(axes)
    entries = ["Φ"]
    axes.plot(x, height, label="Φ", color=BLUE, linewidth=1.7)
    if finite(height):
        left, right = number(series, "left"), number(series, "right")
        inside = [not (v < left) and not (v > right) for v in x]
        axes.fill_between(x, height, max(0.0, *finite(height)), where=inside, color=SKY, alpha=0.18, linewidth=0)
    low, high = axes.get_ylim()
    for key, colour, dash in (("E*", VERMILION, (6, 2)), ("E₀", GREEN, (2, 1.5))):
        value = number(series, key)
        if math.isfinite(value) and not (key == "E₀" and value == number(series, "E*")):
            entries.append(f"{key} = {number_text(value)}")
            axes.axhline(value, color=colour, linestyle=(0, dash), linewidth=1.5, label=plain(entries[-1]))
    axes.set_ylim(low, high)
    legend(axes, entries)


def _spelled(value: float) -> str:
    """The number, ±∞, or that it is not known."""
    if math.isnan(value):
        return "unknown"
    return number_text(value).replace("inf", "∞")


