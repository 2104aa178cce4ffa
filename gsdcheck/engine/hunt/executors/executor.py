"""What every executor does, and what it says of a shard that it cannot get done."""

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from gsdcheck.engine.hunt.shard import Shard, ShardResult
from gsdcheck.errors import ShardLost


def shard_lost(shard: Shard, how: str) -> ShardLost:
    """The error to raise for a shard that has cost too many workers."""
    return ShardLost(
        f"Shard {shard.index} of round {shard.round} ({shard.searcher!r} on {shard.claim}, n = {shard.sizes[0]}, "
        f"seed {shard.seed}) ended every worker that took it: {how}. A system ends workers when its memory runs "
        "out: use fewer of them. What was found before is in the ledger: go on with --resume."
    )


class Executor(Protocol):
    """Runs shards, each once as far as its caller can see. A context that stops what it began."""

    def submit(self, shards: Sequence[Shard]) -> None:
        """The shards are taken on, to be begun in this order."""

    def collect(self, timeout: float | None) -> Sequence[tuple[Shard, ShardResult]]:
        """What was done since the last call; waits for something, at most `timeout` seconds. May be empty.

        Raises:
            ShardLost: a shard has ended too many workers.
            GsdcheckError: the search raised it, or the executor has no workers any more.
            RuntimeError: the search raised something else, a defect; the message has its traceback.
        """

    def close(self) -> None:
        """What is running is stopped, what is waiting is dropped."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None: ...
