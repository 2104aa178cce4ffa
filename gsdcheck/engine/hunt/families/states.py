"""States of every size and place, B at a time: where on the axes of σ's argument the cases start."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from gsdcheck.engine.hunt.landmarks import Landmarks
from gsdcheck.numeric.arrays import FloatArray

States: TypeAlias = Callable[[Generator, int, int, Landmarks], FloatArray]
"""(rng, B, n, the landmarks of σ) ↦ (B, n), arguments of σ."""


def simple(rng: Generator, size: int, n: int, _: Landmarks) -> FloatArray:
    """Halves from -3 to 3."""
    return np.asarray(rng.integers(-6, 7, (size, n)) / 2)


def ordinary(rng: Generator, size: int, n: int, _: Landmarks) -> FloatArray:
    """Normal coordinates, of size 1/2 to 5."""
    return np.asarray(rng.normal(size=(size, n)) * rng.uniform(0.5, 5.0, (size, 1)))


def tiny(rng: Generator, size: int, n: int, _: Landmarks) -> FloatArray:
    """1e-9 to 1e-1."""
    return np.asarray(rng.normal(size=(size, n)) * 10 ** rng.uniform(-9, -1, (size, 1)))


def huge(rng: Generator, size: int, n: int, _: Landmarks) -> FloatArray:
    """10 to 1e8."""
    return np.asarray(rng.normal(size=(size, n)) * 10 ** rng.uniform(1, 8, (size, 1)))


def mixed_scales(rng: Generator, size: int, n: int, _: Landmarks) -> FloatArray:
    """Each coordinate of a size of its own, 1e-6 to 1e4."""
    return np.asarray(rng.normal(size=(size, n)) * 10 ** rng.uniform(-6, 4, (size, n)))


def lone(rng: Generator, size: int, n: int, _: Landmarks) -> FloatArray:
    """One coordinate only."""
    x = np.zeros((size, n))
    x[np.arange(size), rng.integers(0, n, size)] = rng.normal(size=size) * 10 ** rng.uniform(-2, 1, size)
    return x


def equal(rng: Generator, size: int, n: int, _: Landmarks) -> FloatArray:
    """(c, …, c), with signs now and then."""
    c = rng.choice([0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0], (size, 1)) * rng.choice([-1.0, 1.0], (size, 1))
    signs = np.where(rng.random((size, 1)) < 0.5, 1.0, rng.choice([-1.0, 1.0], (size, n)))
    return np.asarray(c * signs)


def special_points(rng: Generator, size: int, n: int, marks: Landmarks) -> FloatArray:
    """Coordinates at landmarks of σ and at both sides of them, the others anywhere."""
    which = rng.integers(0, marks.points.size, (size, n))
    at = _beside(rng, marks, which)
    return np.where(rng.random((size, n)) < 0.6, at, ordinary(rng, size, n, marks))


def one_special_point(rng: Generator, size: int, n: int, marks: Landmarks) -> FloatArray:
    """All coordinates beside one landmark."""
    which = np.broadcast_to(rng.integers(0, marks.points.size, (size, 1)), (size, n))
    return _beside(rng, marks, which)


def _beside(rng: Generator, marks: Landmarks, which: NDArray[np.int64]) -> FloatArray:
    """The landmark itself, within two of its widths, or 1e-9 to 1e-1 beside it."""
    points, widths = marks.points[which], marks.widths[which]
    kind = rng.integers(0, 4, which.shape)
    within = widths * rng.uniform(-2.0, 2.0, which.shape)
    near = rng.choice([-1.0, 1.0], which.shape) * 10 ** rng.uniform(-9, -1, which.shape)
    return np.asarray(points + np.select([kind == 0, kind == 1], [np.zeros(which.shape), near], within))


STATES: Mapping[str, States] = {
    "simple states": simple,
    "ordinary states": ordinary,
    "tiny states": tiny,
    "huge states": huge,
    "mixed scales": mixed_scales,
    "one unit": lone,
    "equal units": equal,
    "special points": special_points,
    "one special point": one_special_point,
}
"""Every family of states, by the name that reports use."""
