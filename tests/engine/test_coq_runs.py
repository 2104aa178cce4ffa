"""coqc is run in order, in part at the same time, under a time limit, and never outlives its caller."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gsdcheck.engine import coq_runs
from gsdcheck.engine.coq_runs import Task, compile_all, coq_version, dependencies, transitive, why_unusable
from gsdcheck.errors import CoqError

FAKE = """#!{python}
import os, re, sys, time
source = open(sys.argv[-1]).read()
open(sys.argv[-1] + ".ran", "w").write(str(os.getpid()))
if "sleep" in source:
    time.sleep(60)
if "wrong" in source:
    sys.exit("File \\"x\\", line 1:\\nError: this is\\n  wrong")
if "silent" in source:
    sys.exit(3)
for needed in re.findall("needs (\\\\w+)", source):
    assert os.path.exists(needed + ".vo"), needed
open(sys.argv[-1] + "o", "w")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for sources, and a coqc that obeys words in them: needs X, wrong, silent, sleep."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "coqc").write_text(FAKE.format(python=sys.executable))
    (programs / "coqc").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "sources").mkdir()
    return tmp_path / "sources"


def tasks(folder: Path, **sources: str) -> list[Task]:
    for name, text in sources.items():
        (folder / f"{name}.v").write_text(text)
    words = {name: frozenset(text.split()) & sources.keys() for name, text in sources.items()}
    return [Task(name=name, after=after) for name, after in words.items()]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_a_file_waits_for_what_it_requires(folder: Path, jobs: int) -> None:
    files = tasks(folder, C="needs A needs B", B="needs A", A="", D="")
    heard: list[str] = []
    assert compile_all(folder, files, jobs=jobs, finished=heard.append) == dict.fromkeys("ABCD")
    assert sorted(heard) == ["A", "B", "C", "D"]
    assert heard.index("A") < heard.index("B") < heard.index("C")


def test_what_rests_on_a_file_that_fails_is_not_tried(folder: Path) -> None:
    outcomes = compile_all(folder, tasks(folder, A="wrong", B="needs A", C="silent", D=""), jobs=2)
    assert outcomes["A"] == "Error: this is wrong"
    assert outcomes["B"] == "it requires A, which does not compile"
    assert outcomes["C"] == "coqc ended with 3"
    assert outcomes["D"] is None
    assert not (folder / "B.v.ran").exists()


def test_files_that_require_one_another_are_an_error(folder: Path) -> None:
    with pytest.raises(CoqError, match="requires itself"):
        compile_all(folder, tasks(folder, A="needs B", B="needs A"), jobs=1)


def is_running(marker: Path) -> bool:
    """Whether the process that left its number in the file is alive."""
    try:
        os.kill(int(marker.read_text()), 0)
    except ProcessLookupError:
        return False
    return True


def test_a_file_that_takes_too_long_is_stopped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coq_runs, "TIMEOUT", 0.5)
    assert compile_all(folder, tasks(folder, A="sleep"), jobs=1)["A"] == "it takes more than 0 s"
    assert not is_running(folder / "A.v.ran")


def test_an_error_of_the_caller_stops_what_runs(folder: Path) -> None:
    def interrupted(_: str) -> None:
        while not (folder / "A.v.ran").exists() or not (folder / "A.v.ran").read_text():
            time.sleep(0.01)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compile_all(folder, tasks(folder, A="sleep", B=""), jobs=2, finished=interrupted)
    assert not is_running(folder / "A.v.ran")


def test_everything_required_is_found() -> None:
    direct = {"A": frozenset(), "B": frozenset("A"), "C": frozenset("B"), "D": frozenset("AC")}
    assert transitive({k: frozenset(v) for k, v in direct.items()})["D"] == frozenset("ABC")


def answer(program: Path, text: str, code: int = 0) -> None:
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' '{text}'\nexit {code}\n")
    program.chmod(0o755)


def test_what_coqdep_prints_is_read_strictly(folder: Path) -> None:
    coqdep = folder.parent / "bin" / "coqdep"
    answer(coqdep, "B.vo B.glob: B.v A.vo ../Other.vo\nA.vo A.glob: A.v")
    assert dependencies(folder, ["A", "B"]) == {"A": frozenset(), "B": frozenset({"A"})}
    for text, code in (("A.vo A.glob: A.v", 0), ("B.vo: B.v\nA.vo: A.v", 1), ("", 0)):
        answer(coqdep, text, code)
        with pytest.raises(CoqError, match="coqdep"):
            dependencies(folder, ["A", "B"])


def test_coq_is_usable_if_it_is_there_with_its_libraries(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = folder.parent / "bin"
    monkeypatch.setenv("PATH", str(programs))
    assert coq_version() is None  # no coqdep
    assert "coqc is not installed" in str(why_unusable())
    answer(programs / "coqdep", "")
    answer(programs / "coqc", "8.99.1 4.13")
    assert coq_version() == "8.99.1"
    assert why_unusable() is None
    answer(programs / "coqc", "Error: no Coquelicot here", 1)
    assert coq_version() is None
    monkeypatch.setattr(coq_runs, "coq_version", lambda: "8.16.1")
    assert "Coq lacks a library" in str(why_unusable())
    assert "no Coquelicot here" in str(why_unusable())


def test_ctrl_c_reaches_a_run_of_coq(folder: Path) -> None:
    """In a process of its own: SIGINT while coqc sleeps ends both."""
    import signal

    tasks(folder, A="sleep")
    script = (
        "from pathlib import Path; from gsdcheck.engine.coq_runs import Task, compile_all;"
        f"compile_all(Path({str(folder)!r}), [Task(name='A')], jobs=1)"
    )
    source = str(Path(coq_runs.__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": source}, stderr=subprocess.DEVNULL
    )
    marker = folder / "A.v.ran"
    while process.poll() is None and not (marker.exists() and marker.read_text()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.wait() != 0
    assert not is_running(marker)
