"""Delta debugging over cases: pass after pass, the first simpler case that still fails is taken."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from gsdcheck.engine.hunt.plain import spelled
from gsdcheck.engine.hunt.shrinking.passes import PASSES, Pass, proposals, simpler_activation
from gsdcheck.model.system import Case

Fails: TypeAlias = Callable[[Case], bool]
Sift: TypeAlias = Callable[[Sequence[Case]], Sequence[Case]]
"""Those of the cases that may fail, in their order; what it leaves out is not looked at again."""

_AT_ONCE = 24


def shrunk(
    case: Case, fails: Fails, *, most: int, fixed: Collection[Pass] = (), sift: Sift | None = None
) -> Case:
    """The simplest case that the passes reach from a failing one and that still fails. Deterministic.

    Args:
        fails: whether a case still fails.
        most: how many cases may be tried.
        fixed: passes that are left out, such as that of σ where the hunt is about one σ.
        sift: a quick look at many cases at once; by default all may fail.
    """
    passes = [one for one in PASSES if one not in fixed]
    left, tried = most, {spelled(case)}
    while left > 0:
        before = case
        for one in passes:
            case, left = _through(case, one, fails, sift or list, left, tried)
        if case == before:
            break
    return case


def _through(case: Case, one: Pass, fails: Fails, sift: Sift, left: int, tried: set[str]) -> tuple[Case, int]:
    """The case after the pass has nothing more to offer, and how many tries are left."""
    fresh = _fresh(case, one, tried)
    while left > 0 and (some := list(islice(fresh, min(_AT_ONCE, left)))):
        left -= len(some)
        simpler = next((c for c in sift(some) if fails(c)), None)
        if simpler is not None:
            case, fresh = simpler, _fresh(simpler, one, tried)
    return case, left


def _fresh(case: Case, one: Pass, tried: set[str]) -> Iterator[Case]:
    """What the pass proposes and has not been tried."""
    for simpler in proposals(case, one):
        if (name := spelled(simpler)) not in tried:
            tried.add(name)
            yield simpler


def about_one_activation() -> tuple[Pass, ...]:
    """What is fixed where σ is given."""
    return (simpler_activation,)
