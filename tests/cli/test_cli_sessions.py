"""Whole terminal sessions, letter by letter: tests/golden/sessions/*.txt, nothing masked.

A session is commands after "$ ", each followed by what it prints and, unless it is 0, its exit code. The
commands of one file run in one folder, one after the other. To change a session, read the difference that
pytest prints and edit the file.
"""

import shlex
from pathlib import Path

import pytest

SESSIONS = sorted((Path(__file__).parent.parent / "golden" / "sessions").glob("*.txt"))


def played(cli, text: str) -> str:
    """The session with what its commands print now."""
    shown = []
    for command in (line for line in text.splitlines() if line.startswith("$ ")):
        ran = cli(*shlex.split(command)[2:])
        assert shlex.split(command)[1] == "gsdcheck"
        shown += [command + "\n", ran.out, ran.err, f"[exit code {ran.code}]\n" if ran.code else ""]
    return "".join(shown)


def unpadded(text: str) -> str:
    """Tables are padded with spaces on the right, which editors remove."""
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.stem)
def test_a_session_looks_as_it_did(cli, session):
    expected = session.read_text(encoding="utf-8")
    assert unpadded(played(cli, expected)) == expected


def test_a_session_with_another_letter_is_seen(cli):
    text = "$ gsdcheck explain energy\n"
    assert "unknown claim 'energy'" in played(cli, text)
    assert played(cli, text) != played(cli, text.replace("energy", "enargy"))


def test_there_are_sessions():
    assert {path.stem for path in SESSIONS} >= {"claims", "verify", "mistakes", "replay"}
