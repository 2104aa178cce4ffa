"""The two commands people run: the quick verify, and inspect with its figures. Whole processes."""

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
    """Prints medians of 3 runs in an empty folder, which receives the reports."""
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "weights.npy", skew_weights(8))
        inspect = [*GSDCHECK, "inspect", "weights.npy", "--activation", "tanh", "--form", "outer"]
        inspected = process_seconds(inspect, folder=folder, runs=3)
        verified = process_seconds([*GSDCHECK, "verify", "--profile", "quick"], folder=folder, runs=3)
    print_table(
        [
            ("gsdcheck inspect, 8 x 8, with figures", "<= 5 s", f"{inspected:.2f} s"),
            ("gsdcheck verify, quick profile", "<= 40 s", f"{verified:.2f} s"),
        ]
    )


if __name__ == "__main__":
    main()
