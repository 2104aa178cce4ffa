"""What a screen reader says of a figure: words and numbers that follow from the data."""

import pytest

from gsdcheck.report.figures import description
from gsdcheck.report.figures.canvas import number_text
from gsdcheck.report.figures.wording import counted, course, listing, short, span

NAN = float("nan")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1, 2, NAN, 3], "rises from 1 to 3"),
        ([3, 3, 1], "falls from 3 to 1"),
        ([0.5, 0.5001, 0.5], "stays at 0.5"),
        ([1, 3, 2], "varies between 1 and 3, from 1 at first to 2 at last"),
        ([NAN], "has no points"),
        ([], "has no points"),
    ],
)
def test_the_course_of_a_curve(values, said):
    assert course(values) == said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.25, "−0.25"),
        (99_999, "99999"),
        (1e5, "10⁵"),
        (-1e-4, "−10⁻⁴"),
        (2.5e-17, "2.5·10⁻¹⁷"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_in_few_signs(value, text):
    assert number_text(value) == text


def test_parts_of_a_sentence():
    assert [short(1234.5678), short(1 / 3)] == ["1230", "0.333"]
    assert [listing(["a"]), listing(["a", "b"]), listing(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert [counted(1, "orbit"), counted(2, "orbit")] == ["1 orbit", "2 orbits"]
    assert [span([2, NAN, -1]), span([NAN])] == ["−1 to 2", "nothing"]


def said(kind, *, values=None, y_label="H", x_label="x", **columns):
    found = {"kind": kind, "title": "t", "x_label": x_label, "y_label": y_label, "columns": columns}
    return description({**found, "values": values or {}})


def test_measured_periods_are_compared_with_the_exact_ones():
    found = {"E": [1, 2], "exact": [6.0, 7.0], "measured": [6.001, None], "for large E": [5, 7]}
    words = said("period", y_label="T", **found)
    assert "measured stays at 6, at most 0.001 from the exact curve" in words
    assert "for large E rises from 5 to 7;" in words
    assert "T for the energy from 1 to 2" in words


def test_a_drift_tells_the_slope_where_it_is_known():
    words = said(
        "drift",
        h=[0.25, 0.5],
        rk4=[1e-5, 1e-3],
        dg=[1e-16, 1e-16],
        values={"order rk4": 4.123, "order dg": None},
    )
    assert "rk4: slope 4.12: rises from 10⁻⁵ to 0.001" in words
    assert "dg: stays at 10⁻¹⁶" in words


def test_a_spectrum_counts_what_is_certain():
    found = {"re": [0, 0.5, 0.1], "im": [1, 0, 0], "re radius": [0, 0.1, 0.2], "im radius": [1e-9, 0, 0]}
    words = said("spectrum", **found)
    assert "1 eigenvalue on the axis, 1 eigenvalue off the axis and 1 eigenvalue not decided" in words
    assert "the largest radius is 0.2" in words
    assert "2 eigenvalues computed" in said("spectrum", re=[0, 1, None], im=[1, 2, 3])


def test_sections_tell_energy_exponent_and_points():
    found = {"calm 1.u": [1, 2], "calm 1.v": [3, 4], "calm 2.u": [0, None], "calm 2.v": [5, 5]}
    values = {"calm H": 0.25, "calm λ": 0.001, "calm λ error": 0.01}
    words = said("section", y_label="v", **found, values=values)
    assert "calm, H = 0.25, λ = 0.001 ± 0.01: 2 orbits, 3 points, x 0 to 2, v 3 to 5" in words


def test_an_activation_tells_its_well():
    values = {"left": "-oo", "right": 3, "E*": 0.25, "E₀": None}
    words = said("activation", x=[-1, 1], σ=[-1, 1], values=values)
    assert "For x from −1 to 1: σ rises from −1 to 1." in words
    assert "The well is from −∞ to 3, E₀ = unknown, E* = 0.25" in words


def test_the_other_kinds():
    assert "H: largest minus smallest is 0.5" in said("energy", t=[0, 1], H=[1, 1.5])
    assert "h=0.1 rises from 1 to 2" in said("euler", k=[0, 1], **{"h=0.1": [1, 2]})
    assert "tanh rises from 1 to 2" in said("growth", k=[1, 2], tanh=[1, 2])
    assert "ELU rises from 0 to 9" in said("kernel", t=[0, 1], ELU=[0, 9])
    assert "H for x from 0 to 1. f falls from 3 to 2" in said("curve", x=[0, 1], f=[3, 2])
