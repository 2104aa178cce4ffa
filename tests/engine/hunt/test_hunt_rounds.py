"""A plan is a function of the settings, the number and completed rounds, and plans exactly what was asked for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_searches import SHARES, drawn, toy_hunt

from gsdcheck.engine.hunt.outcome import Outcome, units, with_round
from gsdcheck.engine.hunt.rounds import AHEAD, RAMP, Hunt, Share, plan
from gsdcheck.engine.hunt.shard import Shard
from gsdcheck.errors import InvalidInput

FULL = RAMP + 1


def all_rounds(hunt: Hunt) -> list[tuple[Shard, ...]]:
    """The rounds until no cases are left, as if nothing was found."""
    rounds: list[tuple[Shard, ...]] = []
    left = hunt.max_examples
    while shards := plan(hunt, len(rounds), Outcome(), left):
        rounds.append(shards)
        left -= sum(shard.examples for shard in shards)
    return rounds


@given(st.integers(1, 3_000), st.lists(st.integers(1, 700), min_size=1, max_size=4), st.integers(1, 3))
def test_exactly_max_examples_are_planned(examples, lengths, blocks):
    shares = tuple(Share(searcher="s", examples=n, blocks=blocks, follows=n % 2 == 0) for n in lengths)
    shards = [s for shards in all_rounds(toy_hunt(shares=shares, max_examples=examples)) for s in shards]
    assert sum(shard.examples for shard in shards) == examples
    assert min(shard.examples for shard in shards) >= 1


def test_the_shards_are_searchers_times_sizes_times_blocks():
    shards = plan(toy_hunt(sizes=(2, 5)), FULL, Outcome(), None)
    assert [(s.sizes, s.searcher, s.examples) for s in shards] == [
        ((n,), share.searcher, share.examples)
        for n in (2, 5)
        for share in SHARES
        for _ in range(share.blocks)
    ]
    assert [(s.round, s.index) for s in shards] == [(FULL, i) for i in range(len(shards))]
    assert {(s.claim, s.subject) for s in shards} == {("toy", None)}


def test_no_two_shards_of_a_hunt_nor_of_two_hunts_share_a_seed():
    hunts = (toy_hunt(), toy_hunt(seed=8), toy_hunt(claim="other"), toy_hunt(subject="sin"))
    seeds = [shard.seed for hunt in hunts for shards in all_rounds(hunt) for shard in shards]
    assert len(set(seeds)) == len(seeds) > 100


def test_a_plan_does_not_depend_on_the_end_of_the_budget_before_it_comes():
    short, long = all_rounds(toy_hunt(max_examples=4_000)), all_rounds(toy_hunt(max_examples=40_000))
    assert len(long) > len(short) > 3
    assert long[: len(short) - 1] == short[:-1]


def test_the_first_rounds_are_short_and_the_later_of_one_length():
    lengths = [sum(s.examples for s in plan(toy_hunt(), r, Outcome(), None)) for r in range(AHEAD, 11)]
    assert lengths[:5] == [2 * (64 // d + 2 * (512 // d) + 2 * (96 // d)) for d in (16, 8, 4, 2, 1)]
    assert set(lengths[4:]) == {lengths[4]}


def test_what_is_short_is_taken_from_the_longest():
    shards = plan(toy_hunt(sizes=(2,)), FULL, Outcome(), 64 + 2 * 96 + 2 * 100)
    assert [shard.examples for shard in shards] == [64, 100, 100, 96, 96]
    assert [s.examples for s in plan(toy_hunt(sizes=(2,)), FULL, Outcome(), 3)] == [1, 1, 1]


def test_searchers_that_follow_begin_when_a_round_can_be_complete():
    rounds = [{s.searcher for s in plan(toy_hunt(), r, Outcome(), None)} for r in range(AHEAD + 1)]
    assert rounds == [{"structured", "batches"}] * AHEAD + [{"structured", "batches", "ascent"}]
    alone = toy_hunt(shares=SHARES[2:])
    assert {shard.searcher for shard in plan(alone, 0, Outcome(), None)} == {"ascent"}


def test_the_best_cases_of_their_size_are_dealt_out_among_those_that_follow():
    before = with_round(Outcome(), [drawn(s) for s in plan(toy_hunt(), FULL, Outcome(), None)])
    shards = plan(toy_hunt(), FULL, before, None)
    assert not any(shard.starts for shard in shards if shard.searcher != "ascent")
    for n in (2, 3):
        first, second = (s.starts for s in shards if s.searcher == "ascent" and s.sizes == (n,))
        best = [candidate.case for candidate in before.best if units(candidate.case) == n]
        assert (list(first), list(second)) == (best[::2], best[1::2])
        assert len(best) > 4


def test_only_starts_depend_on_what_was_found():
    before = with_round(Outcome(), [drawn(s) for s in plan(toy_hunt(), FULL, Outcome(), None)])
    told, untold = (plan(toy_hunt(), FULL, outcome, None) for outcome in (before, Outcome()))
    assert told != untold
    assert tuple(replace(shard, starts=()) for shard in told) == untold


@pytest.mark.parametrize(
    "wrong",
    [
        {"sizes": ()},
        {"shares": ()},
        {"sizes": (2, 0)},
        {"max_examples": 0},
        {"shares": (Share(searcher="batches", examples=0),)},
        {"shares": (Share(searcher="batches", examples=9, blocks=0),)},
    ],
)
def test_a_hunt_of_nothing_is_refused(wrong):
    with pytest.raises(InvalidInput, match="at least"):
        toy_hunt(**wrong)
