"""The engine against what a user would pick instead: heyoka, JAX, diffrax, SciPy. Writes `results.md`.

    python -m pip install -e ".[bench]" && python tests/benchmarks/bench_engine.py [--only WORD]

Ours and the peer run in turn in this process; a figure is the median of the ratios pair by pair. Both final
states are held against the energy: the drift is what 99 of 100 lanes keep (ours must keep 1e-8 in all).
"""

import argparse
import datetime
import math
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import peers
from peers import Batch, random_systems

from gsdcheck import find_activation, simulate
from gsdcheck.numeric.evaluation import compile_expression

T = 100.0
TOLERANCE = 1e-8
THREADS = 2
HEYOKA_TOLERANCE = {"gelu": 1e-10}
"""Where more than one lane in a hundred would miss 1e-8, heyoka gets the tolerance at which fewer do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One comparison.

    Attributes:
        goal: the greatest ratio of our time to the peer's.
        scale: the peer's time is multiplied by it: the peer had only a part of our work to do.
    """

    work: str
    peer: str
    goal: float
    ours: Batch
    theirs: Batch
    drift: Callable[[np.ndarray], float]
    theirs_start: np.ndarray
    scale: float = 1.0
    runs: int = 5


def energy_drift(activation: str, x0: np.ndarray) -> Callable[[np.ndarray], float]:
    """final ↦ the 99th percentile of |H(x) - H(x0)| / max(1, |H(x0)|) over the lanes."""
    potential = find_activation(activation).potential
    assert potential is not None
    phi = compile_expression(potential)

    def drift(final: np.ndarray) -> float:
        start = phi(x0[: final.shape[0]]).sum(axis=1)
        drifts = np.abs(phi(final).sum(axis=1) - start) / np.maximum(1, np.abs(start))
        return float(np.quantile(drifts, 0.99))

    return drift


def ours(W: np.ndarray, x0: np.ndarray, activation: str, engine: str = "auto") -> Batch:
    """Our call, check and redoing included."""

    def run() -> np.ndarray:
        found = simulate(
            W, x0, T, activation=activation, energy_tolerance=TOLERANCE, threads=THREADS, engine=engine
        )
        assert found.met_tolerance.all()
        return found.final_state

    return run


def against_heyoka(n: int, size: int, activation: str, goal: float, engine: str = "auto") -> Row:
    """B random systems of n units to T = 100."""
    W, x0 = random_systems(n, size)
    label = activation if engine == "auto" else f"{activation}, NumPy path"
    return Row(
        work=f"n = {n}, {size:,} systems, {label}",
        peer="heyoka",
        goal=goal,
        ours=ours(W, x0, activation, engine),
        theirs=peers.heyoka_batch(W, x0, T, activation, HEYOKA_TOLERANCE.get(activation, TOLERANCE)),
        drift=energy_drift(activation, x0),
        theirs_start=x0,
    )


def rows() -> Iterator[Callable[[], Row]]:
    """The comparisons, each made when its turn comes."""
    for n, size, goal in ((2, 10_000, 0.5), (4, 10_000, 0.8), (8, 2_000, 1.0)):
        yield lambda n=n, size=size, goal=goal: against_heyoka(n, size, "tanh", goal)
    for activation in ("gelu", "sin", "xgauss"):
        yield lambda a=activation: against_heyoka(4, 10_000, a, 1.0)
    yield lambda: against_heyoka(4, 10_000, "tanh", 8.0, "numpy")
    yield lambda: slow_peer("JAX, hand-written", 1, 2_000, 2_000, jax_fixed)
    yield lambda: slow_peer("diffrax", 1 / 30, 1_000, 1_000, lambda W, x: peers.diffrax_batch(W, x, T, 1e-10))
    yield lambda: slow_peer(
        "SciPy, one system",
        1 / 15,
        10_000,
        10_000,
        lambda W, x: peers.scipy_one_system(W, x, T, 1e-10),
        runs=3,
    )
    yield lambda: slow_peer(
        "SciPy, a loop over 20", 1 / 1000, 10_000, 20, lambda W, x: peers.scipy_loop(W, x, T, 1e-9)
    )
    yield euler


def jax_fixed(W: np.ndarray, x0: np.ndarray) -> Batch:
    """A step that is right for the largest ‖W‖ of the batch."""
    steps = math.ceil(T * float(np.linalg.norm(W, 2, axis=(1, 2)).max()) / 0.4)
    return peers.jax_batch(W, x0, T, steps)


def slow_peer(
    name: str,
    goal: float,
    size: int,
    part: int,
    peer: Callable[[np.ndarray, np.ndarray], Batch],
    runs: int = 5,
) -> Row:
    """n = 4, tanh; the peer gets the first systems only where all of them would take minutes."""
    W, x0 = random_systems(4, size)
    return Row(
        work=f"n = 4, {size:,} systems, tanh",
        peer=name,
        goal=goal,
        ours=ours(W, x0, "tanh"),
        theirs=peer(W[:part], x0[:part]),
        drift=energy_drift("tanh", x0),
        theirs_start=x0[:part],
        scale=size / part,
        runs=runs,
    )


