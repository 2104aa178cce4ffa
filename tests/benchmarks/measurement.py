"""What the benchmark commands share: whole processes timed, medians, one table."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

AS_INSTALLED = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
"""The environment of measured processes: byte code is kept, as pip keeps that of an installed package."""

GSDCHECK = [sys.executable, "-c", "from gsdcheck.cli import main; main()"]
"""The command line as an argument list: the gsdcheck that this interpreter imports."""

Row = tuple[str, str, str]


def median_seconds(action: Callable[[], object], *, runs: int = 5) -> float:
    """The median wall time of the action."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def process_seconds(command: list[str], *, folder: str | None = None, runs: int = 5) -> float:
    """The median wall time of a whole process, interpreter start included.

    Raises:
        SystemExit: the process fails; a command that fails fast is no measurement.
    """

    def run() -> None:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, env=AS_INSTALLED
        )
        if done.returncode != 0:
            sys.exit(f"exit code {done.returncode}: {' '.join(command[2:])}\n{done.stdout}{done.stderr}")

    run()  # once unmeasured, so that byte code and the file cache are warm
    return median_seconds(run, runs=runs)


def print_table(rows: Iterable[Row]) -> None:
    """Figure, goal, measured, in aligned columns."""
    table = [("figure", "goal", "measured"), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(3)]
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
