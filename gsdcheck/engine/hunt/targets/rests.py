"""Judging whether a state rests: floats see that W σ(x) is about 0, the core decides that it is 0."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from gsdcheck.certify.premise import Known
from gsdcheck.certify.premises import PREMISES
from gsdcheck.certify.subject import case_data, read_subject
from gsdcheck.engine.applicable import failure
from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.targets.target import Check, Judged, without_opinion
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import vector_field

_PREMISE = "nonzero-equilibrium"
_TINY = 1e-13


@dataclass(frozen=True, slots=True, kw_only=True)
class RestJudge:
    """|f(x)| relative to |W| |σ(x)|, less rounding; then the exact premise that f(x) = 0 and x ≠ 0."""

    mechanism: str = "a state away from 0 rests"
    lanes: int = 2048
    pace: int = 50_000
    alone: int = 1_000
    shows: str = "point"

    def margins(self, block: Block) -> Judged:
        """See `Judge`."""
        net = block.network()
        with np.errstate(all="ignore"):
            speed = np.abs(vector_field(net, block.state)).max(axis=1)
            size = np.abs(block.W).max(axis=(1, 2)) * np.abs(net.sigma(block.state)).max(axis=1)
            found = np.where(size > 0, speed / size - _TINY, np.nan)
        moved = np.abs(block.state).max(axis=1) > 0
        return without_opinion(np.where(moved & np.isfinite(found), found, np.nan), "nothing to tell")

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
        """Exactly."""
        rests = failure(_PREMISE, read_subject(case_data(case)), Known()) is None
        yield Check(method=f"exactly: {PREMISES[_PREMISE].says}", margin=-1.0 if rests else 1.0)
