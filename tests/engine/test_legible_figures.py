"""Every figure that a command draws can be read: no text leaves the picture or covers another, no legend the data."""

import itertools
from pathlib import Path

import pytest

from gsdcheck.claims import BY_ID
from gsdcheck.engine.audit import audit
from gsdcheck.engine.inspect import inspect
from gsdcheck.engine.paper import paper_series
from gsdcheck.record.build import build_matrix
from gsdcheck.report.figures import compliance_series, figure_of

DATA = Path(__file__).parent.parent / "data"


def of_verify():
    return paper_series(
        [{"claim": claim, "verdict": "proved", "certificate": None} for claim in BY_ID], "paper"
    )


def of_audits():
    records = [audit(name) for name in ("gelu", "sin", "sigmoid", "x*(x-1)**2")]
    every = {f"{r['subject']['name']}: {name}": s for r in records for name, s in r["series"].items()}
    return {**every, "matrix": compliance_series(build_matrix(records))}


def of_inspections():
    found = {}
    for name in ("skew-gelu-sine", "plain-tanh-recall"):
        series = inspect(str(DATA / f"{name}.npz"), euler_step="1/10")["series"]
        found |= {f"{name}: {key}": value for key, value in series.items()}
    return found


@pytest.fixture(scope="module", params=[of_verify, of_audits, of_inspections])
def drawn(request):
    return {name: figure_of(series) for name, series in request.param().items()}


def shown(axis):
    """The labels of the ticks that are in sight."""
    low, high = sorted(axis.get_view_interval())
    pairs = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
    return [label for place, label in pairs if low <= place <= high]


def texts(figure):
    """Every text of the figure with the box that it covers, in pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    found = []
    for axes in figure.axes:
        found += [*shown(axes.xaxis), *shown(axes.yaxis), axes.xaxis.label, axes.yaxis.label]
        found += [axes.title, axes._left_title, *(axes.get_legend().get_texts() if axes.get_legend() else ())]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in found if text.get_text().strip()]


def faults(figure):
    """The texts that leave the picture, and pairs of them that cover one another by more than a pixel or two."""
    boxes, frame = texts(figure), figure.bbox.padded(1)
    found = [
        text
        for text, box in boxes
        if not frame.contains(box.x0, box.y0) or not frame.contains(box.x1, box.y1)
    ]
    for (a, first), (b, second) in itertools.combinations(boxes, 2):
        both = first.intersection(first, second)
        if both is not None and min(both.width, both.height) > 1.5:
            found.append((a, b))
    return found


def test_no_text_leaves_the_picture_or_covers_another(drawn):
    assert {name: found for name, figure in drawn.items() if (found := faults(figure))} == {}


def test_the_search_for_bad_texts_finds_them():
    columns = {"k": [0, 1], "h=1": [1, 2]}
    series = {"kind": "euler", "title": "", "x_label": "k", "columns": columns}
    figure = figure_of({**series, "y_label": "a label that is longer than the axis is high " * 3})
    assert len(faults(figure)) == 1
    figure.axes[0].set_yticks([1.5, 1.501])
    assert ("1.5", "1.501") in faults(figure)


def test_no_legend_covers_the_axes(drawn):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    for name, figure in drawn.items():
        renderer = FigureCanvasAgg(figure).get_renderer()
        for axes in figure.axes:
            legend = axes.get_legend()
            if legend:
                assert legend.get_window_extent(renderer).y0 >= axes.bbox.y1 - 1, name
