"""The compiled runner: groups of L lanes through one kernel, blocks of groups through a pool of threads."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.compiled.kernels import Shape
from gsdcheck.numeric.compiled.programs import Kernel, Program, integration_kernel
from gsdcheck.numeric.lanes import energy
from gsdcheck.numeric.methods.registry import Method
from gsdcheck.numeric.problem import Problem
from gsdcheck.numeric.runs import Order, Run, sorted_blocks

_ALIGNMENT = 64
_BLOCKS_PER_THREAD = 8
"""So many blocks a thread: blocks of few steps come last and even out the threads."""


class CompiledRunner:
    """Kernels from the expression of σ, and of Φ where a closed form is carried; else NumPy's Φ serves."""

    name = "compiled"
    most_evaluations = 1.2e8

    def __call__(self, order: Order) -> Run:
        """See `numeric.runs.Runner`."""
        lanes, threads = lanes_for(order.method, order.chosen.size), order.threads
        program = _program(order.problem, order.method, lanes)
        kernel, by_kernel = integration_kernel(program), program.potential is not None
        one = _Pass(order=order, lanes=lanes, kernel=kernel, by_kernel=by_kernel, run=order.empty_run())
        groups = -(-order.chosen.size // lanes)
        size = max(1, -(-groups // (threads * _BLOCKS_PER_THREAD))) * lanes
        blocks = list(sorted_blocks(-order.steps, size))
        if threads == 1 or len(blocks) == 1:
            for block in blocks:
                one.fill(block)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(one.fill, blocks))
        return one.run


def lanes_for(method: Method, systems: int) -> int:
    """L: enough independent chains of arithmetic to hide their latency, and no more than there are systems."""
    wanted = 32 if method.evaluations == 1 else 16
    while wanted > 8 and wanted >= 2 * systems:
        wanted //= 2
    return wanted


def _program(problem: Problem, method: Method, lanes: int) -> Program:
    """What the kernel of this problem is generated from; `engines` has seen to it that it can be."""
    activation, tableau = problem.activation, method.tableau
    if activation is None or tableau is None:
        raise TypeError("a kernel needs the expression of σ and an explicit Runge–Kutta method")
    shape = Shape(
        n=problem.n,
        lanes=lanes,
        form=problem.form,
        leaky=problem.leak != 0,
        biased=bool(problem.bias.any()),
        hollow=not np.diagonal(problem.W, axis1=1, axis2=2).any(),
    )
    return Program(sigma=activation.expression, potential=activation.potential, shape=shape, tableau=tableau)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """One call of the runner.

    Attributes:
        by_kernel: the kernel computes energies; else they are NumPy's, of the states at the ends.
    """

    order: Order
    lanes: int
    kernel: Kernel
    by_kernel: bool
    run: Run

    def fill(self, block: NDArray[np.intp]) -> None:
        """Fills the run at the positions of the block; the last group repeats its last system."""
        k, L, n = block.size, self.lanes, self.order.problem.n
        groups = -(-k // L)
        padded = np.concatenate([block, np.repeat(block[-1:], groups * L - k)])
        longest = self.order.steps[padded].reshape(groups, L).min(axis=1)
        counts = self.order.counts(longest)
        keeps = self.run.states.shape[0] > 1 or not self.by_kernel
        states = aligned(groups, self.order.ends.size if keeps else 1, n, L)
        energies, drifts = aligned(groups, L), aligned(groups, L)
        self._call(self.order.chosen[padded], counts, states, energies, drifts)
        rows = states.transpose(1, 0, 3, 2).reshape(-1, groups * L, n)[:, :k]
        self.run.states[:, block] = rows if self.run.states.shape[0] > 1 else rows[-1:]
        self.run.steps[block] = np.repeat(counts.sum(axis=1), L)[:k]
        self.run.longest[block] = np.repeat(longest, L)[:k]
        if self.by_kernel:
            self.run.energies[block], self.run.drifts[block] = energies.ravel()[:k], drifts.ravel()[:k]
        elif self.order.problem.potential is not None:
            self._measure(block, rows)

    def _call(
        self,
        systems: NDArray[np.intp],
        counts: NDArray[np.int64],
        states: FloatArray,
        energies: FloatArray,
        drifts: FloatArray,
    ) -> None:
        n, groups, spans = self.order.problem.n, counts.shape[0], np.diff(self.order.ends, prepend=0.0)
        arrays = (
            _grouped(np.broadcast_to(self.order.problem.weights(systems), (systems.size, n, n)), self.lanes),
            _grouped(np.broadcast_to(self.order.problem.bias, (systems.size, n)), self.lanes),
            _grouped(self.order.problem.x0[systems], self.lanes),
            *(spans, counts, states, energies, drifts),
        )
        stride = n if states.shape[1] > 1 else 0
        pointers = [array.ctypes.data for array in arrays]
        self.kernel(groups, spans.size, stride, self.order.problem.leak, *pointers)

    def _measure(self, block: NDArray[np.intp], states: FloatArray) -> None:
        """The energies at the start and the ends, from the states (S, k, n) there."""
        lanes = self.order.problem.lanes(self.order.chosen[block])
        first = energy(lanes, self.order.problem.x0[self.order.chosen[block]].T)
        later = np.stack([energy(lanes, np.ascontiguousarray(state.T)) for state in states])
        self.run.energies[block], self.run.drifts[block] = first, np.abs(later - first).max(axis=0)


def _grouped(values: FloatArray, lanes: int) -> FloatArray:
    """(G·L, …) to (G, …, L), aligned."""
    groups = values.shape[0] // lanes
    target = aligned(groups, *values.shape[1:], lanes)
    np.copyto(target, np.moveaxis(values.reshape(groups, lanes, *values.shape[1:]), 1, -1))
    return target


def aligned(*shape: int) -> FloatArray:
    """An uninitialised float64 array that begins at a multiple of 64 bytes, as the kernels expect."""
    size = int(np.prod(shape)) * 8
    memory = np.empty(size + _ALIGNMENT, dtype=np.uint8)
    start = -memory.ctypes.data % _ALIGNMENT
    return memory[start : start + size].view(np.float64).reshape(shape)
