"""Does the spectrum of the Jacobian lie on the imaginary axis? Eigenvalues, enclosed where the series says so."""

import math
from typing import TYPE_CHECKING

from gsdcheck.report.figures.canvas import Series, chart, legend, plain
from gsdcheck.report.figures.palette import BLUE, FAINT, INK, PURPLE, VERMILION
from gsdcheck.report.figures.wording import counted, listing, short, span
from gsdcheck.report.series import Columns, columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LOOKS = {
    "on the axis": (BLUE, "o"),
    "off the axis": (VERMILION, "D"),
    "not decided": (PURPLE, "s"),
    "computed": (BLUE, "o"),
}


def spectrum(series: Series) -> "Figure":
    """Eigenvalues in the complex plane, with the imaginary axis; enclosures as boxes of their true size.

    Args:
        series: of kind spectrum, with re and im; with "re radius" and "im radius" each eigenvalue lies in the
            box of these radii, and is on the axis for certain if re and its radius are 0, off it if the box
            does not meet it.

    Raises:
        RecordError: the columns do not fit.
    """
    found = columns(series, "re", "im")
    sorts = _sorted(found)
    figure, axes = chart(series, list(sorts), height=3.6)
    axes.axvline(0, color=INK, alpha=0.6, linewidth=1.0)
    axes.axhline(0, color=INK, alpha=FAINT, linewidth=0.7)
    for name, places in sorts.items():
        colour, marker = _LOOKS[name]
        x, y = ([found[key][i] for i in places] for key in ("re", "im"))
        axes.plot(
            x,
            y,
            label=plain(name),
            color=colour,
            marker=marker,
            linestyle="",
            markersize=4,
            fillstyle="none",
            alpha=0.8,
        )
    _boxes(axes, found)
    reach = max((abs(v) for key in ("re", "im") for v in found[key] if math.isfinite(v)), default=0)
    for limits, set_limits in ((axes.get_xlim(), axes.set_xlim), (axes.get_ylim(), axes.set_ylim)):
        half = max(max(map(abs, limits)), reach / 4) or 1.0
        set_limits(-half, half)
    legend(axes, list(sorts))
    return figure


def describe_spectrum(series: Series) -> str:
    """The spectrum in words: how many eigenvalues lie where, and how sure that is."""
    found = columns(series, "re", "im")
    parts = [f"{counted(len(places), 'eigenvalue')} {name}" for name, places in _sorted(found).items()]
    radii = [r for key in ("re radius", "im radius") for r in found.get(key, []) if math.isfinite(r)]
    sure = f" Each is enclosed; the largest radius is {short(max(radii))}." if radii else ""
    ranges = f"real parts {span(found['re'])}, imaginary parts {span(found['im'])}"
    return f"Eigenvalues in the complex plane, {ranges}: {listing(parts)}.{sure}"


def _sorted(found: Columns) -> dict[str, list[int]]:
    """The places of the eigenvalues by what is certain of them; all are "computed" without enclosures."""
    sorts: dict[str, list[int]] = {}
    radii = found.get("re radius")
    for i, (re, im) in enumerate(zip(found["re"], found["im"], strict=True)):
        if math.isfinite(re) and math.isfinite(im):
            sorts.setdefault("computed" if radii is None else _sort(re, radii[i]), []).append(i)
    return sorts


def _sort(re: float, radius: float) -> str:
    if re == 0 and radius == 0:
        return "on the axis"
    return "off the axis" if abs(re) > radius else "not decided"


def _boxes(axes: "Axes", found: Columns) -> None:
    """The enclosures, one path for all of them."""
    if "re radius" not in found or "im radius" not in found:
        return
    x: list[float] = []
    y: list[float] = []
    for re, im, a, b in zip(found["re"], found["im"], found["re radius"], found["im radius"], strict=True):
        x += [re - a, re + a, re + a, re - a, re - a, math.nan]
        y += [im - b, im - b, im + b, im + b, im - b, math.nan]
    axes.plot(x, y, color=INK, linewidth=0.8, alpha=0.8)
