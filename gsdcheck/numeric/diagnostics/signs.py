"""How often the coordinates of an orbit change sign."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import finite_array


def sign_changes(states: ArrayLike) -> NDArray[np.int64]:
    """How often each coordinate changes sign along an orbit; zeros in between do not count.

    Args:
        states: (q, ...), time first: (q, n) one orbit, (q, n, B) one a lane.

    Returns:
        (...) integers.

    Raises:
        InvalidInput: states is 0-d or not finite.
    """
    array = finite_array("states", states)
    if array.ndim == 0:
        raise InvalidInput("states is a number. Give states along an orbit, time first.")
    signs = np.sign(array)
    if signs.shape[0] == 0:
        return np.zeros(signs.shape[1:], dtype=np.int64)
    # the last sign that is not 0, carried forward; before the first one the sign is still 0
    place = np.where(signs != 0, np.arange(signs.shape[0]).reshape(-1, *[1] * (signs.ndim - 1)), 0)
    carried = np.take_along_axis(signs, np.maximum.accumulate(place, axis=0), axis=0)
    return np.asarray((carried[1:] * carried[:-1] < 0).sum(axis=0), dtype=np.int64)