def euler(steps: int = 1_000_000, h: float = 1e-3) -> Row:
    """Forward Euler, n = 2, 1,000 systems: the final states must agree, for no energy is kept."""
    W, x0 = random_systems(2, 1_000)

    def run() -> np.ndarray:
        return simulate(W, x0, steps * h, method="euler", step=h, threads=THREADS).final_state

    reference = run()
    return Row(
        work="forward Euler, n = 2, 1,000 systems, 10⁶ steps",
        peer="JAX",
        goal=0.4,
        ours=run,
        theirs=peers.jax_euler(W, x0, h, steps),
        drift=lambda final: float(np.median(np.abs(final - reference))),
        theirs_start=x0,
        runs=5,
    )


def measured(row: Row) -> str:
    """One line of the table."""
    drifts = row.drift(row.ours()), row.drift(row.theirs())
    pairs = [(seconds(row.ours), seconds(row.theirs) * row.scale) for _ in range(row.runs)]
    mine, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    verdict = "yes" if ratio <= row.goal else f"no, {ratio / row.goal:.2f} times the goal"
    figures = [f"{mine:.3f} s", f"{theirs:.3f} s", f"{ratio:.3g}", f"≤ {row.goal:.3g}", verdict]
    accuracy = [f"{drift:.1e}" for drift in drifts]
    return "| " + " | ".join([row.work, row.peer, *figures, *accuracy]) + " |"


def seconds(action: Callable[[], object]) -> float:
    """The wall time of one run."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def repeated_tanh(numbers: np.ndarray) -> Callable[[int], None]:
    """times ↦ tanh of all the numbers, so many times over in one foreign call: no memory, no Python in the way."""
    import ctypes

    from llvmlite import ir

    from gsdcheck.numeric.compiled.elementwise import along
    from gsdcheck.numeric.compiled.emission import INDEX, POINTER, Emission
    from gsdcheck.numeric.compiled.target import jit_library
    from gsdcheck.numeric.compiled.vector_functions import VectorFunctions

    module, lanes = ir.Module("limit"), 32
    once = module.globals[along(module, VectorFunctions(module, lanes, True).function("tanh"), lanes)]
    kind = ir.FunctionType(ir.VoidType(), [POINTER, POINTER, INDEX, INDEX])
    emit = Emission(ir.Function(module, kind, name="again"), 1, lanes)
    source, target, size, times = emit.function.args
    with emit.loop(times, "time"):
        emit.builder.call(once, [source, target, size])
    emit.builder.ret_void()
    library, result = jit_library(str(module), ("again",)), np.empty_like(numbers)
    signature = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)
    again = signature(library.address("again"))

    def run(count: int) -> None:
        again(numbers.ctypes.data, result.ctypes.data, numbers.size, count)

    run.library = library  # type: ignore[attr-defined]  # the code lives as long as its library
    return run


def tanh_limit() -> str:
    """How near forward Euler is to what tanh alone allows on two threads."""
    steps = 200_000
    W, x0 = random_systems(2, 1_024)
    alone = [repeated_tanh(np.linspace(-3, 3, 2 * 1_024 // THREADS)) for _ in range(THREADS)]

    def limit() -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda run: run(steps), alone))

    def euler_steps() -> None:
        simulate(W, x0, steps * 1e-3, method="euler", step=1e-3, threads=THREADS)

    euler_steps()
    limit()
    pairs = [(seconds(limit), seconds(euler_steps)) for _ in range(7)]
    share = statistics.median(a / b for a, b in pairs)
    return f"Forward Euler reaches {100 * share:.0f} % of the tanh limit measured beside it (goal: 80 %)."


def latency() -> str:
    """One system, n = 4, T = 100, one call after the other."""
    W, x0 = random_systems(4, 1)
    simulate(W, x0, T)
    times = [seconds(lambda: simulate(W, x0, T).final_state) for _ in range(200)]
    return f"One system, n = 4, T = 100: {1e3 * statistics.median(times):.2f} ms a call (goal: 1 ms)."


def main() -> None:
    """Runs the comparisons, prints them, and writes `results.md` if none was left out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="rows whose text holds this word; nothing is written")
    only = parser.parse_args().only
    head = ["work", "peer", "ours", "peer's", "ratio", "goal", "reached", "our drift", "peer's drift"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    print("\n".join(lines))
    for make in rows():
        row = make()
        if only in f"{row.work} {row.peer}":
            lines.append(measured(row))
            print(lines[-1], flush=True)
    if only:
        return
    notes = [latency(), tanh_limit()]
    print("\n".join(notes))
    machine = (
        f"{platform.machine()}, {THREADS} threads, Python {platform.python_version()}, NumPy {np.__version__}"
    )
    title = (
        f"# The engine against its peers\n\n{datetime.date.today()}, {machine}. Made by `bench_engine.py`."
    )
    text = "\n\n".join(
        [title, __doc__.split("\n\n")[-1].strip(), "\n".join(lines), "\n".join(f"* {n}" for n in notes)]
    )
    (Path(__file__).parent / "results.md").write_text(text + "\n")


if __name__ == "__main__":
    main()
