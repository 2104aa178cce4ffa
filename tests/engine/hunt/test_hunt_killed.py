"""A hunt that is killed, workers and all, at random moments, ends like one that is left alone."""

import os
import signal

import pytest
from killing import (
    assert_nothing_is_lost_or_counted_twice,
    last_line,
    read,
    shards,
    told_by_a_hunt_killed_at_random_moments,
)


def test_a_hunt_killed_at_random_moments_loses_nothing_and_counts_nothing_twice(hunting, tmp_path):
    ledger, slowly = tmp_path / "hunt.sqlite", ("--jobs", "2", "--search", "drawn_slowly")
    asked = ("--max-examples", "24000")
    told = told_by_a_hunt_killed_at_random_moments(hunting, ledger, 1, *asked, *slowly)
    assert len(shards(told)) > 20
    assert_nothing_is_lost_or_counted_twice(hunting, ledger, told, 24_000)


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
