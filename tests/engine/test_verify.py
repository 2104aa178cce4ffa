"""What verify decides: from certificates and samples alone, the same whoever does the work."""

import dataclasses
import math
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest

from gsdcheck.certify.certificates import applied_theorem, expanded_identity, written_proof
from gsdcheck.certify.periods import period_by_quadrature
from gsdcheck.certify.subject import case_data, subject_data
from gsdcheck.claims import BY_ID, find_claims
from gsdcheck.claims.entry import case
from gsdcheck.engine.events import Event, Finished, Started
from gsdcheck.engine.sampling import PROFILES, Sample, examples_for, sample
from gsdcheck.engine.serial import decisions_data
from gsdcheck.engine.verify import Decision, Work, decide, exit_code, prepare, verify
from gsdcheck.model.system import Case, system
from gsdcheck.model.verdict import Evidence, Verdict
from gsdcheck.numeric.diagnostics import period
from gsdcheck.numeric.elliptic import tanh_period
from gsdcheck.numeric.field import network
from gsdcheck.numeric.growth import elliptic_growth_law, euler_energies, root_law
from gsdcheck.record.build import build_record

PLANAR = [[0, 1], [-1, 0]]
FEW = ("energy-is-conserved", "J4", "skewness-is-necessary-for-oscillation", "jacobian-spectrum-is-imaginary")
CALM = Sample(examples=7, worst=0.5)


def decided(*claims: str, seed: int = 0, jobs: int = 1) -> list[dict[str, Any]]:
    return decisions_data(list(verify(find_claims(claims), profile="quick", seed=seed, jobs=jobs)))


def digest_of(judgements: list[dict[str, Any]]) -> str:
    return str(build_record(kind="verify", profile="quick", seed=0, judgements=judgements)["digest"])


def violated(margin: float = -0.25) -> Sample:
    return Sample(examples=3, worst=margin, violations=1, violation=case_data(case(PLANAR, [1, 2])))


def work(claim: str, *certificates: Any, found: Sample = CALM) -> Decision:
    return decide(Work(claim=claim, certificates=certificates, sample=found, seconds=0.0))


def test_two_processes_decide_what_one_does() -> None:
    assert digest_of(decided(*FEW, jobs=2)) == digest_of(decided(*FEW))


def test_the_same_seed_gives_the_same_digest_and_another_seed_the_same_verdicts() -> None:
    first, again, other = (decided("leaves-hold-one-equilibrium", seed=seed) for seed in (5, 5, 6))
    assert digest_of(first) == digest_of(again)
    assert [j["verdict"] for j in first] == [j["verdict"] for j in other]


def test_the_judgements_come_in_the_order_of_the_catalogue_with_the_headline_first() -> None:
    found = decided("J4", "energy-is-conserved")
    heads = [j["claim"] for j in found if j["case"] is None]
    assert heads == ["energy-is-conserved", "linear-norm-is-conserved-iff-skew"]
    assert [j["seconds"] is None for j in found] == [j["case"] is not None for j in found]
    assert all(j["expected"] == "proved" for j in found)


def test_each_claim_is_announced_and_reported() -> None:
    heard: list[Event] = []
    list(
        verify(
            find_claims(("jacobian-spectrum-is-symmetric", "J4")),
            profile="quick",
            seed=0,
            jobs=1,
            listen=heard.append,
        )
    )
    assert heard[0] == Started(total=2)
    assert [event.name for event in heard[1:] if isinstance(event, Finished)] == [
        "jacobian-spectrum-is-symmetric",
        "linear-norm-is-conserved-iff-skew",
    ]


def test_a_profile_gives_an_expensive_check_its_share_and_at_least_five() -> None:
    entry = BY_ID["energy-is-conserved"]
    assert examples_for(entry, "quick") == PROFILES["quick"]
    assert examples_for(dataclasses.replace(entry, share=Fraction(1, 4)), "standard") == 50
    assert examples_for(dataclasses.replace(entry, share=Fraction(1, 100)), "quick") == 5


def test_a_proof_that_nothing_contradicts_is_a_proof() -> None:
    decision = work("energy-is-conserved", written_proof("energy-is-conserved"))
    assert [(j.verdict, j.evidence) for j in decision.judgements] == [(Verdict.PROVED, Evidence.WRITTEN)]
    assert decision.judgements[0].examples == 7


