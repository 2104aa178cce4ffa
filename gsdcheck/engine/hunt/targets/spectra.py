"""Judging the Jacobian's spectrum: eigenvalues in floats by the thousand, exact Sturm sequences one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np

from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.targets.target import Check, Judged, without_opinion
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import jacobian

Departure: TypeAlias = Callable[[FloatArray], FloatArray]
"""(B, n, n) Jacobians ↦ (B,), by how much the spectrum departs from what is claimed of it."""

_TOLERANCE = 1e-6
"""A defective eigenvalue 0 of a matrix of 8 rows is off by up to some 1e-7 of its size."""
_LARGEST = 1e100


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectrumJudge:
    """Eigenvalues in floats, relative to the size of the Jacobian; then the claim's own exact margin.

    Attributes:
        departure: what must be 0.
        exact: the margin of one case, exact for the slopes that floats see.
    """

    mechanism: str
    departure: Departure
    exact: Callable[[Case], float]
    lanes: int = 2048
    pace: int = 80_000
    alone: int = 1_000
    shows: str = "spectrum"

    def margins(self, block: Block) -> Judged:
        """See `Judge`."""
        with np.errstate(all="ignore"):
            J = jacobian(block.network(), block.state)
            size = np.linalg.norm(J, axis=(1, 2))
        usable = np.isfinite(size) & (size < _LARGEST)
        found = np.full(block.size, np.nan)
        if usable.any():
            scale = np.where(size[usable] > 0, size[usable], 1.0)
            found[usable] = _TOLERANCE - self.departure(J[usable] / scale[:, None, None])
        return without_opinion(found, "left the range of floats")

    def margin(self, case: Case) -> float:
        """See `Judge`."""
        return float(self.margins(block_of([case])).margins[0])

    def rough(self, cases: Sequence[Case]) -> FloatArray:
        """See `Judge`."""
        return self.margins(block_of(cases)).margins

    def focused(self, _: Case) -> Self:
        """See `Judge`: it looks at one place anyway."""
        return self

    def checks(self, case: Case) -> Iterator[Check]:
        """The characteristic polynomial, exactly, of the Jacobian whose slopes are rounded."""
        yield Check(method="exact characteristic polynomial at rounded slopes", margin=self.exact(case))


def off_the_axis(J: FloatArray) -> FloatArray:
    """The largest |Re λ|."""
    return np.asarray(np.abs(np.linalg.eigvals(J).real).max(axis=1))
