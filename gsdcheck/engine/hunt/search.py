"""Running a shard: the one importable function that another process or machine calls."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from gsdcheck.engine.hunt.searchers.ascent import ascent
from gsdcheck.engine.hunt.searchers.batches import batches
from gsdcheck.engine.hunt.searchers.structured import structured
from gsdcheck.engine.hunt.searchers.tally import Tally
from gsdcheck.engine.hunt.shard import Shard, ShardResult
from gsdcheck.engine.hunt.targets.catalogue import target_of
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.errors import UnknownName
from gsdcheck.model.library import find_activation

SEARCHERS: Mapping[str, Callable[[Target, Shard, Tally], None]] = {
    "structured": structured,
    "batches": batches,
    "ascent": ascent,
}
"""The searchers by the name that a shard holds."""


def search(shard: Shard) -> ShardResult:
    """What the shard finds: the same wherever and whenever it is run.

    Raises:
        UnknownName: no such claim, activation or searcher.
        InvalidInput: the assumptions exclude every n or every σ that is asked for.
    """
    return search_for(hunted(shard.claim, shard.subject, shard.sizes), shard)


def search_for(target: Target, shard: Shard) -> ShardResult:
    """The same for a target that is not of the catalogue.

    Raises:
        UnknownName: no such searcher.
    """
    if shard.searcher not in SEARCHERS:
        raise UnknownName(f"no searcher {shard.searcher!r}. Known: {', '.join(SEARCHERS)}.")
    started, tally = time.perf_counter(), Tally(target.judge.mechanism)
    SEARCHERS[shard.searcher](target, shard, tally)
    return tally.result(time.perf_counter() - started)


@lru_cache(maxsize=64)
def hunted(claim: str, subject: str | None, sizes: tuple[int, ...]) -> Target:
    """The target of a claim, confined to a subject and to numbers of units where they are given.

    Raises:
        UnknownName: no such claim or activation.
        InvalidInput: the assumptions exclude every n that is asked for.
    """
    target = target_of(claim)
    if subject is not None:
        target = target.confined(find_activation(subject))
    return replace(target, domain=target.domain.sized(sizes)) if sizes else target