def test_a_claim_whose_certificate_is_rejected_is_undecided() -> None:
    for wrong in (expanded_identity("energy-rate", 99), {"kind": "formal"}, {}):
        (judgement,) = work("energy-is-conserved", written_proof("energy-is-conserved"), wrong).judgements
        assert judgement.verdict is Verdict.UNDECIDED
        assert "rejected" in judgement.reason


def test_a_certificate_of_another_claim_decides_nothing() -> None:
    (judgement,) = work("energy-is-conserved", written_proof("jacobian-spectrum-is-imaginary")).judgements
    assert (judgement.claim, judgement.verdict) == ("energy-is-conserved", Verdict.UNDECIDED)
    assert "jacobian-spectrum-is-imaginary" in judgement.reason


def test_a_proof_that_a_generated_case_contradicts_is_undecided_and_shows_the_case() -> None:
    decision = work("energy-is-conserved", written_proof("energy-is-conserved"), found=violated())
    assert [j.verdict for j in decision.judgements] == [Verdict.UNDECIDED]
    (data,) = decisions_data([decision])
    assert data["candidate"] == case_data(case(PLANAR, [1, 2]))
    assert data["sampled_margin"]["value"] == -0.25
    assert exit_code([data]) == 4


def test_a_planted_violation_is_found_shrunk_and_keeps_the_claim_from_being_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = BY_ID["jacobian-spectrum-is-symmetric"]
    planted = dataclasses.replace(entry, margin=lambda given: -1.0 if given.system.n >= 3 else 1.0)
    monkeypatch.setitem(BY_ID, entry.claim.id, planted)
    decision = decide(prepare(entry.claim.id, "quick", seed=0))
    assert decision.judgements[0].verdict is Verdict.UNDECIDED
    assert decision.violation is not None
    assert len(decision.violation["W"]) == 3  # the smallest that there is
    assert decision.worst == -1.0


def test_without_a_certificate_a_calm_search_supports_and_no_search_decides_nothing() -> None:
    (supported,) = work("euler-energy-follows-root-law").judgements
    assert (supported.verdict, supported.evidence) == (Verdict.SUPPORTED, Evidence.SAMPLED)
    (undecided,) = work("euler-energy-follows-root-law", found=Sample(examples=0, worst=math.inf)).judgements
    assert undecided.verdict is Verdict.UNDECIDED


def test_proofs_and_refutations_of_one_claim_decide_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from gsdcheck.certify.theorems import THEOREMS

    claim = "skewness-is-necessary-for-oscillation"
    refutation = applied_theorem(
        "rotation-without-skewness", subject_data(system([[1, -2], [1, -1]], "identity")), []
    )
    assert work(claim, refutation).judgements[0].verdict is Verdict.REFUTED
    # No theorem of the table proves a false claim; a wrong one is planted beside it.
    wrong = dataclasses.replace(THEOREMS["energy-is-conserved"], id=claim, claim=claim)
    monkeypatch.setitem(THEOREMS, claim, wrong)
    (judgement,) = work(claim, refutation, written_proof(claim)).judgements
    assert judgement.verdict is Verdict.UNDECIDED
    assert "prove and refute" in judgement.reason


def test_violations_do_not_undo_a_refutation() -> None:
    claim = "skewness-is-necessary-for-oscillation"
    decision = work(claim, *BY_ID[claim].proposals(), found=violated())
    assert decision.judgements[0].verdict is Verdict.REFUTED
    assert decision.judgements[0].examples == 3


def judgement(verdict: str, expected: str | None = "proved") -> dict[str, Any]:
    return {"verdict": verdict, "expected": expected}


@pytest.mark.parametrize(
    ("judgements", "code"),
    [
        ([], 5),
        ([judgement("proved")], 0),
        ([judgement("proved"), judgement("refuted", "refuted"), judgement("supported", "supported")], 0),
        ([judgement("refuted")], 1),
        ([judgement("proved", "refuted")], 1),
        ([judgement("supported")], 1),
        ([judgement("undecided")], 4),
        ([judgement("undecided"), judgement("refuted")], 1),
        ([judgement("refuted"), judgement("undecided")], 1),
        ([judgement(verdict, None) for verdict in ("proved", "refuted", "supported", "undecided")], 0),
    ],
)
def test_the_exit_code_says_whether_all_is_as_expected(judgements: list[dict[str, Any]], code: int) -> None:
    assert exit_code(judgements) == code


