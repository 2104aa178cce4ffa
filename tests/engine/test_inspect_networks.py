"""The five trained networks of tests/data: structure, judgements and arrays, against the table beside them."""

from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.engine.applicable import READ_A_STATE
from gsdcheck.engine.inspect import inspect
from gsdcheck.engine.replay import Outcome, replay_judgement
from gsdcheck.model.verdict import Verdict
from gsdcheck.record.shape import require_shape

DATA = Path(__file__).parents[1] / "data"
NETWORKS = {
    "plain-tanh-recall": {"leak": "1", "euler_step": "1"},
    "skew-tanh-recall": {"euler_step": "0.3"},
    "plain-tanh-sine": {"leak": "1", "euler_step": "1"},
    "skew-tanh-sine": {"euler_step": "0.2"},
    "skew-gelu-sine": {"activation": "gelu", "euler_step": "0.2"},
}
LEAKY = {"leaky-orbits-are-bounded", "leaky-euler-keeps-its-bound"}
SKEW = {
    "energy-is-conserved",
    "skew-symmetrizable-weights-conserve-an-energy",
    "flow-preserves-volume",
    "no-compact-set-attracts",
    "orbits-are-not-attracting",
    "orbits-are-bounded",
    "jacobian-spectrum-is-symmetric",
    "euler-step-gains-at-most-quadratically",
    "splitting-substeps-are-exact",
    "splitting-is-symmetric",
    "splitting-preserves-volume",
    "splitting-is-second-order",
    "compositions-raise-the-order",
    "discrete-gradients-keep-energy",
}
RISING = SKEW | {
    "inner-orbits-converge-only-at-rest",
    "closed-orbits-never-survive-euler",
    "euler-energy-diverges",
    "jacobian-spectrum-is-imaginary",
    "euler-energy-never-decreases",
    "euler-growth-is-at-most-linear",
    "euler-does-not-overflow",
    "euler-iterates-diverge",
}
CLAIMS = {
    "plain-tanh-recall": LEAKY,
    "plain-tanh-sine": LEAKY,
    "skew-tanh-recall": RISING
    | {
        "odd-size-has-a-casimir",
        "odd-jacobian-is-singular",
        "bias-outside-range-unbounds-the-inner-form",
    },
    "skew-tanh-sine": {"dissipative-weights-stop-oscillation", "euler-does-not-overflow"},
    "skew-gelu-sine": SKEW | {"oscillation-is-perpetual"},
}


@cache
def record(name):
    return inspect(str(DATA / f"{name}.npz"), form="inner", **NETWORKS[name])


def weights(name):
    with np.load(DATA / f"{name}.npz") as data:
        return data["W"].astype(float)


def holds(name, fact):
    return record(name)["facts"][fact]["holds"]


def enclosure(name, quantity):
    return [float(end) for end in record(name)["quantities"][quantity]["enclosure"]]


@pytest.fixture(params=NETWORKS)
def name(request):
    return request.param


@pytest.mark.parametrize(
    ("name", "n", "distance"),
    [
        ("plain-tanh-recall", 8, 2.274),
        ("skew-tanh-recall", 9, 0),
        ("plain-tanh-sine", 16, 2.99),
        ("skew-tanh-sine", 6, 0.02449),
        ("skew-gelu-sine", 6, 0),
    ],
)
def test_size_and_distance_to_skew_are_those_of_the_table(name, n, distance):
    assert record(name)["subject"]["n"] == n
    assert enclosure(name, "distance_to_skew") == pytest.approx([distance, distance], abs=1e-3, rel=2e-4)
    assert holds(name, "skew") is (distance == 0)


def test_the_spectral_norm_is_the_largest_singular_value(name):
    assert enclosure(name, "spectral_norm") == pytest.approx([np.linalg.norm(weights(name), 2)] * 2, rel=1e-9)


def test_the_rank_is_that_of_float_arithmetic(name):
    assert record(name)["quantities"]["rank"]["exact"] == np.linalg.matrix_rank(weights(name))


@pytest.mark.parametrize("name", ["skew-tanh-recall", "skew-gelu-sine"])
def test_frequencies_are_the_moduli_of_the_eigenvalues(name):
    found = record(name)["quantities"]["frequencies"]
    assert set(found["multiplicities"]) == {1}
    omega = [float(low) for low, _ in found["enclosure"]]
    seen = np.sort(np.abs(np.linalg.eigvals(weights(name))))
    assert sorted([*omega, *(w for w in omega if w)]) == pytest.approx(seen, abs=1e-6)


