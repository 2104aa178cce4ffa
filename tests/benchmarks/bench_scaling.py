"""What an orbit costs against n, the number of systems and the horizon. Prints a table and draws `scaling.svg`.

    python tests/benchmarks/bench_scaling.py

Random skew W ~ N(0, 1), tanh, energy kept to 1e-8, two threads, medians of 3 runs in one process. For large n
there are few systems and, beyond n = 64, the horizon is 1.
"""

import statistics
import time
from pathlib import Path

import numpy as np
from peers import random_systems

from gsdcheck import simulate

SIZES = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512)
COUNTS = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
HORIZONS = (1.0, 10.0, 100.0, 1_000.0)
RUNS = 3

Curve = list[tuple[float, float]]


def seconds(n: int, size: int, horizon: float, engine: str = "auto") -> float:
    """The median time of one call."""
    W, x0 = random_systems(n, size)
    simulate(W[:2], x0[:2], 0.1, engine=engine)
    times = []
    for _ in range(RUNS if size * horizon < 1e6 else 1):
        start = time.perf_counter()
        found = simulate(W, x0, horizon, engine=engine, threads=2)
        times.append(time.perf_counter() - start)
        assert found.met_tolerance.all()
    return statistics.median(times)


def microseconds_per_time(n: int, size: int, horizon: float, engine: str = "auto") -> float:
    """Microseconds for one unit of time of one system."""
    return 1e6 * seconds(n, size, horizon, engine) / (size * horizon)


def curves() -> dict[str, dict[str, Curve]]:
    """For each panel the curves: (abscissa, microseconds per system and unit of time)."""
    against_n = {
        engine: [
            (n, microseconds_per_time(n, max(1, min(512, 4096 // n**2)), 10.0 if n <= 64 else 1.0, engine))
            for n in SIZES
            if engine == "numpy" or n <= 64
        ]
        for engine in ("compiled", "numpy")
    }
    against_size = {
        f"n = {n}": [(size, microseconds_per_time(n, size, 10.0)) for size in COUNTS if size * n < 3e6]
        for n in (2, 4)
    }
    against_horizon = {f"n = {n}": [(T, microseconds_per_time(n, 64, T)) for T in HORIZONS] for n in (2, 4)}
    return {"units n": against_n, "systems B": against_size, "horizon T": against_horizon}


def draw(panels: dict[str, dict[str, Curve]], path: Path) -> None:
    """Three log-log panels side by side."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "gsdcheck"
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    for axis, (title, lines) in zip(axes, panels.items(), strict=True):
        for label, points in lines.items():
            axis.loglog(*np.array(points).T, marker="o", markersize=3, label=label)
        axis.set_xlabel(title)
        axis.legend()
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("µs per system and unit of time")
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Measures, prints and draws."""
    panels = curves()
    for title, lines in panels.items():
        for label, points in lines.items():
            print(f"{title}, {label}: " + ", ".join(f"{x:g}: {y:.3g}" for x, y in points) + " µs")
    draw(panels, Path(__file__).parent / "scaling.svg")


if __name__ == "__main__":
    main()
