"""Judging by the values at one point: exact formulas that floats evaluate by the thousand, and balls one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from flint import arb

from gsdcheck.certify.balls import precision
from gsdcheck.engine.hunt.balls import ball_network, ball_state, ball_step
from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.targets.target import Check, Judged, without_opinion
from gsdcheck.errors import Undecided
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network

Formula: TypeAlias = Callable[[Network, FloatArray, FloatArray], FloatArray]
"""(networks, x (B, n), h (B,)) ↦ (B,), ≥ 0 where the claim holds; of any numbers that add and multiply."""

BITS = (160, 320, 640)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointJudge:
    """A formula in floats, and in balls of two precisions.

    Attributes:
        formula: what is ≥ 0.
        slack: what rounding may take from it in floats.
        in_balls: what the formula gives for one case, enclosed, where the formula itself would lose too much.
    """

    mechanism: str
    formula: Formula
    slack: float
    in_balls: Callable[[Case], arb] | None = None
    lanes: int = 2048
    pace: int = 100_000
    alone: int = 1_000
    shows: str = "point"

    def margins(self, block: Block) -> Judged:
        """See `Judge`."""
        h = np.zeros(block.size) if block.step is None else block.step
        with np.errstate(all="ignore"):
            raw = np.asarray(self.formula(block.network(), block.state, h), dtype=np.float64)
        return without_opinion(
            np.where(np.isfinite(raw), raw + self.slack, np.nan), "left the range of floats"
        )

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
        """In balls, of as many bits as it takes to tell, and then of twice as many."""
        for bits in BITS:
            value = self._enclosed(case, bits)
            if value is not None:
                yield Check(method=f"balls of {bits} bits", margin=value)
                yield Check(method=f"balls of {2 * bits} bits", margin=self._enclosed(case, 2 * bits))
                return
        yield Check(method=f"balls of {BITS[-1]} bits", margin=None)

    def _enclosed(self, case: Case, bits: int) -> float | None:
        """The middle of a ball that is wholly negative or nowhere; None of one that is neither."""
        with precision(bits):
            try:
                if self.in_balls is not None:
                    value = self.in_balls(case)
                else:
                    value = self.formula(ball_network(case.system), ball_state(case), ball_step(case))[0]
            except Undecided:
                return None
            return float(value.mid()) if bool(value < 0) or bool(value >= 0) else None
