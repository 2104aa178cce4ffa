"""How does it run? Curves against one variable: energies, forward Euler, slopes, what else a record holds."""

from typing import TYPE_CHECKING, Any

from gsdcheck.report.figures.canvas import Series, chart, heading, legend, logarithmic, plain
from gsdcheck.report.figures.palette import FAINT, INK, VERMILION, line
from gsdcheck.report.figures.wording import course, finite, short, span
from gsdcheck.report.series import Columns, columns, curves

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def energy(series: Series) -> "Figure":
    """Is H constant along the orbit? On a scale on which rounding does not look like a change.

    Args:
        series: of kind energy, with t and one column for each energy.

    Raises:
        RecordError: the columns do not fit.
    """
    found = curves(columns(series, "t"), "t")
    figure = _lines(series, "t", headed=len(found) == 1)
    axes = figure.axes[0]
    low, high = axes.get_ylim()
    room = 0.05 * max(abs(low), abs(high))
    if high - low < room:
        middle = (low + high) / 2
        axes.set_ylim(middle - room, middle + room)
    if len(found) == 1:
        heading(axes, f"largest minus smallest: {_change(next(iter(found.values())))}")
    return figure


def describe_energy(series: Series) -> str:
    """The energies in words."""
    found = columns(series, "t")
    parts = [
        f"{name}: largest minus smallest is {_change(values)}" for name, values in curves(found, "t").items()
    ]
    return f"Energy for t from {span(found['t'])}. {'; '.join(parts)}."


def euler(series: Series) -> "Figure":
    """What does forward Euler do to H, for several step sizes?

    Args:
        series: of kind euler, with k and one column for each step size.

    Raises:
        RecordError: the columns do not fit.
    """
    return _lines(series, "k")


def describe_euler(series: Series) -> str:
    """The energies under forward Euler in words."""
    return _described(series, "k", "step")


def curve(series: Series) -> "Figure":
    """Every column against x; those named "at …" as marks, with the axis y = 0.

    Args:
        series: of kind curve, with x and one column for each curve.

    Raises:
        RecordError: the columns do not fit.
    """
    found = columns(series, "x")
    shown = dict(sorted(curves(found, "x").items(), key=lambda item: item[0].startswith("at ")))
    figure, axes = chart(series, list(shown))
    axes.axhline(0, color=INK, alpha=FAINT, linewidth=0.7, zorder=0)
    for index, (name, values) in enumerate(shown.items()):
        look: dict[str, Any] = line(index)
        if name.startswith("at "):
            look = {"linestyle": "", "marker": "o", "markersize": 7, "color": VERMILION}
        axes.plot(found["x"], values, label=plain(name), **look)
    legend(axes, list(shown))
    return figure


def describe_curve(series: Series) -> str:
    """The curves in words."""
    return _described(series, "x", str(series["x_label"]))


def _lines(series: Series, x: str, *, headed: bool = False) -> "Figure":
    """Every column against the column x; logarithmic where the values span more than three decades."""
    found = columns(series, x)
    shown = curves(found, x)
    figure, axes = chart(series, list(shown), headed=headed)
    for index, (name, values) in enumerate(shown.items()):
        axes.plot(found[x], values, label=plain(name), **line(index))
    if _is_wide(shown):
        logarithmic(axes, "y")
    legend(axes, list(shown))
    return figure


def _described(series: Series, x: str, variable: str) -> str:
    found = columns(series, x)
    parts = [f"{name} {course(values)}" for name, values in curves(found, x).items()]
    return f"{series['y_label']} for {variable} from {span(found[x])}. {'; '.join(parts)}."


def _is_wide(shown: Columns) -> bool:
    values = [value for column in shown.values() for value in finite(column)]
    return bool(values) and min(values) > 0 and max(values) > 1000 * min(values)


def _change(values: list[float]) -> str:
    known = finite(values)
    return short(max(known) - min(known)) if known else "unknown"