def test_an_open_question_left_undecided_fails_only_if_asked_to() -> None:
    assert exit_code([judgement("undecided", None)], fail_on_undecided=True) == 4
    assert exit_code([judgement("proved")], fail_on_undecided=True) == 0
    assert exit_code([], fail_on_undecided=True) == 5


@pytest.mark.parametrize("energy", ["1/100", "1/2", "2", "6"])
def test_the_tanh_period_is_the_same_three_ways_that_share_no_code(energy: str) -> None:
    """The elliptic integral by mpmath, the level curve in balls, a return of an integrated orbit; at ω = 3/2."""
    omega, level = Fraction(3, 2), Fraction(energy)
    elliptic, curve = tanh_period(energy, omega, digits=30), period_by_quadrature(level, omega)
    with mpmath.workdps(40):
        modulus = -mpmath.expm1(-2 * mpmath.mpf(level.numerator) / level.denominator)
        for other in (
            mpmath.mpf(curve.str(40, radius=False)),
            4 * mpmath.ellipk(modulus) / mpmath.mpf("1.5"),
        ):
            assert abs(other / elliptic - 1) < mpmath.mpf(10) ** -28
        wrong = tanh_period(level + Fraction(1, 10**20), omega, digits=30)  # one in the 20th place is seen
        assert abs(wrong / elliptic - 1) > mpmath.mpf(10) ** -25
    start = [math.acosh(math.exp(float(level))), 0.0]
    turn = period(network(system([[0, "3/2"], ["-3/2", 0]])), start, horizon=1e3)
    assert turn.closed
    assert abs(turn.value / float(elliptic) - 1) < 1e-9


@pytest.mark.parametrize("energy", [0.1, 0.5, 2.0, 5.0])
def test_the_growth_law_is_within_one_per_cent_and_its_root_within_two(energy: float) -> None:
    """ωh = 1/10 and k to 2·10⁵, against the map itself, written out here."""
    x, y, seen = math.acosh(math.exp(energy)), 0.0, []
    for k in range(200_001):
        if k % 1_000 == 0:
            seen.append(math.log(math.cosh(x)) + math.log(math.cosh(y)))
        x, y = x + 0.1 * math.tanh(y), y - 0.1 * math.tanh(x)
    ks, simulated = np.arange(0, 200_001, 1_000), np.array(seen)
    assert np.allclose(euler_energies(0.1, [energy], 200_000, 1_000)[:, 0], simulated, rtol=1e-9)
    law = elliptic_growth_law(0.1, [energy], ks)[:, 0]
    assert np.max(np.abs(simulated / law - 1)) < 0.01
    late = ks >= 10_000
    assert np.max(np.abs(simulated[late] / root_law(0.1, energy, ks[late]) - 1)) < 0.02
    assert np.max(np.abs(simulated / (1.03 * law) - 1)) > 0.01  # a law off by three per cent is seen


def test_a_sample_counts_nan_as_the_worst_and_stops_at_a_violation() -> None:
    entry = BY_ID["energy-is-conserved"]
    nan = sample(dataclasses.replace(entry, margin=lambda _: math.nan), examples=5, seed=0)
    assert (nan.examples, nan.worst, nan.violations) == (1, -math.inf, 1)
    counted = sample(dataclasses.replace(entry, margin=lambda _: -2.0), examples=5, seed=0, shrink=False)
    assert (counted.examples, counted.worst, counted.violations) == (5, -2.0, 5)


def test_a_sample_leaves_nothing_behind(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    seen: list[Case] = []

    def margin(given: Case) -> float:
        seen.append(given)
        return 1.0

    sample(dataclasses.replace(BY_ID["energy-is-conserved"], margin=margin), examples=5, seed=0)
    assert len(seen) == 5
    assert not list(tmp_path.iterdir())
