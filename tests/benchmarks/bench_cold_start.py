"""A whole process, interpreter start included: 1,000 systems of 4 units to T = 100, ours and heyoka in turn."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measurement import AS_INSTALLED, print_table

_FOLDER = str(Path(__file__).parent)
OURS = """
import numpy as np
rng = np.random.default_rng(0)
upper = np.triu(rng.standard_normal((1000, 4, 4)), 1)
from gsdcheck import simulate
found = simulate(upper - upper.transpose(0, 2, 1), rng.standard_normal((1000, 4)), 100.0)
assert found.met_tolerance.all()
"""
HEYOKA = f"""
import sys
sys.path.insert(0, {_FOLDER!r})
from peers import heyoka_batch, random_systems
heyoka_batch(*random_systems(4, 1000), 100.0, "tanh")()
"""
RUNS = 7


def seconds(program: str, cache: str) -> float:
    """The wall time of the program in a process of its own."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, env={**AS_INSTALLED, "GSDCHECK_CACHE": cache})
    return time.perf_counter() - start


def main() -> None:
    """Prints the medians and the ratios pair by pair."""
    cold, warm, theirs = [], [], []
    seconds(OURS, "")  # once unmeasured, so that byte code and the file cache are warm
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as cache:
            cold.append(seconds(OURS, cache))
            warm.append(seconds(OURS, cache))
        theirs.append(seconds(HEYOKA, ""))
    ratios = [statistics.median(a / b for a, b in zip(ours, theirs, strict=True)) for ours in (cold, warm)]
    print_table(
        [
            (
                "from a cold cache, against heyoka",
                "<= 0.8",
                f"{ratios[0]:.2f} ({statistics.median(cold):.2f} s)",
            ),
            ("from a warm cache, against heyoka", "", f"{ratios[1]:.2f} ({statistics.median(warm):.2f} s)"),
        ]
    )


if __name__ == "__main__":
    main()
