"""A search that is nothing but computation: how long it takes is known, what it finds is nothing."""

import time

from gsdcheck.engine.hunt.shard import Shard, ShardResult

LOOPS = 20_000
"""Of one example: about a millisecond."""


def compute(examples: int) -> int:
    """A fixed amount of integer arithmetic."""
    x = 1
    for i in range(examples * LOOPS):
        x = (x * 25_214_903_917 + i) & 0xFFFF_FFFF
    return x


def load(shard: Shard) -> ShardResult:
    """The shard's examples, computed; seconds are those of the processor that this thread had."""
    started = time.thread_time()
    compute(shard.examples)
    return ShardResult(
        tried={"any": shard.examples}, rejected={}, best=(), seconds=time.thread_time() - started
    )
