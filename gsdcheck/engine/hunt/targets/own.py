"""Judging by the margin that the claim carries, case by case."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from gsdcheck.engine.hunt.blocks import Block
from gsdcheck.engine.hunt.targets.target import Check, Judged, without_opinion
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray

NO_OPINION = "left the range of floats"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnJudge:
    """The margin of the catalogue's entry.

    Attributes:
        entry_margin: of one case.
        exact: it is computed in exact arithmetic, so that there is nothing that a second method could see better.
    """

    mechanism: str
    entry_margin: Callable[[Case], float]
    exact: bool = False
    lanes: int = 64
    pace: int = 1_000
    shows: str = "point"

    @property
    def alone(self) -> int:
        """See `Judge`: it judges case by case."""
        return self.pace

    def margins(self, block: Block) -> Judged:
        """See `Judge`."""
        found = np.array([self.margin(block.case(lane)) for lane in range(block.size)])
        return without_opinion(found, NO_OPINION)

    def margin(self, case: Case) -> float:
        """See `Judge`."""
        try:
            with np.errstate(all="ignore"):
                return float(self.entry_margin(case))
        except (ArithmeticError, ValueError):  # what cannot be computed is no opinion
            return float("nan")

    def rough(self, cases: Sequence[Case]) -> FloatArray:
        """See `Judge`."""
        return np.array([self.margin(case) for case in cases])

    def focused(self, _: Case) -> Self:
        """See `Judge`: it looks at one place anyway."""
        return self

    def checks(self, case: Case) -> Iterator[Check]:
        """The margin in exact arithmetic; of a margin in floats there is no second method."""
        if self.exact:
            yield Check(method="exact arithmetic", margin=self.margin(case))
