"""The check of a claim on generated cases: Hypothesis draws and shrinks, the margin says what it sees."""

import math
import tempfile
from dataclasses import dataclass

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
        violation: the shrunk case with a negative margin, as plain data, if there is one.
    """

    examples: int
    worst: float
    violation: dict[str, object] | None = None


class _Violated(AssertionError):
    """Raised inside a Hypothesis run, so that Hypothesis shrinks the case."""


def sample(entry: Entry, *, examples: int, seed: int) -> Sample:
    """The margin of the claim on so many generated cases, the same for the same seed.

    A violation is shrunk to a small case. It decides nothing by itself: floats never do.
    """
    import hypothesis
    from hypothesis.configuration import set_hypothesis_home_dir

    seen: list[float] = []
    violations: list[tuple[float, Case]] = []

    def judge(given: Case) -> None:
        margin = entry.margin(given)
        margin = -math.inf if math.isnan(margin) else margin
        if not violations:  # what shrinking tries afterwards is not part of the sample
            seen.append(margin)
        if margin < 0:
            violations.append((margin, given))
            raise _Violated

    with tempfile.TemporaryDirectory() as home:  # nothing is left in the user's folder
        set_hypothesis_home_dir(home)
        run = hypothesis.settings(
            max_examples=examples,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(hypothesis.HealthCheck),
        )(hypothesis.seed(seed)(hypothesis.given(entry.cases())(judge)))
        try:
            run()
        except _Violated:
            margin, smallest = violations[-1]  # Hypothesis ends by replaying the smallest failure
            return Sample(examples=len(seen), worst=margin, violation=case_data(smallest))
    return Sample(examples=len(seen), worst=min(seen, default=math.inf))


def examples_for(entry: Entry, profile: str) -> int:
    """How many cases the profile gives this check, at least five."""
    return max(5, round(PROFILES[profile] * entry.share))
