"""Ablation: needed only with a certificate, not needed only with a theorem, else open."""

from collections.abc import Sequence

import pytest

from gsdcheck.certify.premises import PREMISES
from gsdcheck.claims import ALL_CLAIMS, BY_ID
from gsdcheck.engine.hunt.ablation.ablate import Ablated, Need, ablations, without
from gsdcheck.engine.hunt.ablation.broken import broken
from gsdcheck.engine.hunt.ablation.implications import IMPLIES, consequences, still_proved
from gsdcheck.engine.hunt.ablation.record import ablation_record
from gsdcheck.engine.hunt.assumptions import inside
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.targets.catalogue import target_of
from gsdcheck.engine.replay import Outcome, replay_judgement
from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Verdict


def rows(claim: str, examples: int = 40) -> dict[str, Ablated]:
    return {row.assumption: row for row in ablations(claim, seconds=None, examples=examples, seed=0)}


@pytest.fixture(scope="module")
def energy() -> dict[str, Ablated]:
    return rows("energy-is-conserved")


def test_every_assumption_has_its_row_in_the_order_of_the_claim(energy: dict[str, Ablated]) -> None:
    assert tuple(energy) == BY_ID["energy-is-conserved"].claim.assumptions


@pytest.mark.parametrize("assumption", ["skew", "no-leak", "no-outer-bias"])
def test_the_energy_needs_skewness_no_leak_and_no_bias(energy: dict[str, Ablated], assumption: str) -> None:
    row = energy[assumption]
    assert row.need is Need.NEEDED
    assert row.settled is not None
    assert row.settled.judgement is not None
    others = [name for name in energy if name != assumption]
    assert inside(row.settled.case, others, assumption) is None
    assert row.settled.case.system.n <= 2
    assert row.settled.case.system.activation.name == "identity"


def test_what_neither_a_theorem_nor_a_certificate_decides_is_open(energy: dict[str, Ablated]) -> None:
    row = energy["continuous"]
    assert row.need is Need.OPEN
    assert row.settled is row.theorem is None
    assert row.examples > 0


def test_an_odd_network_needs_both_its_assumptions() -> None:
    assert {row.need for row in rows("odd-size-has-a-casimir").values()} == {Need.NEEDED}


def test_what_follows_from_the_others_is_still_proved() -> None:
    # strictly increasing is nondecreasing, and no bias is no outer bias
    left = ("skew", "strictly-increasing", "continuous", "no-leak", "no-bias")
    assert still_proved("euler-energy-never-decreases", left, "nondecreasing") is not None
    assert still_proved("euler-energy-never-decreases", left[1:], "skew") is None


def test_a_theorem_with_fewer_premises_shows_what_is_not_needed() -> None:
    row = rows("euler-does-not-overflow", examples=8)["no-outer-bias"]
    assert row.need is Need.IDLE
    assert row.theorem == "euler-does-not-overflow"


def test_a_theorem_whose_conclusion_names_the_level_does_not_make_the_level_idle() -> None:
    # "every orbit with H(x₀) < E* is bounded" has no premise about H(x₀), and is not true without it
    left = [name for name in BY_ID["orbits-are-bounded"].claim.assumptions if name != "below-escape"]
    assert still_proved("orbits-are-bounded", left, "below-escape") is None


@pytest.mark.parametrize("entry", ALL_CLAIMS, ids=lambda entry: entry.claim.id)
def test_a_claim_is_proved_with_all_its_assumptions_or_is_not_proved(entry) -> None:
    theorem = still_proved(entry.claim.id, entry.claim.assumptions, "")
    if entry.claim.expected in (Verdict.REFUTED, Verdict.SUPPORTED):
        assert theorem is None
    elif theorem is not None:
        assert set(theorem.premises) <= consequences(entry.claim.assumptions)


@pytest.mark.parametrize(("given", "then"), IMPLIES.items(), ids=lambda part: "+".join(part))
def test_the_implications_are_about_premises(given: Sequence[str], then: Sequence[str]) -> None:
    assert {*given, *then} <= set(PREMISES)
    assert not set(given) & set(then)


@pytest.mark.parametrize(
    ("claim", "assumption"),
    [
        (entry.claim.id, name)
        for entry in ALL_CLAIMS
        for name in ("skew", "no-leak", "inner", "outer", "invertible", "planar", "odd-size", "leak")
        if name in entry.claim.assumptions and target_of(entry.claim.id).roams
    ],
)
def test_a_broken_domain_draws_cases_that_lack_the_assumption_and_have_the_others(
    claim: str, assumption: str
) -> None:
    import numpy as np

    from gsdcheck.engine.hunt.families.draw import draw
    from gsdcheck.engine.hunt.screens import screened

    domain = broken(target_of(claim).domain, assumption)
    rng, lacking = np.random.default_rng(3), 0
    for _ in range(8):
        block, _ = screened(draw(domain, rng, 4), domain.assumptions)
        lacking += sum(
            inside(block.case(lane), domain.assumptions, assumption) is None for lane in range(block.size)
        )
    assert lacking > 0


def test_without_the_outer_form_the_domain_is_the_inner_one() -> None:
    assert without("casimirs-are-conserved", "outer").domain.forms == (Form.INNER,)


def test_a_claim_that_is_false_as_it_stands_has_nothing_to_drop() -> None:
    with pytest.raises(InvalidInput, match="oscillation-is-perpetual"):
        next(ablations("odd-bounded-continuous-suffices", seconds=1.0, examples=None, seed=0))


def test_the_record_replays_and_names_the_assumption_that_is_gone(energy: dict[str, Ablated]) -> None:
    record = ablation_record("energy-is-conserved", list(energy.values()), seed=0)
    assert [row["need"] for row in record["ablation"]] == ["needed", "open", "needed", "needed"]
    outcomes = [replay_judgement(judgement).outcome for judgement in record["judgements"]]
    assert outcomes == [Outcome.HOLDS, Outcome.UNCERTIFIED, Outcome.HOLDS, Outcome.HOLDS]
    assert [judgement["without"] for judgement in record["judgements"]] == list(energy)
    assert all(judgement["expected"] is None for judgement in record["judgements"])


def test_the_outcome_is_the_same_for_the_same_seed() -> None:
    first, again = (
        [
            (r.assumption, r.need, r.settled and plain_case(r.settled.case))
            for r in rows("odd-size-has-a-casimir").values()
        ]
        for _ in range(2)
    )
    assert first == again
