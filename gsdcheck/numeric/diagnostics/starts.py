"""Reading what the diagnostics are asked from outside: states, times, tolerances and counts."""

import math

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes

FINEST = 1e-13
"""The smallest relative tolerance that means something in float64."""


def lane_states(lanes: Lanes, x0: ArrayLike) -> FloatArray:
    """x₀ as a fresh float64 array (n, B), one state a lane. A lane that is not finite is the caller's to flag.

    Raises:
        InvalidInput: x₀ is no (n, B) array of numbers with n that of W, or B ≥ 1 is not that of W and b.
    """
    start = _numbers("x0", x0)
    if start.ndim != 2 or start.shape[0] != lanes.n or start.shape[1] == 0:
        raise InvalidInput(
            f"x0 has shape {start.shape} but W is {lanes.n}x{lanes.n}. Give one column a lane: ({lanes.n}, B)."
        )
    for name, shared in (("W", lanes.W), ("bias", lanes.bias)):
        if shared.shape[-1] not in (1, start.shape[1]):
            raise InvalidInput(
                f"x0 has {start.shape[1]} lanes but {name} has {shared.shape[-1]}. They must agree, or be 1."
            )
    return start


def lane_numbers(name: str, value: ArrayLike, lanes: int) -> FloatArray:
    """A number, or one a lane, as (B,) float64; nan marks a lane to leave out.

    Raises:
        InvalidInput: the value is neither.
    """
    array = _numbers(name, value)
    if array.shape not in ((), (lanes,)):
        raise InvalidInput(
            f"{name} has shape {array.shape}. Give one number, or one for each of {lanes} lanes."
        )
    return np.broadcast_to(array, (lanes,)).copy()


def positive(name: str, value: ArrayLike, lanes: int, *, finite: bool = True) -> FloatArray:
    """A number > 0, or one a lane, as (B,) float64.

    Raises:
        InvalidInput: one of them is nan, ≤ 0, or (if `finite`) infinite.
    """
    array = lane_numbers(name, value, lanes)
    bad = ~((array > 0) & ((array < math.inf) | (not finite)))
    if bad.any():
        raise InvalidInput(f"{name} is {array[bad][0]}. It must be {'finite and ' if finite else ''}> 0.")
    return array


def counted(name: str, value: int, least: int = 1) -> int:
    """The value, an integer ≥ `least`.

    Raises:
        InvalidInput: it is not.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise InvalidInput(f"{name} is {value!r}. It must be an integer ≥ {least}.")
    return int(value)


def tolerance(rtol: float) -> float:
    """The relative tolerance, from 1e-13 to 1e-2.

    Raises:
        InvalidInput: it is outside.
    """
    if not FINEST <= rtol <= 1e-2:
        raise InvalidInput(f"rtol is {rtol}. A relative tolerance is from {FINEST:g} to 0.01.")
    return float(rtol)


def _numbers(name: str, value: ArrayLike) -> FloatArray:
    try:
        return np.array(value, dtype=np.float64)
    except (TypeError, ValueError) as fault:
        raise InvalidInput(
            f"{name} is not an array of numbers: {fault}. Give nested lists of floats."
        ) from fault
