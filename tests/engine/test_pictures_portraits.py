"""Phase portraits: orbits on their level sets, levels that are those of theory, ends where the theorem says."""

import math

import numpy as np
import pytest

from gsdcheck.certify.judgement import Judgement
from gsdcheck.claims import BY_ID
from gsdcheck.engine.pictures import planar, story
from gsdcheck.engine.pictures.activations import activation_picture, well_end
from gsdcheck.engine.pictures.portraits import cut, followed, levels, portrait, start_at
from gsdcheck.engine.serial import judgement_data
from gsdcheck.errors import InvalidInput
from gsdcheck.model.library import find_activation
from gsdcheck.model.system import system
from gsdcheck.numeric.field import network

ROTATION = [[0, 1], [-1, 0]]
PHI = {
    "x*exp(-x**2)": lambda s: (1 - math.exp(-(s**2))) / 2,
    "x/(x**2+1)**2": lambda s: s**2 / (2 * (1 + s**2)),
    "sin(x)": lambda s: 1 - math.cos(s),
}


@pytest.fixture(scope="module")
def refutations():
    proposals = BY_ID["odd-bounded-continuous-suffices"].proposals()
    found = (Judgement.from_certificate(c) for c in proposals if c["kind"] == "theorem")
    return [judgement_data(judgement) for judgement in found]


def path(picture, name=""):
    """(q, 2) the states of the named orbit."""
    prefix = f"{name}." if name else ""
    return np.array([picture["columns"][f"{prefix}x{i}"] for i in (1, 2)]).T


def test_every_planar_counterexample_but_rest_has_a_portrait(refutations):
    assert [planar.has_portrait(j) for j in refutations] == [False, True, True, True, True]
    assert not planar.has_portrait({**refutations[1], "verdict": "proved"})
    assert not planar.has_portrait({**refutations[1], "certificate": None})


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_counterexample_runs_on_the_level_set_of_its_start(refutations, place):
    picture, subject = planar.counterexample(refutations[place]), refutations[place]["certificate"]["subject"]
    phi = PHI[subject["activation"]]
    for name in ("counterexample", "orbit below E*"):
        heights = [phi(a) + phi(b) for a, b in path(picture, name)]
        assert heights == pytest.approx([heights[0]] * len(heights), abs=5e-4)
    assert path(picture, "counterexample")[0] == pytest.approx(planar.floats(subject["state"]), abs=1e-4)
    below, escapes = path(picture, "orbit below E*"), picture["values"]["E*"]
    assert phi(below[0][0]) == pytest.approx(0.6 * escapes, rel=1e-4)
    assert np.linalg.norm(below[0] - below[-1]) < 0.1


def test_the_potential_beneath_is_that_of_the_activation(refutations):
    columns = planar.counterexample(refutations[3])["columns"]
    assert columns["potential.Φ"] == pytest.approx(
        [1 - math.cos(s) for s in columns["potential.s"]], abs=1e-4
    )


def test_the_orbit_of_the_sine_ends_next_to_the_saddle(refutations):
    assert path(planar.counterexample(refutations[3]), "counterexample")[-1] == pytest.approx(
        [math.pi, 0], abs=0.01
    )


def test_orbits_above_the_escape_energy_leave_the_picture(refutations):
    for place in (1, 2):
        picture = planar.counterexample(refutations[place])
        assert np.abs(path(picture, "counterexample")[-1]).max() > max(picture["columns"]["potential.s"])


@pytest.mark.parametrize(
    ("name", "well", "escapes"),
    [("tanh", "oo", "oo"), ("relu", 0, 0), ("gelu", 0.25, 0.25), ("sin", 2, 2), ("x*(x-1)**2", 1 / 12, "oo")],
)
def test_the_levels_are_those_of_the_theory(name, well, escapes):
    found = levels(find_activation(name))
    assert found == pytest.approx(
        {"E₀": float(str(well).replace("oo", "inf")), "E*": float(str(escapes).replace("oo", "inf"))}
    )


def test_gelu_closes_below_the_escape_energy_and_leaves_above():
    picture = planar.escape()
    for name in ("H = 0.3 E*", "H = 0.9 E*"):
        orbit = path(picture, name)
        assert np.linalg.norm(orbit[0] - orbit[-1]) < 0.1
    assert np.abs(path(picture, "H = 1.3 E*")).max() > 3


def test_the_orbit_on_the_well_depth_comes_to_rest_at_a_zero_of_sigma():
    picture = planar.rest_above_the_well_depth()
    assert sorted(np.abs(path(picture, "H = E₀")[-1])) == pytest.approx([0, 1], abs=0.05)
    assert picture["values"] == {"E₀": pytest.approx(1 / 12), "E*": "oo"}


def test_both_orbits_reach_the_same_cycle():
    picture = planar.limit_cycle()
    inside, outside = (
        np.linalg.norm(path(picture, name)[-60:], axis=1) for name in ("from inside", "from outside")
    )
    assert inside.max() == pytest.approx(outside.max(), rel=0.02)
    assert inside.min() == pytest.approx(outside.min(), rel=0.02)
    assert "potential.s" not in picture["columns"]  # nothing is conserved there


