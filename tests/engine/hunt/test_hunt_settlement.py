"""From candidates to findings: nothing is one that another method or the exact assumptions contradict."""

from dataclasses import replace

import pytest

from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.claims import BY_ID
from gsdcheck.claims.entry import CROSS, PLANAR, case
from gsdcheck.engine.hunt import watch as watch_module
from gsdcheck.engine.hunt.certification import certified, deciding_theorems, reads_a_state, theorem_of
from gsdcheck.engine.hunt.confirmation import ALONE, confirmed
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.search import hunted
from gsdcheck.engine.hunt.settlement import OUT_OF_TIME, Settled, apart, settle, sifted
from gsdcheck.engine.hunt.shard import Candidate
from gsdcheck.engine.hunt.shrinking.complexity import complexity
from gsdcheck.engine.hunt.watch import QUIET, Watch
from gsdcheck.model.system import Case
from gsdcheck.model.verdict import Verdict

SINE = hunted("euler-energy-never-decreases", "sin", ())
FALLING = case([[0, 1, "1/3"], [-1, 0, 0], ["-1/3", 0, 0]], ["2.9", "3.1", "1/7"], "sin", step="0.3")
DRIFT = hunted("inner-orbits-are-bounded", "expm1", (3,))
DRIFTING = case(CROSS, ["1.1", 0, 0], "expm1", form="inner")


def candidate(given: Case, margin: float = -1.0, family: str = "a", mechanism: str = "m") -> Candidate:
    return Candidate(case=plain_case(given), margin=margin, family=family, mechanism=mechanism)


def test_a_candidate_becomes_a_certified_case_of_two_units_with_round_numbers() -> None:
    [found] = settle(SINE, [candidate(FALLING)]).found
    assert found.judgement is not None
    assert found.judgement.verdict is Verdict.REFUTED
    assert found.case.system.n == 2
    assert max(abs(w) for row in found.case.system.W for w in row) == 1
    assert all(v.denominator == 1 for v in found.case.state)
    assert found.confirmation.refused is None
    assert found.mechanism == THEOREMS[theorem_of(found.judgement)].conclusion


def test_drift_is_certified_on_a_state_from_which_it_drifts() -> None:
    [found] = settle(DRIFT, [candidate(DRIFTING)]).found
    assert found.judgement is not None
    assert theorem_of(found.judgement) == "drift-against-inner-orbits-are-bounded"
    assert not reads_a_state(found.judgement)
    assert any(found.case.state)  # the theorem speaks of all states but those at rest


def test_a_case_outside_the_assumptions_is_no_finding() -> None:
    outside = case([[0, 1], [-2, 0]], [3, 3], "sin", step=1)
    assert "W + Wᵀ = 0" in str(confirmed(SINE, outside).refused)
    [(reason, count)] = settle(SINE, [candidate(outside)]).refused.items()
    assert reason.startswith("outside the assumptions")
    assert count == 1


def test_a_margin_that_the_exact_case_does_not_have_is_no_finding() -> None:
    calm = case(PLANAR, [1, 1], "sin", step="1/10")
    assert settle(SINE, [candidate(calm)]).refused == {
        "the first method does not see it on the exact case": 1
    }


def test_what_another_method_contradicts_is_no_finding() -> None:
    target = replace(SINE, judge=replace(SINE.judge, slack=-0.5))  # floats that see falls everywhere
    calm = case(PLANAR, [1, 1], "sin", step="1/10")
    [reason] = settle(target, [candidate(calm)]).refused
    assert reason.startswith("not confirmed by balls of")


def test_a_margin_of_one_method_alone_is_no_finding() -> None:
    own = hunted("bounded-activations-bound-euler", None, ())
    leaky = BY_ID[own.id].mutants[0].broken
    assert confirmed(own, leaky).refused == "there is no second method for this margin"


def test_what_one_method_alone_sees_is_no_finding_but_is_kept_and_shrunk() -> None:
    """For GELU an orbit with leak escapes: the margin says so, nothing else can, and no theorem does."""
    target = hunted("leaky-orbits-are-bounded", "gelu", ())
    given = case([["7/2", 0], [0, 1]], ["5/2", "1/3"], "gelu", leak="1/3", step=1)
    assert target.judge.margin(given) < 0
    settled = settle(target, [candidate(given)])
    [kept] = settled.alone
    assert (settled.found, settled.refused) == ((), {ALONE: 1})
    assert kept.judgement is None
    assert kept.confirmation.refused == ALONE
    assert complexity(kept.case) < complexity(given)
    assert target.judge.margin(kept.case) < 0


