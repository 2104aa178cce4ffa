"""Delta debugging over cases: pass after pass, the first simpler case that still fails is taken."""

from collections.abc import Callable, Collection
from typing import TypeAlias

from gsdcheck.engine.hunt.plain import spelled
from gsdcheck.engine.hunt.shrinking.passes import PASSES, Pass, proposals, simpler_activation
from gsdcheck.model.system import Case

Fails: TypeAlias = Callable[[Case], bool]


def shrunk(case: Case, fails: Fails, *, most: int, fixed: Collection[Pass] = ()) -> Case:
    """The simplest case that the passes reach from a failing one and that still fails. Deterministic.

    Args:
        fails: whether a case still fails.
        most: how many cases may be tried.
        fixed: passes that are left out, such as that of σ where the hunt is about one σ.
    """
    passes = [one for one in PASSES if one not in fixed]
    left, tried = most, {spelled(case)}
    while left > 0:
        before = case
        for one in passes:
            case, left = _through(case, one, fails, left, tried)
        if case == before:
            break
    return case


def _through(case: Case, one: Pass, fails: Fails, left: int, tried: set[str]) -> tuple[Case, int]:
    """The case after the pass has nothing more to offer, and how many tries are left."""
    found = True
    while found and left > 0:
        found = False
        for simpler in proposals(case, one):
            if (name := spelled(simpler)) in tried:
                continue
            if left == 0:
                break
            left -= 1
            tried.add(name)
            if fails(simpler):
                case, found = simpler, True
                break
    return case, left


def about_one_activation() -> tuple[Pass, ...]:
    """What is fixed where σ is given."""
    return (simpler_activation,)
