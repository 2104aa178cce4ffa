"""Ctrl-C that is not lost: what the interrupted code makes of the exception does not matter."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def interruptible() -> Iterator[Callable[[], None]]:
    """A context in which Ctrl-C raises KeyboardInterrupt, at once or at the next call of what it yields.

    Python drops an exception that is raised in a callback of the garbage collector or of a C library, and code may
    turn it into another one. So the signal is noted as well: the yielded function raises if one was heard, and
    an exception that leaves the context after it becomes KeyboardInterrupt. Nothing changes where Ctrl-C has
    another meaning already, or outside the main thread.
    """
    if not _is_ours():
        yield lambda: None
        return
    heard = False

    def hear(_signal: int, _frame: FrameType | None) -> None:
        nonlocal heard
        heard = True
        raise KeyboardInterrupt

    def check() -> None:
        if heard:
            raise KeyboardInterrupt

    with _without_noise():
        before = signal.signal(signal.SIGINT, hear)
        try:
            yield check
        except Exception as fault:
            if heard:
                raise KeyboardInterrupt from fault
            raise
        finally:
            signal.signal(signal.SIGINT, before)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A context that Ctrl-C waits for, to have then the meaning that it had before; for code that it would break."""
    meaning = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(meaning):
        yield
        return
    heard: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: heard.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, meaning)
        if heard:
            meaning(*heard[0])


def _is_ours() -> bool:
    main = threading.current_thread() is threading.main_thread()
    return main and signal.getsignal(signal.SIGINT) is signal.default_int_handler


@contextmanager
def _without_noise() -> Iterator[None]:
    """Python writes a traceback for every exception it drops; for a KeyboardInterrupt nobody needs it."""
    before = sys.unraisablehook

    def quiet(dropped: Any) -> None:
        if not issubclass(dropped.exc_type, KeyboardInterrupt):
            before(dropped)

    sys.unraisablehook = quiet
    try:
        yield
    finally:
        sys.unraisablehook = before
