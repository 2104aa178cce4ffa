"""Which figures a verification has, what they cost, and that they can be read."""

import itertools
import json

import pytest

from gsdcheck.certify.judgement import Judgement
from gsdcheck.claims import BY_ID
from gsdcheck.engine.paper import FIGURES, OF_CLAIMS, STORY, paper_series
from gsdcheck.engine.serial import judgement_data
from gsdcheck.record.build import build_record
from gsdcheck.report.figures import description, figure_of, svg

ALL = [{"claim": claim, "verdict": "proved", "certificate": None} for claim in BY_ID]


@pytest.fixture(scope="module")
def refutations():
    found = (Judgement.from_certificate(c) for c in BY_ID["odd-bounded-continuous-suffices"].proposals())
    return [judgement_data(judgement) for judgement in found]


@pytest.fixture(scope="module")
def whole(refutations):
    return paper_series([*ALL, *refutations], "paper")


@pytest.fixture(scope="module")
def drawn(whole):
    return {name: figure_of(series) for name, series in whole.items()}


def test_a_claim_brings_its_figures_and_no_others():
    found = paper_series([{"claim": "tanh-period-is-elliptic", "verdict": "proved", "certificate": None}])
    assert {name: series["claim"] for name, series in found.items()} == {"period": "tanh-period-is-elliptic"}
    assert paper_series([{"claim": "energy-is-conserved", "verdict": "proved", "certificate": None}]) == {}


def test_figures_can_be_left_out_and_the_story_added(whole):
    assert paper_series(ALL, "none") is None
    assert set(whole) == {
        *OF_CLAIMS,
        *STORY,
        *(f"against-odd-bounded-continuous-suffices-{k}" for k in (1, 2, 3)),
    }
    assert FIGURES == ("none", "claims", "paper")


def test_every_figure_belongs_to_a_claim_of_the_catalogue(whole):
    assert {series["claim"] for series in whole.values()} <= set(BY_ID)
    assert len(OF_CLAIMS) == len({claim for claim, _ in OF_CLAIMS.values()})


def test_the_same_judgements_give_the_same_arrays(refutations, whole):
    again = paper_series([*ALL, *refutations], "paper")
    assert json.dumps(again, sort_keys=True) == json.dumps(whole, sort_keys=True)


def test_a_record_holds_them_and_stays_small(whole):
    record = build_record(kind="verify", series=whole)
    assert len(json.dumps(record, indent=1)) < 400_000
    assert record["series"] == json.loads(json.dumps(whole))


def test_titles_and_captions_are_sentences(whole):
    for series in whole.values():
        assert series["caption"].endswith(".")
        assert not series["title"].endswith(".")
        assert len(description(series)) > 40


def test_images_are_small(drawn):
    sizes = {name: len(svg(figure, name=name)) for name, figure in drawn.items()}
    assert max(sizes.values()) < 120_000
    assert sum(sizes.values()) < 900_000


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


def test_the_search_for_bad_texts_finds_them(whole):
    figure = figure_of({**whole["period"], "y_label": "a label that is longer than the axis is high " * 3})
    assert len(faults(figure)) == 1
    figure.axes[0].set_yticks([10.0, 10.05])
    assert ("10", "10.05") in faults(figure)


def test_no_legend_covers_the_axes(drawn):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    for name, figure in drawn.items():
        renderer = FigureCanvasAgg(figure).get_renderer()
        for axes in figure.axes:
            legend = axes.get_legend()
            if legend:
                assert legend.get_window_extent(renderer).y0 >= axes.bbox.y1 - 1, name
