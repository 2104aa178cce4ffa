"""One pass over the chosen lanes with given steps: the NumPy runner, and what every runner returns."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes, energy
from gsdcheck.numeric.methods.registry import Method
from gsdcheck.numeric.problem import Problem
from gsdcheck.numeric.walks import Walk

_BLOCK_NUMBERS = 2**13
"""So many floats in the state of a block: its stages then stay in the second-level cache."""
_BLOCKS = 12
"""So many blocks at least, unless they get small: a block takes the shortest step of its lanes."""
_SMALL_BLOCK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one pass gives.

    Attributes:
        states: (S, k, n) at the ends of the segments, or (1, k, n) at the last end.
        energies: (k,) H at the start, nan where Φ is not known.
        drifts: (k,) the greatest |H - H(0)| at the ends of the segments; nan where H is not a number.
        steps: (k,) the steps that each lane took.
        longest: (k,) what its longest step was bounded by: that of its block, at most the one it was given.
    """

    states: FloatArray
    energies: FloatArray
    drifts: FloatArray
    steps: NDArray[np.int64]
    longest: FloatArray


def empty_run(k: int, n: int, rows: int) -> Run:
    """A run of k lanes to be filled; its states are not initialised."""
    return Run(
        states=np.empty((rows, k, n)),
        energies=np.full(k, np.nan),
        drifts=np.full(k, np.nan),
        steps=np.zeros(k, dtype=np.int64),
        longest=np.full(k, np.nan),
    )


class Runner(Protocol):
    """Integrates the chosen lanes; each lane takes steps of at most `steps[lane]`.

    Attributes:
        most_evaluations: a lane that would need more, of σ and a unit, is not for it: they take minutes.
    """

    name: str
    most_evaluations: float

    def __call__(
        self,
        problem: Problem,
        method: Method,
        chosen: NDArray[np.intp],
        steps: FloatArray,
        ends: FloatArray,
        *,
        parts: int,
        keep: bool,
        threads: int,
    ) -> Run:
        """The run to the times `ends` (S,), increasing and > 0; all states are kept, or the last alone.

        A segment takes a multiple of `parts` steps: with half the steps in twice the parts it takes at least
        twice as many, however short it is, and so the two runs can be compared.
        """
        ...


def step_counts(ends: FloatArray, steps: FloatArray, parts: int) -> NDArray[np.int64]:
    """(..., S) how many steps of at most `steps` (...) each of the S segments takes, a multiple of the parts."""
    spans = np.diff(ends, prepend=0.0)
    whole = np.ceil(spans / (parts * steps[..., None]) * (1 - 1e-12))
    return parts * np.maximum(whole, 1).astype(np.int64)


def sorted_blocks(steps: FloatArray, size: int) -> Iterator[NDArray[np.intp]]:
    """The positions 0 … k-1 sorted by step, cut into blocks of at most `size`: a block shares its step."""
    order = np.argsort(-steps, kind="stable")
    return iter([order[i : i + size] for i in range(0, order.size, size)])


class NumPyRunner:
    """Lanes side by side in NumPy arrays; serves any function."""

    name = "numpy"
    most_evaluations = 5e6

    def __call__(
        self,
        problem: Problem,
        method: Method,
        chosen: NDArray[np.intp],
        steps: FloatArray,
        ends: FloatArray,
        *,
        parts: int,
        keep: bool,
        threads: int,
    ) -> Run:
        """See `Runner`."""
        k, n = chosen.size, problem.n
        run = empty_run(k, n, ends.size if keep else 1)

        def work(block: NDArray[np.intp]) -> None:
            run.longest[block] = steps[block].min()
            counts = step_counts(ends, steps[block].min(), parts)
            _run_block(run, problem, method, chosen[block], block, counts, ends)

        size = max(1, min(_BLOCK_NUMBERS // n, max(_SMALL_BLOCK, -(-k // _BLOCKS))))
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, sorted_blocks(steps, size)))
        return run


def _run_block(
    run: Run,
    problem: Problem,
    method: Method,
    lanes_of: NDArray[np.intp],
    block: NDArray[np.intp],
    counts: NDArray[np.int64],
    ends: FloatArray,
) -> None:
    """Fills the run at the positions of the block."""
    lanes = problem.lanes(lanes_of)
    step, x = method.build(lanes), np.ascontiguousarray(problem.x0[lanes_of].T)
    run.steps[block] = counts.sum()
    spans = np.diff(ends, prepend=0.0)
    with np.errstate(all="ignore"):
        _begin(run, lanes, x, block)
        for segment, (span, count) in enumerate(zip(spans, counts, strict=True)):
            for _ in range(count):
                x = step(x, span / count)
            _reach(run, lanes, x, segment, block)


class AdaptiveRunner:
    """DOP853 whose step follows the local error, lane by lane, in NumPy: for a σ with kinks or stiff places."""

    name = "numpy"
    most_evaluations = np.inf  # its steps are counted as they are tried

    def __init__(self, tolerance: float, most: int) -> None:
        """Relative tolerance of a step, and the steps after which a lane is given up."""
        self._tolerance, self._most = tolerance, most

    def __call__(
        self,
        problem: Problem,
        method: Method,
        chosen: NDArray[np.intp],
        steps: FloatArray,
        ends: FloatArray,
        *,
        parts: int,
        keep: bool,
        threads: int,
    ) -> Run:
        """See `Runner`; neither the method nor the steps nor the parts are consulted."""
        del method, parts
        run = empty_run(chosen.size, problem.n, ends.size if keep else 1)
        run.longest[:] = steps

        def work(block: NDArray[np.intp]) -> None:
            lanes, x0 = problem.lanes(chosen[block]), np.ascontiguousarray(problem.x0[chosen[block]].T)
            walk = Walk(lanes, x0, rtol=self._tolerance, max_steps=self._most)
            _begin(run, lanes, x0, block)
            for segment, end in enumerate(ends):
                walk.advance(np.full(block.size, end))
                x = np.where(walk.failed, np.nan, walk.x)
                _reach(run, lanes, x, segment, block)
            run.steps[block] = walk.steps

        size = max(1, min(_BLOCK_NUMBERS // problem.n, -(-chosen.size // threads)))
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, sorted_blocks(steps, size)))
        return run


def _begin(run: Run, lanes: Lanes, x: FloatArray, block: NDArray[np.intp]) -> None:
    """Notes the energies at the start."""
    if lanes.potential is not None:
        run.energies[block], run.drifts[block] = energy(lanes, x), 0.0


def _reach(run: Run, lanes: Lanes, x: FloatArray, segment: int, block: NDArray[np.intp]) -> None:
    """Notes the states and energies at the end of a segment."""
    if lanes.potential is not None:
        change = np.abs(energy(lanes, x) - run.energies[block])
        run.drifts[block] = np.maximum(run.drifts[block], change)
    run.states[segment if run.states.shape[0] > 1 else 0, block] = x.T
