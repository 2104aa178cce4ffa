"""The runners in NumPy: fixed steps by any method, and steps that follow the local error.

One block after the other: NumPy's calls are so short here that a second thread, which has to ask for the
interpreter's lock before each, makes both slower (measured: 1.3 to 1.8 times).
"""

import numpy as np
from numpy.typing import NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes, energy
from gsdcheck.numeric.runs import Order, Run, sorted_blocks
from gsdcheck.numeric.walks import Walk

_BLOCK_NUMBERS = 2**14
"""So many floats in the state of a block: its stages then stay in the second-level cache."""
_BLOCKS = 4
"""So many blocks at least, unless they get small: a block takes the shortest step of its lanes."""
_SMALL_BLOCK = 64


class NumPyRunner:
    """Lanes side by side in NumPy arrays; serves any function."""

    name = "numpy"
    most_evaluations = 5e6

    def __call__(self, order: Order) -> Run:
        """See `Runner`."""
        run = order.empty_run()
        size = max(_SMALL_BLOCK, -(-order.chosen.size // _BLOCKS))
        size = max(1, min(_BLOCK_NUMBERS // order.problem.n, size))
        for block in sorted_blocks(order.steps, size):
            _fill(run, order, block)
        return run


def _fill(run: Run, order: Order, block: NDArray[np.intp]) -> None:
    """Fills the run at the positions of the block, which shares the shortest of its steps."""
    systems, longest = order.chosen[block], order.steps[block].min()
    lanes = order.problem.lanes(systems)
    step, x = order.method.build(lanes), np.ascontiguousarray(order.problem.x0[systems].T)
    counts, spans = order.counts(longest), np.diff(order.ends, prepend=0.0)
    run.longest[block], run.steps[block] = longest, counts.sum()
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

    def __call__(self, order: Order) -> Run:
        """See `Runner`; neither the method nor the steps nor the parts are consulted."""
        run, problem = order.empty_run(), order.problem
        run.longest[:] = order.steps

        for block in sorted_blocks(order.steps, max(1, _BLOCK_NUMBERS // problem.n)):
            systems = order.chosen[block]
            lanes, x0 = problem.lanes(systems), np.ascontiguousarray(problem.x0[systems].T)
            walk = Walk(lanes, x0, rtol=self._tolerance, max_steps=self._most)
            _begin(run, lanes, x0, block)
            for segment, end in enumerate(order.ends):
                walk.advance(np.full(block.size, end))
                x = np.where(walk.failed, np.nan, walk.x)
                _reach(run, lanes, x, segment, block)
            run.steps[block] = walk.steps
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
