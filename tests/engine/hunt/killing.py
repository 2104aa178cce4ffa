"""A hunt that is killed at random moments and gone on with, again and again, whoever runs its shards."""

import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

KILLS = 20


def told_by_a_hunt_killed_at_random_moments(hunting, ledger: Path, seed: int, *options: str) -> list[str]:
    """What the toy hunt says until its `KILLS`th SIGKILL, which comes like each before: some shards and ms later."""
    rng = random.Random(seed)
    told: list[str] = []
    for _ in range(KILLS):
        ran = hunting(ledger, *options, *(["--resume"] if ledger.exists() else []))
        told += read(ran, rng.randrange(6))
        time.sleep(rng.uniform(0, 0.05))
        os.killpg(ran.pid, signal.SIGKILL)
        told += ran.communicate()[0].splitlines(keepends=True)
        assert ran.returncode == -signal.SIGKILL  # it had not ended by itself
    return told


def shards(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("shard ")]


def read(ran: subprocess.Popen[str], count: int) -> list[str]:
    """The lines of a hunt until so many shards are done, or it ends."""
    lines: list[str] = []
    while len(shards(lines)) < count and (line := ran.stdout.readline()):
        lines.append(line)
    return lines


def last_line(ran: subprocess.Popen[str]) -> str:
    """Why the hunt stopped and the digest of its outcome."""
    out, err = ran.communicate()
    assert err == ""
    return out.splitlines()[-1]


def cases(ledger: Path) -> int:
    """How many cases the ledger has, counted by SQLite."""
    counted = "SELECT sum(value) FROM results, json_each(text, ?)"
    with closing(sqlite3.connect(ledger)) as connection:
        return sum(connection.execute(counted, (f"$.{key}",)).fetchone()[0] for key in ("tried", "rejected"))


def assert_nothing_is_lost_or_counted_twice(hunting, ledger: Path, told: list[str], examples: int) -> None:
    """The killed hunt, gone on with in one process, ends like one that was left alone."""
    asked = ["--max-examples", str(examples)]
    told += hunting(ledger, *asked, "--resume").communicate()[0].splitlines(keepends=True)
    assert told[-1].strip() == last_line(hunting(ledger.with_name("undisturbed.sqlite"), *asked))
    assert len(shards(told)) == len(set(shards(told)))  # what was told was in the ledger
    assert cases(ledger) == examples
