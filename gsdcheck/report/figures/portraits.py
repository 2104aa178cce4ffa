"""Where do orbits go? The phase portrait over the level sets of H, and projections for more coordinates."""

import math
from typing import TYPE_CHECKING, Any

from gsdcheck.errors import RecordError
from gsdcheck.report.figures.canvas import (
    Series,
    chart,
    legend,
    number_text,
    plain,
    zero_lines,
)
from gsdcheck.report.figures.orbits import coordinates, fate, orbits_of
from gsdcheck.report.figures.palette import BLUE, FAINT, GREEN, INK, VERMILION, orbit_line
from gsdcheck.report.figures.projections import projections
from gsdcheck.report.figures.wording import counted, listing, span
from gsdcheck.report.series import Columns, columns, groups, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SIDE = 4.2
_CURVES = 9
_LOOKS: dict[str, dict[str, Any]] = {
    "E*": {"color": VERMILION, "linestyle": (0, (6, 2)), "linewidth": 1.6},
    "E₀": {"color": GREEN, "linestyle": (0, (2, 1.5)), "linewidth": 1.6},
}


def phase_portrait(series: Series) -> "Figure":
    """Where the orbits go: in the plane over level sets of H with E₀ and E*, else in pairwise projections.

    Args:
        series: of kind orbit, with x1, x2, ... of one orbit or groups of them, one an orbit; in the plane
            also "potential.s", "potential.Φ" and the values "E₀", "E*". One coordinate is drawn against t.

    Raises:
        RecordError: the columns do not fit.
    """
    found = columns(series)
    orbits = orbits_of(found)
    names = coordinates(orbits)
    if len(names) == 1:
        return _against_time(series, columns(series, "t"))
    if len(names) == 2:
        return _plane(series, found, orbits, names)
    return projections(orbits, names)


def describe_portrait(series: Series) -> str:
    """The phase portrait in words."""
    found = columns(series)
    orbits = orbits_of(found)
    names = coordinates(orbits)
    parts = [f"{_named(name)} {fate(path, names)}" for name, path in orbits.items()]
    if len(names) == 1:
        return f"{series['x_label']} runs over {span(found.get('t', []))}; {listing(parts)}."
    where = "Phase portrait" if len(names) == 2 else f"Projections of {counted(len(names), 'coordinate')}"
    levels = [f"{key} = {number_text(value)}" for key, value in _levels(series).items()]
    beneath = f" over level sets of the energy, {listing(levels)} marked" if levels else ""
    return f"{where}{beneath}. {listing(parts)}."


def _plane(series: Series, found: Columns, orbits: dict[str, Columns], names: list[str]) -> "Figure":
    levels = _levels(series) if "potential.s" in found else {}
    entries = [*_texts(levels), *(orbits if len(orbits) > 1 or levels else ())]
    figure, axes = chart(series, entries, height=_SIDE)
    zero_lines(axes)
    _beneath(axes, found, names)
    if "potential.s" in found:
        _level_sets(axes, groups(found)["potential"], levels)
    for index, (name, path) in enumerate(orbits.items()):
        _orbit(axes, path[names[0]], path[names[1]], index, name if entries else "")
    axes.set_aspect("equal", adjustable="box" if "potential.s" in found else "datalim")
    legend(axes, entries)
    return figure


def _level_sets(axes: "Axes", potential: Columns, levels: dict[str, float]) -> None:
    """The level sets of Φ(x1) + Φ(x2), as many below one as above, and those of E₀ and E*."""
    import numpy as np

    s, height = np.array(potential.get("s", [])), np.array(potential.get("Φ", []))
    if s.size < 2 or s.size != height.size or not (np.diff(s) > 0).all() or not np.isfinite(height).all():
        raise RecordError("The potential of the series is no function on an increasing grid.")
    H = height[:, None] + height[None, :]
    if H.min() < H.max() < 1e100:
        drawn = np.unique(np.quantile(H, np.linspace(0.04, 0.96, _CURVES)))
        axes.contour(s, s, H, levels=drawn, colors=INK, alpha=FAINT, linewidths=0.8, linestyles="solid")
        for key, text in zip(levels, _texts(levels), strict=True):
            look = _LOOKS[key]
            axes.plot([], [], label=plain(text), **look)
            if H.min() < levels[key] < H.max():
                style = [look["linestyle"]]
                axes.contour(
                    s, s, H, levels=[levels[key]], colors=look["color"], linestyles=style, linewidths=1.6
                )
    axes.set_xlim(s[0], s[-1])
    axes.set_ylim(s[0], s[-1])


def _levels(series: Series) -> dict[str, float]:
    """The finite ones of E* and E₀; only E* where they agree."""
    found = {key: number(series, key) for key in ("E*", "E₀")}
    if found["E₀"] == found["E*"]:
        del found["E₀"]
    return {key: value for key, value in found.items() if math.isfinite(value)}


def _texts(levels: dict[str, float]) -> list[str]:
    return [f"H = {key} = {number_text(float(f'{value:.4g}'))}" for key, value in levels.items()]


def _orbit(axes: "Axes", x: list[float], y: list[float], index: int, name: str) -> None:
    """The orbit with a dot at its start and an arrow head a third of the way on."""
    look = orbit_line(index)
    axes.plot(x, y, label=plain(name) if name else None, **look)
    axes.plot(x[:1], y[:1], "o", color=look["color"], markersize=5)
    k = len(x) // 3
    step = (x[k + 1] - x[k], y[k + 1] - y[k]) if len(x) > 4 else (0.0, 0.0)
    if any(step) and all(map(math.isfinite, step)):
        angle = math.degrees(math.atan2(step[1], step[0])) - 90
        axes.plot([x[k]], [y[k]], marker=(3, 0, angle), color=look["color"], markersize=8)


def _beneath(axes: "Axes", found: Columns, names: list[str]) -> None:
    """The level sets that the series spells out, point by point."""
    for group, part in groups(found).items():
        if group.startswith("level") and all(name in part for name in names):
            axes.plot(*(part[name] for name in names), color=INK, alpha=FAINT, linewidth=0.8)


def _against_time(series: Series, found: Columns) -> "Figure":
    figure, axes = chart(series)
    axes.plot(found["t"], found["x1"], color=BLUE, linewidth=1.7)
    return figure


def _named(name: str) -> str:
    return "The orbit" if name == "orbit" else f"“{name}”"
