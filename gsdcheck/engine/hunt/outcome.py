"""What a hunt has seen in its completed rounds, merged so that the order of arrival does not show."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gsdcheck.engine.hunt.shard import Candidate, PlainCase, ShardResult
from gsdcheck.record.canonical import canonical

KEPT = 4
"""How many candidates are kept of each mechanism and each number of units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The totals of completed rounds.

    Attributes:
        rounds: how many rounds were completed; nothing else has been decided from.
        tried: how many cases were judged, by family.
        rejected: how many were not, by reason.
        best: the cases of least margin, least first: at most `KEPT` of each mechanism and number of units,
            no case twice for one mechanism.
    """

    rounds: int = 0
    tried: Mapping[str, int] = field(default_factory=dict)
    rejected: Mapping[str, int] = field(default_factory=dict)
    best: tuple[Candidate, ...] = ()


def with_round(outcome: Outcome, results: Iterable[ShardResult]) -> Outcome:
    """The outcome with one more completed round; the same whatever the order of the results.

    The cost grows as the number of candidates in the round, not as what the hunt has seen before it.
    """
    found = list(results)
    return Outcome(
        rounds=outcome.rounds + 1,
        tried=_sum([outcome.tried, *(result.tried for result in found)]),
        rejected=_sum([outcome.rejected, *(result.rejected for result in found)]),
        best=_best([*outcome.best, *(candidate for result in found for candidate in result.best)]),
    )


def units(case: PlainCase) -> int:
    """The number n of units of a case; 0 for one without weights."""
    return len(case.get("W", ()))


def _sum(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(sorted(total.items()))


def _best(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    kept: list[Candidate] = []
    seen: set[tuple[str, bytes]] = set()
    room: Counter[tuple[str, int]] = Counter()
    for text, candidate in sorted(((canonical(c.case), c) for c in candidates), key=_order):
        kind = (candidate.mechanism, units(candidate.case))
        if (candidate.mechanism, text) in seen or room[kind] == KEPT:
            continue
        seen.add((candidate.mechanism, text))
        room[kind] += 1
        kept.append(candidate)
    return tuple(kept)


def _order(item: tuple[bytes, Candidate]) -> tuple[float, bytes, str, str]:
    """Total: two candidates of one place are equal, so that no tie is left to the order of arrival."""
    text, candidate = item
    return (candidate.margin, text, candidate.mechanism, candidate.family)
