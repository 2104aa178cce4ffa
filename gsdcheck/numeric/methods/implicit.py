"""Equations z = G(z), one a lane: fixed point, then Newton, then fixed point with patience."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes

Chosen: TypeAlias = NDArray[np.intp] | slice

_ROUNDING = 2.0**-50
"""A change of so much of |z| is none: four ulp."""

_NOISE = 2.0**-44
"""A fixed point that no longer improves below this is at the rounding of G."""

_FLAT = 2.0**-30
"""Newton's error is the square of its last change: below the rounding, if that change was so small."""

_FIRST, _NEWTON, _PATIENT = 6, 16, 600
"""Iterations of each kind; six of the cheap ones first was the fastest of 4 to 32, for 8 lanes and for 2,000."""

_ENTRIES = 2**22
"""Newton's matrices hold at most so many numbers at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """z = G(z) on B lanes: `image` is G, (n, B) to (n, B), and `derivative` DG, (n, B) to (n, n, B)."""

    image: Callable[[FloatArray], FloatArray]
    derivative: Callable[[FloatArray], FloatArray]


def solution(restricted: Callable[[Chosen], Equation], guess: FloatArray) -> FloatArray:
    """z = G(z) lane by lane, to rounding.

    Args:
        restricted: the equation on the lanes of an index; slice(None) is all of them.
        guess: (n, B), from which to start.

    Returns:
        (n, B), rounded; a lane whose equation was not solved is nan, and disturbs no other.
    """
    with np.errstate(all="ignore"):
        z, open_ = _fixed_point(restricted(slice(None)), guess, _FIRST)
        for method, patience in ((_newton, _NEWTON), (_fixed_point, _PATIENT)):
            rest = np.flatnonzero(open_)
            blocks = math.ceil(rest.size * guess.shape[0] ** 2 / _ENTRIES)
            for block in np.array_split(rest, blocks) if blocks else ():
                z[:, block], open_[block] = method(restricted(block), guess[:, block], patience)
    z[:, open_] = np.nan
    return z


def slope_of(lanes: Lanes, x: FloatArray) -> FloatArray:
    """σ'(x), or where it is not known a central difference, which is all that Newton's method needs."""
    if lanes.slope is not None:
        return lanes.slope(x)
    gap = 2.0**-17 * (1 + np.abs(x))
    return np.asarray((lanes.sigma(x + gap) - lanes.sigma(x - gap)) / (2 * gap))


def _fixed_point(
    equation: Equation, guess: FloatArray, patience: int
) -> tuple[FloatArray, NDArray[np.bool_]]:
    return _iterated(equation.image, guess, patience, _NOISE)


def _newton(equation: Equation, guess: FloatArray, patience: int) -> tuple[FloatArray, NDArray[np.bool_]]:
    identity = np.eye(guess.shape[0])

    def improved(z: FloatArray) -> FloatArray:
        matrices = identity - equation.derivative(z).transpose(2, 0, 1)
        residual = (z - equation.image(z)).T[..., None]
        return z - _solved(matrices, residual)[..., 0].T

    return _iterated(improved, guess, patience, _FLAT)


def _solved(matrices: FloatArray, right: FloatArray) -> FloatArray:
    """matrices⁻¹ right, (B, n, n) and (B, n, 1); nan where the matrix is singular."""
    try:
        return np.asarray(np.linalg.solve(matrices, right))
    except np.linalg.LinAlgError:  # one singular matrix must not spoil the others
        singular = np.linalg.slogdet(matrices)[0] == 0
        return np.asarray(np.linalg.solve(np.where(singular[:, None, None], np.nan, matrices), right))


def _iterated(
    improve: Callable[[FloatArray], FloatArray], guess: FloatArray, patience: int, settled: float
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """The iterates, and which lanes have not converged; a lane that has is left alone from then on."""
    z = guess.copy()
    open_: NDArray[np.bool_] = np.asarray(np.isfinite(guess).all(axis=0))
    lost = ~open_
    last = np.full(guess.shape[1], np.inf)
    for _ in range(patience):
        if not open_.any():
            break
        improved = improve(z)
        size = np.maximum(np.abs(improved), np.abs(guess)).max(axis=0)
        change = np.abs(improved - z).max(axis=0)
        z = np.where(open_, improved, z)
        still = (change <= settled * size) & (2 * change >= last)
        open_ = open_ & ~(still | (change <= _ROUNDING * size))
        last = change
    return z, np.asarray(open_ | lost)
