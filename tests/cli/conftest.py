"""The command line in a folder of its own, in this process; and as a process where only that will do."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import gsdcheck
from gsdcheck.certify.judgement import Judgement
from gsdcheck.claims import BY_ID
from gsdcheck.cli import run
from gsdcheck.engine.serial import judgement_data
from gsdcheck.record.build import build_record

VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "LINES")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command left on the terminal."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]
Process = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder below no other settings than its own, and an environment without ours."""
    for name in (*VARIABLES, *(name for name in os.environ if name.startswith("GSDCHECK_"))):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "root"
    (root / "home").mkdir(parents=True)
    (root / "pyproject.toml").touch()
    monkeypatch.chdir(root / "home")
    return root / "home"


@pytest.fixture
def cli(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Cli:
    """The command line in this process; without figures, which take most of the time and have their own tests."""
    if "with_figures" not in request.fixturenames:
        monkeypatch.setattr("gsdcheck.engine.paper.paper_series", lambda *_: None)

    def ran(*arguments: str) -> Ran:
        capsys.readouterr()
        code = run(arguments)
        return Ran(code=code, **capsys.readouterr()._asdict())

    return ran


@pytest.fixture
def with_figures() -> None:
    """Asks `cli` for figures."""


@pytest.fixture
def process(home: Path) -> Process:
    """Starts `python -m gsdcheck` (or other Python) as a shell does: in a process group of its own."""
    source = {"PYTHONPATH": str(Path(gsdcheck.__file__).parent.parent), "MPLBACKEND": "Agg"}

    def started(*arguments: str, python: tuple[str, ...] = ("-m", "gsdcheck"), **options: object):
        return subprocess.Popen(
            [sys.executable, *python, *arguments],
            cwd=options.pop("cwd", home),
            env={**os.environ, **source},
            stdout=subprocess.PIPE if "stdout" not in options else options.pop("stdout"),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **options,
        )

    return started


@pytest.fixture
def record():
    """The record of one refuted claim, made from its counterexamples alone."""
    claim = "skewness-is-necessary-for-oscillation"
    examples = [c for c in BY_ID[claim].proposals() if c["kind"] != "coq"]
    judgements = [judgement_data(Judgement.from_certificate(c)) for c in examples]
    return build_record(kind="verify", profile="quick", seed=0, judgements=judgements)
