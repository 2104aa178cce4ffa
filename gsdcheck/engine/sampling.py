"""The check of a claim on generated cases: Hypothesis draws and shrinks, the margin says what it sees."""

import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from gsdcheck.certify.subject import case_data
from gsdcheck.claims.entry import Entry
from gsdcheck.model.system import Case

PROFILES = {"quick": 40, "standard": 200, "deep": 2_000}
"""Examples a check of points gets; a check of orbits gets its share of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the generated cases showed.

    Attributes:
        examples: how many cases were judged.
        worst: the least margin seen (nan counts as -inf); inf without examples.
        violations: how many of them had a negative margin (at most one if the search stopped there).
        violation: the smallest such case, as plain data, if there is one.
    """

    examples: int
    worst: float
    violations: int = 0
    violation: dict[str, object] | None = None


class _ViolationFound(AssertionError):  # noqa: N818
    """Raised inside a Hypothesis run, so that Hypothesis shrinks the case."""


def sample(entry: Entry, *, examples: int, seed: int, shrink: bool = True) -> Sample:
    """The margin of the claim on so many generated cases, the same for the same seed.

    A violation ends the search and is shrunk to a small case; without `shrink`, as for a claim that is
    refuted anyway, violations are only counted. They decide nothing by themselves: floats never do.
    """
    import hypothesis

    seen: list[float] = []
    violations: list[tuple[float, Case]] = []

    def judge(given: Case) -> None:
        margin = entry.margin(given)
        margin = -math.inf if math.isnan(margin) else margin
        if not (shrink and violations):  # what shrinking tries afterwards is not part of the sample
            seen.append(margin)
        if margin < 0:
            violations.append((margin, given))
            if shrink:
                raise _ViolationFound

    run = hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(hypothesis.Phase.generate, hypothesis.Phase.target, hypothesis.Phase.shrink),
        suppress_health_check=list(hypothesis.HealthCheck),
    )(hypothesis.seed(seed)(hypothesis.given(entry.cases())(judge)))
    with hypothesis_by_itself():
        try:
            run()
        except _ViolationFound:  # Hypothesis ends by replaying the smallest failure
            margin, smallest = violations[-1]
            return Sample(examples=len(seen), worst=margin, violations=1, violation=case_data(smallest))
    return Sample(
        examples=len(seen),
        worst=min(seen, default=math.inf),
        violations=len(violations),
        violation=case_data(violations[0][1]) if violations else None,
    )


@contextmanager
def hypothesis_by_itself() -> Iterator[None]:
    """Hypothesis draws the same for the same seed in every process, and keeps its files in a folder that goes away."""
    from hypothesis.configuration import set_hypothesis_home_dir

    with tempfile.TemporaryDirectory() as home, _without_local_constants():
        set_hypothesis_home_dir(home)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)


@contextmanager
def _without_local_constants() -> Iterator[None]:
    """No numbers from the sources of the modules that happen to be loaded: a worker has loaded others.

    Hypothesis has no setting for it. Versions before 6.131 do not read sources at all.
    """
    from hypothesis.internal.conjecture import providers

    if not hasattr(providers, "CONSTANTS_CACHE"):
        yield
        return
    from hypothesis.internal.constants_ast import Constants

    cache = providers.CONSTANTS_CACHE
    cache.cache.clear()
    try:
        with patch.object(providers.HypothesisProvider, "_local_constants", Constants()):
            yield
    finally:
        cache.cache.clear()


def examples_for(entry: Entry, profile: str) -> int:
    """How many cases the profile gives this check, at least five."""
    return max(5, round(PROFILES[profile] * entry.share))
