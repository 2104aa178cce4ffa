"""The commands people run: verify, quick and standard, and inspect with its figures. Whole processes."""

import random
import tempfile
from pathlib import Path

import numpy as np
from measurement import GSDCHECK, print_table, process_seconds


def skew_weights(n: int) -> np.ndarray:
    """A skew-symmetric n x n float64 matrix; the same at every run."""
    draw = random.Random(8)
    upper = np.triu([[draw.gauss(0, 1) for _ in range(n)] for _ in range(n)], 1)
    return upper - upper.T


def main() -> None:
    """Prints medians of 3 runs (standard: one) in an empty folder, which receives the reports."""
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "weights.npy", skew_weights(8))
        inspect = [*GSDCHECK, "inspect", "weights.npy", "--activation", "tanh", "--form", "outer"]
        inspected = process_seconds(inspect, folder=folder, runs=3)
        verify = [*GSDCHECK, "verify", "--profile"]
        quick = process_seconds([*verify, "quick"], folder=folder, runs=3)
        standard = process_seconds([*verify, "standard"], folder=folder, runs=1)
    print_table(
        [
            ("gsdcheck inspect, 8 x 8, with figures", "<= 5 s", f"{inspected:.2f} s"),
            ("gsdcheck verify, quick profile", "<= 40 s", f"{quick:.2f} s"),
            ("gsdcheck verify, standard profile", "<= 120 s", f"{standard:.2f} s"),
        ]
    )


if __name__ == "__main__":
    main()
