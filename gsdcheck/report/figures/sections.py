"""Regular or chaotic? Poincaré sections side by side."""

import math
from typing import TYPE_CHECKING

from gsdcheck.errors import RecordError
from gsdcheck.report.figures.canvas import SMALL, WIDTH, Series, blank, heading, label, place
from gsdcheck.report.figures.palette import COLOURS, MARKERS
from gsdcheck.report.figures.wording import counted, finite, short, span
from gsdcheck.report.series import Columns, columns, groups, number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LEFT, _GAP, _BOTTOM, _HEAD = 0.78, 0.6, 0.58, 0.55


def poincare_sections(series: Series) -> "Figure":
    """Where orbits pierce a plane: curves for regular ones, a cloud for chaotic ones.

    Args:
        series: of kind section, with groups "PANEL NUMBER.u", "PANEL NUMBER.v", an orbit each; values
            "PANEL H", "PANEL λ" and "PANEL λ error", the energy and the largest Lyapunov exponent.

    Raises:
        RecordError: the columns do not fit.
    """
    panels = _panels(series)
    side = (WIDTH - _LEFT - _GAP * (len(panels) - 1) - 0.14) / max(len(panels), 2)
    figure = blank(_BOTTOM + side + _HEAD)
    for place_, (name, orbits) in enumerate(panels.items()):
        axes = place(figure, _LEFT + place_ * (side + _GAP), _BOTTOM, side, side)
        label(axes, series["x_label"], series["y_label"] if place_ == 0 else "")
        heading(axes, _head(series, name))
        axes.title.set_fontsize(SMALL)
        for index, orbit in enumerate(orbits):
            axes.plot(
                orbit["u"],
                orbit["v"],
                linestyle="",
                marker=MARKERS[index % len(MARKERS)],
                markersize=2.4,
                markeredgewidth=0,
                color=COLOURS[index % len(COLOURS)],
            )
    return figure


def describe_sections(series: Series) -> str:
    """The sections in words."""
    parts = []
    for name, orbits in _panels(series).items():
        u, v = ([value for orbit in orbits for value in orbit[key]] for key in ("u", "v"))
        found = f"{_head(series, name)}: {counted(len(orbits), 'orbit')}, {counted(len(finite(u)), 'point')}"
        parts.append(
            f"{found}, {series['x_label']} {span(u)}, {series['y_label']} {span(v)}".replace("\n", ", ")
        )
    return f"Poincaré sections. {'; '.join(parts)}."


def _panels(series: Series) -> dict[str, list[Columns]]:
    """The orbits of each panel, in the order of their energies."""
    panels: dict[str, list[Columns]] = {}
    for name, orbit in groups(columns(series)).items():
        if {"u", "v"} <= orbit.keys():
            panels.setdefault(name.rpartition(" ")[0], []).append(orbit)
    if not panels:
        raise RecordError("The series has no column of a section: PANEL NUMBER.u and PANEL NUMBER.v.")
    known = {name: number(series, f"{name} H") for name in panels}
    return {name: panels[name] for name in sorted(panels, key=lambda n: (math.isnan(known[n]), known[n]))}


def _head(series: Series, panel: str) -> str:
    """Two lines: the panel with its energy, and its largest Lyapunov exponent."""
    H, rate, error = (number(series, f"{panel} {key}") for key in ("H", "λ", "λ error"))
    head = f"{panel}, H = {short(H)}" if math.isfinite(H) else panel
    if math.isfinite(rate):
        head += f"\nλ = {short(rate)}" + (f" ± {short(error)}" if math.isfinite(error) else "")
    return head
