"""A guarantee: a theorem whose premises about σ hold, for every network with this σ."""

from typing import Any

import pytest

from gsdcheck.certify.certificates import conclude, guaranteed
from gsdcheck.certify.premises import ABOUT_ACTIVATION
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.claims.entry import facts_read_by
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.library import find_activation
from gsdcheck.model.verdict import Evidence, Verdict


def certificate(theorem: str, activation: str, shift: str = "0", about: str | None = None) -> dict[str, Any]:
    """A guarantee with the facts of `about` (by default of σ itself) that the theorem reads."""
    facts = facts_read_by(theorem, find_activation(about or activation))
    return guaranteed(theorem, find_activation(activation).text, shift, facts)


# What THEORY.md says of each: (E₀, E*) tanh (∞, ∞), GELU (1/4, 1/4), sin (2, 2); tanh and sin bounded; GELU's
# slope changes sign, the others' theorems need what is listed there.
HOLDS = [
    ("energy-is-conserved", "gelu"),
    ("all-orbits-are-bounded", "expm1"),
    ("well-orbits-are-bounded", "sin"),
    ("all-orbits-oscillate", "tanh"),
    ("well-orbits-oscillate", "sin"),
    ("well-planar-orbits-are-closed", "gelu"),
    ("jacobian-spectrum-is-imaginary", "relu"),
    ("euler-does-not-overflow", "sin"),
    ("tanh-period-is-elliptic", "tanh"),
    ("linear-euler-blows-up", "identity"),
]
ONLY_WRITTEN = (
    "well-planar-orbits-are-closed",
    "tanh-period-is-elliptic",
)  # no theorem in proofs/coq says these
FAILS = [
    ("energy-is-conserved", "sign(x)"),  # a jump
    ("all-orbits-are-bounded", "gelu"),  # E* = 1/4
    ("well-orbits-are-bounded", "relu"),  # E* = 0
    ("well-orbits-oscillate", "-x"),  # s σ(s) < 0, so the well is {0} and E₀ = 0
    ("all-orbits-oscillate", "sin"),  # no strict sign
    ("well-planar-orbits-are-closed", "sigmoid"),  # σ(0) = 1/2
    ("jacobian-spectrum-is-imaginary", "gelu"),  # the slope changes sign
    ("euler-does-not-overflow", "identity"),  # unbounded
    ("tanh-period-is-elliptic", "atan"),  # another σ
    ("linear-euler-blows-up", "tanh"),  # not linear
]


@pytest.mark.parametrize(("theorem", "activation"), HOLDS)
def test_a_guarantee_holds_where_every_premise_about_sigma_does(theorem: str, activation: str) -> None:
    found = conclude(certificate(theorem, activation))
    assert (found.claim, found.verdict) == (THEOREMS[theorem].claim, Verdict.PROVED)
    grade = Evidence.WRITTEN if theorem in ONLY_WRITTEN else Evidence.FORMAL
    assert (found.evidence, found.rests_on) == (Evidence.THEOREM, grade)
    assert found.case is not None
    assert found.case.startswith(f"σ = {find_activation(activation).text}; every network with ")


@pytest.mark.parametrize(("theorem", "activation"), FAILS)
def test_a_guarantee_is_rejected_where_a_premise_about_sigma_fails(theorem: str, activation: str) -> None:
    with pytest.raises(CertificateRejected):
        conclude(certificate(theorem, activation))


def test_what_is_not_about_sigma_stays_a_hypothesis() -> None:
    found = conclude(certificate("all-planar-orbits-are-closed", "tanh"))
    assert found.case is not None
    for hypothesis in ("n = 2", "W + Wᵀ = 0", "W ≠ 0", "γ = 0", "b = 0 in the outer form"):
        assert hypothesis in found.case
    assert "continuous" not in found.case


def test_a_shift_moves_the_zero_and_the_facts_are_of_the_shifted_function() -> None:
    shifted = certificate("all-orbits-oscillate", "tanh(x - 1)", "1", about="tanh")
    found = conclude(shifted)
    assert found.case is not None
    assert "τ(x) = σ(x+1); every network of τ with" in found.case
    for wrong in ("0", "2", "-1"):
        with pytest.raises(CertificateRejected):
            conclude({**shifted, "shift": wrong})


def test_facts_of_another_function_or_none_establish_nothing() -> None:
    for facts in (facts_read_by("all-orbits-oscillate", find_activation("atan")), []):
        with pytest.raises(CertificateRejected):
            conclude({**certificate("all-orbits-oscillate", "tanh"), "facts": facts})


@pytest.mark.parametrize(
    "theorem", [t.id for t in THEOREMS.values() if t.verdict is Verdict.REFUTED] + ["no-such-theorem"]
)
def test_what_is_about_one_network_guarantees_nothing(theorem: str) -> None:
    with pytest.raises(CertificateRejected):
        conclude(guaranteed(theorem, "tanh(x)", "0", []))


@pytest.mark.parametrize(
    "theorem", [t.id for t in THEOREMS.values() if ABOUT_ACTIVATION.isdisjoint(t.premises)]
)
def test_a_theorem_without_a_premise_about_sigma_guarantees_nothing_of_it(theorem: str) -> None:
    with pytest.raises(CertificateRejected):
        conclude(guaranteed(theorem, "tanh(x)", "0", []))


@pytest.mark.parametrize(
    "change",
    [
        {"activation": "tanh( x )"},
        {"activation": "tanh(y)"},
        {"activation": 1},
        {"shift": "0.0"},
        {"shift": "x"},
        {"shift": 0},
        {"shift": "log(-1)"},
        {"facts": {}},
        {"note": "more"},
    ],
)
def test_a_second_spelling_or_an_unknown_key_is_rejected(change: dict[str, Any]) -> None:
    with pytest.raises(CertificateRejected):
        conclude({**certificate("all-orbits-oscillate", "tanh"), **change})
