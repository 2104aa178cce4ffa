"""Somebody's function as an `OpaqueFunction`: called with care, its answers checked."""

import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

import numpy as np

from gsdcheck.engine.backends import Backend
from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.opaque import OpaqueFunction

FAULTS = (Exception, SystemExit)
"""What somebody's code may raise and be refused for; an interrupt is the user's."""

_MOST_SHOWN = 300


@contextmanager
def set_apart() -> Iterator[None]:
    """While somebody's code runs: its warnings are not shown, and what it prints goes to stderr, not among results."""
    with warnings.catch_warnings(), redirect_stdout(sys.stderr):
        warnings.simplefilter("ignore")
        yield


def brief_fault(fault: BaseException) -> str:
    """The kind and the first line of what was raised, of a length that can be read."""
    line = f"{type(fault).__name__}: {fault}".strip().splitlines()[0]
    return line if len(line) <= _MOST_SHOWN else line[:_MOST_SHOWN] + "..."


def opaque(name: str, function: Callable[[Any], Any], backend: Backend) -> OpaqueFunction:
    """The function, called with arrays of the backend.

    Its warnings are not shown: nan, overflow and loss of accuracy are counted here and not announced there.
    """

    def evaluate(x: FloatArray, dtype: str, strided: bool) -> tuple[FloatArray, str]:
        with set_apart(), backend.context(dtype):
            given = backend.array(np.repeat(x, 2), dtype)[::2] if strided else backend.array(x, dtype)
            before = np.array(backend.numbers(given), dtype=np.float64)
            value = _called(name, function, given, x)
            after = np.array(backend.numbers(given), dtype=np.float64)
            if not np.array_equal(before, after, equal_nan=True):
                raise InvalidInput(_mutated(name, before, after))
            return _numbers(name, backend, value, np.shape(x)), backend.dtype(value)

    return OpaqueFunction(name=name, backend=backend.title(), evaluate=evaluate)


def _called(name: str, function: Callable[[Any], Any], given: Any, x: FloatArray) -> Any:
    try:
        return function(given)
    except InvalidInput as fault:
        raise InvalidInput(f"{name}: {fault}") from fault
    except FAULTS as fault:
        raise InvalidInput(f"{name} raises at x = {_shown(x)}: {brief_fault(fault)}") from fault


def _numbers(name: str, backend: Backend, value: Any, shape: tuple[int, ...]) -> FloatArray:
    """The value as float64, if it is an array of reals of the shape of the argument."""
    rule = "An activation returns an array of real numbers of its argument's shape."
    if value is None or isinstance(value, str | bytes | dict | list | tuple | set):
        raise InvalidInput(f"{name} returns {_brief(value)}, a {type(value).__name__}. {rule}")
    try:
        plain = np.asarray(backend.numbers(value))
    except FAULTS as fault:
        kind = type(value).__name__
        raise InvalidInput(
            f"{name} returns {_brief(value)}, a {kind}: {brief_fault(fault)}. {rule}"
        ) from fault
    if plain.dtype.kind == "c":
        raise InvalidInput(f"{name} returns complex values, such as {plain.reshape(-1)[0]}. {rule}")
    if plain.dtype.kind not in "fiub" and str(plain.dtype) != "bfloat16":
        raise InvalidInput(f"{name} returns {_brief(value)}, of dtype {plain.dtype}. {rule}")
    if plain.shape != shape:
        raise InvalidInput(f"{name} returns shape {plain.shape} for an argument of shape {shape}. {rule}")
    return plain.astype(np.float64)


def _mutated(name: str, before: FloatArray, after: FloatArray) -> str:
    at = np.flatnonzero((before != after) & ~(np.isnan(before) & np.isnan(after)))[0]
    was, now = float(before.reshape(-1)[at]), float(after.reshape(-1)[at])
    return f"{name} mutates its input: the entry {was!r} became {now!r}. Work on a copy (not in place)."


def _shown(x: FloatArray) -> str:
    flat = np.asarray(x).reshape(-1)
    if flat.size == 1:
        return repr(float(flat[0]))
    head = ", ".join(repr(float(v)) for v in flat[:3])
    return f"[{head}{', ...' if flat.size > 3 else ''}] (shape {np.shape(x)})"


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
