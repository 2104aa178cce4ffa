"""Steps of forward Euler, B at a time: simple ones, every scale, and those that match the case."""

import numpy as np
from numpy.random import Generator

from gsdcheck.engine.hunt.landmarks import Landmarks
from gsdcheck.numeric.arrays import FloatArray

_SIMPLE = np.array([1.0, 0.5, 0.25, 0.125, 2.0, 0.1, 0.01, 0.2, 3.0])
_THRESHOLDS = np.array([1.0, np.sqrt(2.0), np.sqrt(3.0), 2.0, 2 * np.sqrt(2.0), np.pi, 4.0])


def steps(rng: Generator, speeds: FloatArray, pace: FloatArray, marks: Landmarks) -> FloatArray:
    """h > 0 for each case.

    A quarter each: simple numbers; 1e-6 to 1e2 in logarithm; so long that a coordinate moves by a few widths
    of a landmark; such that h times the pace is about a number at which methods lose their stability.

    Args:
        speeds: (B,), the largest |f_i|.
        pace: (B,), γ + ‖W‖.
    """
    size = len(speeds)
    with np.errstate(all="ignore"):
        widths = marks.widths[rng.integers(0, marks.widths.size, size)] * rng.uniform(0.05, 2.0, size)
        matched = widths / speeds
        band = rng.choice(_THRESHOLDS, size) * (
            1 + rng.choice([-1, 1], size) * 10 ** rng.uniform(-6, -0.5, size)
        )
        stable = band / pace
    kind = rng.integers(0, 4, size)
    decades = 10 ** rng.uniform(-6, 2, size)
    h = np.select([kind == 0, kind == 1, kind == 2], [rng.choice(_SIMPLE, size), decades, matched], stable)
    return np.asarray(np.where(np.isfinite(h) & (h > 0), np.clip(h, 1e-12, 1e6), decades))
