"""The figures of a report, one public function each; all from the arrays of a record (`report.series`).

A function takes a series and returns a matplotlib `Figure`, to be saved, shown or drawn on further; beside it
stands one that says in words what is to be seen:

    from gsdcheck.record.files import read_record
    from gsdcheck.report import figures

    series = read_record("gsdcheck-report/record.json")["series"]
    figures.period(series["period"]).savefig("period.pdf")
    print(figures.description(series["period"]))

Figures are drawn without pyplot, so that no window system and no global state is involved. A figure has no title
in it: the page that shows it has a caption.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from gsdcheck.report.figures.activations import activation, describe_activation
from gsdcheck.report.figures.canvas import Series
from gsdcheck.report.figures.compliance import compliance, compliance_series, describe_compliance
from gsdcheck.report.figures.curves import (
    curve,
    describe_curve,
    describe_energy,
    describe_euler,
    energy,
    euler,
)
from gsdcheck.report.figures.drifts import describe_drift, energy_drift
from gsdcheck.report.figures.laws import (
    describe_growth,
    describe_kernel_drift,
    describe_period,
    growth,
    kernel_drift,
    period,
)
from gsdcheck.report.figures.portraits import describe_portrait, phase_portrait
from gsdcheck.report.figures.sections import describe_sections, poincare_sections
from gsdcheck.report.figures.spectra import describe_spectrum, spectrum
from gsdcheck.report.figures.vector import svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "activation",
    "compliance",
    "compliance_series",
    "curve",
    "describe_activation",
    "describe_compliance",
    "describe_curve",
    "describe_drift",
    "describe_energy",
    "describe_euler",
    "describe_growth",
    "describe_kernel_drift",
    "describe_period",
    "describe_portrait",
    "describe_sections",
    "describe_spectrum",
    "description",
    "energy",
    "energy_drift",
    "euler",
    "figure_of",
    "growth",
    "kernel_drift",
    "period",
    "phase_portrait",
    "poincare_sections",
    "spectrum",
    "svg",
]

_KINDS: dict[str, tuple[Callable[[Series], "Figure"], Callable[[Series], str]]] = {
    "activation": (activation, describe_activation),
    "compliance": (compliance, describe_compliance),
    "curve": (curve, describe_curve),
    "drift": (energy_drift, describe_drift),
    "energy": (energy, describe_energy),
    "euler": (euler, describe_euler),
    "growth": (growth, describe_growth),
    "kernel": (kernel_drift, describe_kernel_drift),
    "orbit": (phase_portrait, describe_portrait),
    "period": (period, describe_period),
    "section": (poincare_sections, describe_sections),
    "spectrum": (spectrum, describe_spectrum),
}


def figure_of(series: Series) -> "Figure | None":
    """The figure of the series, or None for a kind that this version does not draw.

    Raises:
        RecordError: the columns do not fit the kind.
    """
    known = _KINDS.get(series["kind"])
    return known[0](series) if known else None


def description(series: Series) -> str:
    """What the figure of the series shows, in words and numbers; empty for a kind that is not drawn.

    Raises:
        RecordError: the columns do not fit the kind.
    """
    known = _KINDS.get(series["kind"])
    return known[1](series) if known else ""
