"""Shards on a Dask cluster that somebody else has started: `dask scheduler`, and a `dask worker` a core.

Workers need gsdcheck, the scheduler does not. Dask begins the shards of a killed worker again by itself. A shard
costs a few kB over the network and some ms for each of the two calls it takes, whatever is searched.
"""

import asyncio
import pickle
import uuid
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from gsdcheck.engine.hunt.executors.executor import shard_lost
from gsdcheck.engine.hunt.executors.worker import Answer, answer, result_of
from gsdcheck.engine.hunt.serial import search_versions
from gsdcheck.engine.hunt.shard import Search, Shard, ShardResult
from gsdcheck.engine.interrupts import uninterrupted
from gsdcheck.errors import InvalidInput

PATIENCE = 30.0
"""Seconds that a scheduler has to answer, and then a first worker to be there."""

BREATH = 0.5
"""Seconds that a call waits at most: Dask's own are left in disorder by a Ctrl-C."""

STRIKES = 2
"""How often Dask may give a shard up, each time after it has cost four workers, before we do."""


class Cluster:
    """An executor of as many workers as the cluster has, at any moment.

    Raises:
        InvalidInput: `dask.distributed` is not installed, the scheduler does not answer, or has no worker.
    """

    def __init__(self, search: Search, address: str, patience: float = PATIENCE) -> None:
        self._search = search
        self._address = address
        self._client = _connected(address, patience)
        self._name = f"gsdcheck-{uuid.uuid4().hex}"
        self._waiting: deque[Shard] = deque()
        self._running: dict[Any, Shard] = {}
        self._strikes: Counter[tuple[int, int]] = Counter()

    def submit(self, shards: Sequence[Shard]) -> None:
        """See `Executor`."""
        self._waiting.extend(shards)
        with self._connection():
            self._deal()

    def _deal(self) -> None:
        """The cluster gets a shard a worker: when one is killed, Dask blames all that it had been given."""
        if not self._waiting:
            return
        room = max(1, len(self._client.nthreads())) - len(self._running)
        for shard in [self._waiting.popleft() for _ in range(min(room, len(self._waiting)))]:
            key = f"{self._name}-{shard.round}-{shard.index}-{self._strikes[shard.round, shard.index]}"
            call = pickle.dumps(_Call(self._search, shard, search_versions()))
            self._running[self._client.submit(pickle.loads, call, key=key)] = shard

    def collect(self, timeout: float | None) -> Sequence[tuple[Shard, ShardResult]]:
        """See `Executor`.

        Raises:
            InvalidInput: the scheduler is gone, or a worker cannot run shards.
        """
        with self._connection():
            done = [(self._running[future], self._take(future)) for future in self._ready(timeout)]
            self._deal()
        return [(shard, result_of(said)) for shard, said in done if said is not None]

    def _ready(self, timeout: float | None) -> Iterable[Any]:
        from distributed import wait

        short = BREATH if timeout is None else min(timeout, BREATH)
        try:
            return tuple(wait(list(self._running), short, "FIRST_COMPLETED").done)
        except TimeoutError:
            return ()

    @contextmanager
    def _connection(self) -> Iterator[None]:
        """Calls to the scheduler: short ones, since Ctrl-C waits for them; InvalidInput if it is gone."""
        try:
            with uninterrupted(), self._client.as_current():
                yield
        except (CancelledError, OSError) as fault:
            raise InvalidInput(
                f"The scheduler at {self._address} is gone. What was found before is in the ledger: "
                "go on with --resume when it is back."
            ) from fault

    def _take(self, future: Any) -> Answer | None:
        """What a worker says; None if the shard is to be run again, or was lost with its worker just now."""
        from distributed import KilledWorker

        try:
            said: Answer = future.result(timeout=BREATH)
        except TimeoutError:
            return None
        except KilledWorker as fault:
            self._again(self._running.pop(future), fault)
            return None
        except (CancelledError, OSError):
            raise
        except Exception as fault:  # what a search raises comes as an answer: it never began
            raise InvalidInput(
                f"A worker of {self._address} cannot run shards: {type(fault).__name__}: {fault}. "
                "Every worker needs the same gsdcheck as this machine."
            ) from fault
        del self._running[future]
        return said

    def _again(self, shard: Shard, fault: Exception) -> None:
        self._strikes[shard.round, shard.index] += 1
        if self._strikes[shard.round, shard.index] == STRIKES:
            raise shard_lost(shard, f"Dask says: {fault}")
        self._waiting.appendleft(shard)

    def close(self) -> None:
        """See `Executor`. A shard that has begun ends first: nothing stops it inside a worker of Dask."""
        self._waiting.clear()
        with uninterrupted():
            self._running.clear()  # a future that nobody holds is cancelled
            self._client.close(timeout=10 * BREATH)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Call:
    """A call of `work` that is made where it is unpickled.

    A worker that is sent a function it cannot import loses its connection and is lost without a word; sent
    bytes to unpickle, it says what it lacks. And the scheduler, which reads functions too, needs no gsdcheck.
    """

    def __init__(self, *arguments: object) -> None:
        self._arguments = arguments

    def __reduce__(self) -> tuple[Any, ...]:
        return work, self._arguments


def work(search: Search, shard: Shard, versions: dict[str, str | None]) -> Answer:
    """What a worker of the cluster does. It refuses where the outcome would depend on which worker it is."""
    from distributed import get_worker

    here = search_versions()
    if different := [name for name in versions if here.get(name) != versions[name]]:
        said = ", ".join(f"{name} {here.get(name)} (here {versions[name]})" for name in different)
        raise InvalidInput(f"it has {said}")
    if (threads := get_worker().state.nthreads) != 1:
        raise InvalidInput(f"it runs {threads} threads; start it with --nthreads 1 --nworkers CORES")
    return answer(search, shard)


def _connected(address: str, patience: float) -> Any:
    try:
        from distributed import Client
    except ImportError as fault:
        raise InvalidInput(
            "--scheduler needs dask.distributed, which is not installed. Install gsdcheck[cluster]."
        ) from fault
    try:
        asyncio.run(_greet(address, patience))
        client = Client(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError, TypeError) as fault:  # TimeoutError is an OSError
        raise InvalidInput(
            f"The scheduler at {address!r} does not answer: {fault}. Give the address that `dask scheduler` "
            "prints, such as tcp://127.0.0.1:8786."
        ) from fault
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError as fault:
        client.close()
        raise InvalidInput(
            f"The scheduler at {address} has no worker after {patience:g} s. "
            f"Start some: dask worker {address} --nthreads 1 --nworkers CORES."
        ) from fault
    return client


async def _greet(address: str, patience: float) -> None:
    """Dask's handshake; `Client` would wait without end for a server that takes the call and says nothing."""
    from distributed import Security
    from distributed.comm import connect

    options = Security().get_connection_args("client")
    try:
        greeted = await asyncio.wait_for(connect(address, timeout=patience, **options), patience)
    except TimeoutError:
        raise TimeoutError(f"it has said nothing in {patience:g} s") from None
    await greeted.close()
