"""Every roaming judge on the mutants of its claim: it sees the broken case fail, and not the other."""

import numpy as np
import pytest

from gsdcheck.claims import BY_ID
from gsdcheck.claims.entry import CROSS, PLANAR, Mutant, case
from gsdcheck.engine.hunt.blocks import block_of
from gsdcheck.engine.hunt.targets.catalogue import ROWS, require_margin, target_of
from gsdcheck.engine.hunt.targets.orbits import OrbitJudge
from gsdcheck.engine.hunt.targets.own import OwnJudge
from gsdcheck.engine.hunt.targets.readings import keeps_swinging
from gsdcheck.engine.hunt.targets.rests import RestJudge
from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Case

_SADDLE = "sin on H = 2 converges to a saddle, and floats leave it again"
UNSEEN = {
    ("odd-bounded-continuous-suffices", "below-well-depth"): _SADDLE,
    ("oscillation-is-perpetual", "below-well-depth"): _SADDLE,
    ("orbits-are-bounded", "no-outer-bias"): "the level set of a network with a bias is another one",
    (
        "euler-energy-falls-without-monotony",
        "not-nondecreasing",
    ): "its margin has the other sign: it seeks a witness",
    (
        "leak-stops-oscillation",
        "leak",
    ): "without a leak the judge waits for 30 + 4 H units of time, and sees it then",
}
"""Mutants that a judge does not see fail as its claim's own margin does, and why."""
MUTANTS = [
    (claim, mutant)
    for claim in ROWS
    for mutant in BY_ID[claim].mutants
    if (claim, mutant.breaks) not in UNSEEN
]


@pytest.mark.parametrize(("claim", "mutant"), MUTANTS, ids=[f"{c}-{m.breaks}" for c, m in MUTANTS])
def test_the_judge_of_a_claim_sees_its_mutants(claim: str, mutant: Mutant) -> None:
    judge = target_of(claim).judge
    assert judge.margin(mutant.broken) < 0
    assert not judge.margin(mutant.unbroken) < 0  # nan is no opinion, and no accusation


@pytest.mark.parametrize(("claim", "breaks"), UNSEEN)
def test_what_a_judge_is_said_not_to_see_is_a_mutant(claim: str, breaks: str) -> None:
    assert breaks in [mutant.breaks for mutant in BY_ID[claim].mutants]


def confirmed(judge: OrbitJudge, given: Case) -> list[bool]:
    return [check.violated for check in judge.checks(given)]


def test_an_orbit_that_stops_is_confirmed_by_three_looks() -> None:
    judge = OrbitJudge(mechanism="", reading=keeps_swinging, turns=(60.0,))
    assert confirmed(judge, case(PLANAR, [1, 1], leak=1)) == [True, True, True]
    assert confirmed(judge, case(PLANAR, [1, 1])) == [False, False, False]


def test_what_only_seems_to_stop_is_not_confirmed_at_four_times_the_time() -> None:
    # sin a hair below the separatrix: the orbit lingers at a saddle, and goes on
    judge = OrbitJudge(mechanism="", reading=keeps_swinging, turns=(26.0,))
    slow = case(PLANAR, ["1.57079632", "1.57079633"], "sin")
    assert False in confirmed(judge, slow)


def test_the_time_at_which_a_case_fails_first_is_all_that_a_focused_judge_looks_at() -> None:
    judge = OrbitJudge(mechanism="", reading=keeps_swinging, turns=(1.0, 60.0, 240.0))
    fading = case(PLANAR, [1, 1], leak="1/5")
    assert judge.margin(fading) < 0
    assert judge.focused(fading).turns == (60.0,)


def test_a_rough_look_agrees_with_the_close_one_about_cases_of_one_pace() -> None:
    judge = target_of("oscillation-is-perpetual").judge
    cases = [case(PLANAR, [1, k], leak=1) for k in (1, 2, 3)]
    assert (judge.focused(cases[0]).rough(cases) < 0).all()


def test_orbits_that_cannot_be_followed_are_rejected_with_the_reason() -> None:
    judge = target_of("orbits-are-bounded").judge
    judged = judge.margins(block_of([case(PLANAR, [300, 300], "sinh"), case(PLANAR, [1, 1], "sinh")]))
    assert np.isnan(judged.margins[0])
    assert judged.margins[1] >= 0
    assert judged.rejected == {"did not meet the tolerance": 1}


def test_a_state_that_rests_is_decided_exactly() -> None:
    judge, rest = RestJudge(), case(CROSS, [1, 1, 1])
    assert judge.margin(rest) < 0
    assert [check.violated for check in judge.checks(rest)] == [True]
    nearly = case(CROSS, [1, 1, "1000000000000001/1000000000000000"])
    assert [check.violated for check in judge.checks(nearly)] == [False]
    assert np.isnan(judge.margin(case(CROSS, [0, 0, 0])))


def test_an_own_margin_that_cannot_be_computed_is_no_opinion() -> None:
    def overflows(_: Case) -> float:
        raise OverflowError

    judge = OwnJudge(mechanism="", entry_margin=overflows)
    judged = judge.margins(block_of([case(PLANAR, [1, 1])]))
    assert np.isnan(judged.margins[0])
    assert judged.rejected == {"left the range of floats": 1}


def test_only_an_exact_own_margin_has_a_second_method() -> None:
    given = case(PLANAR, [1, 1])
    assert list(OwnJudge(mechanism="", entry_margin=lambda _: -1.0).checks(given)) == []
    [check] = OwnJudge(mechanism="", entry_margin=lambda _: -1.0, exact=True).checks(given)
    assert check.violated


def test_a_claim_without_a_margin_cannot_be_hunted(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare:
        margin = None

    monkeypatch.setitem(BY_ID, "bare", Bare())
    with pytest.raises(InvalidInput, match="bare has no margin"):
        require_margin("bare")
    require_margin("energy-is-conserved")
