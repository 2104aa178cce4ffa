"""Poincaré sections: the points in which orbits pierce a plane, in coordinates of the plane."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.crossings import Crossings, Direction, crossings
from gsdcheck.numeric.lanes import Lanes


@dataclass(frozen=True, slots=True, kw_only=True)
class PoincareSection:
    """The points in which orbits pierce a plane, in coordinates of the plane.

    Attributes:
        crossings: the times and states.
        basis: (n - 1, n) orthonormal rows that span the plane {g·x = 0}.
        points: (m, n - 1, B) basis · (x - c g/|g|²), nan after the last of a lane.
    """

    crossings: Crossings
    basis: FloatArray
    points: FloatArray


def poincare_section(
    lanes: Lanes,
    x0: ArrayLike,
    normal: ArrayLike,
    offset: float,
    horizon: ArrayLike,
    *,
    direction: Direction = Direction.UP,
    most: int = 1_000,
    rtol: float = 1e-12,
    max_steps: int = 100_000,
) -> PoincareSection:
    """The crossings of one plane {g·x = c} for all lanes, in orthonormal coordinates of the plane.

    Arguments and errors as `crossings`, but g is (n,) and c one number.
    """
    g = np.array(normal, dtype=np.float64)
    if g.shape != (lanes.n,) or not np.isfinite(offset):
        raise InvalidInput(
            f"normal has shape {g.shape}, offset is {offset}. One plane: ({lanes.n},) and a number."
        )
    found = crossings(
        lanes, x0, g, offset, horizon, direction=direction, most=most, rtol=rtol, max_steps=max_steps
    )
    basis = np.linalg.svd(g[None])[2][
        1:
    ]  # the right singular vectors of zero: an orthonormal basis of g·x = 0
    return PoincareSection(crossings=found, basis=basis, points=np.einsum("pn,mnb->mpb", basis, found.states))
