"""A candidate becomes a finding only if other methods see it too, and the exact assumptions hold of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from gsdcheck.engine.hunt.assumptions import inside
from gsdcheck.engine.hunt.targets.target import Check, Judge, Target
from gsdcheck.model.system import Case

ALONE = "there is no second method for this margin"
"""Why a case is no finding that nothing contradicts either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What became of a candidate.

    Attributes:
        margin: of the first method, on the exact case.
        checks: what the other methods said, in order, as far as they were asked.
        refused: why it is no finding; None if it is confirmed.
    """

    margin: float
    checks: tuple[Check, ...] = ()
    refused: str | None = None


def confirmed(target: Target, case: Case) -> Confirmation:
    """The candidate judged again: exact assumptions, the first method, then every other; the first doubt ends it."""
    if reason := inside(case, target.domain.assumptions, target.domain.lacking):
        return Confirmation(margin=float("nan"), refused=f"outside the assumptions: {reason}")
    margin = target.judge.margin(case)
    if not margin < 0:
        return Confirmation(margin=margin, refused="the first method does not see it on the exact case")
    seen = tuple(_until_doubt(target.judge, case))
    if not seen:
        return Confirmation(margin=margin, refused=ALONE)
    if not seen[-1].violated:
        return Confirmation(margin=margin, checks=seen, refused=f"not confirmed by {seen[-1].method}")
    return Confirmation(margin=margin, checks=seen)


def _until_doubt(judge: Judge, case: Case) -> Iterator[Check]:
    for check in judge.checks(case):
        yield check
        if not check.violated:
            return
