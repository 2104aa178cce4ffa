"""One pass over chosen lanes with given steps: what is ordered, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.methods.registry import Method
from gsdcheck.numeric.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one pass is to do.

    Attributes:
        chosen: (k,) the lanes of the problem.
        steps: (k,) no step of a lane is longer than its own.
        ends: (S,) increasing, > 0: the segments end there.
        parts: every segment takes a multiple of so many steps. With half the steps and twice the parts it takes at
            least twice as many, however short it is, and so two runs can be compared.
        keep: the states at all ends, or at the last alone.
    """

    problem: Problem
    method: Method
    chosen: NDArray[np.intp]
    steps: FloatArray
    ends: FloatArray
    parts: int
    keep: bool
    threads: int

    def empty_run(self) -> Run:
        """The run to be filled; its states are not initialised."""
        k = self.chosen.size
        return Run(
            states=np.empty((self.ends.size if self.keep else 1, k, self.problem.n)),
            energies=np.full(k, np.nan),
            drifts=np.full(k, np.nan),
            steps=np.zeros(k, dtype=np.int64),
            longest=np.full(k, np.nan),
        )

    def counts(self, steps: FloatArray) -> NDArray[np.int64]:
        """(..., S) how many steps of at most `steps` (...) each segment takes, a multiple of the parts."""
        spans = np.diff(self.ends, prepend=0.0)
        whole = np.ceil(spans / (self.parts * steps[..., None]) * (1 - 1e-12))
        return self.parts * np.maximum(whole, 1).astype(np.int64)


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


class Runner(Protocol):
    """Carries out orders.

    Attributes:
        most_evaluations: a lane that would need more, of σ and a unit, is not for it: they take minutes.
    """

    name: str
    most_evaluations: float

    def __call__(self, order: Order) -> Run:
        """The run that is ordered."""
        ...


def sorted_blocks(steps: FloatArray, size: int) -> Iterator[NDArray[np.intp]]:
    """The positions 0 … k-1 sorted by step, cut into blocks of at most `size`: a block shares its step."""
    order = np.argsort(-steps, kind="stable")
    return iter([order[i : i + size] for i in range(0, order.size, size)])
