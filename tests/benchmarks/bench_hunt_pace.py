"""How fast hunts judge, and how long they take to their first finding.

    python tests/benchmarks/bench_hunt_pace.py

Planar tanh systems judged for energy drift over T = 100 at 1e-6, on all processors; whole processes of
`gsdcheck hunt` from the command to the end of the round in which the first finding is settled.
"""

import os
import tempfile
import time
from collections.abc import Iterator

import numpy as np
from measurement import GSDCHECK, Row, median_seconds, print_table, process_seconds

from gsdcheck.numeric.simulate import simulate

SYSTEMS = 100_000
HUNTS = (
    ("E5 for sin", 2, ("E5", "--activation", "sin")),
    ("E2 for sin", 2, ("E2", "--activation", "sin")),
    ("drift for n = 3, σ = eˣ - 1", 20, ("inner-orbits-are-bounded", "--activation", "expm1", "--n", "3")),
)


def drift_judged() -> float:
    """Planar systems a second whose energy drift over T = 100 is known to be within 1e-6, or not."""
    rng = np.random.default_rng(0)
    W = np.zeros((SYSTEMS, 2, 2))
    W[:, 0, 1] = rng.normal(size=SYSTEMS)
    W[:, 1, 0] = -W[:, 0, 1]
    x0 = 2 * rng.normal(size=(SYSTEMS, 2))

    def run() -> None:
        found = simulate(W, x0, 100.0, energy_tolerance=1e-6)
        assert found.met_tolerance.all()

    run()
    return SYSTEMS / median_seconds(run)


def rows() -> Iterator[Row]:
    """Figure, goal, measured."""
    yield "planar tanh systems a second, T = 100, 1e-6", "≥ 20,000", f"{drift_judged():,.0f}"
    for name, goal, arguments in HUNTS:
        with tempfile.TemporaryDirectory() as folder:
            command = [*GSDCHECK, "hunt", *arguments, "--jobs", "1", "--max-time", "60s", "-q"]
            started = time.perf_counter()
            process_seconds(command, folder=folder, runs=3)
            assert os.listdir(os.path.join(folder, ".gsdcheck", "findings")), started
            yield (
                f"hunt, whole process: {name}",
                f"≤ {goal} s",
                f"{process_seconds(command, folder=folder, runs=3):.2f} s",
            )


if __name__ == "__main__":
    print_table(rows())
