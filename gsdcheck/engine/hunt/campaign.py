"""A hunt, run: rounds of shards until the budget ends, every result in the ledger before it counts.

Going on with a hunt and beginning one are the same here: rounds are planned from the first on, and a shard whose
result is in the ledger is not run. So a hunt that was killed ends like one that was not.
"""

import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from gsdcheck.engine.hunt.executors.executor import Executor
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.outcome import Outcome, with_round
from gsdcheck.engine.hunt.rounds import AHEAD, Hunt, plan
from gsdcheck.engine.hunt.shard import Shard, ShardResult


class Stop(StrEnum):
    """Why a hunt stopped."""

    EXAMPLES = "all the cases that were asked for have been tried"
    TIME = "the time was up"
    ENOUGH = "enough was found"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundBegun:
    """A round of so many shards is under way; the results of `known` of them were in the ledger already."""

    number: int
    shards: int
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardDone:
    """A result has arrived and is in the ledger; it counts when its round is complete."""

    shard: Shard
    result: ShardResult


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDone:
    """A round is complete: the outcome with it."""

    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The hunt is over: why, the outcome of its completed rounds, and how many results wait for `--resume`."""

    why: Stop
    outcome: Outcome
    undecided: int


Event: TypeAlias = RoundBegun | ShardDone | RoundDone | Stopped


def run_hunt(
    hunt: Hunt,
    executor: Executor,
    ledger: Ledger,
    *,
    max_time: float | None = None,
    enough: Callable[[Outcome], bool] = lambda _: False,
    clock: Callable[[], float] = time.monotonic,
) -> Generator[Event, None, None]:
    """What happens in the hunt, as it happens; `Stopped` comes last.

    The outcome is a function of `hunt` and of the number of completed rounds, and so of `hunt` alone under
    max_examples. On Ctrl-C, or when the generator is closed, the workers are stopped; the outcome is that of the
    last `RoundDone`, and everything that arrived is in the ledger.

    Args:
        executor: runs the shards; closed at the end. Made before the ledger, so that a scheduler that cannot be
            reached leaves no ledger behind.
        ledger: of this hunt. What is in it is not run again.
        max_time: seconds for this run. A round that is not complete by then is not decided from: what there is
            of it stays in the ledger. A shard that has begun in this process is finished; other processes are
            stopped. None: no end.
        enough: whether to stop, asked of the outcome after each round.
        clock: tells the seconds.

    Raises:
        GsdcheckError: the ledger cannot be written, or the executor cannot go on.
    """
    until = None if max_time is None else clock() + max_time
    with executor:
        yield from _Course(hunt, executor, ledger).run(until, enough, clock)


class _Course:
    """The rounds of a hunt that is being run: those completed, and up to `AHEAD` that are under way."""

    def __init__(self, hunt: Hunt, executor: Executor, ledger: Ledger) -> None:
        self._hunt, self._executor, self._ledger = hunt, executor, ledger
        self._outcome = Outcome()
        self._left = hunt.max_examples
        self._under_way: deque[_Round] = deque()

    def run(
        self, until: float | None, enough: Callable[[Outcome], bool], clock: Callable[[], float]
    ) -> Generator[Event, None, None]:
        while True:
            yield from self._begin()
            if not self._under_way:
                yield self._stopped(Stop.EXAMPLES)
                return
            if not self._under_way[0].missing:
                yield self._complete()
                if enough(self._outcome):
                    yield self._stopped(Stop.ENOUGH)
                    return
            elif until is not None and clock() >= until:
                yield self._stopped(Stop.TIME)
                return
            else:
                yield from self._collect(None if until is None else until - clock())

    def _begin(self) -> Generator[Event, None, None]:
        """Rounds are planned and written down until `AHEAD` are under way, or no cases are left."""
        while len(self._under_way) < AHEAD:
            number = self._outcome.rounds + len(self._under_way)
            shards = plan(self._hunt, number, self._outcome, self._left)
            if not shards:
                return
            if self._left is not None:
                self._left -= sum(shard.examples for shard in shards)
            self._ledger.plan(shards)
            known = self._ledger.results(number).keys()
            missing = [shard for shard in shards if shard.index not in known]
            self._under_way.append(_Round(number=number, missing={shard.index for shard in missing}))
            self._executor.submit(missing)
            yield RoundBegun(number=number, shards=len(shards), known=len(known))

    def _collect(self, timeout: float | None) -> Generator[Event, None, None]:
        """What has arrived is committed, all of it before any of it is told."""
        arrived = self._executor.collect(timeout)
        for shard, result in arrived:
            self._ledger.add(shard, result)
            self._under_way[shard.round - self._outcome.rounds].missing.discard(shard.index)
        for shard, result in arrived:
            yield ShardDone(shard=shard, result=result)

    def _complete(self) -> RoundDone:
        """The first round is counted, as the ledger has it."""
        number = self._under_way.popleft().number
        self._outcome = with_round(self._outcome, self._ledger.results(number).values())
        return RoundDone(outcome=self._outcome)

    def _stopped(self, why: Stop) -> Stopped:
        undecided = sum(len(self._ledger.results(under_way.number)) for under_way in self._under_way)
        return Stopped(why=why, outcome=self._outcome, undecided=undecided)


@dataclass(slots=True, kw_only=True)
class _Round:
    number: int
    missing: set[int]
