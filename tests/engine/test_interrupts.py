"""Ctrl-C is not lost in a callback, nor mistaken for a fault."""

import gc
import os
import signal
import sys

import pytest

from gsdcheck.engine.interrupts import interruptible, uninterrupted


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def in_a_callback_of_the_collector(*_: object) -> None:
    gc.callbacks.remove(in_a_callback_of_the_collector)
    press()


def test_an_interrupt_that_python_drops_is_raised_at_the_next_check(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def collected() -> None:
        gc.callbacks.append(in_a_callback_of_the_collector)
        with interruptible() as check:
            gc.collect()  # Python drops what the callback raises
            check()

    with pytest.raises(KeyboardInterrupt):
        collected()
    assert capfd.readouterr().err == ""


def test_without_it_the_same_interrupt_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    dropped: list[type] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: dropped.append(what.exc_type))
    gc.callbacks.append(in_a_callback_of_the_collector)
    gc.collect()
    assert dropped == [KeyboardInterrupt]


def test_an_interrupt_that_code_turns_into_a_fault_is_an_interrupt() -> None:
    def disguised() -> None:
        with interruptible():
            try:
                press()
            except KeyboardInterrupt:
                raise ValueError("a library's own idea") from None

    with pytest.raises(KeyboardInterrupt):
        disguised()


def test_a_fault_without_an_interrupt_stays_one() -> None:
    with pytest.raises(ValueError, match="mine"), interruptible():
        raise ValueError("mine")


def test_the_meaning_of_ctrl_c_is_given_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with interruptible():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_another_meaning_of_ctrl_c_is_left_alone() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruptible() as check:
            press()
            check()
    finally:
        signal.signal(signal.SIGINT, before)


def test_ctrl_c_waits_for_what_must_not_be_interrupted() -> None:
    done = []

    def held() -> None:
        with uninterrupted():
            press()
            done.append("all of it")

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        held()
    assert done == ["all of it"]
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_that_waited_is_one_even_if_there_was_a_fault() -> None:
    def held() -> None:
        with uninterrupted():
            press()
            raise ValueError("mine")

    with pytest.raises(KeyboardInterrupt):
        held()


def test_what_is_not_interrupted_is_not_changed() -> None:
    with uninterrupted():
        pass
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with uninterrupted():
            press()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
