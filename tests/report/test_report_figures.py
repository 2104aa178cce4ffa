import math
import subprocess
import sys

import pytest

from gsdcheck.errors import RecordError
from gsdcheck.report.figures import figure_of, svg
from gsdcheck.report.series import columns


def series(kind, **found):
    return {"kind": kind, "title": "t", "x_label": "x", "y_label": "y", "columns": found}


def drawn(figure):
    """The data of every curve: lists of points without the gaps."""
    return [
        [(float(x), float(y)) for x, y in line.get_xydata() if math.isfinite(x + y)]
        for axes in figure.axes
        for line in axes.lines
    ]


EXAMPLES = {
    "orbit": ({"x1": [1, 2], "x2": [3, 5]}, [(1, 3), (2, 5)]),
    "energy": ({"t": [0, 1, 2], "H": [1, None, 3]}, [(0, 1), (2, 3)]),
    "spectrum": ({"re": [0, 0], "im": [-2, 2]}, [(0, -2), (0, 2)]),
    "euler": ({"k": [0, 1], "h=0.1": [1, 2], "h=0.01": [1, 1.5]}, [(0, 1), (1, 1.5)]),
    "growth": ({"k": [0, 1, 10], "tanh": [1, 2, 3], "law": [1, 2, 4]}, [(1, 2), (10, 3)]),
    "period": ({"E": [1, 2], "exact": [6, 7], "events": [6, None]}, [(1, 6), (2, 7)]),
}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_figure_shows_the_points_of_its_series(kind):
    found, points = EXAMPLES[kind]
    figure = figure_of(series(kind, **found))
    assert points in drawn(figure)
    assert svg(figure).count("<path") > 10


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_figure_is_the_same_bytes_for_the_same_series(kind):
    first, second = (svg(figure_of(series(kind, **EXAMPLES[kind][0]))) for _ in range(2))
    assert first == second
    assert "<dc:date>" not in first
    changed = {name: [(v or 0) + 1 for v in values] for name, values in EXAMPLES[kind][0].items()}
    assert svg(figure_of(series(kind, **changed))) != first


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize(
    "found",
    [{}, {"t": []}, {"x1": [1, 2], "x2": [1]}, {"k": [1]}, {"E": [1]}, {"re": [None], "im": [None]}],
)
def test_columns_that_do_not_fit_are_refused(kind, found):
    with pytest.raises(RecordError, match=r"series|column"):
        svg(figure_of(series(kind, **found)))


def test_an_unknown_kind_has_no_figure():
    assert figure_of(series("hologram", x=[1])) is None


@pytest.mark.parametrize("values", [[0, 0], [1e299, -1e299], [1e308, 5e-324]])
@pytest.mark.parametrize("kind", EXAMPLES)
def test_extreme_values_are_drawn_without_a_warning(kind, values):
    found = dict.fromkeys(EXAMPLES[kind][0], values)
    assert svg(figure_of(series(kind, **found))).startswith("<?xml")


def test_names_are_not_read_as_mathematics():
    found = {"k": [0, 1], "$\\frac": [1, 2], "a$b$": [1, 3]}
    figure = figure_of({**series("euler", **found), "x_label": "$x", "y_label": "\\bad{$}$"})
    assert svg(figure).startswith("<?xml")


def test_a_letter_that_the_font_lacks_is_no_warning():
    figure = figure_of({**series("euler", k=[0, 1], h=[1, 2]), "x_label": "步"})
    assert svg(figure).startswith("<?xml")


def test_an_orbit_of_many_coordinates_shows_the_pairs_that_move_most():
    found = {f"x{i}": [0, i] for i in range(1, 7)}
    names = [(axes.get_xlabel(), axes.get_ylabel()) for axes in figure_of(series("orbit", **found)).axes]
    assert names == [(f"x{i}", f"x{j}") for i in range(3, 7) for j in range(i + 1, 7)]


def test_level_sets_lie_beneath_the_orbit():
    found = {"x1": [1, 2], "x2": [3, 5], "level1.x1": [7, 8, 9], "level1.x2": [0, 1, 0]}
    curves = drawn(figure_of(series("orbit", **found)))
    assert curves.index([(7, 0), (8, 1), (9, 0)]) < curves.index([(1, 3), (2, 5)])


def test_columns_come_in_natural_order():
    found = columns(series("euler", k=[0], x10=[1], x2=[1], **{"h=0.1": [1], "h=0.01": [1]}))
    assert list(found) == ["h=0.01", "h=0.1", "k", "x2", "x10"]


def test_rounding_of_a_constant_energy_does_not_look_like_a_change():
    low, high = figure_of(series("energy", t=[0, 1], H=[0.5, 0.5 + 1e-15])).axes[0].get_ylim()
    assert high - low > 0.01


def test_the_imaginary_axis_is_in_the_middle_of_a_spectrum():
    low, high = figure_of(series("spectrum", re=[1e-17, 0], im=[-2, 2])).axes[0].get_xlim()
    assert low == -high
    assert high >= 0.5


def test_figures_need_no_pyplot():
    code = (
        "import sys; from gsdcheck.report.figures import figure_of, svg; "
        "s = {'kind': 'euler', 'title': '', 'x_label': '', 'y_label': '', "
        "'columns': {'k': [0, 1], 'h': [1, 2]}}; "
        "svg(figure_of(s)); print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
