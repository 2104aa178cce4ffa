"""Which activation gives which guarantee? The compliance matrix as a heat map."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gsdcheck.errors import RecordError
from gsdcheck.report.figures.canvas import ROW, SMALL, TOP, WIDTH, Series, blank, inches, plain
from gsdcheck.report.figures.palette import BLUE, INK, PURPLE, SKY, VERMILION
from gsdcheck.report.matrix import cells, heads
from gsdcheck.report.series import columns
from gsdcheck.report.words import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CODES = ("refuted", "open", "supported", "below an energy", "proved")
"""What a cell says, by its number."""

_FILLS = {"refuted": VERMILION, "open": INK, "supported": PURPLE, "below an energy": SKY, "proved": BLUE}
_MARKS = {"refuted": "x", "open": "_", "supported": "o", "below an energy": "v", "proved": ""}
_NAMES, _LINE, _FEET = 1.55, 0.2, 0.1
_MOST_ROWS = 200
_LEGEND_ROWS = 2


def compliance_series(record: Mapping[str, Any]) -> dict[str, Any]:
    """The compliance matrix of a record of kind matrix (`gsdcheck audit --all`) as a series of kind compliance."""
    guarantees = record["records"][0]["guarantees"]
    rows = cells(record)
    return {
        "kind": "compliance",
        "title": "Which activation gives which guarantee",
        "x_label": "guarantee",
        "y_label": "activation",
        "rows": [name for name, _ in rows],
        "columns": {
            head: [_code(*row[claim]) if claim in row else None for _, row in rows]
            for claim, head in heads(guarantees).items()
        },
    }


def compliance(series: Series) -> "Figure":
    """Activations × guarantees, a cell blue where the guarantee is proved and orange where it is refuted.

    Args:
        series: of kind compliance (`compliance_series`): a column of codes, places in `CODES`, for each
            guarantee; "rows", the names of the activations.

    Raises:
        RecordError: the columns do not fit.
    """
    names, found = _table(series)
    head = TOP + ROW * _LEGEND_ROWS + 0.28
    figure = blank(_FEET + _LINE * len(names) + head)
    H = _FEET + _LINE * len(names) + head
    axes = figure.add_axes(
        (_NAMES / WIDTH, _FEET / H, (WIDTH - _NAMES - 0.1) / WIDTH, _LINE * len(names) / H)
    )
    for code, word in enumerate(CODES):
        places = [
            (x, y) for x, column in enumerate(found.values()) for y, v in enumerate(column) if v == code
        ]
        _fill(axes, word, places)
    axes.set_xlim(-0.5, len(found) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks(range(len(found)), [plain(name) for name in found])
    axes.set_yticks(range(len(names)), [plain(_cut(name)) for name in names])
    axes.tick_params(length=0, colors=INK, labelsize=SMALL - 1.5, top=True, labeltop=True, labelbottom=False)
    axes.spines[:].set_visible(False)
    _legend(axes)
    return figure


def describe_compliance(series: Series) -> str:
    """The matrix in words: for each guarantee, how many activations give it."""
    names, found = _table(series)
    parts = []
    for head, column in found.items():
        counts = [(word, sum(v == code for v in column)) for code, word in reversed(list(enumerate(CODES)))]
        parts.append(f"{head}: " + ", ".join(f"{number} {word}" for word, number in counts if number))
    return f"{plural(len(names), 'activation')} by {plural(len(found), 'guarantee')}. {'; '.join(parts)}."


def _table(series: Series) -> tuple[Sequence[str], dict[str, list[float]]]:
    """The names of the rows and the columns of codes, in the order of the series."""
    found = columns(series)
    names = series.get("rows") or []
    if any(len(column) != len(names) for column in found.values()) or len(names) > _MOST_ROWS:
        raise RecordError(
            f"The series names {len(names)} rows, at most {_MOST_ROWS} and as many as a column has."
        )
    return names, {name: found[name] for name in series["columns"]}


def _code(cell: str, verdict: str) -> int:
    """The place in CODES of a cell of the matrix."""
    if "<" in cell:
        return CODES.index("below an energy")
    return CODES.index(verdict if verdict in CODES else "open")


def _fill(axes: "Axes", word: str, places: list[tuple[int, int]]) -> None:
    """The cells of one code: one path for all of them, and a mark in each, so that colour is not the only cue."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    corners = ((-0.46, -0.44), (0.46, -0.44), (0.46, 0.44), (-0.46, 0.44), (-0.46, -0.44))
    codes = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)
    if places:
        vertices = [(x + a, y + b) for x, y in places for a, b in corners]
        alpha = 0.3 if word == "open" else 1.0
        path = Path(vertices, list(codes) * len(places))
        axes.add_patch(PathPatch(path, facecolor=_FILLS[word], alpha=alpha, linewidth=0, label=word))
    if places and _MARKS[word]:
        x, y = zip(*places, strict=True)
        axes.plot(x, y, linestyle="", marker=_MARKS[word], **_mark(word))


def _mark(word: str) -> dict[str, Any]:
    colour = INK if word == "open" else "#ffffff"
    return {"color": colour, "markersize": 4, "markeredgewidth": 1.1, "fillstyle": "none"}


def _legend(axes: "Axes") -> None:
    """Every code that occurs, with its colour and its mark."""
    from matplotlib.lines import Line2D

    shown = {str(patch.get_label()) for patch in axes.patches}
    handles = []
    for word in reversed(CODES):
        if word in shown:
            square = Line2D([], [], linestyle="", marker="s", markersize=9, color=_FILLS[word], label=word)
            square.set_alpha(0.3 if word == "open" else 1.0)
            handles.append(square)
    axes.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1, 1 + 0.3 / inches(axes)[1]),
        ncols=3,
        fontsize=SMALL,
        labelcolor=INK,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handletextpad=0.3,
        columnspacing=1.2,
    )


def _cut(name: str) -> str:
    return name if len(name) <= 20 else name[:19] + "…"
