"""Ctrl-C ends a hunt and an ablation, and what their completed parts showed is in the record."""

import os
import signal

import pytest

from gsdcheck.record.files import read_record


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_what_completed_rounds_showed(process, home, jobs):
    ran = process("hunt", "odd-size-has-a-casimir", "--max-time", "1h", "--jobs", jobs, "-v")
    assert all(ran.stderr.readline().startswith(f"round {k}, ") for k in (1, 2))
    os.killpg(ran.pid, signal.SIGINT)  # as a terminal does
    out, err = ran.communicate(timeout=100)
    assert ran.returncode == 130
    said = "what completed rounds showed is in the record; --resume goes on from there."
    assert err.splitlines()[-1] == f"gsdcheck: interrupted; {said}"
    assert "Traceback" not in err
    record = read_record(home / "gsdcheck-report" / "record.json")
    assert record["status"] == "interrupted"
    [hunt] = record["hunts"]
    assert hunt["rounds"] >= 2
    assert hunt["stopped"] == "it was interrupted"
    assert record["judgements"][0]["verdict"] == "undecided"
    assert "Interrupted" in out


def test_ctrl_c_ends_an_ablation_with_the_rows_that_are_done(process, home):
    ran = process("ablate", "energy-is-conserved", "--max-time", "1h", "-v")
    ran.stderr.readline()
    os.killpg(ran.pid, signal.SIGINT)
    ran.communicate(timeout=100)
    assert ran.returncode == 130
    record = read_record(home / "gsdcheck-report" / "record.json")
    assert record["status"] == "interrupted"
    assert 1 <= len(record["ablation"]) < 4
    assert record["ablation"][0]["need"] == "needed"
