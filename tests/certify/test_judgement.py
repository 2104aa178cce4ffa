"""A judgement cannot be made false: not built, not replaced, not copied, not unpickled."""

import copy
import json
import pickle
from dataclasses import replace

import pytest

from gsdcheck.certify.certificates import applied_theorem, canonical_text, expanded_identity, written_proof
from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.subject import subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import system
from gsdcheck.model.verdict import Evidence, Verdict


def rotation() -> dict[str, object]:
    """W² = -I and W is not skew: by hand, [[1,-2],[1,-1]]² = [[1-2, -2+2], [1-1, -2+1]] = -I."""
    return applied_theorem(
        "rotation-without-skewness", subject_data(system([[1, -2], [1, -1]], "identity")), []
    )


@pytest.fixture
def refutation() -> Judgement:
    return Judgement.from_certificate(rotation())


def test_a_certificate_makes_its_judgement(refutation: Judgement) -> None:
    assert refutation.claim == "skewness-is-necessary-for-oscillation"
    assert refutation.verdict is Verdict.REFUTED
    assert refutation.evidence is Evidence.EXACT


@pytest.mark.parametrize("verdict", [Verdict.PROVED, Verdict.REFUTED])
def test_a_decided_judgement_needs_a_certificate(verdict: Verdict) -> None:
    with pytest.raises(CertificateRejected, match="without a certificate"):
        Judgement(claim="energy-is-conserved", verdict=verdict, evidence=Evidence.EXACT, reason="because")


@pytest.mark.parametrize(
    "change",
    [
        {"claim": "energy-is-conserved"},
        {"verdict": Verdict.PROVED},
        {"evidence": Evidence.FORMAL},
        {"case": None},
        {"rests_on": Evidence.FORMAL},
        {"margin": ("1", "2")},
        {"reason": "because"},
        {"certificate": canonical_text(expanded_identity("energy-rate", 2))},
        {"certificate": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_no_field_of_a_judgement_can_be_changed(refutation: Judgement, change: dict[str, object]) -> None:
    with pytest.raises(CertificateRejected):
        replace(refutation, **change)


def test_copies_and_pickles_are_checked_again(refutation: Judgement) -> None:
    assert copy.deepcopy(refutation) == refutation == pickle.loads(pickle.dumps(refutation))  # noqa: S301
    forged = pickle.dumps(refutation).replace(b"is not skew", b"is so skew!")
    with pytest.raises(CertificateRejected):
        pickle.loads(forged)  # noqa: S301


@pytest.mark.parametrize(
    ("verdict", "evidence", "examples", "certificate"),
    [
        (Verdict.SUPPORTED, Evidence.SAMPLED, 0, None),
        (Verdict.SUPPORTED, Evidence.EXACT, 5, None),
        (Verdict.SUPPORTED, None, 5, None),
        (Verdict.UNDECIDED, Evidence.SAMPLED, 5, None),
        (Verdict.SUPPORTED, Evidence.SAMPLED, 5, "{}"),
        (Verdict.UNDECIDED, None, 0, "{}"),
    ],
)
def test_what_is_not_decided_says_exactly_that(
    verdict: Verdict, evidence: Evidence | None, examples: int, certificate: str | None
) -> None:
    with pytest.raises(CertificateRejected):
        Judgement(
            claim="c",
            verdict=verdict,
            evidence=evidence,
            reason="",
            examples=examples,
            certificate=certificate,
        )


def test_supported_and_undecided_need_no_certificate() -> None:
    assert Judgement(
        claim="c", verdict=Verdict.SUPPORTED, evidence=Evidence.SAMPLED, reason="", examples=1
    ).examples
    assert Judgement(claim="c", verdict=Verdict.UNDECIDED, evidence=None, reason="").evidence is None


def test_a_written_proof_is_bound_to_its_page() -> None:
    certificate = written_proof("energy-is-conserved")
    assert Judgement.from_certificate(certificate).evidence is Evidence.WRITTEN
    with pytest.raises(CertificateRejected, match="not the text"):
        Judgement.from_certificate({**certificate, "page": "0" * 64})


def test_a_theorem_about_one_subject_proves_no_claim() -> None:
    certificate = {**written_proof("energy-is-conserved"), "theorem": "all-orbits-are-bounded"}
    with pytest.raises(CertificateRejected, match="one subject"):
        Judgement.from_certificate(certificate)


@pytest.mark.parametrize(
    "garbage",
    [
        {},
        {"kind": None},
        {"kind": ["written"]},
        {"kind": "formal"},
        {"kind": "written"},
        {"kind": "identity", "identity": "energy-rate", "n": True},
        {"kind": "identity", "identity": "energy-rate", "n": 2.0},
        {"kind": "identity", "identity": "energy-rate", "n": 7},
        {"kind": "identity", "identity": [], "n": 2},
        {"kind": "theorem", "theorem": {}, "subject": {}, "facts": []},
        {"kind": "theorem", "theorem": "rest", "subject": None, "facts": []},
        {"kind": "tanh-period", "energy": "0", "omega": "1", "digits": 5},
        {"kind": "tanh-period", "energy": "1", "omega": "-1", "digits": 5},
        {"kind": "tanh-period", "energy": "1", "omega": "1", "digits": 41},
        {"kind": float("nan")},
        {"kind": object()},
    ],
)
def test_garbage_is_rejected_and_nothing_else_is_raised(garbage: dict[str, object]) -> None:
    with pytest.raises(CertificateRejected):
        Judgement.from_certificate(garbage)


def test_the_two_periods_agree_and_a_wrong_formula_would_not() -> None:
    from fractions import Fraction

    from gsdcheck.certify.periods import period_by_elliptic_integral, period_by_quadrature

    energy, omega = Fraction(3, 2), Fraction(2, 3)
    curve, formula = period_by_quadrature(energy, omega), period_by_elliptic_integral(energy, omega)
    assert curve.overlaps(formula)
    assert not curve.overlaps(period_by_elliptic_integral(energy + Fraction(1, 10**20), omega))


def test_the_certificate_of_a_judgement_is_text_that_cannot_change(refutation: Judgement) -> None:
    assert isinstance(refutation.certificate, str)
    assert json.loads(refutation.certificate) == rotation()


def test_a_judgement_reads_as_claim_case_verdict_evidence_and_reason() -> None:
    undecided = Judgement(claim="a", verdict=Verdict.UNDECIDED, evidence=None, reason="The time ran out.")
    assert str(undecided) == "a: undecided: The time ran out."
    supported = Judgement(
        claim="a", case="n = 2", verdict=Verdict.SUPPORTED, evidence=Evidence.SAMPLED, reason="r.", examples=1
    )
    assert str(supported) == "a [n = 2]: supported (sampled): r."
