"""Which integrator keeps the energy, and how does the error fall with the step?"""

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from gsdcheck.report.figures.canvas import Series, chart, legend, logarithmic, plain
from gsdcheck.report.figures.palette import MARKERS, line
from gsdcheck.report.figures.wording import course, finite, span
from gsdcheck.report.series import columns, curves, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def energy_drift(series: Series) -> "Figure":
    """The largest change of H against the step, log-log, the worst first: the slope is the order.

    Args:
        series: of kind drift, with h and one column for each integrator; values "order NAME", the slopes.

    Raises:
        RecordError: the columns do not fit.
    """
    found = columns(series, "h")
    shown = dict(sorted(curves(found, "h").items(), key=lambda item: -_worst(item[1])))
    entries = [_entry(series, name) for name in shown]
    figure, axes = chart(series, entries, height=3.6)
    for index, (name, values) in enumerate(shown.items()):
        look = {**line(index), "marker": MARKERS[index % len(MARKERS)], "markersize": 4.5}
        axes.plot(found["h"], values, label=plain(_entry(series, name)), **look)
    if all(any(value > 0 for value in values) for values in found.values()):
        logarithmic(axes, "x")
        logarithmic(axes, "y")
        _as_fractions(axes, found["h"])
    legend(axes, entries)
    return figure


def describe_drift(series: Series) -> str:
    """The drifts in words."""
    found = columns(series, "h")
    parts = [f"{_entry(series, name)}: {course(values)}" for name, values in curves(found, "h").items()]
    return f"{series['y_label']} for the step h from {span(found['h'])}, log-log. {'; '.join(parts)}."


def _worst(values: list[float]) -> float:
    return max(finite(values), default=0.0)


def _entry(series: Series, name: str) -> str:
    slope = number(series, f"order {name}")
    return f"{name}: slope {slope:.2f}" if math.isfinite(slope) else name


def _as_fractions(axes: "Axes", steps: list[float]) -> None:
    """Ticks at the steps, spelled 1/8, where all of them are simple."""
    ticks = [Fraction(h).limit_denominator(4096) for h in steps if 0 < h < math.inf]
    if ticks and all(float(tick) == h for tick, h in zip(ticks, steps, strict=False)) and len(ticks) < 12:
        axes.set_xticks([float(tick) for tick in ticks], [str(tick) for tick in ticks])
