"""The figures of a report, one function a kind of series; all from a record's arrays.

Figures are drawn without pyplot, so that no window system and no global state is involved. Colours are
those of Okabe and Ito, told apart also by people with a colour vision deficiency, and curves differ in dash.
A figure has no title in it: the page that shows it has a caption.
"""

import io
import math
import re
import warnings
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from gsdcheck.report.series import Columns, columns, curves, groups

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Series = Mapping[str, Any]

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
_DASHES = ("-", "--", "-.", ":")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X")
_MOST_COORDINATES = 4  # six pairs: what a page can show


def figure_of(series: Series) -> "Figure | None":
    """The figure of the series, or None for a kind that this version does not draw.

    Raises:
        RecordError: the columns do not fit the kind.
    """
    draw = _FIGURES.get(series["kind"])
    return draw(series) if draw else None


def svg_of(series: Series) -> str | None:
    """The figure of the series as SVG, or None for a kind that this version does not draw."""
    figure = figure_of(series)
    return None if figure is None else svg(figure)


def svg(figure: "Figure") -> str:
    """The figure as SVG: the same bytes for the same data, no date, nothing loaded from elsewhere."""
    import matplotlib

    buffer = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with matplotlib.rc_context({"svg.hashsalt": "gsdcheck"}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure.savefig(buffer, format="svg", metadata=nothing, transparent=True)
    text = re.sub(r"<!DOCTYPE[^>]*>\s*", "", buffer.getvalue())
    return re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)


def orbit(series: Series) -> "Figure":
    """Pairwise projections of an orbit over level sets; a phase portrait where there are two coordinates."""
    found = columns(series)
    path = {name: found[name] for name in found if re.fullmatch(r"x\d+", name)}
    if len(path) < 2:
        return _lines(series, "t")
    pairs = list(combinations(_widest(path), 2))
    across = min(len(pairs), 3)
    down = math.ceil(len(pairs) / across)
    figure = _figure(width=5.4 if across == 1 else 3.1 * across, height=4.6 if across == 1 else 2.7 * down)
    for index, (a, b) in enumerate(pairs):
        axes = figure.add_subplot(down, across, index + 1)
        for level in groups(found):
            if a in level and b in level:
                axes.plot(level[a], level[b], color="#999999", linewidth=0.8)
        axes.plot(path[a], path[b], color=_COLOURS[0], linewidth=1.2)
        axes.plot(path[a][:1], path[b][:1], "o", color=_COLOURS[1], markersize=5)
        axes.set_xlabel(_plain(series["x_label"]) if len(pairs) == 1 else a)
        axes.set_ylabel(_plain(series["y_label"]) if len(pairs) == 1 else b)
        axes.axhline(0, color="#cccccc", linewidth=0.6, zorder=0)
        axes.axvline(0, color="#cccccc", linewidth=0.6, zorder=0)
    return figure


def energy(series: Series) -> "Figure":
    """The energy along the orbit, on a scale on which rounding does not look like a change."""
    figure = _lines(series, "t")
    axes = figure.axes[0]
    low, high = axes.get_ylim()
    room = 0.05 * max(abs(low), abs(high))
    if high - low < room:
        middle = (low + high) / 2
        axes.set_ylim(middle - room, middle + room)
    found = columns(series, "t")
    changes = "; ".join(f"{name}: {_spread(values):.1e}" for name, values in curves(found, "t").items())
    axes.set_title(_plain(f"largest minus smallest: {changes}"), fontsize="small", loc="left")
    return figure


def spectrum(series: Series) -> "Figure":
    """Eigenvalues in the complex plane, with the imaginary axis."""
    found = columns(series, "re", "im")
    figure = _single()
    axes = _axes(figure, series)
    axes.axvline(0, color="#666666", linewidth=0.9)
    axes.axhline(0, color="#cccccc", linewidth=0.6)
    axes.plot(found["re"], found["im"], "o", color=_COLOURS[0], markersize=5, alpha=0.6, markeredgewidth=0)
    reach = max(
        (abs(value) for key in ("re", "im") for value in found[key] if math.isfinite(value)), default=0
    )
    width = max(max(map(abs, axes.get_xlim())), reach / 4) or 1.0
    axes.set_xlim(-width, width)
    return figure


def euler(series: Series) -> "Figure":
    """The energy along forward Euler for several step sizes."""
    return _lines(series, "k")


