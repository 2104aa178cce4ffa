"""What `inspect` says follows for a network, each sentence checked by a second method."""

import math
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from gsdcheck.claims import BY_ID
from gsdcheck.engine.inspect import inspect

DATA = Path(__file__).parents[1] / "data"
NETWORKS = {
    "plain-tanh-recall": {"leak": "1", "euler_step": "1"},
    "skew-tanh-recall": {"euler_step": "0.3"},
    "plain-tanh-sine": {"leak": "1", "euler_step": "1"},
    "skew-tanh-sine": {"euler_step": "0.2"},
    "skew-gelu-sine": {"activation": "gelu", "euler_step": "0.2"},
}


@cache
def record(name):
    return inspect(str(DATA / f"{name}.npz"), form="inner", **NETWORKS[name])


def network(name):
    with np.load(DATA / f"{name}.npz") as data:
        return data["W"].astype(float), data["bias"].astype(float)


def sentence(name, *parts):
    (found,) = [text for text in record(name)["follows"] if all(part in text for part in parts)]
    return found


def number(text, pattern):
    return float(re.search(pattern + r"\s*([-+]?\d[\d.]*(?:e-?\d+)?)", text).group(1).rstrip("."))


def starts(n, count=50):
    return np.random.default_rng(7).uniform(-3, 3, (count, n))


def flow(W, b, x, time, step=0.01):
    """Runge-Kutta on x' = tanh(Wx + b), written out here."""
    f = lambda s: np.tanh(s @ W.T + b)  # noqa: E731
    for _ in range(round(time / step)):
        k1 = f(x)
        k2 = f(x + step / 2 * k1)
        k3 = f(x + step / 2 * k2)
        x = x + step / 6 * (k1 + 2 * k2 + 2 * k3 + f(x + step * k3))
    return x


@pytest.mark.parametrize("name", NETWORKS)
def test_a_sentence_names_only_claims_that_are_judged(name):
    judged = {judgement["claim"] for judgement in record(name)["judgements"]}
    said = {word for text in record(name)["follows"] for word in re.findall(r"[a-z0-9-]+", text)}
    assert said & set(BY_ID) <= judged
    assert len(record(name)["follows"]) >= 4


@pytest.mark.parametrize("name", ["plain-tanh-recall", "plain-tanh-sine"])
def test_plain_networks_stay_in_the_unit_cube(name):
    W, b = network(name)
    assert number(sentence(name, "leaky-orbits-are-bounded"), r"M/γ ≤") == 1
    x = np.tanh(starts(len(W)) @ W.T + b)
    for _ in range(200):
        x = np.tanh(x @ W.T + b)
        assert np.abs(x).max() <= 1


def test_the_recall_network_alternates_at_its_training_step_and_rests_in_its_flow():
    assert "16 run round a cycle of period 2" in sentence("plain-tanh-recall", "after", "Euler")
    assert "16 rest at one fixed point" in sentence("plain-tanh-recall", "of the flow,")
    W, b = network("plain-tanh-recall")
    x = starts(8, 5)
    for _ in range(5000):
        x = np.tanh(x @ W.T + b)
    once = np.tanh(x @ W.T + b)
    assert np.abs(np.tanh(once @ W.T + b) - x).max() < 1e-9 < np.abs(once - x).min()


def test_energy_under_euler_grows_within_the_bound_that_is_named():
    text = sentence("skew-tanh-recall", "euler-growth-is-at-most-linear")
    bound, (W, b) = number(text, r"‖W‖₂² ≤"), network("skew-tanh-recall")
    assert bound == pytest.approx(0.3**2 / 2 * 9 * np.linalg.norm(W, 2) ** 2, rel=1e-3)
    y, worst, least = starts(9) @ W.T + b, 0.0, math.inf
    for _ in range(300):
        after = y + 0.3 * np.tanh(y) @ W.T
        change = np.log(np.cosh(after)).sum(axis=1) - np.log(np.cosh(y)).sum(axis=1)
        y, worst, least = after, max(worst, change.max()), min(least, change.min())
    assert 0 < least < worst < bound


def test_the_state_drifts_along_the_casimir_at_the_measured_speed():
    text = sentence("skew-tanh-recall", "Casimir direction")
    speed, time = number(text, "moves by"), number(text, "t up to")
    W, b = network("skew-tanh-recall")
    k = np.linalg.svd(W)[2][-1]
    start = np.random.default_rng(0).uniform(-1, 1, 9)
    end = flow(W, b, start, time)
    assert abs((end - start) @ k) / time == pytest.approx(abs(speed), rel=1e-2)
    assert (W @ end + b) @ k == pytest.approx(b @ k)


def test_the_diffusive_network_rests_in_its_flow_and_not_under_euler():
    W, b = network("skew-tanh-sine")
    determinant = number(sentence("skew-tanh-sine", "det(I + hJ)"), r"\|det\(I \+ hJ\)\| =")
    assert determinant == pytest.approx(np.linalg.det(np.eye(6) + 0.2 * W), rel=1e-3)
    ends = flow(W, b, starts(6, 3), 1_500.0, step=0.1)
    assert ends == pytest.approx(np.tile(-np.linalg.solve(W, b), (3, 1)), abs=1e-4)
    assert "which rests" in sentence("skew-tanh-sine", "not what the flow does")