def test_odd_size_leaves_exactly_one_casimir():
    (k,) = record("skew-tanh-recall")["quantities"]["casimirs"]["exact"]
    W = [[Fraction(entry) for entry in row] for row in weights("skew-tanh-recall").tolist()]
    assert any(map(int, k))
    assert all(sum(int(a) * row[j] for a, row in zip(k, W, strict=True)) == 0 for j in range(9))


def test_the_diffusive_network_is_skew_but_for_a_hundredth():
    W = weights("skew-tanh-sine")
    assert np.allclose(W + W.T, -0.02 * np.eye(6), atol=1e-7)
    assert not holds("skew-tanh-sine", "similar_to_skew")


def contracts(name):
    """|h| L ‖W‖_F < 2, L = 1 for tanh; for gelu L = 1.129 at s = √2."""
    lipschitz = 1.129 if "gelu" in name else 1.0
    step = float(NETWORKS[name]["euler_step"])
    return "leak" not in NETWORKS[name] and step * lipschitz * np.linalg.norm(weights(name)) < 2


def test_the_claims_that_apply_are_those_of_the_theory(name):
    expected = CLAIMS[name] | ({"discrete-gradient-steps-are-unique"} if contracts(name) else set())
    assert {judgement["claim"] for judgement in record(name)["judgements"]} == expected


def test_every_judgement_replays_from_the_record(name):
    outcomes = [replay_judgement(judgement) for judgement in record(name)["judgements"]]
    assert {replayed.outcome for replayed in outcomes} == {Outcome.HOLDS}


def test_a_judgement_moved_to_another_network_does_not_replay():
    moved = dict(record("skew-gelu-sine")["judgements"][0])
    moved["certificate"] = {
        **moved["certificate"],
        "subject": record("plain-tanh-recall")["judgements"][0]["certificate"]["subject"],
    }
    assert replay_judgement(moved).outcome is Outcome.FAILS


def test_every_claim_is_judged_or_said_not_to_apply(name):
    judged = {judgement["claim"] for judgement in record(name)["judgements"]}
    missing = {entry["claim"] for entry in record(name)["not_applicable"]}
    positive = {
        t.claim
        for t in THEOREMS.values()
        if t.verdict is Verdict.PROVED and READ_A_STATE.isdisjoint(t.premises)
    }
    assert judged | missing == positive
    assert not judged & missing


def test_a_claim_that_does_not_apply_names_the_premise_that_fails():
    reasons = {entry["claim"]: entry["because"] for entry in record("plain-tanh-sine")["not_applicable"]}
    assert reasons["energy-is-conserved"] == "It assumes W + Wᵀ = 0; W is not skew."
    gelu = {entry["claim"]: entry["because"] for entry in record("skew-gelu-sine")["not_applicable"]}
    assert gelu["euler-growth-is-at-most-linear"] == "It assumes σ is bounded; that is refuted for this σ."


def test_arrays_are_short_and_even(name):
    for series in record(name)["series"].values():
        lengths = {len(column) for column in series["columns"].values()}
        assert len(lengths) == 1
        assert max(lengths) <= 400 or series["kind"] == "spectrum"


def test_euler_starts_on_one_energy_at_three_steps(name):
    columns = dict(record(name)["series"]["euler"]["columns"])
    assert len(columns) == 4
    columns.pop("k")
    assert len({column[0] for column in columns.values()}) == 1


def test_the_energy_is_level_along_the_flow_of_the_skew_networks_alone(name):
    H = record(name)["series"]["energy"]["columns"]["H"]
    level = max(H) - min(H) < 1e-6 * max(H)
    assert level is holds(name, "skew")


def test_imaginary_spectra_are_drawn_on_the_axis():
    assert max(map(abs, record("skew-tanh-recall")["series"]["spectrum"]["columns"]["re"])) < 1e-7
    assert max(map(abs, record("skew-gelu-sine")["series"]["spectrum"]["columns"]["re"])) > 1e-2


def test_the_same_seed_gives_the_same_record():
    first = record("skew-tanh-sine")
    again = inspect(str(DATA / "skew-tanh-sine.npz"), form="inner", **NETWORKS["skew-tanh-sine"])
    other = inspect(str(DATA / "skew-tanh-sine.npz"), form="inner", seed=1, **NETWORKS["skew-tanh-sine"])
    assert first["digest"] == again["digest"]
    assert first["digest"] != other["digest"]


def test_the_record_is_one_and_every_series_can_be_drawn(name):
    from gsdcheck.report.figures import figure_of

    require_shape(record(name))
    assert all(figure_of(series) is not None for series in record(name)["series"].values())
