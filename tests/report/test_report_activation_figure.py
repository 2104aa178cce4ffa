"""The picture of an activation: Φ with its levels, the safe part of the well filled."""

import math

import pytest

from gsdcheck.report.figures import activation

X = [0.1 * k for k in range(-60, 61)]


def picture(f, antiderivative, **values):
    columns = {"x": X, "σ": [f(x) for x in X], "Φ": [antiderivative(x) for x in X]}
    return {
        "kind": "activation",
        "title": "t",
        "x_label": "x",
        "y_label": "y",
        "columns": columns,
        "values": {"left": "-oo", "right": "oo", **values},
    }


SINE = picture(math.sin, lambda x: 1 - math.cos(x), left=-math.pi, right=math.pi, **{"E*": 2, "E₀": 2})


def filled(figure):
    """(x, y) of the corners of what is filled."""
    return [tuple(v) for c in figure.axes[1].collections for path in c.get_paths() for v in path.vertices]


def test_the_well_is_filled_up_to_the_escape_energy_and_not_beyond_its_ends():
    corners = filled(activation(SINE))
    assert min(x for x, _ in corners) == pytest.approx(-3.1)
    assert max(x for x, _ in corners) == pytest.approx(3.1)
    assert max(y for _, y in corners) == 2
    assert all(y >= 1 - math.cos(x) - 1e-12 for x, y in corners)


def test_the_levels_are_named_and_drawn_where_they_are():
    figure = activation(picture(lambda x: x, lambda x: x * x / 2, **{"E*": 1.5, "E₀": 0.5}))
    names = {line.get_label(): line.get_ydata() for line in figure.axes[1].lines}
    assert set(names["E* = 1.5"]) == {1.5}
    assert set(names["E₀ = 0.5"]) == {0.5}
    assert figure.axes[1].get_ylim()[1] == pytest.approx(6, abs=0.5)  # four times E*, though Φ rises to 18


def test_without_a_known_level_nothing_is_filled():
    figure = activation(picture(lambda x: x, lambda x: x * x / 2, **{"E*": None, "E₀": None}))
    assert filled(figure) == []
    assert [line.get_label() for line in figure.axes[1].lines].count("Φ") == 1


def test_an_infinite_level_fills_the_well_to_the_top_of_the_picture():
    figure = activation(picture(lambda x: x, lambda x: x * x / 2, **{"E*": "oo", "E₀": "oo"}))
    assert max(y for _, y in filled(figure)) == pytest.approx(18)
