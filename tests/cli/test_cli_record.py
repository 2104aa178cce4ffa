"""The record that a command writes: where it was asked for, whole, and the same again."""

import errno
import json
import os
from pathlib import Path

import pytest

from gsdcheck.engine.replay import Outcome, replay_file
from gsdcheck.record.canonical import canonical
from gsdcheck.record.files import read_record

QUICK = "linear-norm-is-conserved-iff-skew"
DRAWN = "jacobian-spectrum-is-always-imaginary"
WRITTEN = {
    "gsdcheck-report": None,
    "gsdcheck-report/record.json": bytes,
    "gsdcheck-report/report.html": bytes,
}


def below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def oscillator(home: Path) -> str:
    (home / "w.csv").write_text("0,1\n-1,0\n")
    return "w.csv"


def test_verify_writes_its_record_and_its_page_and_nothing_else(cli, home):
    assert cli("verify", QUICK).code == 0
    names = ("record.json", "report.html", "report.md")
    assert below(home) == ["gsdcheck-report", *(f"gsdcheck-report/{name}" for name in names)]
    record = read_record("gsdcheck-report/record.json")
    assert (record["kind"], record["status"], record["profile"]) == ("verify", "complete", "quick")
    assert {j["claim"] for j in record["judgements"]} == {QUICK}
    assert QUICK in Path("gsdcheck-report/report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("with_figures")
def test_verify_draws_the_figures_of_its_claims(cli, home):
    assert cli("verify", DRAWN).code == 0
    series = read_record("gsdcheck-report/record.json")["series"]
    assert {name: found["claim"] for name, found in series.items()} == {"spectrum-sin": DRAWN}
    assert "data:image/" in Path("gsdcheck-report/report.html").read_text(encoding="utf-8")
    files = [f"gsdcheck-report/{name}" for name in ("record.json", "report.html", "report.md")]
    assert below(home) == ["gsdcheck-report", *files]


@pytest.mark.usefixtures("with_figures")
def test_figures_can_be_left_out(cli):
    assert cli("verify", DRAWN, "--figures", "none").code == 0
    assert read_record("gsdcheck-report/record.json")["series"] is None


@pytest.mark.usefixtures("with_figures")
def test_the_story_of_the_paper_is_drawn_on_request_and_stands_in_files_too(cli):
    ran = cli("verify", QUICK, "--figures", "paper", "--json", "-")
    names = set(json.loads(ran.out)["series"])
    assert {"paper-1-linear", "paper-5-rectified", "paper-7-euler-tanh", "growth"} <= names
    files = {path.name for path in Path("gsdcheck-report/figures").iterdir()}
    assert files == {f"{name}.svg" for name in names} | {"captions.md"}


def test_an_unknown_choice_of_figures_is_an_error(cli):
    ran = cli("verify", QUICK, "--figures", "all")
    assert ran.code == 2
    assert "paper" in ran.err


@pytest.mark.parametrize("command", [("verify", QUICK), ("inspect", "w.csv")])
def test_json_on_stdout_is_the_record_and_nothing_else(cli, home, command):
    oscillator(home)
    ran = cli(*command, "--json", "-")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.encode() == Path("gsdcheck-report/record.json").read_bytes()
    assert canonical(read_record("gsdcheck-report/record.json")) == ran.out.encode()


def test_json_on_stdout_stays_json_with_progress_on_stderr(cli):
    ran = cli("verify", QUICK, "--json", "-", "-v")
    assert json.loads(ran.out)["status"] == "complete"
    assert ran.err.startswith(f"{QUICK}: ")


def test_inspect_announces_its_parts(cli, home):
    ran = cli("inspect", oscillator(home), "-v")
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == [
        "structure",
        "claims",
        "series",
        "measurements",
    ]


def test_json_file_is_the_record_besides_what_is_printed(cli):
    ran = cli("verify", QUICK, "--json", "again.json")
    assert Path("again.json").read_bytes() == Path("gsdcheck-report/record.json").read_bytes()
    assert QUICK in ran.out


def test_json_file_may_be_a_device(cli):
    assert cli("verify", QUICK, "-q", "--json", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


def test_report_makes_its_folder_however_deep(cli, home):
    ran = cli("verify", QUICK, "--report", "a/b/c")
    assert below(home) == ["a", "a/b", "a/b/c", "a/b/c/record.json", "a/b/c/report.html", "a/b/c/report.md"]
    assert "Report: a/b/c/report.html" in ran.out


def test_the_command_after_reproduce_with_works_as_it_stands(cli):
    cli("verify", "skewness-is-necessary-for-oscillation", "--report", "a b")
    printed = cli("verify", "skewness-is-necessary-for-oscillation", "--report", "a b").out
    (line,) = [line for line in printed.splitlines() if "Reproduce with:" in line]
    assert line.strip() == "Reproduce with: gsdcheck replay 'a b/record.json'"
    assert cli("replay", "a b/record.json").code == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--report", "file"),
        ("--report", "file/below"),
        ("--report", "/proc/nowhere/below"),
        ("--report", "a\0b"),
        ("--json", "file/below.json"),
        ("--json", "folder"),
        ("--json", "missing/r.json"),
        ("--json", "/proc/nowhere/r.json"),
        ("--json", "a\0b"),
    ],
)
@pytest.mark.parametrize("command", [("verify", QUICK), ("inspect", "w.csv")])
def test_what_cannot_be_written_is_2_before_the_work_and_leaves_no_trace(
    cli, home, monkeypatch, command, options
):
    oscillator(home)
    (home / "folder").mkdir()
    (home / "file").write_text("in the way")
    before = below(home)
    for work in ("gsdcheck.engine.verify.prepare", "gsdcheck.engine.inspect.inspected"):
        monkeypatch.setattr(work, None)  # reaching it would be an internal error
    ran = cli(*command, *options)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written" in ran.err or "is a folder" in ran.err
    assert ran.err.count("\n") == 1
    assert below(home) == before
    assert (home / "file").read_text() == "in the way"


