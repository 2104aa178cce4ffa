"""What an audit says of activations whose guarantees are known by hand (THEORY.md), and that it says it soundly."""

import json
from functools import cache
from typing import Any

import pytest

from gsdcheck.engine.audit import audit
from gsdcheck.engine.replay import Outcome, replay_file
from gsdcheck.record.canonical import canonical

IDS = (
    "energy-is-conserved",
    "orbits-are-bounded",
    "planar-orbits-are-closed",
    "oscillation-is-perpetual",
    "jacobian-spectrum-is-imaginary",
    "euler-energy-never-decreases",
    "euler-growth-is-at-most-linear",
    "euler-energy-follows-root-law",
    "euler-does-not-overflow",
    "rank-two-inner-orbits-are-bounded",
    "leaves-oscillate-or-all-escape",
)

# In the order of IDS. T true and F false of every orbit and every skew W, and decided; t and f true and false
# but perhaps left open; S supported by floats; ? not known.
# tanh-like: continuous, odd, strictly increasing, bounded. identity, x³, eˣ - 1, leaky ReLU: Euler overflows.
# GELU, SiLU: Φ(-∞) = 1/4, π²/12, and H > E* escapes; σ' < 0 far left, so spectra leave iℝ and H can fall.
# ReLU: straight orbits; inner form with k = (1, 1, 1): Σx_i' = Σσ(y_i) > 0 since Σy_i = 0, y ≠ 0.
# sin: saddles (mirror line), n = 3 glides; its equilibria 0 and (π, π) share a leaf. Hard tanh: (4, 5, 6) and
# (5, 5, 5) are equilibria of k× on one leaf. σ > 0 (sigmoid, softplus): no equilibrium, Σ q_i x_i monotone.
# eˣ - 1, ELU, leaky ReLU: s ≤ σ(s) or c s ≤ σ(s), so the inner form with k× drifts (O14). x³: odd, increasing.
TRUTH = {
    "tanh": "TTTTTTTSTTT",
    "atan": "TTTTTTT?TTT",
    "identity": "TTTTTTF?FTT",
    "cube": "TTTTTTf?FTT",
    "expm1": "TTTTTTf?FFT",
    "leaky_relu": "TTTTTTf?FFT",
    "elu": "TTTTTT???FT",
    "gelu": "TFFFFF????f",
    "silu": "TFFFFF????f",
    "relu": "TFFFTT???ff",
    "rectified_tanh": "TFFFTTT?Tff",
    "sin": "TFFFFFT?T?f",
    "xgauss": "TFFFFFT?T?f",
    "sigmoid": "TFFFTTT?TfT",
    "softplus": "TFFFTT???fT",
    "hardtanh": "TTTTTTT?T?f",
}
ALLOWED = {
    "T": {"proved"},
    "F": {"refuted"},
    "t": {"proved", "undecided"},
    "f": {"refuted", "undecided"},
    "S": {"supported"},
    "?": {"undecided", "supported"},
}


@cache
def record(subject: str) -> dict[str, Any]:
    return audit(subject)


def verdicts(subject: str) -> dict[str, str]:
    return {entry["id"]: entry["verdict"] for entry in record(subject)["guarantees"]}


@pytest.mark.parametrize("subject", TRUTH)
def test_every_verdict_is_the_one_that_mathematics_gives(subject: str) -> None:
    found = verdicts(subject)
    assert tuple(found) == IDS
    wrong = {
        claim: found[claim]
        for claim, truth in zip(IDS, TRUTH[subject], strict=True)
        if found[claim] not in ALLOWED[truth]
    }
    assert not wrong


@pytest.mark.parametrize("subject", TRUTH)
def test_every_judgement_fact_and_quantity_replays(subject: str, tmp_path) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(canonical(record(subject)))
    assert not [item for item in replay_file(str(path)) if item.outcome is Outcome.FAILS]


@pytest.mark.parametrize("subject", ["gelu", "sin"])
def test_a_record_with_one_guarantee_turned_round_does_not_replay(subject: str, tmp_path) -> None:
    forged = json.loads(canonical(record(subject)))
    refuted = next(j for j in forged["judgements"] if j["verdict"] == "refuted")
    refuted["verdict"] = "proved"
    path = tmp_path / "record.json"
    path.write_text(json.dumps(forged), encoding="utf-8")
    assert [item for item in replay_file(str(path)) if item.outcome is Outcome.FAILS]


def test_what_is_refuted_shows_a_counterexample_in_short_numbers() -> None:
    for subject in TRUTH:
        for entry in record(subject)["guarantees"]:
            sample = entry["counterexample"]
            assert (sample is not None) == (entry["verdict"] == "refuted")
            if sample is not None:
                assert all(len(text) <= 6 for row in sample["W"] for text in row)
                assert all(len(text) <= 8 for text in sample["state"] or [])


def test_the_sentence_says_up_to_which_energy_and_where_it_stops() -> None:
    """E* of GELU is Φ(-∞) = 1/4; its slope vanishes at -0.75179..., of SiLU at -1.27846..."""
    first = record("gelu")["follows"][0]
    assert "planar orbits close below energy 1/4; above it they can escape" in first
    assert "once a coordinate is below -0.7518" in first
    assert "below energy pi**2/12" in record("silu")["follows"][0]
    assert "below -1.2785" in record("silu")["follows"][0]
    assert "beyond ±1.5708" in record("sin")["follows"][0]  # cos < 0 beyond π/2
    assert "every planar orbit closes" in record("tanh")["follows"][0]


def test_a_place_where_the_slope_falls_is_named_on_the_side_where_it_falls() -> None:
    """σ' < 0 of -α(eˣ - 1) for x < 0; of x/(x² + 10⁻¹⁰) for |x| > 10⁻⁵; of x³ - x for |x| < 3^(-1/2), on both sides of 0."""
    assert "once a coordinate is below 0." in record("elu?alpha=-1")["follows"][0]
    assert "beyond ±1e-05." in record("x/(x**2 + 1/10000000000)")["follows"][0]
    assert record("x**3 - x")["follows"][0].endswith("The Jacobian can leave the imaginary axis.")


def test_a_level_that_is_not_settled_is_called_so() -> None:
    """The pole at 1 ± 10⁻⁵ i is too near the line for the quadrature of Φ."""
    first = record("x/(x**2 - 2*x + 1 + 1/10000000000)")["follows"][0]
    assert "below some level of the energy that is not settled; above it" in first


def test_below_the_level_the_guarantee_is_proved_besides() -> None:
    for subject, level in (("gelu", "1/4"), ("sin", "2"), ("xgauss", "1/2")):
        by_id = {entry["id"]: entry for entry in record(subject)["guarantees"]}
        for claim in IDS[1:4]:
            assert by_id[claim]["cell"] == f"H < {level}"
            proved = [
                j for j in record(subject)["judgements"] if (j["claim"], j["verdict"]) == (claim, "proved")
            ]
            assert proved


def test_the_same_subject_gives_the_same_record() -> None:
    first, again = (audit("gelu") for _ in range(2))
    assert first["digest"] == again["digest"]
