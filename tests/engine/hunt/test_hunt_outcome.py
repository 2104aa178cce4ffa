"""The merged outcome: what is counted, what is kept, and that the order of arrival does not show."""

import random
from itertools import pairwise

import pytest
from toy_searches import drawn, toy_hunt

from gsdcheck.engine.hunt.outcome import KEPT, Outcome, units, with_round
from gsdcheck.engine.hunt.rounds import plan
from gsdcheck.engine.hunt.shard import Candidate, ShardResult


def of(*candidates: Candidate) -> Outcome:
    return with_round(Outcome(), [ShardResult(tried={}, rejected={}, best=candidates, seconds=0.0)])


def candidate(margin: float, *, n: int = 2, entry: str = "1", **how: str) -> Candidate:
    return Candidate(case={"W": [[entry] * n] * n}, margin=margin, **{"family": "any", **how})


@pytest.fixture(scope="module")
def results() -> list[ShardResult]:
    return [drawn(shard) for shard in plan(toy_hunt(), 5, Outcome(), None)]


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_arrival_does_not_show(results, seed):
    shuffled = random.Random(seed).sample(results, len(results))
    assert with_round(Outcome(), shuffled) == with_round(Outcome(), results)


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_arrival_does_not_show_in_ties(seed):
    tied = [candidate(0.0, entry=str(i), family=family) for i in range(2 * KEPT) for family in "ab"]
    shuffled = random.Random(seed).sample(tied, len(tied))
    assert of(*shuffled).best == of(*tied).best == tuple(tied[: 2 * KEPT : 2])


def test_counts_are_added(results):
    once, twice = with_round(Outcome(), results), with_round(with_round(Outcome(), results), results)
    assert sum(once.tried.values()) == sum(sum(result.tried.values()) for result in results)
    assert twice.tried == {family: 2 * count for family, count in once.tried.items()}
    assert twice.rejected == {reason: 2 * count for reason, count in once.rejected.items()}
    assert (once.rounds, twice.rounds) == (1, 2)


def test_the_best_is_the_least_of_all(results):
    best = with_round(Outcome(), results).best
    least = min((candidate for result in results for candidate in result.best), key=lambda c: c.margin)
    assert best[0] == least
    assert all(a.margin <= b.margin for a, b in pairwise(best))


def test_mechanisms_and_sizes_are_kept_apart():
    many = [candidate(-9.0 + i, entry=str(i)) for i in range(20)]
    others = (candidate(5.0, mechanism="drift"), candidate(6.0, n=3), candidate(7.0, n=3, mechanism="drift"))
    kept = of(*many, *others).best
    assert kept[:KEPT] == tuple(many[:KEPT])
    assert kept[KEPT:] == others


def test_a_case_counts_once_for_a_mechanism():
    again = [candidate(-1.0, family="b"), candidate(-2.0, family="a"), candidate(-2.0, family="b")]
    assert of(*again).best == (again[1],)


def test_a_case_without_weights_has_no_units():
    assert units({"activation": "tanh(x)"}) == 0
    assert units({"W": [["0", "1"], ["-1", "0"]]}) == 2