def test_a_disk_that_fills_up_is_2_and_leaves_nothing_half_written(cli, home, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.replace", full)
    ran = cli("verify", QUICK)
    assert (ran.code, ran.out) == (2, "")
    assert "No space left" in ran.err
    assert below(home) == ["gsdcheck-report"]


def test_a_second_run_replaces_the_first(cli):
    cli("verify", QUICK, "--seed", "1")
    cli("verify", QUICK, "--seed", "2")
    assert read_record("gsdcheck-report/record.json")["seed"] == 2


FEW = ("verify", QUICK, "jacobian-spectrum-is-symmetric")


@pytest.mark.parametrize(
    "commands",
    [((*FEW, "--jobs", "1"), (*FEW, "--jobs", "2")), (("inspect", "w.csv"),) * 2],
    ids=lambda c: c[0][0],
)
def test_reproducible_runs_are_equal_byte_by_byte(cli, home, commands):
    oscillator(home)
    first, second = (cli(*command, "--reproducible", "--json", "-").out for command in commands)
    assert first == second
    record = json.loads(first)
    assert record["run"] is None
    assert record["judgements"]
    assert all(judgement["seconds"] is None for judgement in record["judgements"])


@pytest.mark.parametrize("command", [("verify", QUICK), ("inspect", "w.csv")])
def test_other_runs_say_when_and_for_how_long(cli, home, command):
    oscillator(home)
    timed = json.loads(cli(*command, "--json", "-").out)
    bare = json.loads(cli(*command, "--reproducible", "--json", "-").out)
    assert set(timed["run"]) == {"when", "seconds", "jobs", "machine"}
    assert timed["digest"] == bare["digest"]


def test_what_verify_records_replays(cli):
    cli("verify", QUICK, "skewness-is-necessary-for-oscillation")
    assert {item.outcome for item in replay_file("gsdcheck-report/record.json")} == {Outcome.HOLDS}


def test_junit_markdown_and_latex_are_written_where_they_are_asked_for(cli):
    files = ("--junit", "a.xml", "--markdown", "b.md", "--latex", "c.tex")
    assert cli("verify", QUICK, *files, "--quiet").code == 0
    assert QUICK in Path("a.xml").read_text("utf-8")
    assert "| J4 |" in Path("b.md").read_text("utf-8")
    assert "J4 &" in Path("c.tex").read_text("utf-8")


@pytest.mark.parametrize("option", ["--junit", "--markdown", "--latex"])
def test_a_file_that_cannot_be_written_is_refused_before_the_work(cli, option):
    ran = cli("verify", QUICK, option, "absent/file")
    assert ran.code == 2
    assert f"{option} absent/file cannot be written" in ran.err
