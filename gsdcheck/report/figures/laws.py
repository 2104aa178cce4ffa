"""Does the formula hold? Exact curves and what was measured: growth, periods, drift along ker W."""

from typing import TYPE_CHECKING

from gsdcheck.report.figures.canvas import Series, chart, legend, logarithmic, plain
from gsdcheck.report.figures.palette import REFERENCE, line, marks
from gsdcheck.report.figures.wording import course, finite, short, span
from gsdcheck.report.series import Columns, columns, curves

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def growth(series: Series) -> "Figure":
    """How fast does forward Euler heat the network? On logarithmic axes, where powers are straight lines.

    Args:
        series: of kind growth, with k and one column for each energy; a name with "law" in it is drawn
            dashed over the others.

    Raises:
        RecordError: the columns do not fit.
    """
    found = columns(series, "k")
    shown = curves(found, "k")
    figure, axes = chart(series, list(shown), height=3.3)
    laws = 0
    for index, (name, values) in enumerate(shown.items()):
        look = {**line(index), "linestyle": "-", "linewidth": 3.2}
        if "law" in name:
            look = {**REFERENCE, "zorder": 3, "linestyle": ((0, (5, 2)), (0, (1.2, 1.5)))[laws % 2]}
            laws += 1
        axes.plot(found["k"], values, label=plain(name), **look)
    if all(any(value > 0 for value in values) for values in found.values()):
        logarithmic(axes, "x")
        logarithmic(axes, "y")
    legend(axes, list(shown))
    return figure


def describe_growth(series: Series) -> str:
    """The growth in words."""
    found = columns(series, "k")
    parts = [f"{name} {course(values)}" for name, values in curves(found, "k").items()]
    return f"{series['y_label']} for k from {span(found['k'])}, logarithmic axes. {'; '.join(parts)}."


def period(series: Series) -> "Figure":
    """How long is a turn? Periods against the energy: the exact curve, and what was measured on it.

    Args:
        series: of kind period, with E and one column for each method; a name with "measured" or "computed"
            in it is drawn as marks, one with "limit" or "large" as a thin line, the others as lines.

    Raises:
        RecordError: the columns do not fit.
    """
    return _against_law(series, "E")


def describe_period(series: Series) -> str:
    """The periods in words, with how far the measured ones are from the exact ones."""
    return _law_in_words(series, "E", "the energy")


def kernel_drift(series: Series) -> "Figure":
    """Does x drift along ker W in the inner form? k·x against t for several activations.

    Args:
        series: of kind kernel, with t and one column for each activation; a name with "measured" or
            "computed" in it is drawn as marks, the others as lines.

    Raises:
        RecordError: the columns do not fit.
    """
    return _against_law(series, "t")


def describe_kernel_drift(series: Series) -> str:
    """The drift in words."""
    return _law_in_words(series, "t", "the time")


def _against_law(series: Series, x: str) -> "Figure":
    found = columns(series, x)
    shown = curves(found, x)
    figure, axes = chart(series, list(shown), height=3.3)
    for index, (name, values) in enumerate(shown.items()):
        look = line(index)
        if _is_measured(name):
            look = {**marks(index), "zorder": 3}
        elif "limit" in name or "large" in name:
            look = REFERENCE if "large" in name else {**REFERENCE, "linestyle": (0, (1.2, 1.5))}
        axes.plot(found[x], values, label=plain(name), **look)
    legend(axes, list(shown))
    return figure


def _law_in_words(series: Series, x: str, variable: str) -> str:
    found = columns(series, x)
    shown = curves(found, x)
    parts = [f"{name} {course(values)}{_distance(shown, name)}" for name, values in shown.items()]
    return f"{series['y_label']} for {variable} from {span(found[x])}. {'; '.join(parts)}."


def _distance(shown: Columns, name: str) -> str:
    """How far what was computed or measured is from the one exact curve of the figure."""
    exact = [other for other in shown if "exact" in other]
    if len(exact) != 1 or not _is_measured(name):
        return ""
    apart = finite([abs(a - b) for a, b in zip(shown[name], shown[exact[0]], strict=True)])
    return f", at most {short(max(apart))} from the exact curve" if apart else ""


def _is_measured(name: str) -> bool:
    return "measured" in name or "computed" in name
