"""Whether a function is an activation at all: real, elementwise, the same every time, defined everywhere."""

import numpy as np
from numpy.typing import NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.opaque import OpaqueFunction

_LIKE = 1e-4
"""Relative difference below which values are the same: vector lanes round differently, mixing does not."""


def probe_points() -> FloatArray:
    """About 400 numbers of every size to 10⁶, of both signs, with 0 and the usual breakpoints; sorted."""
    sizes = np.concatenate([np.geomspace(1e-6, 1e6, 121), np.linspace(0.05, 9.95, 67), [0.5, 1, 2, 3, 6, 20]])
    return np.unique(np.concatenate([-sizes, [0.0], sizes]).astype(np.float32).astype(np.float64))


def require_activation(function: OpaqueFunction, dtype: str = "float64") -> None:
    """Refuse what is no function of one real x applied to each element.

    Raises:
        InvalidInput: it raises, returns no real array of its argument's shape, mutates its argument, gives
            two answers to one question, mixes coordinates, or has no value at some finite x.
    """
    points = probe_points()
    x = points[np.linspace(0, points.size - 1, 16).astype(int)]  # an even number, so that a GLU can halve it
    first = function(x, dtype)
    _require_same_again(function, x, first, dtype)
    _require_elementwise(function, x, first, dtype)
    _require_values(function, dtype)


def _require_same_again(function: OpaqueFunction, x: FloatArray, first: FloatArray, dtype: str) -> None:
    for _ in range(3):
        again = function(x, dtype)
        differ = np.flatnonzero((first != again) & ~(np.isnan(first) & np.isnan(again)))
        if differ.size:
            at = differ[0]
            raise InvalidInput(
                f"{function.name} is random or keeps a state: at x = {float(x[at])!r} it gave {float(first[at])!r}"
                f" and then {float(again[at])!r}. A torch module in training mode becomes deterministic by .eval()."
            )


def _require_elementwise(function: OpaqueFunction, x: FloatArray, first: FloatArray, dtype: str) -> None:
    """Changing or moving a coordinate changes or moves that output and no other."""
    for at in (0, x.size // 2, x.size - 1):
        changed = x.copy()
        changed[at] = 0.75 if x[at] != 0.75 else -1.25
        after = function(changed, dtype)
        others = np.arange(x.size) != at
        _compare(function, x, first, after, others, f"x[{at}] = {x[at]:g} is replaced by {changed[at]:g}")
    back = np.arange(x.size)[::-1]
    _compare(function, x, first, function(x[back], dtype)[back], back >= 0, "the entries are reversed")
    square = x.reshape(4, 4)
    _compare(function, x, first, function(square, dtype).reshape(-1), back >= 0, "x is a matrix")


def _compare(
    function: OpaqueFunction,
    x: FloatArray,
    a: FloatArray,
    b: FloatArray,
    where: NDArray[np.bool_],
    change: str,
) -> None:
    with np.errstate(all="ignore"):
        differ = ~np.isclose(a, b, rtol=_LIKE, atol=1e-9, equal_nan=True) & where
    if differ.any():
        at = int(np.flatnonzero(differ)[0])
        raise InvalidInput(
            f"{function.name} mixes coordinates: its value at x[{at}] = {float(x[at])!r} goes from {float(a[at])!r}"
            f" to {float(b[at])!r} when {change}. An activation acts on each element by itself."
        )


def _require_values(function: OpaqueFunction, dtype: str) -> None:
    """No nan at a finite x, and no infinity but an overflow that lasts to the end of the line."""
    x = probe_points() if dtype in ("float64", "float32", "bfloat16") else probe_points().clip(-6e4, 6e4)
    y = function(x, dtype)
    if np.isnan(y).any():
        at = float(x[np.flatnonzero(np.isnan(y))[0]])
        raise InvalidInput(f"{function.name} is undefined at x = {at!r}: its value there is nan.")
    for side in (x >= 0, x <= 0):
        sizes, values = np.abs(x[side]), y[side]
        order = np.argsort(sizes)
        sizes, values, signed = sizes[order], values[order], x[side][order]
        infinite = np.flatnonzero(np.isinf(values))
        if infinite.size and (infinite[0] == 0 or np.isfinite(values[infinite[0] :]).any()):
            at = infinite[0]
            raise InvalidInput(
                f"{function.name} is undefined at x = {float(signed[at])!r}: its value there is {values[at]}."
            )
