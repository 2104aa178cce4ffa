"""Phase portraits: the level sets are those of H, and E₀ and E* are where the series says."""

import math

import numpy as np
import pytest

from gsdcheck.errors import RecordError
from gsdcheck.report.figures import describe_portrait, phase_portrait
from gsdcheck.report.figures.palette import BLUE, GREEN, VERMILION

S = [0.25 * k for k in range(-12, 13)]


def portrait(levels, *, potential=None, **orbits):
    height = [s**2 / 2 for s in S] if potential is None else potential
    columns = {"potential.s": S, "potential.Φ": height, "x1": [1, 0, -1], "x2": [0, 1, 0], **orbits}
    return {
        "kind": "orbit",
        "title": "t",
        "x_label": "x₁",
        "y_label": "x₂",
        "columns": columns,
        "values": levels,
    }


def contours(figure, colour):
    """The vertices of the contours of that colour, which are not the grey of plain level sets."""
    from matplotlib.colors import to_rgba

    axes = figure.axes[0]
    found = [c for c in axes.collections if np.allclose(c.get_edgecolor()[0][:3], to_rgba(colour)[:3])]
    return (
        np.concatenate([path.vertices for c in found for path in c.get_paths()])
        if found
        else np.empty((0, 2))
    )


def test_the_level_of_the_escape_energy_is_a_level_set_of_h():
    points = contours(phase_portrait(portrait({"E*": 2.0, "E₀": 0.5})), VERMILION)
    assert len(points) > 20
    assert np.linalg.norm(points, axis=1) == pytest.approx(
        np.full(len(points), 2.0), abs=0.02
    )  # x²/2 + y²/2 = 2
    points = contours(phase_portrait(portrait({"E*": 2.0, "E₀": 0.5})), GREEN)
    assert np.linalg.norm(points, axis=1) == pytest.approx(np.full(len(points), 1.0), abs=0.02)


def test_levels_are_named_and_equal_ones_once():
    def entries(levels):
        legend = phase_portrait(portrait(levels)).axes[0].get_legend()
        return [text.get_text() for text in legend.get_texts()] if legend else []

    assert entries({"E*": 2.0, "E₀": 0.5}) == ["H = E* = 2", "H = E₀ = 0.5", "orbit"]
    assert entries({"E*": 1 / 12, "E₀": 1 / 12}) == ["H = E* = 0.08333", "orbit"]
    assert entries({"E*": "oo", "E₀": None}) == []


def test_a_level_beyond_the_frame_is_named_and_not_drawn():
    figure = phase_portrait(portrait({"E*": 1e6}))
    assert len(contours(figure, VERMILION)) == 0
    assert "10⁶" in figure.axes[0].get_legend().get_texts()[0].get_text()


def test_orbits_are_drawn_with_start_and_direction():
    turn = np.linspace(0, 2 * math.pi, 61)
    round_trip = {"a.x1": list(np.cos(turn)), "a.x2": list(np.sin(turn))}
    lines = phase_portrait(portrait({}, **round_trip)).axes[0].lines
    start, arrow = (line for line in lines if line.get_color() != BLUE and len(line.get_xdata()) == 1)
    assert start.get_xydata().tolist() == [[1.0, 0.0]]
    assert arrow.get_xydata()[0] == pytest.approx([math.cos(2 * math.pi / 3), math.sin(2 * math.pi / 3)])
    assert arrow.get_marker()[2] % 360 == pytest.approx(120, abs=4)  # at 120° of the circle, from "up"


@pytest.mark.parametrize(
    "potential", [[math.nan if s == 0 else s * s for s in S], [None] * len(S), [1.0] * (len(S) - 1)]
)
def test_a_potential_that_is_no_function_is_refused(potential):
    with pytest.raises(RecordError):
        phase_portrait(portrait({}, potential=[None if p != p else p for p in potential]))


def test_a_potential_on_a_falling_grid_is_refused():
    bad = portrait({})
    bad["columns"]["potential.s"] = S[::-1]
    with pytest.raises(RecordError, match="increasing"):
        phase_portrait(bad)


def test_orbits_of_different_coordinates_are_refused():
    with pytest.raises(RecordError, match="different coordinates"):
        phase_portrait(portrait({}, **{"a.x1": [1], "a.x3": [1]}))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            ([1, 0, -1, 0, 1], [0, 1, 0, -1, 0.001]),
            "starts at (1, 0), goes as far as |x| = 1 and returns to it",
        ),
        (([2, 3, 5.5], [2, 2, 1]), "starts at (2, 2), goes as far as |x| = 5.5 and ends at (5.5, 1)"),
        (([2, 2], [1, 1]), "rests at (2, 1)"),
        (([None, None], [1, 1]), "is not drawn"),
    ],
)
def test_the_description_tells_the_fate_of_an_orbit(path, said):
    found = {**portrait({"E*": 0.5, "E₀": "oo"}), "columns": {"x1": path[0], "x2": path[1]}}
    assert said in describe_portrait(found)
    assert "E* = 0.5 marked" in describe_portrait(found)


def test_one_coordinate_is_drawn_against_time():
    found = {**portrait({}), "columns": {"t": [0, 1, 2], "x1": [3, 4, 6]}}
    (line,) = phase_portrait(found).axes[0].lines
    assert line.get_xydata().tolist() == [[0, 3], [1, 4], [2, 6]]
    assert "ends at (6)" in describe_portrait(found)
