"""The heat map: every cell says what the matrix says, in colour and in form."""

import pytest

from gsdcheck.errors import RecordError
from gsdcheck.report.figures import compliance, compliance_series, description, svg
from gsdcheck.report.figures.compliance import CODES

TABLE = {
    "tanh": [("all", "proved"), ("√k", "supported"), ("yes", "proved")],
    "gelu": [("H < 1/4", "refuted"), ("?", "undecided"), ("no", "refuted")],
}
HEADS = ["O1", "E4", "J1"]
MEANT = {
    "tanh": ["proved", "supported", "proved"],
    "gelu": ["below an energy", "open", "refuted"],
}


@pytest.fixture
def matrix():
    def guarantees(row):
        return [
            {"id": f"claim-{head}", "theory": head, "title": head, "cell": cell, "verdict": verdict}
            for head, (cell, verdict) in zip(HEADS, row, strict=True)
        ]

    records = [
        {"kind": "audit", "subject": {"name": n}, "guarantees": guarantees(row)} for n, row in TABLE.items()
    ]
    return {"kind": "matrix", "records": records}


def word_at(figure, x, y):
    """What the cell at column x, row y says: the label of the one path that covers its middle."""
    inside = [
        p.get_label() for p in figure.axes[0].patches if p.get_path().contains_point((x, y), radius=-0.01)
    ]
    (word,) = inside
    return word


def test_every_cell_says_what_the_matrix_says(matrix):
    figure = compliance(compliance_series(matrix))
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == HEADS
    names = [text.get_text() for text in axes.get_yticklabels()]
    found = {name: [word_at(figure, x, y) for x in range(len(HEADS))] for y, name in enumerate(names)}
    assert found == MEANT


def test_a_fact_that_flips_changes_its_cell_alone(matrix):
    before = compliance_series(matrix)["columns"]
    matrix["records"][0]["guarantees"][2].update(cell="no", verdict="refuted")
    after = compliance_series(matrix)["columns"]
    assert {k for k in before if before[k] != after[k]} == {"J1"}
    assert word_at(compliance(compliance_series(matrix)), 2, 0) == "refuted"


def test_colour_is_not_the_only_cue(matrix):
    figure = compliance(compliance_series(matrix))
    marks = {line.get_marker(): line.get_xydata().tolist() for line in figure.axes[0].lines}
    assert marks == {"x": [[2.0, 1.0]], "_": [[1.0, 1.0]], "o": [[1.0, 0.0]], "v": [[0.0, 1.0]]}


def test_the_legend_names_what_occurs(matrix):
    shown = [
        text.get_text() for text in compliance(compliance_series(matrix)).axes[0].get_legend().get_texts()
    ]
    assert shown == list(reversed(CODES))


def test_the_description_counts_each_column(matrix):
    words = description(compliance_series(matrix))
    assert "2 activations by 3 guarantees" in words
    assert "E4: 1 supported, 1 open" in words
    assert "J1: 1 proved, 1 refuted" in words


def test_the_first_row_is_at_the_top(matrix):
    top, bottom = compliance(compliance_series(matrix)).axes[0].get_ylim()[::-1]
    assert top < bottom


@pytest.mark.parametrize("rows", [[], ["tanh"], ["a", "b", "c"]])
def test_rows_that_do_not_fit_the_columns_are_refused(matrix, rows):
    with pytest.raises(RecordError, match="rows"):
        compliance({**compliance_series(matrix), "rows": rows})


def test_a_missing_or_foreign_code_leaves_the_cell_empty(matrix):
    series = compliance_series(matrix)
    series["columns"]["J1"] = [None, 17]
    figure = compliance(series)
    assert not any(p.get_path().contains_point((2, y)) for p in figure.axes[0].patches for y in (0, 1))


def test_hostile_names_stay_text(matrix):
    matrix["records"][0]["subject"]["name"] = "<script>$\\frac"
    image = svg(compliance(compliance_series(matrix)))
    assert "<script>" not in image
    assert "&lt;script" in image
