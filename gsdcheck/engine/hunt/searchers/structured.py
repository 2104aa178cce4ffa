"""Hypothesis on structured cases, driven by `target` towards small margins."""

import math
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from gsdcheck.engine.hunt.assumptions import first_outside
from gsdcheck.engine.hunt.blocks import block_of
from gsdcheck.engine.hunt.screens import screened
from gsdcheck.engine.hunt.searchers.structured_cases import domain_cases
from gsdcheck.engine.hunt.searchers.tally import Tally
from gsdcheck.engine.hunt.shard import Shard
from gsdcheck.engine.hunt.targets.own import NO_OPINION
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.engine.sampling import hypothesis_by_itself
from gsdcheck.model.system import Case

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_LARGEST = 1e12


class _Spent(AssertionError):  # noqa: N818
    """Raised inside a Hypothesis run to end it: it would go on with cases that it has tried already."""


def structured(target: Target, shard: Shard, tally: Tally) -> None:
    """Cases of the domain with as many units as the shard says; of a target that does not roam its own cases."""
    import hypothesis

    cases, family = _cases(target, shard.sizes)
    judged = _judged_of_domain if target.roams else _judged_as_drawn
    if cases is None:
        return

    def judge(case: Case) -> None:
        if tally.spent >= shard.examples:
            raise _Spent
        margin = judged(target, case, family, tally)
        if math.isfinite(margin):
            hypothesis.target(min(max(-margin, -_LARGEST), _LARGEST), label="violation")

    run = hypothesis.settings(
        max_examples=shard.examples,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.target),
        suppress_health_check=list(hypothesis.HealthCheck),
    )(hypothesis.seed(shard.seed)(hypothesis.given(cases)(judge)))
    with hypothesis_by_itself(), suppress(_Spent):
        run()


def _judged_of_domain(target: Target, case: Case, family: str, tally: Tally) -> float:
    """The margin of a case of the domain, counted; nan where there is none."""
    block, rejected = screened(block_of([case], family), target.domain.assumptions)
    tally.rejected.update(rejected)
    if not block.size:
        return math.nan
    judged = target.judge.margins(block)
    tally.rejected.update(judged.rejected)
    margin = float(judged.margins[0])
    if not math.isnan(margin):
        tally.take_one(case, margin, family)
    return margin


def _judged_as_drawn(target: Target, case: Case, family: str, tally: Tally) -> float:
    """The same of one of the claim's own cases: exact, for in floats a W may lack what was built into it.

    Its assumptions were built in as well, but for another σ; they are decided where they matter.
    """
    margin = target.judge.margin(case)
    if math.isnan(margin):
        tally.rejected[NO_OPINION] += 1
    elif margin < 0 and (name := first_outside(case, target.domain.assumptions)) is not None:
        tally.rejected[f"outside the assumptions: {name}"] += 1
        return math.nan
    else:
        tally.take_one(case, margin, family)
    return margin


def _cases(target: Target, sizes: tuple[int, ...]) -> "tuple[SearchStrategy[Case] | None, str]":
    if target.roams:
        return domain_cases(target.domain, sizes[0]), "structured · exact states"
    return _own_cases(target), "the claim's own · cases"


def _own_cases(target: Target) -> "SearchStrategy[Case] | None":
    if target.cases is None:
        return None
    drawn, subject = target.cases(), target.domain.subject
    if subject is None:
        return drawn
    return drawn.map(lambda case: replace(case, system=replace(case.system, activation=subject)))
