"""How the cost of a hunt grows with n, with the horizon and with the number of cases.

    python tests/benchmarks/bench_hunt_cost.py

Processor time of one process, the least of three: a block of 256 cases judged for "tanh orbits stay in their level
set"; and whole hunts of "a step of forward Euler never lowers the energy" for tanh, which find nothing.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from measurement import Row, print_table

from gsdcheck.engine.hunt.families.draw import draw
from gsdcheck.engine.hunt.pursuit import Settings, pursue
from gsdcheck.engine.hunt.search import hunted

SIZES, TURNS, EXAMPLES = (2, 4, 8, 16), (60.0, 240.0, 960.0), (10_000, 40_000, 160_000)
CASES = 256


def processor_seconds(work: Callable[[], object]) -> float:
    """The least of three."""

    def once() -> float:
        started = time.process_time()
        work()
        return time.process_time() - started

    return min(once() for _ in range(3))


def judging(n: int, turns: float) -> float:
    """Milliseconds a case."""
    target = hunted("orbits-are-bounded", "tanh", (n,))
    domain = replace(target.domain, weights=("Gaussian",), states=("ordinary states",), turns=(turns,))
    block = draw(domain, np.random.default_rng(0), CASES)
    return 1e3 * processor_seconds(lambda: target.judge.margins(block)) / CASES


def hunting(examples: int) -> float:
    """Seconds."""

    def hunt() -> None:
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(subject="tanh", sizes=(2, 3, 4), examples=examples, folder=Path(folder))
            pursue("euler-energy-never-decreases", settings, [], lambda _: None)

    return processor_seconds(hunt)


def rows() -> Iterator[Row]:
    """What, how much, measured."""
    for n in SIZES:
        yield "orbits, 60 radians", f"n = {n}", f"{judging(n, TURNS[0]):.2f} ms a case"
    for turns in TURNS:
        yield f"orbits, {turns:g} radians", "n = 4", f"{judging(4, turns):.2f} ms a case"
    for examples in EXAMPLES:
        yield "steps of forward Euler, a whole hunt", f"{examples:,} cases", f"{hunting(examples):.1f} s"


if __name__ == "__main__":
    print_table(rows())
