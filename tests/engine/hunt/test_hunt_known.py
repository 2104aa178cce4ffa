"""Known to find: planted counterexamples are found with so many cases, and nothing where there is nothing.

The whole benchmark is `python tests/benchmarks/bench_hunt_known.py`; these are the claims about points, with a
fixed seed and a number of cases instead of a time.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from planted import Planted
from planted_orbits import FALSE_ORBITS, TRUE_ORBITS
from planted_points import FALSE_POINTS, TRUE_POINTS

from gsdcheck.engine.hunt.confirmation import confirmed
from gsdcheck.engine.hunt.plain import read_case
from gsdcheck.engine.hunt.search import search_for
from gsdcheck.engine.hunt.shard import Candidate, Shard
from gsdcheck.engine.hunt.targets.target import Target

SECONDS_OF_CASES = 0.4
"""So many cases as the judge says it judges in this time, for each number of units."""


def candidates(target: Target) -> list[Candidate]:
    """The worst cases that one shard of random blocks finds for each number of units."""
    examples = max(1_200, round(target.judge.pace * SECONDS_OF_CASES))
    found: list[Candidate] = []
    for n in target.domain.sizes:
        shard = Shard(
            claim=target.id,
            subject=None,
            searcher="batches",
            sizes=(n,),
            seed=n,
            round=0,
            index=0,
            examples=examples,
        )
        found += search_for(target, shard).best
    return [candidate for candidate in sorted(found, key=lambda c: c.margin) if candidate.margin < 0]


def confirmed_among(target: Target, found: list[Candidate]) -> bool:
    return any(confirmed(target, read_case(candidate.case)).refused is None for candidate in found[:6])


def names(claims: tuple[Planted, ...]) -> list[str]:
    return [claim.name for claim in claims]


@pytest.mark.parametrize("claim", FALSE_POINTS, ids=names(FALSE_POINTS))
def test_what_is_planted_is_found(claim: Planted) -> None:
    target = claim.make()
    assert confirmed_among(target, candidates(target))


@pytest.mark.parametrize("claim", TRUE_POINTS, ids=names(TRUE_POINTS))
def test_where_nothing_is_nothing_is_found(claim: Planted) -> None:
    target = claim.make()
    assert not confirmed_among(target, candidates(target))


def test_there_are_thirty_false_claims_and_thirty_true_ones() -> None:
    false, true = (*FALSE_POINTS, *FALSE_ORBITS), (*TRUE_POINTS, *TRUE_ORBITS)
    assert len(false) >= 30
    assert len(true) >= 30
    assert len({*names(false), *names(true)}) == len(false) + len(true)