def test_the_step_up_to_which_euler_would_rest_is_where_the_spectral_radius_is_one():
    limit = number(sentence("skew-tanh-sine", "near rest"), "only for h <")
    W, _ = network("skew-tanh-sine")

    def radius(h):
        return np.abs(1 + h * np.linalg.eigvals(W)).max()

    assert radius(0.99 * limit) < 1 < radius(1.01 * limit)


def test_the_gelu_network_starts_above_its_escape_energy():
    from scipy.integrate import quad
    from scipy.special import erfc

    _, b = network("skew-gelu-sine")
    H = sum(quad(lambda s: s * erfc(-s / math.sqrt(2)) / 2, 0, end)[0] for end in b)
    text = sentence("skew-gelu-sine", "orbits-are-bounded")
    assert "E* = 1/4" in text
    assert number(text, "it has H =") == pytest.approx(H, rel=1e-3)
    assert H > 0.25


def test_the_start_below_the_escape_energy_is_said_to_be_bounded(tmp_path):
    file = tmp_path / "small.json"
    file.write_text('{"W": [[0, 1], [-1, 0]], "bias": ["1/4", "1/4"]}')
    found = inspect(str(file), activation="gelu", form="inner")
    assert any("The start x = 0 is below it" in text for text in found["follows"])
    file.write_text('{"W": [[0, 1], [-1, 0]], "bias": ["3/2", "1/4"]}')
    found = inspect(str(file), activation="gelu", form="inner")
    assert not any("is below it" in text for text in found["follows"])


@pytest.mark.parametrize(("weight", "contracts"), [("1/2", True), ("1", False)])
def test_contraction_is_said_exactly_below_the_leak(tmp_path, weight, contracts):
    file = tmp_path / "leaky.json"
    file.write_text(f'{{"W": [["{weight}", 0], [0, "-{weight}"]], "bias": [1, 2]}}')
    found = inspect(str(file), form="inner", leak="1", euler_step="1/2")["follows"]
    assert any("single equilibrium from every start" in text for text in found) is contracts
    assert any("not guaranteed" in text for text in found) is not contracts


def test_the_planar_oscillator_is_a_centre_that_euler_leaves(tmp_path):
    file = tmp_path / "planar.csv"
    file.write_text("0, 2\n-2, 0\n")
    found = inspect(str(file), euler_step="0.1")
    assert any("a centre, not a limit cycle" in text for text in found["follows"])
    assert any("no closed orbit survives" in text for text in found["follows"])
    radius = found["quantities"]["euler_spectral_radius_at_0"]["value"]
    assert radius == pytest.approx(math.sqrt(1 + 0.2**2))


def test_the_conserved_combination_of_the_outer_form_is_named(tmp_path):
    file = tmp_path / "cross.json"
    file.write_text("[[0, -1, 1], [1, 0, -1], [-1, 1, 0]]")
    found = inspect(str(file))
    assert found["quantities"]["casimirs"]["exact"] == [["1", "1", "1"]]
    assert any("one linear combination k·x" in text for text in found["follows"])


def test_a_weighted_energy_is_named_for_symmetrizable_weights(tmp_path):
    file = tmp_path / "scaled.json"
    file.write_text("[[0, 2], [-1, 0]]")
    assert any("diag(d) W is" in text for text in inspect(str(file))["follows"])
    assert not any("diag(d) W is" in text for text in inspect(str(file), form="inner")["follows"])


def test_the_sine_network_rests_in_its_flow_and_oscillates_at_its_training_step():
    assert "16 rest at one fixed point" in sentence("plain-tanh-sine", "of the flow,")
    assert "16 are still moving" in sentence("plain-tanh-sine", "after", "Euler")
    W, b = network("plain-tanh-sine")
    x = np.zeros((1, 16))
    for _ in range(40_000):  # Euler at h = 1/20, another method than the one that was used
        x = 0.95 * x + 0.05 * np.tanh(x @ W.T + b)
    assert np.abs(np.tanh(x @ W.T + b) - x).max() < 1e-4
    path = [starts(16, 5)]  # not from near the fixed point, which attracts its neighbours under this step too
    for _ in range(3000):
        path.append(np.tanh(path[-1] @ W.T + b))
    assert np.ptp(path[-100:], axis=0).max(axis=-1).min() > 1


CROSS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]


@pytest.mark.parametrize(
    ("W", "options", "said", "otherwise"),
    [
        # tanh is odd: x is periodic; eˣ - 1 ≥ x is not, and x₁ + x₂ + x₃ grows like H t
        (CROSS, {"activation": "tanh", "form": "inner"}, "x itself is bounded", "grows at least linearly"),
        (CROSS, {"activation": "expm1", "form": "inner"}, "grows at least linearly", "x itself is bounded"),
        (
            [[0, 1], [-1, 0]],
            {"activation": "sigmoid"},
            "every orbit of x is unbounded",
            "bounded and oscillates",
        ),
        ([[0, 1], [-1, 0]], {"bias": "2,0"}, "either an equilibrium exists", "keeps one strict sign"),
    ],
)
def test_the_fate_of_one_sided_and_biased_networks_is_said(tmp_path, W, options, said, otherwise):
    np.save(tmp_path / "W.npy", np.array(W, dtype=float))
    follows = " ".join(inspect(str(tmp_path / "W.npy"), **options)["follows"])
    assert said in follows
    assert otherwise not in follows
