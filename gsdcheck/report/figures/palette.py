"""Colours, dashes and marks: the same curve looks the same in every figure, and colour is never the only cue.

Blue, vermilion, green and purple are those of Okabe and Ito (2008), "Color universal design"; the sky blue is
darkened, their orange and yellow are left out, so that every colour has a contrast of 3 : 1 and more with a
white page and with a dark one. Any two are told apart by people with a colour vision deficiency.
"""

from typing import Any

BLUE, VERMILION, GREEN, PURPLE, SKY = "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#3d95cc"

INK = "#24303f"
"""Text and axes. `svg` writes it as currentColor, so that the page (or the scheme of the reader) decides."""

COLOURS = (BLUE, VERMILION, GREEN, PURPLE, SKY, INK)
_DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (5, 1.5, 1.2, 1.5)), (0, (1.2, 1.5)), (0, (9, 2)), "-")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

FAINT = 0.28
"""The opacity of what lies behind the data: level sets, zero lines, grids."""


def line(index: int) -> dict[str, Any]:
    """How the curve of that number is drawn: six that differ in colour and dash, then again, thinner."""
    place = index % len(COLOURS)
    width = 1.7 if index < len(COLOURS) else 1.0
    return {"color": COLOURS[place], "linestyle": _DASHES[place], "linewidth": width}


def orbit_line(index: int) -> dict[str, Any]:
    """As `line`, without vermilion and green, which are for E* and E₀."""
    return line((0, 3, 4, 5)[index % 4])


def marks(index: int) -> dict[str, Any]:
    """How measured points of that number are drawn: hollow, seven forms."""
    look = {"linestyle": "", "marker": MARKERS[index % len(MARKERS)], "fillstyle": "none"}
    return {**look, "color": COLOURS[index % len(COLOURS)], "markersize": 5.5, "markeredgewidth": 1.3}


REFERENCE: dict[str, Any] = {"color": INK, "linestyle": (0, (4, 2)), "linewidth": 1.2}
"""An exact law, drawn over what was measured."""
