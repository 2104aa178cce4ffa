"""Shards one after the other in this process: nothing to start, and a debugger works."""

from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from gsdcheck.engine.hunt.shard import Search, Shard, ShardResult


class ThisProcess:
    """An executor that runs one shard a `collect`, to its end whatever the timeout."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._waiting: deque[Shard] = deque()

    def submit(self, shards: Sequence[Shard]) -> None:
        """See `Executor`."""
        self._waiting.extend(shards)

    def collect(self, timeout: float | None) -> Sequence[tuple[Shard, ShardResult]]:  # noqa: ARG002
        """See `Executor`; what the search raises, it raises as it is."""
        shard = self._waiting.popleft()
        return [(shard, self._search(shard))]

    def close(self) -> None:
        """See `Executor`."""
        self._waiting.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
