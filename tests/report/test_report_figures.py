import math
import subprocess
import sys

import pytest

from gsdcheck.errors import RecordError
from gsdcheck.report.figures import description, figure_of, svg
from gsdcheck.report.series import columns, group_of, groups, number


def series(kind, *, values=None, rows=None, **found):
    named = {"kind": kind, "title": "t", "x_label": "x", "y_label": "y", "columns": found}
    return {**named, "values": values or {}, "rows": rows or []}


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
    "growth": ({"k": [0, 1, 10], "tanh": [1, 2, 3], "law": [1, 2, 4]}, [(0, 1), (1, 2), (10, 3)]),
    "period": ({"E": [1, 2], "exact": [6, 7], "measured": [6, None]}, [(1, 6), (2, 7)]),
    "kernel": ({"t": [0, 1], "exact": [1, 3], "computed": [1, None]}, [(0, 1), (1, 3)]),
    "drift": ({"h": [0.25, 0.5], "rk4": [1e-6, 1e-4], "exact": [0, None]}, [(0.25, 1e-6), (0.5, 1e-4)]),
    "section": ({"a 1.u": [1, 2], "a 1.v": [3, 4], "b 1.u": [5], "b 1.v": [6]}, [(1, 3), (2, 4)]),
    "activation": ({"x": [-1, 0, 1], "σ": [-1, 0, 1], "Φ": [0.5, 0, 0.5]}, [(-1, 0.5), (0, 0), (1, 0.5)]),
    "curve": ({"x": [0, 1], "f": [2, 3], "at p": [None, 3]}, [(1, 3)]),
}
KINDS = pytest.mark.parametrize("kind", EXAMPLES)


@KINDS
def test_a_figure_shows_the_points_of_its_series(kind):
    found, points = EXAMPLES[kind]
    figure = figure_of(series(kind, **found))
    assert points in drawn(figure)
    assert svg(figure).count("<path") > 4


@KINDS
def test_a_figure_is_the_same_bytes_for_the_same_series(kind):
    first, second = (svg(figure_of(series(kind, **EXAMPLES[kind][0]))) for _ in range(2))
    assert first == second
    changed = {name: [(v or 0) + 1 for v in values] for name, values in EXAMPLES[kind][0].items()}
    assert svg(figure_of(series(kind, **changed))) != first


@KINDS
@pytest.mark.parametrize(
    "found",
    [
        {},
        {"t": []},
        {"x1": [1, 2], "x2": [1]},
        {"k": [1]},
        {"E": [1]},
        {"re": [None], "im": [None]},
        {"h": [1]},
    ],
)
def test_columns_that_do_not_fit_are_refused_by_figure_and_description(kind, found):
    for said in (figure_of, description):
        with pytest.raises(RecordError, match=r"series|column"):
            said(series(kind, **found))


def test_an_unknown_kind_has_no_figure_and_no_description():
    assert figure_of(series("hologram", x=[1])) is None
    assert description(series("hologram", x=[1])) == ""


@pytest.mark.parametrize(
    "values", [[0, 0], [1e299, -1e299], [1e308, 5e-324], [None, 1], [1, None], [7], [None, 2, None, 3, 3, 3]]
)
@KINDS
def test_extreme_values_gaps_and_single_points_are_drawn_without_a_warning(kind, values):
    found = series(
        kind, values=dict.fromkeys(("E*", "E₀", "a H"), 1), **dict.fromkeys(EXAMPLES[kind][0], values)
    )
    assert svg(figure_of(found)).startswith("<svg")
    assert description(found).endswith(".")


def test_names_are_not_read_as_mathematics():
    found = {"k": [0, 1], "$\\frac": [1, 2], "a$b$": [1, 3]}
    figure = figure_of({**series("euler", **found), "x_label": "$x", "y_label": "\\bad{$}$"})
    assert svg(figure).startswith("<svg")


def test_a_letter_that_the_font_lacks_is_no_warning():
    figure = figure_of({**series("euler", k=[0, 1], h=[1, 2]), "x_label": "步"})
    assert svg(figure).startswith("<svg")


def test_an_orbit_of_many_coordinates_shows_the_pairs_that_move_most():
    found = {f"x{i}": [0, i] for i in range(1, 7)}
    names = [(axes.get_xlabel(), axes.get_ylabel()) for axes in figure_of(series("orbit", **found)).axes]
    assert names == [("x₄", "x₅"), ("x₄", "x₆"), ("x₅", "x₆")]


def test_level_sets_lie_beneath_the_orbit():
    found = {"x1": [1, 2], "x2": [3, 5], "level1.x1": [7, 8, 9], "level1.x2": [0, 1, 0]}
    curves = drawn(figure_of(series("orbit", **found)))
    assert curves.index([(7, 0), (8, 1), (9, 0)]) < curves.index([(1, 3), (2, 5)])


def test_columns_come_in_natural_order():
    found = columns(series("euler", k=[0], x10=[1], x2=[1], **{"h=0.1": [1], "h=0.01": [1]}))
    assert list(found) == ["h=0.01", "h=0.1", "k", "x2", "x10"]


def test_a_group_ends_at_the_last_dot_before_a_letter():
    names = ("level1.x1", "H = 0.5.x1", "potential.Φ", "h=0.1", "x1", "4 K(1 - 0.5)")
    assert [group_of(name) for name in names] == ["level1", "H = 0.5", "potential", "", "", ""]
    assert groups(columns(series("orbit", **{"H = 0.5.x1": [1], "x1": [2]}))) == {"H = 0.5": {"x1": [1]}}


def test_a_number_of_a_series_may_be_infinite_or_absent():
    found = series("orbit", values={"a": "oo", "b": "-oo", "c": None, "d": 2, "e": "1/2"})
    assert [number(found, name) for name in "abd"] == [math.inf, -math.inf, 2]
    assert all(math.isnan(number(found, name)) for name in ("c", "e", "f"))


def test_rounding_of_a_constant_energy_does_not_look_like_a_change():
    low, high = figure_of(series("energy", t=[0, 1], H=[0.5, 0.5 + 1e-15])).axes[0].get_ylim()
    assert high - low > 0.01


@pytest.mark.parametrize(("kind", "x"), [("growth", "k"), ("drift", "h")])
def test_powers_are_straight_lines_and_what_is_not_positive_a_gap(kind, x):
    (axes,) = figure_of(series(kind, **{x: [0, 1, 2, 4], "a": [-1, 1, 4, 16]})).axes
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    (line,) = (line for line in axes.lines if line.get_label().startswith("a"))
    pixels = axes.transData.transform(line.get_xydata())
    assert [bool(math.isfinite(p[0] + p[1])) for p in pixels] == [False, True, True, True]
    (a, b, c) = pixels[1:]
    assert (b - a)[1] / (b - a)[0] == pytest.approx((c - b)[1] / (c - b)[0])
    (axes,) = figure_of(series(kind, **{x: [0, 1], "a": [-1, -2]})).axes
    assert axes.get_yscale() == "linear"


def test_the_origin_is_in_the_middle_of_a_spectrum():
    axes = figure_of(series("spectrum", re=[1e-17, 0], im=[-2, 2])).axes[0]
    for low, high in (axes.get_xlim(), axes.get_ylim()):
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
