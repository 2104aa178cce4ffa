"""Settings: the nearest pyproject.toml, refused where it is wrong; environment and flags come before it."""

import json
import os
from pathlib import Path

import pytest

from gsdcheck.cli import run
from gsdcheck.engine.settings import KEYS, project_settings
from gsdcheck.errors import InvalidInput, UnknownName

QUICK = "linear-norm-is-conserved-iff-skew"
ALL = {"profile": "deep", "seed": 7, "jobs": 3, "report": "out", "fail_on": "undecided"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder without settings, and an environment without ours."""
    for name in [name for name in os.environ if name.startswith("GSDCHECK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    return tmp_path


def written(folder: Path, table: str) -> Path:
    (folder / "pyproject.toml").write_text(f"[tool.gsdcheck]\n{table}\n", encoding="utf-8")
    return folder


def test_every_setting_is_read(folder):
    text = "\n".join(f"{key} = {json.dumps(value)}" for key, value in ALL.items())
    assert project_settings(written(folder, text)) == ALL
    assert set(ALL) == set(KEYS)


def test_a_setting_may_be_spelt_as_its_option_is(folder):
    assert project_settings(written(folder, 'fail-on = "undecided"')) == {"fail_on": "undecided"}


@pytest.mark.parametrize(
    "text", ["", "[project]\nname = 'x'\n", "[tool.other]\nseed = 1\n", "[tool.gsdcheck]\n", "tool = 1\n"]
)
def test_a_file_without_settings_sets_nothing(folder, text):
    (folder / "pyproject.toml").write_text(text)
    assert project_settings(folder) == {}


def test_the_nearest_file_counts_and_it_alone(folder):
    written(folder, "seed = 1\njobs = 1")
    (folder / "a" / "b").mkdir(parents=True)
    assert project_settings(folder / "a" / "b") == {"seed": 1, "jobs": 1}
    written(folder / "a", "seed = 2")
    assert project_settings(folder / "a" / "b") == {"seed": 2}
    written(folder / "a" / "b", "seed = 3")
    assert project_settings(folder / "a" / "b") == {"seed": 3}


def test_a_folder_called_pyproject_is_no_file(folder):
    written(folder, "seed = 1")
    (folder / "a" / "pyproject.toml").mkdir(parents=True)
    assert project_settings(folder / "a") == {"seed": 1}


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("sed", "seed"), ("job", "jobs"), ("reports", "report"), ("Profile", "profile"), ("x", "")],
)
def test_an_unknown_setting_is_answered_with_the_nearest(folder, name, nearest):
    with pytest.raises(UnknownName, match=f"unknown setting '{name}'. The nearest is '{nearest}") as caught:
        project_settings(written(folder, f"{name} = 1"))
    assert str(folder / "pyproject.toml") in str(caught.value)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('seed = "7"', "int"),
        ("seed = 7.0", "int"),
        ("seed = true", "int"),
        ("jobs = [1]", "int"),
        ("profile = 1", "str"),
        ("report = {}", "str"),
        ("fail_on = false", "str"),
    ],
)
def test_a_setting_of_another_type_is_refused(folder, line, kind):
    name = line.partition(" ")[0]
    with pytest.raises(InvalidInput, match=f"{name} = .* must be of type {kind}"):
        project_settings(written(folder, line))


@pytest.mark.parametrize(
    "content",
    [
        b"[tool.gsdcheck",
        b"seed = 1\nseed = 2",
        b"\xff\xfe",
        b"a = " + b"[" * 100_000,
        b"[tool.gsdcheck]\nseed = " + b"1" * 10_000,
    ],
    ids=["cut off", "twice", "not UTF-8", "nested", "long"],
)
def test_what_is_no_toml_is_refused_by_name(folder, content):
    (folder / "pyproject.toml").write_bytes(content)
    with pytest.raises(InvalidInput, match="cannot be read as TOML") as caught:
        project_settings(folder)
    assert str(folder / "pyproject.toml") in str(caught.value)


def test_settings_that_are_no_table_are_refused(folder):
    (folder / "pyproject.toml").write_text("[tool]\ngsdcheck = 1\n")
    with pytest.raises(InvalidInput, match="must be a table"):
        project_settings(folder)


@pytest.mark.parametrize(
    "line", ["sed = 1", "seed = '1'", "seed =", "seed = -1", "profile = 'slow'", "jobs = 0"]
)
@pytest.mark.parametrize("command", [("verify", QUICK), ("inspect", "w.csv")])
def test_wrong_settings_are_2_before_anything_is_done(folder, capsys, line, command):
    written(folder, line)
    if command[0] == "inspect" and line.startswith(("profile", "jobs")):
        command = ("verify", QUICK)  # inspect has no such option
    assert run(command) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Traceback" not in printed.err
    assert [path.name for path in folder.iterdir()] == ["pyproject.toml"]


@pytest.mark.parametrize("arguments", [("claims",), ("explain", "I1"), ("--help",)])
def test_commands_without_settings_do_not_read_them(folder, capsys, arguments):
    written(folder, "broken")
    assert run(arguments) == 0
    assert capsys.readouterr().err == ""


@pytest.fixture
def recorded(folder, capsys, monkeypatch):  # noqa: ARG001
    """The record that verify prints with these flags, without figures."""
    monkeypatch.setattr("gsdcheck.engine.paper.paper_series", lambda *_: None)

    def record(*flags):
        capsys.readouterr()
        assert run(["verify", QUICK, "--json", "-", *flags]) == 0
        return json.loads(capsys.readouterr().out)

    return record


def value_of(name, record):
    return {"seed": record["seed"], "profile": record["profile"], "jobs": (record["run"] or {}).get("jobs")}[
        name
    ]


@pytest.mark.parametrize(
    ("name", "default", "by_file", "by_environment", "by_flag"),
    [("seed", 0, 1, 2, 3), ("jobs", 2, 1, 4, 3), ("profile", "quick", "standard", "quick", "standard")],
)
def test_a_flag_comes_before_the_environment_and_that_before_the_file(
    folder, recorded, monkeypatch, name, default, by_file, by_environment, by_flag
):
    assert value_of(name, recorded()) == default
    written(folder, f"{name} = {json.dumps(by_file)}")
    assert value_of(name, recorded()) == by_file
    monkeypatch.setenv(f"GSDCHECK_{name.upper()}", str(by_environment))
    assert value_of(name, recorded()) == by_environment
    assert value_of(name, recorded(f"--{name}", str(by_flag))) == by_flag


def test_the_report_folder_goes_by_the_same_order(folder, recorded, monkeypatch):
    written(folder, 'report = "by-file"')
    recorded()
    monkeypatch.setenv("GSDCHECK_REPORT", "by-environment")
    recorded()
    recorded("--report", "by-flag")
    assert sorted(path.name for path in folder.iterdir()) == [
        "by-environment",
        "by-file",
        "by-flag",
        "pyproject.toml",
    ]


def test_inspect_has_the_same_settings(folder, capsys):
    (folder / "w.csv").write_text("0,1\n-1,0\n")
    written(folder, 'seed = 5\njobs = 1\nprofile = "deep"\nreport = "out"')
    assert run(["inspect", "w.csv", "-q"]) == 0
    assert json.loads((folder / "out" / "record.json").read_text(encoding="utf-8"))["seed"] == 5
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("where", ["file", "environment"])
def test_fail_on_may_be_a_setting(folder, monkeypatch, where):
    seen = []
    monkeypatch.setattr("gsdcheck.engine.paper.paper_series", lambda *_: None)
    monkeypatch.setattr(
        "gsdcheck.engine.verify.exit_code", lambda _, fail_on_undecided: seen.append(fail_on_undecided) or 0
    )
    run(["verify", QUICK, "-q"])
    if where == "file":
        written(folder, 'fail_on = "undecided"')
    else:
        monkeypatch.setenv("GSDCHECK_FAIL_ON", "undecided")
    run(["verify", QUICK, "-q"])
    assert seen == [False, True]


@pytest.mark.parametrize(
    ("name", "value"),
    [("SEED", "x"), ("SEED", "-1"), ("JOBS", "0"), ("PROFILE", "slow"), ("FAIL_ON", "maybe")],
)
def test_a_wrong_variable_is_2(folder, capsys, monkeypatch, name, value):
    monkeypatch.setenv(f"GSDCHECK_{name}", value)
    assert run(["verify", QUICK]) == 2
    assert value in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["pyproject.toml"]