def growth(series: Series) -> "Figure":
    """Energies under forward Euler against k, on logarithmic axes: powers are straight lines."""
    found = columns(series, "k")
    figure = _single()
    axes = _axes(figure, series)
    for index, (name, values) in enumerate(curves(found, "k").items()):
        is_law = "law" in name
        axes.plot(
            [k if k > 0 else math.nan for k in found["k"]],
            [value if value > 0 else math.nan for value in values],
            color="#000000" if is_law else _COLOURS[index % 6],
            linestyle="--" if is_law else "-",
            linewidth=1.1 if is_law else 3,
            zorder=3 if is_law else 2,
            label=_plain(name),
        )
    if all(any(value > 0 for value in values) for values in found.values()):
        axes.set_xscale("log")
        axes.set_yscale("log")
    axes.legend(frameon=False)
    return figure


def period(series: Series) -> "Figure":
    """Periods against the energy: the exact curve, and what was measured on it."""
    found = columns(series, "E")
    figure = _single()
    axes = _axes(figure, series)
    for index, (name, values) in enumerate(curves(found, "E").items()):
        look: dict[str, Any] = {"linestyle": "", "marker": _MARKERS[index % 7], "fillstyle": "none"}
        if "exact" in name:
            look = {"linestyle": "-", "zorder": 1}
        axes.plot(found["E"], values, color=_COLOURS[index % 7], label=_plain(name), **look)
    axes.legend(frameon=False)
    return figure


def curve(series: Series) -> "Figure":
    """Every column against x; those named "at …" as marks, with the axis y = 0."""
    found = columns(series, "x")
    figure = _single()
    axes = _axes(figure, series)
    axes.axhline(0, color="#cccccc", linewidth=0.6, zorder=0)
    for index, (name, values) in enumerate(curves(found, "x").items()):
        marks = {"linestyle": "", "marker": "o", "markersize": 7} if name.startswith("at ") else {}
        look: dict[str, Any] = {"linestyle": _DASHES[index % 4], "linewidth": 1.6, **marks}
        axes.plot(found["x"], values, color=_COLOURS[index % 7], label=_plain(name), **look)
    if len(found) > 2:
        axes.legend(frameon=False)
    return figure


_FIGURES: dict[str, Callable[[Series], "Figure"]] = {
    "curve": curve,
    "orbit": orbit,
    "energy": energy,
    "spectrum": spectrum,
    "euler": euler,
    "growth": growth,
    "period": period,
}


def _figure(*, width: float, height: float) -> "Figure":
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def _single() -> "Figure":
    """A figure for one pair of axes, with room for the longest ticks; a layout that is solved takes as long again."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.4, 3.6))
    figure.subplots_adjust(left=0.16, right=0.97, bottom=0.14, top=0.94)
    return figure


def _axes(figure: "Figure", series: Series) -> "Axes":
    axes = figure.add_subplot()
    axes.set_xlabel(_plain(series["x_label"]))
    axes.set_ylabel(_plain(series["y_label"]))
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def _lines(series: Series, x: str) -> "Figure":
    """Every column against the column x; logarithmic where the values span more than three decades."""
    found = columns(series, x)
    figure = _single()
    axes = _axes(figure, series)
    shown = curves(found, x)
    for index, (name, values) in enumerate(shown.items()):
        colour, dash = _COLOURS[index % 7], _DASHES[index % 4]
        axes.plot(found[x], values, color=colour, linestyle=dash, linewidth=1.6, label=_plain(name))
    if _is_wide(shown):
        axes.set_yscale("log")
    if len(shown) > 1:
        axes.legend(frameon=False)
    return figure


def _is_wide(shown: Columns) -> bool:
    values = [value for column in shown.values() for value in column if math.isfinite(value)]
    return bool(values) and min(values) > 0 and max(values) > 1000 * min(values)


def _widest(path: Columns) -> list[str]:
    """The coordinates that move most, in their own order."""
    chosen = sorted(path, key=lambda name: -_spread(path[name]))[:_MOST_COORDINATES]
    return [name for name in path if name in chosen]


def _spread(values: list[float]) -> float:
    finite = [value for value in values if math.isfinite(value)]
    return max(finite) - min(finite) if finite else 0.0


def _plain(text: str) -> str:
    """The text with nothing in it that would be read as mathematics; a record is not trusted to be TeX."""
    return text.replace("\\", "\u29f5").replace("$", r"\$")
