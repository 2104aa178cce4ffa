"""What the scheduling of a hunt costs against one process per core that does nothing but the same computation.

    python tests/benchmarks/bench_hunt_workers.py [--seconds 5] [--jobs 2] [--turns 3]

The same number of examples is computed by plain processes (an equal part each, nothing sent or stored), by a
hunt in processes, and by a hunt on a Dask cluster of this machine, in turn; a figure is the median of the ratios of
wall times turn by turn. The hunt's short first rounds, its ledger and the start of its processes are included. Printed
besides is the part of the cores' time in which no example was computed, for whatever reason: waiting, the ledger,
Dask's own threads and processes, and whatever else ran on the machine.
"""

import argparse
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from hunt_load import compute, load
from measurement import print_table

from gsdcheck.engine.hunt.campaign import ShardDone, run_hunt
from gsdcheck.engine.hunt.executors import Executor, executor
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.rounds import Hunt, Share
from gsdcheck.engine.hunt.serial import identity

QUIET_WORKERS = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
}
"""As the README has it: without them the threads of a worker take 6 % of its core."""

SIZES = (2, 3, 4, 5)
ROUNDS = 6
"""Of full length, to which the short first rounds count as one."""


def examples_a_second() -> float:
    """How fast this machine computes in one process."""
    started = time.perf_counter()
    compute(2_000)
    return 2_000 / (time.perf_counter() - started)


def plain(examples: int, jobs: int) -> float:
    """Seconds for one process per core, an equal part each."""
    started = time.perf_counter()
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=compute, args=(examples // jobs,)) for _ in range(jobs)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started


def hunted(hunt: Hunt, runner: Callable[[], Executor], jobs: int) -> tuple[float, float]:
    """Seconds for the same in a hunt, ledger and all; and which part of the cores' time computed nothing."""
    started, computing = time.perf_counter(), 0.0
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.create(Path(folder) / "hunt.sqlite", identity(hunt)) as ledger,
    ):
        for event in run_hunt(hunt, runner(), ledger):
            if isinstance(event, ShardDone):
                computing += event.result.seconds
    took = time.perf_counter() - started
    return took, 1 - computing / (jobs * took)


@contextmanager
def cluster(jobs: int) -> Iterator[str]:
    """The address of a Dask cluster of this machine, started as the README says."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    scheduler = ("scheduler", "--host", address, "--dashboard-address", ":0")
    workers = ("worker", address, "--nthreads", "1", "--nworkers", str(jobs))
    here = {**os.environ, **QUIET_WORKERS, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    started = [
        subprocess.Popen([sys.executable, "-m", "dask", *what], env=here, stderr=subprocess.DEVNULL)
        for what in (scheduler, workers)
    ]
    try:
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5.0, help="How long a shard of full length takes.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args()
    examples = int(asked.seconds * examples_a_second())
    whole = examples * len(SIZES) * ROUNDS
    hunt = Hunt(
        claim="load",
        sizes=SIZES,
        shares=(Share(searcher="load", examples=examples),),
        seed=0,
        max_examples=whole,
    )
    with cluster(asked.jobs) as address:
        runners = {
            "processes": partial(executor, load, jobs=asked.jobs),
            "Dask cluster": partial(executor, load, scheduler=address),
        }
        runners["Dask cluster"]().close()  # it has workers now
        turns = [turn(hunt, runners, asked.jobs) for _ in range(asked.turns)]
    work = f"{asked.jobs} workers, {asked.seconds:g} s a shard"
    for name in runners:
        ratio, lost = (statistics.median(figures) for figures in zip(*(t[name] for t in turns), strict=True))
        print_table([(f"{name}, {work}", "<= 3 %", f"{ratio - 1:.1%}; cores computing nothing {lost:.1%}")])


def turn(hunt: Hunt, runners: dict[str, Callable[[], Executor]], jobs: int) -> dict[str, tuple[float, float]]:
    """For each runner the ratio of its time to that of plain processes, and the part that computed nothing."""
    bare = plain(hunt.max_examples, jobs)
    found = {}
    for name, runner in runners.items():
        took, lost = hunted(hunt, runner, jobs)
        found[name] = (took / bare, lost)
    print(f"plain {bare:.1f} s", *(f"{name} x {r:.4f} ({i:.2%})" for name, (r, i) in found.items()), sep="; ")
    return found


if __name__ == "__main__":
    main()
