"""Progress: a bar on a terminal, a line a part with -v, nothing otherwise, and never on stdout."""

import io
import re
import sys

import pytest

from gsdcheck.engine.events import Finished, Started, ignore
from gsdcheck.report.progress import shown_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch, stream, *, quiet=False, verbose=False):
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    with shown_progress(quiet=quiet, verbose=verbose) as listen:
        listen(Started(total=2))
        listen(Finished(name="first-part", seconds=0.5))
        listen(Finished(name="second-part", seconds=1.25))
    return stream.getvalue() if stream is not None else ""


def test_a_file_gets_nothing_unless_asked(monkeypatch):
    assert shown(monkeypatch, io.StringIO()) == ""
    lines = shown(monkeypatch, io.StringIO(), verbose=True)
    assert lines == "first-part: 0.50 s\nsecond-part: 1.25 s\n"


def test_a_terminal_gets_a_bar_that_goes_away(monkeypatch):
    drawn = shown(monkeypatch, Terminal())
    assert "2/2" in drawn
    assert drawn.rstrip().endswith("\x1b[2K")  # the line is erased at the end


def test_a_terminal_gets_the_lines_too_if_asked(monkeypatch):
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown(monkeypatch, Terminal(), verbose=True))
    assert "first-part: 0.50 s" in drawn
    assert "second-part: 1.25 s" in drawn


@pytest.mark.parametrize("stream", [Terminal, io.StringIO])
def test_quiet_is_quiet(monkeypatch, stream):
    assert shown(monkeypatch, stream(), quiet=True, verbose=True) == ""


@pytest.mark.parametrize("verbose", [False, True])
def test_a_closed_stderr_gets_nothing_and_stdout_neither(monkeypatch, capsys, verbose):
    shown(monkeypatch, None, verbose=verbose)
    assert capsys.readouterr().out == ""


def test_an_error_inside_passes_through_and_the_bar_goes_away(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with pytest.raises(KeyboardInterrupt), shown_progress(quiet=False, verbose=False):
        raise KeyboardInterrupt
    assert stream.getvalue().rstrip().endswith("\x1b[2K")


def test_ignore_ignores():
    assert ignore(Started(total=1)) is None
