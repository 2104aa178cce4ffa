"""Processes give the outcome of one process, whatever ends them, and are what a worker should be."""

import os
import random
import signal
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
import toy_searches
from toy_searches import toy_hunt

from gsdcheck.engine.hunt.campaign import ShardDone, Stopped, run_hunt
from gsdcheck.engine.hunt.executors import Processes, executor
from gsdcheck.engine.hunt.executors.worker import ONE_THREAD
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.rounds import plan
from gsdcheck.engine.hunt.serial import identity, outcome_data
from gsdcheck.errors import InvalidInput, ShardLost
from gsdcheck.record.canonical import digest

HUNT = toy_hunt()
SHARDS = plan(HUNT, 0, Outcome(), None)


def run(folder: Path, runner, meanwhile=lambda _: None) -> tuple[str, int]:
    """The digest of the outcome of the toy hunt, and how many cases its ledger has; told of each shard."""
    with Ledger.create(folder / "hunt.sqlite", identity(HUNT)) as ledger:
        for event in run_hunt(HUNT, runner, ledger):
            if isinstance(event, ShardDone):
                meanwhile(event)
        assert isinstance(event, Stopped)
        results = [r for number in range(event.outcome.rounds) for r in ledger.results(number).values()]
    cases = sum(sum(r.tried.values()) + sum(r.rejected.values()) for r in results)
    return digest(outcome_data(event.outcome)), cases


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> str:
    """The digest of the outcome in one process."""
    found, cases = run(tmp_path_factory.mktemp("one"), executor(toy_searches.drawn))
    assert cases == HUNT.max_examples
    return found


def workers() -> list[int]:
    """The processes that were started from here, but the resource tracker of `multiprocessing`."""
    mine = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in mine if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_the_outcome_does_not_depend_on_the_number_of_workers(tmp_path, undisturbed, jobs):
    assert run(tmp_path, executor(toy_searches.drawn, jobs=jobs)) == (undisturbed, HUNT.max_examples)
    assert workers() == []


class Killer(Thread):
    """Kills workers at random moments, at whatever they are: at most so many."""

    def __init__(self, wanted: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.killed = set()
        self._wanted, self._rng, self._enough = wanted, random.Random(seed), Event()

    def run(self) -> None:
        while len(self.killed) < self._wanted and not self._enough.wait(self._rng.uniform(0, 0.2)):
            for victim in self._rng.sample(alive := workers(), min(1, len(alive))):
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    self.killed.add(victim)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self._enough.set()
        self.join()


def test_workers_killed_twenty_times_at_random_moments_cost_nothing_but_time(tmp_path, undisturbed):
    killed = 0
    for attempt in count():
        with Killer(20 - killed, seed=attempt) as killer:
            found = run(tmp_path / str(attempt), Processes(toy_searches.drawn_slowly, 3, attempts=1_000))
        assert found == (undisturbed, HUNT.max_examples)
        killed += len(killer.killed)
        if killed == 20:
            return


def test_a_killed_worker_costs_its_shard_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setenv("TOY_LOG", str(tmp_path / "log"))
    killed = []

    def kill_one_once(_: ShardDone) -> None:
        if not killed:
            killed.append(workers()[0])
            os.kill(killed[0], signal.SIGKILL)

    run(tmp_path, Processes(toy_searches.logged, 2), kill_one_once)
    begun = (tmp_path / "log").read_text().split("\n")[:-1]
    assert len(begun) - len(set(begun)) <= 1


def test_a_shard_that_ends_every_worker_is_named(tmp_path):
    with pytest.raises(
        ShardLost, match=r"Shard 1 of round 0 \('batches'.*5 of them, the last by signal 9.*--resume"
    ):
        run(tmp_path, Processes(toy_searches.deadly, 2))
    assert workers() == []


def test_an_error_of_ours_comes_out_of_a_worker_as_it_is(tmp_path):
    with pytest.raises(InvalidInput, match="no shard of n = 2"):
        run(tmp_path, Processes(toy_searches.refusing, 2))


def test_a_defect_comes_out_of_a_worker_with_its_traceback(tmp_path):
    with pytest.raises(
        RuntimeError, match=r"(?s)Traceback.*raise Local\(shard.searcher\).*Local: (structured|batches)"
    ):
        run(tmp_path, Processes(toy_searches.defective, 2))


def test_a_worker_has_one_thread_of_linear_algebra_and_leaves_ctrl_c_to_its_parent(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    with Processes(toy_searches.threads, 1) as runner:
        runner.submit(SHARDS[:1])
        [(_, result)] = runner.collect(None)
    assert result.rejected == {"threads": 0, "deaf": 1}
    assert {name: os.environ.get(name) for name in ONE_THREAD} == before
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


FIRST_WORKER = """
from gsdcheck.engine.hunt.executors import Processes
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.rounds import plan
from toy_searches import threads, toy_hunt
with Processes(threads, 1) as runner:
    runner.submit(plan(toy_hunt(), 0, Outcome(), None)[:1])
    print(runner.collect(None)[0][1].rejected)
"""


def test_so_has_the_first_worker_of_a_process(start):
    assert start("-c", FIRST_WORKER).communicate() == ("{'threads': 0, 'deaf': 1}\n", "")


def test_waiting_ends_when_the_time_is_up():
    with Processes(toy_searches.drawn_slowly, 1) as runner:
        runner.submit(SHARDS)
        assert runner.collect(0.0) == []
        assert len(runner.collect(None)) == 1


def test_what_runs_is_stopped_when_the_hunt_is_left(tmp_path):
    ledger = Ledger.create(tmp_path / "hunt.sqlite", identity(HUNT))
    with ledger, closing(run_hunt(HUNT, Processes(toy_searches.drawn_slowly, 2), ledger)) as events:
        next(event for event in events if isinstance(event, ShardDone))
        assert len(workers()) == 2
    assert workers() == []
