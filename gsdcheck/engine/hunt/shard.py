"""One unit of search: plain data in, plain data out, the same wherever, whenever and by whom it is run.

A round is a fixed list of shards, written down before any of them runs. What a shard finds depends on nothing
but the shard itself, and a hunt decides only from completed rounds: so the outcome depends neither on timing
nor on how many workers there are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

PlainCase: TypeAlias = Mapping[str, Any]
"""A case as `certify.subject.case_data` spells it: exact, JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A block of seeds for one searcher, on one claim, 5 to 60 seconds of work.

    Attributes:
        claim: the claim's id.
        subject: the activation that the hunt is confined to, as its user named it; None: the claim's own.
        searcher: a name of the registry of searchers ("structured", "batches", "ascent").
        sizes: the numbers of units n to search among.
        seed: of everything random in it.
        round: in which round it is.
        index: its place in the round.
        examples: how many cases it may judge.
        starts: the cases of least margin so far, for searchers that go on from them.
    """

    claim: str
    subject: str | None
    searcher: str
    sizes: tuple[int, ...]
    seed: int
    round: int
    index: int
    examples: int
    starts: tuple[PlainCase, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A case and the margin that floats see on it: negative for what may be a counterexample.

    Attributes:
        case: the case, exact.
        margin: what the first method says; confirmed by nobody yet.
        family: which generator made the case ("integer weights", "repeated frequencies", …).
        mechanism: how it fails, where the target can tell ("drift along the kernel"); kept apart.
    """

    case: PlainCase
    margin: float
    family: str
    mechanism: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardResult:
    """What a shard brings back.

    Attributes:
        tried: how many cases were judged, by family.
        rejected: how many were not, by reason (did not meet the tolerance, outside the assumptions, …).
        best: the cases of least margin, least first, whether negative or not; at most a few.
        seconds: how long it took; plays no part in any decision.
    """

    tried: Mapping[str, int]
    rejected: Mapping[str, int]
    best: tuple[Candidate, ...]
    seconds: float


Search: TypeAlias = Callable[[Shard], ShardResult]
"""What runs a shard: an importable function, so that another process or machine can run it."""
