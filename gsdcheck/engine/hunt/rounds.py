"""What is run in which round: written down before it runs, from completed rounds alone.

A round depends on the settings, its number and the outcome of the rounds before the last: it is planned while
its predecessor is still running, so that no worker waits for the end of a round. Nothing here knows the time
or the workers, hence neither does the outcome of a hunt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from gsdcheck.engine.hunt.outcome import Outcome, units
from gsdcheck.engine.hunt.shard import PlainCase, Shard
from gsdcheck.errors import InvalidInput

AHEAD = 2
"""How many rounds are under way at a time: the one to be completed next, and the one after it."""

RAMP = 6
"""The shards of round r have 1/2^(RAMP - r) of their full length: what is easily found is found at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One searcher's part of every round.

    Attributes:
        searcher: a name of the registry of searchers.
        examples: how many cases a shard of full length may judge: as many as take 5 to 60 s. It is a number,
            not a time: a plan that was calibrated while it ran would depend on the machine.
        blocks: how many shards, each with a seed of its own, it has for each n.
        follows: it goes on from the best cases of completed rounds, and is idle until there can be any.
    """

    searcher: str
    examples: int
    blocks: int = 1
    follows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """What is hunted and how: everything that a plan depends on.

    Attributes:
        claim: the claim's id.
        subject: the activation that the hunt is confined to, as its user named it; None: the claim's own.
        sizes: the numbers of units n to search among; a shard has one of them, the first come first.
        shares: the searchers' parts.
        seed: of everything random.
        max_examples: exactly so many cases are planned, in all rounds together; None: no end.

    Raises:
        InvalidInput: no size, no share, or a number below 1.
    """

    claim: str
    subject: str | None = None
    sizes: tuple[int, ...]
    shares: tuple[Share, ...]
    seed: int
    max_examples: int | None = None

    def __post_init__(self) -> None:
        if not self.sizes or not self.shares:
            raise InvalidInput(
                f"A hunt of {self.claim} among the sizes {self.sizes} with {len(self.shares)} searchers. "
                "It needs at least one of each."
            )
        counts = [
            *self.sizes,
            *(number for share in self.shares for number in (share.examples, share.blocks)),
        ]
        if self.max_examples is not None:
            counts.append(self.max_examples)
        if min(counts) < 1:
            raise InvalidInput(f"A hunt with {min(counts)} units, examples or blocks. Each is at least 1.")


def plan(hunt: Hunt, number: int, before: Outcome, left: int | None) -> tuple[Shard, ...]:
    """The shards of round `number`; none if no cases are left.

    The cost grows as sizes × blocks, whatever came before.

    Args:
        before: the outcome of the rounds 0 … number - AHEAD.
        left: max_examples less what the rounds 0 … number - 1 plan; None without max_examples.

    Returns:
        Shards of which each judges at least one case, `left` of them in all if a round of full length has
        more. What is short is taken from the longest shards, so that every searcher and size gets its turn.
    """
    shards = list(_whole_round(hunt, number, before))
    if left is not None:
        given = _level([shard.examples for shard in shards], left)
        shards = [replace(shard, examples=n) for shard, n in zip(shards, given, strict=True) if n]
    return tuple(replace(s, index=i, seed=_seed(hunt, number, i)) for i, s in enumerate(shards))


def _whole_round(hunt: Hunt, number: int, before: Outcome) -> Iterator[Shard]:
    shares = [share for share in hunt.shares if number >= AHEAD or not share.follows]
    for n in hunt.sizes:
        best = [candidate.case for candidate in before.best if units(candidate.case) == n]
        for share in shares or hunt.shares:
            for block in range(share.blocks):
                yield Shard(
                    claim=hunt.claim,
                    subject=hunt.subject,
                    searcher=share.searcher,
                    sizes=(n,),
                    seed=0,
                    round=number,
                    index=0,
                    examples=max(1, share.examples >> max(0, RAMP - number)),
                    starts=_starts(best, share, block),
                )


def _starts(best: Sequence[PlainCase], share: Share, block: int) -> tuple[PlainCase, ...]:
    """The cases dealt out among the blocks, so that no two do the same."""
    return tuple(best[block :: share.blocks]) if share.follows else ()


def _level(wanted: Sequence[int], left: int) -> list[int]:
    """min(wanted, level) with the level at which they add up to `left`, or all of it if that is not too much."""
    given = [0] * len(wanted)
    shortest_first = sorted(range(len(wanted)), key=lambda i: wanted[i])
    for place, i in enumerate(shortest_first):
        given[i] = min(wanted[i], left // (len(wanted) - place))
        left -= given[i]
    return given


def _seed(hunt: Hunt, number: int, index: int) -> int:
    """63 bits that no other shard of this hunt shares but by chance."""
    text = f"{hunt.seed}/{hunt.claim}/{hunt.subject}/{number}/{index}"
    return int.from_bytes(sha256(text.encode()).digest()[:8]) >> 1
