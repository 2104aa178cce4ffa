"""The compiled vector functions against NumPy's (SciPy's where NumPy has none), one core, in turns in one process."""

import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from measurement import print_table

from gsdcheck.numeric.compiled.elementwise import elementwise
from gsdcheck.numeric.compiled.vector_functions import EMITTERS
from gsdcheck.numeric.evaluation import numpy_function

SIZE, CALLS, ROUNDS = 4_096, 80, 25
GOALS = {"tanh": ">= 1100 M/s"}


def median_rates(functions: list[Callable[[], object]]) -> list[float]:
    """Millions of values a second of each, the median over rounds in which all take their turn."""
    rates: list[list[float]] = [[] for _ in functions]
    for _ in range(ROUNDS):
        for function, seen in zip(functions, rates, strict=True):
            start = time.perf_counter()
            for _ in range(CALLS):
                function()
            seen.append(SIZE * CALLS / (time.perf_counter() - start) / 1e6)
    return [statistics.median(seen) for seen in rates]


def main() -> None:
    """Prints M/s of ours and of NumPy's on 4,096 numbers, normal with deviation 2 (their sizes for log and √)."""
    x = 2 * np.random.default_rng(0).standard_normal(SIZE)
    rows = []
    for name in EMITTERS:
        argument = np.abs(x) if name in ("log", "log1p", "sqrt") else -np.abs(x) if name == "dilog" else x
        ours = elementwise(name)
        theirs = np.sqrt if name == "sqrt" else numpy_function(name)
        result = np.empty_like(argument)
        rates = median_rates([ours.bound(argument, result), partial(theirs, argument)])
        rows.append(
            (
                name,
                GOALS.get(name, ""),
                f"{rates[0]:.0f} M/s; NumPy {rates[1]:.0f}; x{rates[0] / rates[1]:.1f}",
            )
        )
    print_table(rows)


if __name__ == "__main__":
    main()
