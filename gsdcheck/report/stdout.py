"""Text on stdout, whatever stdout is: a terminal, a file, another encoding, a pipe that has been closed."""

import os
import re
import sys

from gsdcheck.errors import InvalidInput

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def put(text: str, *, end: str = "\n") -> None:
    """The text on stdout, if there is one; what its encoding cannot show becomes a question mark.

    Control characters are put as they are: see `harmless`. A reader that has seen enough (`| head`) is no
    fault: the rest goes nowhere, and the caller goes on.

    Raises:
        InvalidInput: stdout cannot be written, as when the disk is full.
    """
    if sys.stdout is None:
        return
    encoding = sys.stdout.encoding or "utf-8"  # a StringIO names none
    try:
        sys.stdout.write((text + end).encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        _go_nowhere()
    except OSError as fault:
        _go_nowhere()
        raise InvalidInput(f"stdout cannot be written: {fault.strerror}. Redirect it elsewhere.") from fault


def harmless(text: str) -> str:
    """The text with a mark in place of each control character: no file may steer the terminal."""
    return _CONTROL.sub("\ufffd", text)


def _go_nowhere() -> None:
    """Or the interpreter fails once more, loudly, when it flushes stdout at its end."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
