"""Ctrl-C ends verify at once, quietly, and what was decided so far is in the record."""

import os
import re
import signal
from pathlib import Path

import pytest

from gsdcheck.engine.replay import Outcome, replay_file
from gsdcheck.record.files import read_record

ENDLESS = """
import dataclasses, multiprocessing, sys, time
multiprocessing.set_start_method("fork")
from gsdcheck.claims import BY_ID
from gsdcheck.cli import run
slow = dataclasses.replace(BY_ID["energy-is-conserved"], proposals=lambda: time.sleep(10**6))
BY_ID["energy-is-conserved"] = slow
sys.exit(run(sys.argv[1:]))
"""
ANNOUNCED = re.compile(r"([a-z0-9-]+): \d+\.\d\d s\n")


@pytest.fixture
def verifying(process):
    """A verify that has announced its first claims, and what it wrote; nothing of it outlives the test."""
    groups = []

    def started(*arguments, after=1, **options):
        ran = process("verify", "-v", *arguments, **options)
        groups.append(ran.pid)
        return ran, "".join(ran.stderr.readline() for _ in range(after))

    yield started
    for group in groups:
        if alive(group):
            os.killpg(group, signal.SIGKILL)


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_what_was_decided_and_no_process_and_no_noise(verifying, jobs):
    ran, heard = verifying("--jobs", str(jobs), after=2)
    os.killpg(ran.pid, signal.SIGINT)  # as a terminal does
    err = heard + ran.communicate()[1]
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


@pytest.mark.parametrize("to", [os.killpg, os.kill], ids=["group", "parent"])
def test_ctrl_c_does_not_wait_for_work_that_has_begun(verifying, to):
    ran, _ = verifying("J4", "I1", "J2", "--jobs", "2", after=2, python=("-c", ENDLESS))
    to(ran.pid, signal.SIGINT)
    ran.communicate(timeout=100)  # it would be 10⁶ s
    assert ran.returncode == 130
    assert not alive(ran.pid)
    record = read_record("gsdcheck-report/record.json")
    assert {judgement["theory"] for judgement in record["judgements"]} == {"J2", "J4"}


def test_an_interrupt_that_only_workers_get_changes_nothing(verifying):
    ran, heard = verifying("J2", "O8", "I1", "--jobs", "2")
    for worker in Path(f"/proc/{ran.pid}/task/{ran.pid}/children").read_text().split():
        os.kill(int(worker), signal.SIGINT)
    err = heard + ran.communicate()[1]
    assert (ran.returncode, ANNOUNCED.sub("", err)) == (0, "")
    assert read_record("gsdcheck-report/record.json")["status"] == "complete"
