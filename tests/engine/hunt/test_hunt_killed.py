"""A hunt that is killed, workers and all, at random moments, ends like one that is left alone."""

import os
import random
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

KILLS = 20


def last_line(ran: subprocess.Popen[str]) -> str:
    """Why the hunt stopped and the digest of its outcome."""
    out, err = ran.communicate()
    assert err == ""
    return out.splitlines()[-1]


def shards(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("shard ")]


def read(ran: subprocess.Popen[str], count: int) -> list[str]:
    """The lines of a hunt until so many shards are done, or it ends."""
    lines: list[str] = []
    while len(shards(lines)) < count and (line := ran.stdout.readline()):
        lines.append(line)
    return lines


def cases(ledger: Path) -> int:
    """How many cases the ledger has, counted by SQLite."""
    counted = "SELECT sum(value) FROM results, json_each(text, ?)"
    with sqlite3.connect(ledger) as connection:
        total = sum(connection.execute(counted, (f"$.{key}",)).fetchone()[0] for key in ("tried", "rejected"))
    connection.close()
    return total


def test_a_hunt_killed_at_random_moments_loses_nothing_and_counts_nothing_twice(hunting, tmp_path):
    rng = random.Random(1)
    ledger, asked = tmp_path / "hunt.sqlite", ["--max-examples", "8000"]
    told: list[str] = []
    for _ in range(KILLS):
        resume = ["--resume"] if ledger.exists() else []
        ran = hunting(ledger, *asked, *resume, "--jobs", "2", "--search", "drawn_slowly")
        told += read(ran, rng.randrange(7))
        os.killpg(ran.pid, signal.SIGKILL)
        told += ran.communicate()[0].splitlines(keepends=True)
        assert ran.returncode == -signal.SIGKILL
    told += hunting(ledger, *asked, "--resume", "--jobs", "2").communicate()[0].splitlines(keepends=True)
    assert told[-1].strip() == last_line(hunting(tmp_path / "undisturbed.sqlite", *asked))
    assert len(shards(told)) == len(set(shards(told))) > 40  # what was told was in the ledger
    assert cases(ledger) == 8_000


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_ctrl_c_ends_a_hunt_at_once_and_it_goes_on_from_there(hunting, tmp_path, jobs):
    ledger = tmp_path / "hunt.sqlite"
    ran = hunting(ledger, "--jobs", jobs, "--search", "drawn_slowly")
    read(ran, 4)
    os.killpg(ran.pid, signal.SIGINT)
    assert (ran.communicate()[1], ran.returncode) == ("", 130)
    undisturbed = last_line(hunting(tmp_path / "undisturbed.sqlite"))
    assert last_line(hunting(ledger, "--resume")) == undisturbed


def test_workers_end_when_their_parent_is_killed(hunting, tmp_path):
    ran = hunting(tmp_path / "hunt.sqlite", "--jobs", "2", "--search", "endless")
    workers = {int(line.split()[-1]) for line in shards(read(ran, 2))}
    os.kill(ran.pid, signal.SIGKILL)
    assert ran.communicate(timeout=100)[1] == ""  # the workers, which held these pipes too, are gone
    assert len(workers - {ran.pid}) == 2


@pytest.mark.parametrize("damage", [b"", b"not a ledger"])
def test_a_hunt_says_what_is_wrong_with_its_ledger(hunting, tmp_path, damage):
    ledger = tmp_path / "hunt.sqlite"
    ledger.write_bytes(damage)
    ran = hunting(ledger, "--resume")
    assert "is not an SQLite file" in ran.communicate()[1]
    assert (ran.returncode, ledger.read_bytes()) == (2, damage)
