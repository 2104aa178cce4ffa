"""The array type of this room, and reading one from outside."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput

FloatArray: TypeAlias = NDArray[np.float64]


def finite_array(name: str, value: ArrayLike) -> FloatArray:
    """The value as a fresh float64 array of finite entries.

    Raises:
        InvalidInput: an entry is nan or infinite, or the value is no array of numbers.
    """
    try:
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise InvalidInput(
            f"{name} is not an array of numbers: {fault}. Give nested lists of floats."
        ) from fault
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise InvalidInput(f"{name}{list(where)} is {array[where]}. Every entry must be finite.")
    return array


def nearest_float(value: object) -> float:
    """The nearest float64; an infinity beyond the range, which `finite_array` then names."""
    try:
        return float(value)  # type: ignore[arg-type]
    except OverflowError:
        return float("inf")


def state_array(name: str, value: ArrayLike, n: int) -> FloatArray:
    """The value as a float64 array of shape (..., n).

    Raises:
        InvalidInput: the last axis is not n, or an entry is not finite.
    """
    array = finite_array(name, value)
    if array.ndim == 0 or array.shape[-1] != n:
        raise InvalidInput(
            f"{name} has shape {array.shape} but W is {n}x{n}. The last axis of {name} must be {n}."
        )
    return array
