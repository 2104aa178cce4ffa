"""Which figures a verification has, what they cost, and that they can be read."""

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
        *(f"against-odd-bounded-continuous-suffices-{k}" for k in (1, 2, 3, 4)),
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
