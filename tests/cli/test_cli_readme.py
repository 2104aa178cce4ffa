"""The README does what it says: its commands run, print what stands below them, and its Python runs."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from gsdcheck.report.reference import COMMAND

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
UNFENCED = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
BLOCKS = re.findall(r"(?:^    .*\n|^\n(?=    ))+", UNFENCED, re.MULTILINE)
SNIPPETS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
SESSIONS = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)


def commands() -> list[tuple[str, list[str]]]:
    """Each command of the README with the paragraphs that are shown as what it prints."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCKS:
        lines = [line[4:] for line in block.strip("\n").splitlines()]
        if lines[0].startswith(("gsdcheck ", "python -m ")):
            found += [(line, []) for line in lines if line]
        else:
            found[-1][1].extend("\n".join(lines).split("\n\n"))
    return found


COMMANDS = dict(commands())
IN_CI = {
    "python -m pip install . && gsdcheck verify": "readme 'python -m pip install . &&'",
    'python -m pip install ".[test]" && python -m pytest': "readme 'python -m pip install \".[test]\"'",
    "python -m gsdcheck.report.reference --check": "python -m gsdcheck.report.reference --check",
    "gsdcheck verify --figures paper": "python -m gsdcheck.report.reference --check",
    "gsdcheck proofs I1": "gsdcheck proofs --require",
}
"""Commands that install, or take a minute → what runs them, or more than them, in `.ci/run`."""


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in IN_CI])
def test_a_command_runs_and_prints_what_the_readme_shows(cli, home, command):
    (home / "tests").symlink_to(ROOT / "tests")
    arguments = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', command)][1:]
    ran = cli(*arguments)
    assert (ran.code, ran.err) in ((0, ""), (1, "")), ran.err
    assert len(ran.out) > 200
    assert [shown for shown in COMMANDS[command] if words(shown) not in words(ran.out)] == []


@pytest.mark.parametrize("command", IN_CI)
def test_a_command_that_takes_long_is_run_by_ci(command):
    assert command in COMMANDS
    assert IN_CI[command] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_reference_report_has_the_figures_of_the_paper():
    assert " ".join(COMMAND).startswith("verify ")
    assert "--figures paper" in " ".join(COMMAND)


def test_nothing_indented_is_left_out():
    assert len(COMMANDS) >= 9
    assert sum(map(len, COMMANDS.values())) >= 5


@pytest.mark.parametrize("session", SESSIONS)
def test_a_session_is_one_of_the_golden_ones(session):
    golden = (ROOT / "tests" / "golden" / "sessions" / "readme.txt").read_text(encoding="utf-8")
    assert session == golden


PLAIN = [s for s in SNIPPETS if "expected_failures" not in s and "read_record" not in s]


@pytest.mark.parametrize("snippet", PLAIN, ids=range(len(PLAIN)))
def test_a_snippet_of_python_runs(home, snippet):
    (home / "snippet.py").write_text(snippet)
    if test := runpy.run_path(str(home / "snippet.py")).get("test_mine"):
        test()


@pytest.mark.usefixtures("with_figures")
def test_the_snippet_that_draws_a_figure_again_draws_it(cli, home):
    (snippet,) = (s for s in SNIPPETS if "read_record" in s)
    assert cli("verify", "O6", "-q").code == 0
    (home / "snippet.py").write_text(snippet)
    runpy.run_path(str(home / "snippet.py"))
    assert (home / "period.pdf").read_bytes().startswith(b"%PDF")


def test_the_example_of_a_test_suite_is_one(home):
    (home / "my").mkdir()
    (home / "my" / "module.py").write_text("import math\n\n\ndef snake(x):\n    return x + math.sin(2 * x)\n")
    (snippet,) = (s for s in SNIPPETS if "expected_failures" in s)
    (home / "test_snake.py").write_text(snippet)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "imaginary", "test_snake.py"],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    assert "1 passed" in ran.stdout


NUMBERS = [line for line in TEXT.splitlines() if re.match(r"\|.*\| (`python|the same)", line)]


def test_every_number_names_a_command_that_exists():
    named = re.findall(r"`python (-m )?(\S+?)`", "\n".join(NUMBERS))
    assert len(NUMBERS) > 8
    for module, target in named:
        path = ROOT / (f"{target.replace('.', '/')}.py" if module else target)
        assert path.is_file(), path
