"""A figure as SVG: small, the same bytes for the same data, legible on a light page and on a dark one."""

import io
import re
import warnings
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from gsdcheck.report.figures.palette import INK

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_FONTS = "'DejaVu Sans', Verdana, system-ui, sans-serif"
"""Both have the same widths, for which the places of the text were computed; other fonts are narrower."""

_STYLE = (
    "svg.gsdcheck{color:#3a4452;color-scheme:light dark}"
    "svg.gsdcheck *{stroke-linejoin:round;stroke-linecap:butt}"
    f"svg.gsdcheck text{{font-family:{_FONTS}}}"
    "@media (prefers-color-scheme:dark){svg.gsdcheck{color:#c9d1dc}}"
    "@media print{svg.gsdcheck{color:#222}}"
)


def svg(figure: "Figure", *, title: str = "", description: str = "", name: str = "") -> str:
    """The figure as one <svg> element, to be a file, an <img> or a part of a page.

    Text stays text. What is drawn in `INK` takes the colour of the reader's scheme. There is no date in it,
    nothing is loaded from elsewhere, and two figures of different names share no id.

    Args:
        title: a short name, for screen readers and as a tooltip.
        description: what is to be seen, in words.
        name: of the figure in its page.
    """
    import matplotlib

    buffer = io.StringIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    settings: Any = {
        "svg.hashsalt": f"gsdcheck {name}",
        "svg.fonttype": "none",
        "path.simplify_threshold": 0.2,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure.savefig(buffer, format="svg", metadata=nothing, transparent=True)
    return _with_words(_small(buffer.getvalue()), title, description)


def _small(text: str) -> str:
    """The element without what no reader needs."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->|<style.*?</style>", "", text, flags=re.DOTALL)
    used = set(re.findall(r"#([\w-]+)", text))
    text = re.sub(r"<[^>]*>", lambda tag: _small_tag(tag.group(), used), text)
    return re.sub(r"\s*\n\s*", "\n", text)


def _small_tag(tag: str, used: set[str]) -> str:
    """The tag with two decimals of a point, a hundredth of a pixel; its text has the fonts of the style."""
    tag = re.sub(r' id="([^"]*)"', lambda name: name.group() if name.group(1) in used else "", tag)
    tag = re.sub(r"(?<=\d)\.(\d{2})\d+(?![\w.])", r".\1", tag)
    tag = re.sub(r"(?<=\d)\.0+(?![\w.])", "", tag)
    tag = re.sub(r"font-family: [^;\"]*(; )?", "", tag)
    tag = re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1", tag)  # as matplotlib before 3.10 writes it
    tag = re.sub(r' transform="rotate\(-0 [^)]*\)"', "", tag)
    return tag.replace(INK, "currentColor")


def _with_words(text: str, title: str, description: str) -> str:
    """The element with its title, its description and the style that follows the reader's scheme."""
    start, end, body = text.partition(">")
    words = f"<title>{escape(title)}</title>" if title else ""
    words += f"<desc>{escape(description)}</desc>" if description else ""
    return f'{start} class="gsdcheck" role="img"{end}{words}<style>{_STYLE}</style>{body}'
