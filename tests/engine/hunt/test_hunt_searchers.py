"""The searchers: they judge no more than they may, twice the same, and find what is planted."""

import importlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gsdcheck.claims.entry import PLANAR, case
from gsdcheck.engine.hunt.assumptions import outside
from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.plain import plain_case, read_case
from gsdcheck.engine.hunt.search import SEARCHERS, hunted, search, search_for
from gsdcheck.engine.hunt.searchers.tally import MOST, Tally
from gsdcheck.engine.hunt.shard import PlainCase, Shard, ShardResult
from gsdcheck.engine.hunt.targets.catalogue import target_of
from gsdcheck.engine.hunt.targets.target import Judged
from gsdcheck.errors import InvalidInput, UnknownName
from gsdcheck.model.system import Case

E2 = "euler-energy-never-decreases"
START = plain_case(case(PLANAR, [2, 1], "sin", step="1/10"))


def shard(searcher: str, claim: str = E2, subject: str | None = "sin", **options: object) -> Shard:
    parts = {"sizes": (2,), "seed": 3, "round": 0, "index": 0, "examples": 120, "starts": (START,), **options}
    return Shard(claim=claim, subject=subject, searcher=searcher, **parts)


def without_time(result: ShardResult) -> ShardResult:
    return replace(result, seconds=0.0)


@pytest.mark.parametrize("searcher", SEARCHERS)
@pytest.mark.parametrize(
    ("claim", "subject"), [(E2, "sin"), (E2, None), ("odd-bounded-continuous-suffices", None)]
)
def test_a_shard_finds_the_same_again_and_something_else_with_another_seed(
    searcher: str, claim: str, subject: str | None
) -> None:
    first, again, other = (
        without_time(search(shard(searcher, claim, subject, seed=seed, examples=60))) for seed in (3, 3, 4)
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize("searcher", SEARCHERS)
@pytest.mark.parametrize("examples", [1, 7, 120])
def test_a_shard_looks_at_no_more_cases_than_it_may(searcher: str, examples: int) -> None:
    found = search(shard(searcher, examples=examples))
    assert 0 < sum(found.tried.values()) <= examples
    assert sum(found.tried.values()) + sum(found.rejected.values()) <= examples


@pytest.mark.parametrize("searcher", SEARCHERS)
def test_every_searcher_sees_the_sine_fall(searcher: str) -> None:
    found = search(shard(searcher))
    assert found.best[0].margin < 0
    assert [c.margin for c in found.best] == sorted(c.margin for c in found.best)
    assert all(len(candidate.case["W"]) == 2 for candidate in found.best)


@pytest.mark.parametrize("searcher", ["structured", "batches"])
def test_a_shard_keeps_to_its_number_of_units(searcher: str) -> None:
    found = search(shard(searcher, sizes=(5,)))
    assert {len(candidate.case["W"]) for candidate in found.best} == {5}


def test_ascent_climbs_from_where_nothing_is_wrong_to_where_something_is() -> None:
    start = plain_case(case(PLANAR, ["1", "6/5"], "sin", step="1/100"))
    assert target_of(E2).judge.margin(read_case(start)) > 0
    found = search(shard("ascent", starts=(start,), examples=2_000))
    assert found.best[0].margin < 0


def test_ascent_without_starts_and_structured_without_cases_do_nothing() -> None:
    assert search(shard("ascent", starts=())).tried == {}
    bare = replace(hunted(E2, None, (2,)), cases=None, roams=False)
    assert search_for(bare, shard("structured")).tried == {}


def test_a_start_without_a_margin_is_left_out() -> None:
    huge: PlainCase = plain_case(case(PLANAR, [10**9, 10**9], "sinh", step=1))
    assert search(shard("ascent", subject="sinh", starts=(huge,))).tried == {}


def test_a_target_that_does_not_roam_is_hunted_on_its_own_cases_alone() -> None:
    claim = "tanh-period-is-elliptic"
    assert search(shard("batches", claim, None)).tried == {}
    found = search(shard("structured", claim, None, examples=3))
    assert set(found.tried) == {"the claim's own · cases"}


def test_own_cases_take_the_activation_that_the_hunt_is_confined_to() -> None:
    found = search(shard("structured", "zero-is-the-only-fixed-point", "atan", examples=6))
    assert {candidate.case["activation"] for candidate in found.best} == {"atan(x)"}
    own = search(shard("structured", "bounded-activations-bound-euler", "atan", examples=3))
    assert {candidate.case["activation"] for candidate in own.best} == {"atan(x)"}


def test_unknown_claims_searchers_and_activations_are_named() -> None:
    with pytest.raises(UnknownName, match="no searcher 'hope'"):
        search(shard("hope"))
    with pytest.raises(UnknownName):
        search(shard("batches", subject="tanhh"))
    with pytest.raises(InvalidInput, match="planar"):
        search(shard("batches", "planar-orbits-are-closed", None, sizes=(3,)))


def block(values: list[float], family: str) -> Block:
    made = block_of([case(PLANAR, [k, 1]) for k in range(len(values))], family)
    return replace(made, state=made.state + hash(family) % 97)


def test_a_tally_keeps_the_least_margins_two_of_a_family_and_counts_the_rest() -> None:
    tally = Tally("mechanism")
    for family in ("a · x", "b · x", "c · y"):
        values = [0.5, -1.0, np.nan, -2.0, -3.0]
        tally.take(block(values, family), Judged(margins=np.array(values), rejected={"unknown": 1}))
    found = tally.result(1.0)
    assert found.tried == {"a · x": 4, "b · x": 4, "c · y": 4}
    assert found.rejected == {"unknown": 3}
    assert [c.margin for c in found.best] == [-3.0] * 3 + [-2.0] * 3
    assert len(found.best) <= MOST
    assert {c.mechanism for c in found.best} == {"mechanism"}
    assert (tally.judged, tally.spent) == (12, 15)


def test_a_tally_keeps_no_case_twice() -> None:
    tally = Tally("")
    for _ in range(3):
        tally.take_one(case(PLANAR, [1, 1]), -1.0, "a")
    assert len(tally.result(0.0).best) == 1


def test_what_is_drawn_does_not_depend_on_the_modules_that_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hypothesis would draw the numbers in a module of the user's, which a worker has not loaded."""
    drawn = shard("structured", E2, None, examples=300)
    before = without_time(search(drawn))
    text = "\n".join(f"n{k} = {k}; f{k} = {k}.25" for k in range(1000, 1200))
    (tmp_path / "numbers_of_mine.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert importlib.import_module("numbers_of_mine").n1000 == 1000
    assert without_time(search(drawn)) == before


def test_the_cases_of_a_claim_are_judged_as_they_were_drawn() -> None:
    """D W is skew for an exact D > 0: in floats it is not, and the energy would seem to change."""
    drawn = shard("structured", "skew-symmetrizable-weights-conserve-an-energy", None, examples=200)
    assert min(candidate.margin for candidate in search(drawn).best) > 0


def test_a_case_outside_the_assumptions_counts_as_rejected() -> None:
    """At x₀ far out e^x - 1 has no well to be in: H(x₀) < E* fails, and with it what the margin measures."""
    drawn = shard("structured", "escape-energy-is-sharp-in-the-plane", "expm1", examples=200)
    found = search(drawn)
    assert all(candidate.margin >= 0 or inside(read_case(candidate.case)) for candidate in found.best)


def inside(given: Case) -> bool:
    target = hunted("escape-energy-is-sharp-in-the-plane", "expm1", ())
    return outside(given, target.domain.assumptions) is None
