"""An empty figure for some axes with room for their labels and a legend above; drawn without pyplot.

Lengths are in inches and fixed, so that text neither overlaps nor moves, and no layout has to be solved. The
width is that of a telephone: there 11 points of text are still ten pixels high.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gsdcheck.report.figures.palette import FAINT, INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

Series = Mapping[str, Any]

WIDTH = 5.4
TEXT, SMALL = 11.5, 10.5
LEFT, RIGHT, BOTTOM, TOP, ROW = 0.82, 0.14, 0.58, 0.14, 0.21
_X_LABEL, _Y_LABEL = 0.28, 0.6
_LONG = 24
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def chart(
    series: Series, entries: Sequence[str] = (), *, height: float = 3.0, headed: bool = False
) -> "tuple[Figure, Axes]":
    """A figure with one pair of axes, labelled as the series says, and room for a legend of these entries.

    Args:
        headed: leave room for a heading too, in place of a legend.
    """
    rows = max(legend_shape(entries)[0], int(headed))
    figure = blank(BOTTOM + height + TOP + ROW * rows)
    axes = place(figure, LEFT, BOTTOM, WIDTH - LEFT - RIGHT, height)
    label(axes, series["x_label"], series["y_label"])
    return figure, axes


def blank(height: float) -> "Figure":
    """A figure with nothing in it."""
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH, height))


def place(figure: "Figure", left: float, bottom: float, width: float, height: float) -> "Axes":
    """Axes at that place, in inches from the lower left corner."""
    W, H = figure.get_size_inches()
    axes = figure.add_axes((left / W, bottom / H, width / W, height / H))
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(INK)
    axes.tick_params(which="both", colors=INK, labelsize=SMALL)
    for axis in (axes.xaxis, axes.yaxis):
        _number(axis)
    return axes


def label(axes: "Axes", x: str, y: str) -> None:
    """The names of the axes, at a distance that leaves room for the numbers, whatever they are."""
    width, height = inches(axes)
    axes.set_xlabel(plain(x), fontsize=TEXT, color=INK)
    axes.set_ylabel(plain(y), fontsize=TEXT, color=INK)
    axes.xaxis.set_label_coords(0.5, -_X_LABEL / height)
    axes.yaxis.set_label_coords(-_Y_LABEL / width, 0.5)


def inches(axes: "Axes") -> tuple[float, float]:
    """The width and the height of the axes."""
    return axes.bbox.width / axes.figure.dpi, axes.bbox.height / axes.figure.dpi


def heading(axes: "Axes", text: str) -> None:
    """A line above the axes: what this panel shows."""
    axes.set_title(plain(text), fontsize=SMALL, color=INK, loc="left", pad=5)


def zero_lines(axes: "Axes") -> None:
    """x = 0 and y = 0, faint, behind everything."""
    axes.axhline(0, color=INK, alpha=FAINT, linewidth=0.7, zorder=0)
    axes.axvline(0, color=INK, alpha=FAINT, linewidth=0.7, zorder=0)


def legend_shape(entries: Sequence[str]) -> tuple[int, int]:
    """(rows, columns) of the legend; none for fewer than two entries."""
    if len(entries) < 2:
        return 0, 1
    columns = 1 if max(map(len, entries)) > _LONG else 2
    return math.ceil(len(entries) / columns), columns


def legend(axes: "Axes", entries: Sequence[str]) -> None:
    """The legend above the axes, in the room that `chart` left for these entries."""
    rows, columns = legend_shape(entries)
    if not rows:
        return
    shown = axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1 + 0.03 / inches(axes)[1]),
        ncols=columns,
        fontsize=SMALL,
        labelcolor=INK,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.3,
        handlelength=2.6,
        columnspacing=1.4,
    )
    shown.set_zorder(5)


def logarithmic(axes: "Axes", name: str) -> None:
    """A logarithmic scale of the axis x or y, with powers of ten as ticks; what is not positive is a gap."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    getattr(axes, f"set_{name}scale")("log", nonpositive="mask")
    axis: Axis = getattr(axes, f"{name}axis")
    axis.set_major_locator(LogLocator(numticks=7))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: _power_text(value)))


def number_text(value: float) -> str:
    """The number in few signs: 0.25, −3, 10⁻⁴, 2.5·10⁷."""
    if value == 0 or 1e-3 <= abs(value) < 1e5 or not math.isfinite(value):
        return f"{value:.6g}".replace("-", "−")
    mantissa, _, exponent = f"{value:.4e}".partition("e")
    power = "10" + str(int(exponent)).translate(_SUPERSCRIPTS)
    digits = f"{float(mantissa):g}".replace("-", "−")
    return {"1": power, "−1": f"−{power}"}.get(digits, f"{digits}·{power}")


def _power_text(value: float) -> str:
    """10⁻³, 0.1, 1, 100, 10⁴: as a logarithmic axis spells them."""
    if value and not 0.05 < abs(value) < 2000:
        exponent = round(math.log10(abs(value)))
        if math.isclose(abs(value), 10.0**exponent):
            return ("−" if value < 0 else "") + "10" + str(exponent).translate(_SUPERSCRIPTS)
    return number_text(value)


def plain(text: str) -> str:
    """The text with nothing in it that would be read as mathematics; a record is not trusted to be TeX."""
    return text.replace("\\", "\u29f5").replace("$", r"\$")


def _number(axis: "Axis") -> None:
    from matplotlib.ticker import FuncFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: number_text(value)))
