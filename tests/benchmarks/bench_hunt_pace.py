"""How fast hunts judge, and how long they take to their first finding.

    python tests/benchmarks/bench_hunt_pace.py

Planar tanh systems judged for energy drift over T = 100 at 1e-6, on all processors. For hunts: the time to the
first candidate that all methods confirm, in this process; and whole processes of `gsdcheck hunt`, from the command
until findings are shrunk, certified, drawn and written. The wall time of a busy machine says little, so that the
processor time is printed beside it.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from measurement import AS_INSTALLED, GSDCHECK, Row, median_seconds, print_table

from gsdcheck.engine.hunt.budget import plan_of
from gsdcheck.engine.hunt.campaign import Stop, Stopped, run_hunt
from gsdcheck.engine.hunt.confirmation import confirmed
from gsdcheck.engine.hunt.executors import executor
from gsdcheck.engine.hunt.ledger import Ledger
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.plain import read_case
from gsdcheck.engine.hunt.search import hunted, search
from gsdcheck.engine.hunt.serial import identity
from gsdcheck.numeric.simulate import simulate

SYSTEMS = 100_000
HUNTS = (
    ("E5 for sin", 2, "euler-energy-falls-without-monotony", "sin", ()),
    ("E2 for sin", 2, "euler-energy-never-decreases", "sin", ()),
    ("drift for n = 3, σ = eˣ - 1", 20, "inner-orbits-are-bounded", "expm1", (3,)),
    ("chaos for n = 4, tanh", 60, "lyapunov-exponents-vanish", "tanh", (4,)),
    ("drift for n = 5, tanh", None, "inner-orbits-are-bounded", "tanh", (5,)),
)


def drift_judged() -> str:
    """Planar systems a second, and a second of one processor, whose energy drift over T = 100 is within 1e-6."""
    rng = np.random.default_rng(0)
    W = np.zeros((SYSTEMS, 2, 2))
    W[:, 0, 1] = rng.normal(size=SYSTEMS)
    W[:, 1, 0] = -W[:, 0, 1]
    x0 = 2 * rng.normal(size=(SYSTEMS, 2))

    def run() -> None:
        found = simulate(W, x0, 100.0, energy_tolerance=1e-6)
        assert found.met_tolerance.all()

    run()
    spent = time.process_time()
    wall = median_seconds(run, runs=3)
    spent = (time.process_time() - spent) / 3
    return f"{SYSTEMS / wall:,.0f}; {SYSTEMS / spent:,.0f} for each processor"


def confirmed_after(claim: str, subject: str, sizes: tuple[int, ...]) -> str:
    """Wall and processor seconds until a candidate is confirmed; the imports are not counted."""
    target = hunted(claim, subject, sizes)

    def found(outcome: Outcome) -> bool:
        below = sorted((c for c in outcome.best if c.margin < 0), key=lambda c: c.margin)
        return any(not confirmed(target, read_case(candidate.case)).refused for candidate in below)

    wall, spent = time.perf_counter(), time.process_time()
    plan = plan_of(target, claim, subject, seed=0)
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.create(Path(folder) / "hunt.sqlite", identity(plan)) as ledger,
        executor(search, jobs=1, scheduler=None) as worker,
    ):
        *_, last = run_hunt(plan, worker, ledger, max_time=600.0, enough=found)
    assert isinstance(last, Stopped)
    assert last.why is Stop.ENOUGH
    return f"{time.perf_counter() - wall:.1f} s, of the processor {time.process_time() - spent:.1f} s"


def whole(arguments: tuple[str, ...]) -> str:
    """Wall and processor seconds of a whole process that keeps a finding."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*GSDCHECK, "hunt", *arguments, "--jobs", "1", "--max-time", "10m", "-q"]
        started, before = time.perf_counter(), os.times()
        subprocess.run(command, cwd=folder, env=AS_INSTALLED, check=True)
        wall, after = time.perf_counter() - started, os.times()
        spent = sum(after[2:4]) - sum(before[2:4])
        assert any((Path(folder) / ".gsdcheck" / "findings").iterdir())
    return f"{wall:.1f} s, of the processor {spent:.1f} s"


def rows() -> Iterator[Row]:
    """Figure, goal, measured."""
    load = os.getloadavg()[0]
    yield "planar tanh systems a second, T = 100, 1e-6", "≥ 20,000", drift_judged()
    subprocess.run([*GSDCHECK, "--version"], env=AS_INSTALLED, check=True)  # byte code is written
    for name, goal, claim, subject, sizes in HUNTS:
        yield (
            f"hunt, confirmed: {name}",
            f"≤ {goal} s" if goal else "",
            confirmed_after(claim, subject, sizes),
        )
        n = ("--n", ",".join(map(str, sizes))) if sizes else ()
        yield "    whole process", "", whole((claim, "--activation", subject, *n))
    yield "load of the machine at the start", "0", f"{load:.1f}"


if __name__ == "__main__":
    print_table(rows())