def test_of_what_one_method_alone_sees_a_watch_keeps_and_shrinks_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    original = watch_module.settle
    monkeypatch.setattr(
        watch_module, "settle", lambda *a, **k: asked.append(k["most_alone"]) or original(*a, **k)
    )
    watch = Watch(hunted("leaky-orbits-are-bounded", "gelu", ()))
    for k in (2, 3):
        watch.enough(outcome(candidate(case([[k]], [1], "gelu", leak=1, step=1))))
    assert asked == [1, 0]
    [kept] = watch.settlement.alone
    assert kept.case.system.W == ((2,),)
    assert watch.settlement.refused == {ALONE: 2}


def test_what_is_certified_needs_no_float_to_speak_for_it() -> None:
    own = hunted("bounded-activations-bound-euler", None, ())
    [found] = settle(own, [candidate(BY_ID[own.id].mutants[0].broken)]).found
    assert found.judgement is not None


def test_candidates_that_are_not_negative_are_not_looked_at() -> None:
    calm = candidate(case(PLANAR, [1, 1], "sin", step=1), margin=0.0)
    assert settle(SINE, [calm]).refused == settle(SINE, []).refused == {}


def test_when_the_time_is_up_one_candidate_is_settled_and_the_others_are_counted() -> None:
    others = [candidate(case(PLANAR, [3, k], "sin", step=1)) for k in (1, 2)]
    late = settle(SINE, [candidate(FALLING), *others], in_time=lambda: False)
    assert len(late.found) == 1
    assert late.refused == {OUT_OF_TIME: 2}


def test_a_rough_look_keeps_the_order_of_what_may_fail() -> None:
    cases = [case(PLANAR, [a, a], name, step=1) for a in (3, 1, 2) for name in ("sin", "tanh")]
    kept = sifted(SINE.judge, cases)
    assert [(c.state[0], c.system.activation.name) for c in kept] == [(3, "sin"), (2, "sin")]


def test_of_one_mechanism_the_simplest_is_kept_and_forms_stay_apart() -> None:
    settled = [
        Settled(
            candidate=candidate(given),
            case=given,
            confirmation=confirmed(SINE, given),
            judgement=certified(SINE, plain_case(given)),
        )
        for given in (
            case(PLANAR, [3, 3], "sin", step=1),
            case(PLANAR, [1, 3], "sin", step=1),
            case(PLANAR, [3, 1], "sin", step=1, form="inner"),
        )
    ]
    kept = apart(settled)
    assert [(k.case.state, str(k.case.system.form)) for k in kept] == [((1, 3), "outer"), ((3, 1), "inner")]


@pytest.mark.parametrize("claim", BY_ID)
def test_what_decides_a_claim_is_a_theorem_about_it(claim: str) -> None:
    target = hunted(claim, None, ())
    verdict = Verdict.PROVED if target.existential else Verdict.REFUTED
    assert all(t.claim == claim and t.verdict is verdict for t in deciding_theorems(target))


def test_a_claim_of_existence_is_proved_by_what_is_found() -> None:
    target = hunted("euler-energy-falls-without-monotony", "sin", ())
    found = certified(target, plain_case(case(PLANAR, [3, 3], "sin", step=1)))
    assert found is not None
    assert found.verdict is Verdict.PROVED


def test_nothing_certifies_what_no_theorem_is_about() -> None:
    assert certified(SINE, plain_case(case(PLANAR, [1, 1], step="1/10"))) is None


def outcome(*candidates: Candidate) -> Outcome:
    return Outcome(rounds=1, best=candidates)


def test_a_hunt_has_enough_after_a_quiet_round() -> None:
    watch = Watch(SINE)
    assert not watch.enough(outcome())
    assert not watch.enough(outcome(candidate(FALLING)))
    answers = [watch.enough(outcome(candidate(FALLING))) for _ in range(QUIET)]
    assert answers == [*[False] * (QUIET - 1), True]
    assert len(watch.settlement.found) == 1


def test_where_the_judge_is_slow_one_certified_finding_is_enough() -> None:
    slow = replace(SINE, judge=replace(SINE.judge, alone=1))
    assert Watch(slow).enough(outcome(candidate(FALLING)))


def test_a_watch_whose_time_is_up_settles_one_candidate() -> None:
    watch = Watch(SINE, in_time=lambda: False)
    watch.enough(outcome(candidate(FALLING), candidate(case(PLANAR, [3, 1], "sin", step=1))))
    assert len(watch.settlement.found) == 1
    assert watch.settlement.refused == {OUT_OF_TIME: 1}


def test_a_hunt_without_findings_never_has_enough() -> None:
    watch = Watch(SINE)
    calm = candidate(case(PLANAR, [1, 1], "sin", step="1/10"))
    assert not any(watch.enough(outcome(calm)) for _ in range(5))
    assert sum(watch.settlement.refused.values()) == 1  # it was looked at once
