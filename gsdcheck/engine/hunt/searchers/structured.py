"""Hypothesis on structured cases, driven by `target` towards small margins."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from gsdcheck.engine.hunt.blocks import block_of
from gsdcheck.engine.hunt.searchers.tally import Tally
from gsdcheck.engine.hunt.shard import Shard
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.engine.sampling import hypothesis_at_home_elsewhere
from gsdcheck.model.system import Case

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

FAMILY = "structured cases · the claim's own states"
_LARGEST = 1e12


def structured(target: Target, shard: Shard, tally: Tally) -> None:
    """The claim's own cases, with the subject's σ in place of theirs if the hunt is confined to one."""
    import hypothesis

    if target.cases is None:
        return

    def judge(case: Case) -> None:
        if tally.spent >= shard.examples:
            return
        if shard.sizes and case.system.n not in target.domain.sizes:
            tally.rejected["another number of units"] += 1
            return
        margin = float(target.judge.margins(block_of([case])).margins[0])
        tally.take_one(case, margin, FAMILY)
        if math.isfinite(margin):
            hypothesis.target(max(-margin, -_LARGEST), label="violation")

    run = hypothesis.settings(
        max_examples=shard.examples,
        database=None,
        deadline=None,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.target),
        suppress_health_check=list(hypothesis.HealthCheck),
    )(hypothesis.seed(shard.seed)(hypothesis.given(_cases(target))(judge)))
    with hypothesis_at_home_elsewhere():
        run()


def _cases(target: Target) -> "SearchStrategy[Case]":
    assert target.cases is not None  # the caller has seen to it
    drawn, subject = target.cases(), target.domain.subject
    if subject is None:
        return drawn
    return drawn.map(lambda case: replace(case, system=replace(case.system, activation=subject)))
