"""The hunts of the reference report: written where they belong, and compared by their answers."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gsdcheck.engine.hunt.questions import Question
from gsdcheck.report import reference_hunts

FALLS = Question(
    asks="Does sin fall?", claim="euler-energy-falls-without-monotony", subject="sin", examples=400
)
KEPT = Question(asks="Is H kept?", claim="energy-is-conserved", subject="tanh", examples=40)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)

    def asked(*whole: Question, arguments: tuple[str, ...] = ()) -> Result:
        monkeypatch.setattr(reference_hunts, "questions", lambda: iter(whole))
        return CliRunner().invoke(reference_hunts.main, arguments)

    return asked


def test_the_hunts_are_written_and_agree_with_themselves(run, tmp_path: Path) -> None:
    assert run(FALLS, KEPT).exit_code == 0
    page = (tmp_path / "reports" / "hunts" / "report.html").read_text(encoding="utf-8")
    assert "Does sin fall?" in page
    assert "Is H kept?" in page
    again = run(FALLS, KEPT, arguments=("--check",))
    assert (again.exit_code, again.output.splitlines()[-1]) == (0, "the same answers")
    less = run(KEPT, arguments=("--check",))
    assert (less.exit_code, less.output.splitlines()[-1]) == (1, "Does sin fall? on one side only")