def test_orbits_of_the_lotka_volterra_network_close():
    picture = planar.closed_without_oddness()
    for H in (0.3, 1, 2):
        orbit = path(picture, f"H = {H:g}")
        assert [math.exp(a) - 1 - a + math.exp(b) - 1 - b for a, b in orbit] == pytest.approx(
            [H] * len(orbit), abs=1e-3
        )
        assert np.linalg.norm(orbit[0] - orbit[-1]) < 0.2


@pytest.mark.parametrize("side", [1, -1])
def test_a_start_has_the_energy_asked_for(side):
    net = network(system(ROTATION, "expm1"))
    s = start_at(net, 0.7, side)
    assert s * side > 0
    assert math.exp(s) - 1 - s == pytest.approx(0.7)
    assert math.isnan(start_at(network(system(ROTATION, "xgauss")), 0.6))


def test_an_orbit_ends_after_one_turn_outside_the_square_or_at_rest():
    net = network(system(ROTATION, "identity"))
    turn = followed(net, [1.0, 0.0], 100.0, 2.0)
    assert len(turn) <= 241
    assert np.linalg.norm(turn[-1] - turn[0]) < 0.1
    assert len(followed(net, [1.0, 0.0], 100.0, 0.5)) == 1
    assert followed(net, [0.0, 0.0], 100.0, 1.0).tolist() == [[0.0, 0.0]]
    assert np.isnan(cut(net, np.array([[1.0, 0.0], [np.nan, 0.0], [1.0, 0.0]]), 5.0)[-1]).any()


def test_a_portrait_is_planar_and_of_the_preactivation_in_the_inner_form():
    states = np.array([[1.0, 2.0], [3.0, 4.0]])
    picture = portrait(
        system([[0, 2], [-2, 0]], "tanh", form="inner", bias=[1, 0]), {"": states}, 9.0, title="t"
    )
    assert path(picture).tolist() == [[5, -2], [9, -6]]  # Wx + b
    assert picture["x_label"] == "y₁"
    with pytest.raises(InvalidInput, match="n is 3"):
        portrait(system([[0] * 3] * 3), {}, 1.0, title="t")


@pytest.mark.parametrize("given", [system(ROTATION, leak=1), system([[0, 1], [-2, 0]])])
def test_level_sets_are_drawn_only_where_the_energy_is_constant(given):
    picture = portrait(given, {"": np.zeros((1, 2))}, 1.0, title="t")
    assert "potential.s" not in picture["columns"]
    assert picture["values"] == {}


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [("sin", -math.pi, math.pi), ("gelu", "-oo", "oo"), ("x*(1+x)*(2-x)", -1, 2), ("tanh", "-oo", "oo")],
)
def test_the_well_ends_where_sigma_changes_its_sign(name, left, right):
    sigma = find_activation(name)
    values = activation_picture(sigma, levels(sigma))["values"]
    assert (values["left"], values["right"]) == (
        left if left == "-oo" else pytest.approx(left),
        right if right == "oo" else pytest.approx(right),
    )


def test_a_well_of_no_width_ends_at_once():
    assert well_end(lambda s: -s, 1.0) < 1e-3


def test_the_curves_of_an_activation_are_its_functions():
    columns = activation_picture(find_activation("sin"), {"E₀": 2.0, "E*": 2.0})["columns"]
    for name, f in (("σ", math.sin), ("σ′", math.cos), ("Φ", lambda x: 1 - math.cos(x))):
        assert columns[name] == pytest.approx([f(x) for x in columns["x"]], abs=2e-4)


@pytest.mark.parametrize(
    ("heights", "said"),
    [
        ((math.nan, math.nan), "not known"),
        ((math.inf, math.inf), "no orbit escapes"),
        ((1 / 12, math.inf), "E₀ = 0.08333"),
        ((0.25, 0.25), "E* = 0.25 no orbit"),
        ((0.0, 0.0), "does not rise"),
    ],
)
def test_the_caption_of_an_activation_states_the_answer(heights, said):
    caption = activation_picture(find_activation("tanh"), dict(zip(("E₀", "E*"), heights, strict=True)))[
        "caption"
    ]
    assert said in caption


def test_the_story_shows_what_the_abstract_describes():
    linear, euler = story.linear_plane(), path(story.euler_linear(), "220 steps from (1, 0)")
    for H in (0.3, 1.2, 3):
        assert np.linalg.norm(path(linear, f"H = {H:g}"), axis=1) == pytest.approx(math.sqrt(2 * H), abs=1e-3)
    k = np.arange(len(euler))
    assert np.linalg.norm(euler, axis=1) == pytest.approx(1.04 ** (k / 2), rel=1e-3)
    assert np.abs(path(story.euler_tanh(), "220 steps from (1, 0)")).max() < 4
    rectified = story.rectified_plane()
    assert len(path(rectified, "from (−2, −2)")) == 1
    assert all(path(rectified, f"from ({x}, 1)")[-1][1] < -4 for x in ("1", "−2"))


def test_three_units_keep_their_casimir():
    columns = story.three_units()["columns"]
    k = (1, 0.5, 1)  # the kernel of [[0, 1, -1/2], [-1, 0, 1], [1/2, -1, 0]]
    for name in ("linear", "tanh"):
        total = sum(c * np.array(columns[f"{name}.x{i + 1}"]) for i, c in enumerate(k))
        assert total == pytest.approx(np.full(401, total[0]), abs=1e-3)
