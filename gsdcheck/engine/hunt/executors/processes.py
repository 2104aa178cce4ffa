"""Shards in processes of this machine, each with one thread for linear algebra, each replaced when it ends.

A pool of the standard library breaks as a whole when one of its processes is killed. Here every worker has a
pipe of its own: its end costs the shard it was at, and another worker begins that one again. A shard costs a
few kB through a pipe, well under a millisecond, whatever is searched; a worker costs one start of Python and
the imports of the search.
"""

import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from types import TracebackType
from typing import Self

from gsdcheck.engine.hunt.executors.executor import shard_lost
from gsdcheck.engine.hunt.executors.worker import ONE_THREAD, Answer, result_of, serve
from gsdcheck.engine.hunt.shard import Search, Shard, ShardResult

ATTEMPTS = 5
"""How many workers a shard may cost: one may end of anything, five have ended of the shard."""


class Processes:
    """An executor of up to `jobs` processes, which are started when there is work for them.

    A shard that has ended so many `attempts` is given up.
    """

    def __init__(self, search: Search, jobs: int, attempts: int = ATTEMPTS) -> None:
        self._search = search
        self._jobs = jobs
        self._attempts = attempts
        self._waiting: deque[Shard] = deque()
        self._workers: list[_Worker] = []
        self._ended: Counter[tuple[int, int]] = Counter()

    def submit(self, shards: Sequence[Shard]) -> None:
        """See `Executor`."""
        self._waiting.extend(shards)
        self._deal()

    def collect(self, timeout: float | None) -> Sequence[tuple[Shard, ShardResult]]:
        """See `Executor`."""
        pipes = [worker.pipe for worker in self._workers if worker.shard is not None]
        ready = wait(pipes, timeout)
        done = []
        for worker in [worker for worker in self._workers if worker.pipe in ready]:
            shard, said = worker.take()
            if said is None:
                self._replace(worker, shard)
            else:
                done.append((shard, result_of(said)))
        self._deal()
        return done

    def _deal(self) -> None:
        """Every worker gets a shard, if there are enough."""
        while self._waiting:
            idle = next((worker for worker in self._workers if worker.shard is None), None)
            if idle is None:
                if len(self._workers) == self._jobs:
                    return
                idle = _Worker(self._search)
                self._workers.append(idle)
            idle.give(self._waiting.popleft())

    def _replace(self, worker: "_Worker", shard: Shard) -> None:
        """The worker has ended: its shard is the next to be begun, unless that has happened too often."""
        self._workers.remove(worker)
        how = worker.stop()
        self._ended[shard.round, shard.index] += 1
        if self._ended[shard.round, shard.index] == self._attempts:
            raise shard_lost(shard, f"{self._attempts} of them, the last {how}")
        self._waiting.appendleft(shard)

    def close(self) -> None:
        """See `Executor`."""
        self._waiting.clear()
        while self._workers:
            self._workers.pop().stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Worker:
    """One process, our end of its pipe, and the shard that it is at."""

    def __init__(self, search: Search) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would have the threads of our BLAS
        self.shard: Shard | None = None
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, search), daemon=True)
        with _as_workers_start():
            self._process.start()
        theirs.close()  # so that ours says it when the worker ends

    def give(self, shard: Shard) -> None:
        """The worker begins the shard. If it has ended, `take` will say so."""
        self.shard = shard
        with suppress(OSError):
            self.pipe.send(shard)

    def take(self) -> tuple[Shard, Answer | None]:
        """The shard that it was at, and what it says of it: None if it has ended."""
        shard, self.shard = self.shard, None
        assert shard is not None
        try:
            return shard, self.pipe.recv()
        except (EOFError, OSError):  # nothing, or half an answer
            return shard, None

    def stop(self) -> str:
        """The process is killed, if it has not ended, and forgotten. How it ended, in words."""
        self._process.kill()
        self._process.join()
        self.pipe.close()
        code = self._process.exitcode or 0
        return f"by signal {-code}" if code < 0 else f"with exit code {code}"


@contextmanager
def _as_workers_start() -> Iterator[None]:
    """What a process inherits only when it starts: its environment, and that Ctrl-C is for its parent."""
    resource_tracker.ensure_running()  # started later, it would let Ctrl-C through again
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
