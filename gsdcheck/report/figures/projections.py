"""Pairwise projections of orbits with more than two coordinates, two panels a row."""

import math
import re
from itertools import combinations
from typing import TYPE_CHECKING

from gsdcheck.report.figures.canvas import (
    LEFT,
    ROW,
    TOP,
    WIDTH,
    blank,
    label,
    legend,
    legend_shape,
    place,
    plain,
    zero_lines,
)
from gsdcheck.report.figures.palette import orbit_line
from gsdcheck.report.series import Columns

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def projections(orbits: dict[str, Columns], names: list[str]) -> "Figure":
    """A panel for every pair of the coordinates; the legend takes the room above."""
    entries = list(orbits) if len(orbits) > 1 else []
    side = (WIDTH - 2 * LEFT - 0.16) / 2
    head = TOP + ROW * legend_shape(entries)[0]
    pairs = list(combinations(names, 2))
    down = math.ceil(len(pairs) / 2)
    figure = blank(head + down * (side + 0.62))
    for panel, (a, b) in enumerate(pairs):
        left = LEFT + (panel % 2) * (side + LEFT)
        axes = place(figure, left, 0.55 + (down - 1 - panel // 2) * (side + 0.62), side, side)
        label(axes, _subscript(a), _subscript(b))
        zero_lines(axes)
        for index, (name, path) in enumerate(orbits.items()):
            look = orbit_line(index)
            axes.plot(path[a], path[b], label=plain(name), **{**look, "linewidth": 1.0})
            axes.plot(path[a][:1], path[b][:1], "o", color=look["color"], markersize=4.5)
    legend(figure.axes[0], entries)
    return figure


def _subscript(name: str) -> str:
    """x₁₀ for x10."""
    return re.sub(r"\d", lambda digit: chr(0x2080 + int(digit.group())), name)
