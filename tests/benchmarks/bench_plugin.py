"""What the pytest plugin adds to the start of pytest: whole processes, with and without it, turn by turn."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measurement import print_table

RUNS = 15


def seconds(folder: str, *options: str) -> float:
    """One run of pytest over one empty test."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Prints the median of the differences between neighbouring runs."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "test_empty.py").write_text("def test_it():\n    pass\n", encoding="utf-8")
        seconds(folder)
        pairs = [(seconds(folder), seconds(folder, "-p", "no:gsdcheck")) for _ in range(RUNS)]
    added = 1000 * statistics.median(with_it - without for with_it, without in pairs)
    print_table([("pytest's start with the plugin, beyond without", "<= 20 ms", f"{added:.1f} ms")])


if __name__ == "__main__":
    main()
