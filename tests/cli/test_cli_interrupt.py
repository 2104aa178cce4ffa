"""Ctrl-C ends verify at once, quietly, and what was decided so far is in the record."""

import os
import re
import signal

import pytest

from gsdcheck.engine.replay import Outcome, replay_file
from gsdcheck.record.files import read_record

ANNOUNCED = re.compile(r"([a-z0-9-]+): \d+\.\d\d s\n")


@pytest.fixture
def interrupted(process):
    """Verify, stopped as a terminal does once so many claims are announced; what it wrote to stderr."""
    groups = []

    def stopped(jobs: int, after: int):
        ran = process("verify", "--jobs", str(jobs), "-v")
        groups.append(ran.pid)
        heard = [ran.stderr.readline() for _ in range(after)]
        os.killpg(ran.pid, signal.SIGINT)
        _, rest = ran.communicate()
        return ran, "".join(heard) + rest

    yield stopped
    for group in groups:  # nothing outlives a failed test
        if alive(group):
            os.killpg(group, signal.SIGKILL)


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_what_was_decided_and_no_process_and_no_noise(interrupted, jobs):
    ran, err = interrupted(jobs, after=2)
    assert ran.returncode == 130
    assert not alive(ran.pid)
    announced = ANNOUNCED.findall(err)
    assert ANNOUNCED.sub("", err) == "gsdcheck: interrupted; what was decided so far is in the record.\n"
    record = read_record("gsdcheck-report/record.json")
    claims = {judgement["claim"] for judgement in record["judgements"]}
    assert (record["status"], record["series"]) == ("interrupted", None)
    assert 2 <= len(announced) <= len(claims) < 32
    assert set(announced) <= claims
    assert Outcome.FAILS not in {item.outcome for item in replay_file("gsdcheck-report/record.json")}
