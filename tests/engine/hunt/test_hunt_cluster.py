"""A Dask cluster, started as the README says, gives the outcome of one process, whatever ends its workers."""

import os
import random
import re
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

import dask.config
import distributed  # noqa: F401 - its settings
import pytest
from killing import (
    KILLS,
    assert_nothing_is_lost_or_counted_twice,
    last_line,
    shards,
    told_by_a_hunt_killed_at_random_moments,
)
from toy_searches import drawn

from gsdcheck.engine.hunt.executors import executor
from gsdcheck.errors import InvalidInput

README = Path(__file__).parents[3] / "README.md"


class Cluster:
    """A scheduler, which cannot import our searches, and workers with nannies that start them again."""

    def __init__(self, start, folder: Path) -> None:
        self._start, self._folder, self._nannies = start, folder, []
        self.address = f"tcp://127.0.0.1:{free_port()}"
        options = ("--host", self.address, "--dashboard-address", ":0")
        self.scheduler = self._dask("scheduler", *options, PYTHONPATH="")

    def add_workers(self, *options: str, **environment: str) -> "Cluster":
        where = (self.address, "--local-directory", self._folder)
        self._nannies.append(self._dask("worker", *where, *options, **environment))
        return self

    def _dask(self, *arguments: object, **environment: str):
        with (self._folder / f"{arguments[0]}.log").open("ab") as log:
            return self._start("-m", "dask", *arguments, "--no-dashboard", stderr=log, **environment)

    def workers(self) -> list[int]:
        """The processes that run shards, or are about to."""
        threads = (Path(f"/proc/{nanny.pid}/task").iterdir() for nanny in self._nannies)
        pids = [pid for tasks in threads for task in tasks for pid in (task / "children").read_text().split()]
        return [int(pid) for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def cluster(start, tmp_path_factory):
    """A cluster of two workers."""
    made = Cluster(start, tmp_path_factory.mktemp("cluster"))
    return made.add_workers("--nthreads", "1", "--nworkers", "2")


def test_the_outcome_on_a_cluster_is_that_of_one_process(hunting, tmp_path, cluster):
    alone = last_line(hunting(tmp_path / "alone.sqlite"))
    assert last_line(hunting(tmp_path / "cluster.sqlite", "--scheduler", cluster.address)) == alone


def setting(name: str) -> str:
    """DASK_A__B_C → a.b-c."""
    return name.removeprefix("DASK_").lower().replace("__", ".").replace("_", "-")


def test_the_commands_of_the_readme_hunt_on_a_cluster(start, tmp_path, cluster):
    (block,) = re.findall(r"```sh\n(.*?dask .*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    *settings, scheduler, worker, hunt = (line.split() for line in block.splitlines())
    names = [pair.partition("=")[0] for line in settings for pair in line[1:]]
    assert (
        len([dask.config.get(setting(name)) for name in names]) == 3
    )  # KeyError for what Dask does not have
    assert scheduler == ["dask", "scheduler"]
    assert worker == ["dask", "worker", "tcp://host:8786", "--nthreads", "1", "--nworkers", "8"]
    asked = [cluster.address if part == "tcp://host:8786" else part for part in hunt[1:]]
    assert asked[-2:] == ["--max-time", "1h"]
    ran = start("-m", "gsdcheck", *asked[:-2], "--max-examples", "20", cwd=tmp_path)
    out, err = ran.communicate()
    assert ran.returncode == 0, err
    assert "no violation was confirmed" in out


def test_workers_of_a_cluster_killed_at_random_moments_cost_nothing_but_time(hunting, tmp_path, cluster):
    rng = random.Random(0)
    asked = ["--max-examples", "12000"]
    slowly = ["--scheduler", cluster.address, "--search", "drawn_slowly"]
    ran = hunting(tmp_path / "cluster.sqlite", *asked, *slowly)
    told, killed = [], set()
    while line := ran.stdout.readline():
        told.append(line)
        if line.startswith("shard") and len(killed) < KILLS and rng.random() < 0.4:
            for victim in rng.sample(alive := cluster.workers(), min(1, len(alive))):
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
                    killed.add(victim)
    err = [line for line in ran.communicate()[1].splitlines() if "Couldn't gather" not in line]
    assert (err, len(killed)) == ([], KILLS)  # Dask may say that a result was lost with its worker
    assert told[-1].strip() == last_line(hunting(tmp_path / "alone.sqlite", *asked))
    assert len(shards(told)) == len(set(shards(told))) > 60


def test_a_hunt_on_a_cluster_killed_at_random_moments_loses_nothing_and_counts_nothing_twice(
    hunting, tmp_path, cluster
):
    ledger, slowly = tmp_path / "hunt.sqlite", ("--scheduler", cluster.address, "--search", "drawn_slowly")
    asked = ("--max-examples", "24000")
    told = told_by_a_hunt_killed_at_random_moments(hunting, ledger, 2, *asked, *slowly)
    assert len(shards(told)) > 20
    assert_nothing_is_lost_or_counted_twice(hunting, ledger, told, 24_000)


def test_a_hunt_on_a_cluster_that_is_interrupted_goes_on_without_it(hunting, tmp_path, cluster):
    ledger, on = tmp_path / "hunt.sqlite", ["--scheduler", cluster.address]
    ran = hunting(ledger, *on, "--search", "drawn_slowly")
    for _ in range(9):
        ran.stdout.readline()
    os.killpg(ran.pid, signal.SIGINT)
    assert (ran.communicate()[1], ran.returncode) == ("", 130)
    assert last_line(hunting(ledger, "--resume")) == last_line(hunting(tmp_path / "alone.sqlite"))


@pytest.mark.parametrize(
    ("search", "code", "said"),
    [
        ("refusing", 2, "no shard of n = 2"),
        ("defective", 1, "raise Local(shard.searcher)"),
        ("deadly", 2, "Shard 1 of round 0 ('batches'"),
    ],
)
def test_what_a_search_raises_on_a_cluster_is_told(hunting, tmp_path, cluster, search, code, said):
    ran = hunting(tmp_path / "hunt.sqlite", "--scheduler", cluster.address, "--search", search)
    assert said in ran.communicate()[1]
    assert ran.returncode == code


def test_a_scheduler_that_goes_away_is_told_and_the_hunt_goes_on_without(hunting, start, tmp_path):
    mine = Cluster(start, tmp_path).add_workers("--nthreads", "1")
    ledger = tmp_path / "hunt.sqlite"
    ran = hunting(ledger, "--scheduler", mine.address, "--search", "drawn_slowly")
    for _ in range(5):
        ran.stdout.readline()
    mine.scheduler.kill()
    assert f"The scheduler at {mine.address} is gone." in ran.communicate()[1]
    assert ran.returncode == 2
    assert last_line(hunting(ledger, "--resume")) == last_line(hunting(tmp_path / "alone.sqlite"))


def test_a_worker_that_cannot_import_the_search_says_so(hunting, start, tmp_path):
    mine = Cluster(start, tmp_path).add_workers("--nthreads", "1", PYTHONPATH="")
    ran = hunting(tmp_path / "hunt.sqlite", "--scheduler", mine.address)
    assert "cannot run shards: ModuleNotFoundError: No module named" in ran.communicate()[1]
    assert ran.returncode == 2


def test_a_worker_of_several_threads_is_refused(hunting, start, tmp_path):
    mine = Cluster(start, tmp_path).add_workers("--nthreads", "2")
    ran = hunting(tmp_path / "hunt.sqlite", "--scheduler", mine.address)
    assert "it runs 2 threads; start it with --nthreads 1" in ran.communicate()[1]
    assert ran.returncode == 2


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:1", "tcp://nowhere.invalid:8786", ""])
def test_a_scheduler_that_cannot_be_reached_is_named_in_bounded_time(hunting, tmp_path, address):
    ran = hunting(tmp_path / "hunt.sqlite", "--scheduler", address, "--patience", "0.5")
    assert f"The scheduler at {address!r} does not answer" in ran.communicate(timeout=100)[1]
    assert ran.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_no_scheduler_is_named_in_bounded_time(hunting, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        ran = hunting(tmp_path / "hunt.sqlite", "--scheduler", address, "--patience", "0.5")
        assert f"The scheduler at {address!r} does not answer" in ran.communicate(timeout=100)[1]
    assert ran.returncode == 2


def test_a_cluster_without_workers_is_named_in_bounded_time(hunting, start, tmp_path):
    mine = Cluster(start, tmp_path)
    ran = hunting(tmp_path / "hunt.sqlite", "--scheduler", mine.address, "--patience", "5")
    assert f"dask worker {mine.address} --nthreads 1" in ran.communicate(timeout=100)[1]
    assert ran.returncode == 2


def test_a_worker_with_other_versions_is_refused(hunting, start, tmp_path):
    mine = Cluster(start, tmp_path).add_workers("--nthreads", "1")
    ran = hunting(tmp_path / "hunt.sqlite", "--scheduler", mine.address, "--pretend-numpy", "0.1")
    assert "(here 0.1)" in ran.communicate()[1]
    assert ran.returncode == 2


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InvalidInput, match=r"Install gsdcheck\[cluster\]"):
        executor(drawn, scheduler="tcp://127.0.0.1:8786")
