"""How long the growth law of row E4 takes. Measured, never asserted:

python -m pytest -n0 --benchmark-only tests/benchmarks/test_benchmark_growth.py
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from gsdcheck.numeric.growth import elliptic_growth_law, euler_energies

STARTS, STEPS, EVERY = [0.1, 0.5, 2.0, 5.0], 200_000, 200


def test_simulate_four_euler_orbits(benchmark: Callable[..., Any]) -> None:
    assert benchmark(euler_energies, 0.1, STARTS, STEPS, EVERY).shape == (1001, 4)


def test_integrate_the_elliptic_law(benchmark: Callable[..., Any]) -> None:
    assert benchmark(elliptic_growth_law, 0.1, STARTS, np.arange(0, STEPS + 1, EVERY)).shape == (1001, 4)
