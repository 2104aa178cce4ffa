"""Judging orbits: a reading of the path, by three methods, and at longer times for what must last."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

import numpy as np

from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.targets.paths import (
    FIRST_TOLERANCE,
    MOST,
    MOST_ALONE,
    SECOND_TOLERANCE,
    Paths,
    pace,
    paths,
    precise_path,
)
from gsdcheck.engine.hunt.targets.target import Check, Judged
from gsdcheck.errors import GsdcheckError
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray

Reading: TypeAlias = Callable[[Paths], FloatArray]
"""Orbits ↦ (B,), ≥ 0 where the claim is not seen to fail; nan without an opinion."""

TURNS = (60.0, 240.0, 960.0)
"""How long orbits are followed, in radians of the fastest frequency: what shows late shows in the last."""

LEAST = 241
_LONGER = 4
_MOST_PRECISE = 2_000.0
"""So many radians Taylor's method is asked to follow: some ten seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrbitJudge:
    """A reading of orbits by DOP853; then by RK4 with a tighter tolerance and longer, then by Taylor's method.

    Attributes:
        reading: the margin of orbits that were followed well.
        lasting: the failure must still be there after four times as long.
        turns: the times that are tried, the shortest first.
        density: samples for each radian of the fastest frequency, at least `LEAST` in all.
    """

    mechanism: str
    reading: Reading
    lasting: bool = True
    turns: tuple[float, ...] = TURNS
    lanes: int = 256
    pace: int = 400
    alone: int = 60
    shows: str = "orbit"
    density: float = 0.5

    def margins(self, block: Block) -> Judged:
        """See `Judge`."""
        turns = block.turns or self.turns[0]
        span = turns / float(np.median(np.maximum(pace(block), 1e-12)))
        found = self._followed(block, span, turns)
        margins = self._read(found)
        reasons = {
            "did not meet the tolerance": int((~found.good).sum()),
            "nothing to tell": int((found.good & np.isnan(margins)).sum()),
        }
        return Judged(margins=margins, rejected={reason: count for reason, count in reasons.items() if count})

    def margin(self, case: Case) -> float:
        """The first negative margin, over longer and longer times; else the least."""
        _, margin = self._first(case)
        return margin

    def rough(self, cases: Sequence[Case]) -> FloatArray:
        """See `Judge`: all over the time that suits most of them."""
        return self.margins(replace(block_of(cases), turns=self.turns[-1])).margins

    def focused(self, case: Case) -> Self:
        """See `Judge`: only the time at which this case fails first."""
        return replace(self, turns=(self._first(case)[0],))

    def checks(self, case: Case) -> Iterator[Check]:
        """Another method with a tighter tolerance, and longer; then thirty digits."""
        turns, _ = self._first(case)
        block = block_of([case])
        unit = 1 / float(np.maximum(pace(block)[0], 1e-12))
        for length in (turns, _LONGER * turns) if self.lasting else (turns,):
            samples = self._samples(length)
            found = paths(
                block,
                length * unit,
                method="rk4",
                tolerance=SECOND_TOLERANCE,
                samples=samples,
                most=MOST_ALONE,
            )
            method = f"RK4 to a tolerance of {SECOND_TOLERANCE:g}, over {length * unit:.4g} units of time"
            yield Check(method=method, margin=_known(self._read(found)))
        digits, span = "Taylor's method with 30 digits", turns * unit
        if turns > _MOST_PRECISE:
            yield Check(method=f"{digits} (not tried: {span:.4g} units of time are too long)", margin=None)
            return
        try:
            path = precise_path(case, span, samples=self._samples(turns))
        except GsdcheckError as fault:
            yield Check(method=f"{digits} ({fault})", margin=None)
            return
        yield Check(method=f"{digits}, over {span:.4g} units of time", margin=_known(self._read(path)))

    def _first(self, case: Case) -> tuple[float, float]:
        """(the turns after which the case fails first, its margin then), or the most and the least margin."""
        block, least = block_of([case]), float("nan")
        unit = 1 / float(np.maximum(pace(block)[0], 1e-12))
        for turns in self.turns:
            margin = float(self._read(self._followed(block, turns * unit, turns, most=None))[0])
            if margin < 0:
                return turns, margin
            least = float(np.fmin(least, margin))
        return self.turns[-1], least

    def _followed(self, block: Block, span: float, turns: float, *, most: float | None = MOST) -> Paths:
        return paths(
            block,
            span,
            method="dop853",
            tolerance=FIRST_TOLERANCE,
            samples=self._samples(turns),
            most=most,
        )

    def _samples(self, turns: float) -> int:
        return max(LEAST, round(self.density * turns) + 1)

    def _read(self, found: Paths) -> FloatArray:
        with np.errstate(all="ignore"):
            return np.where(found.good, self.reading(found), np.nan)


def _known(margins: FloatArray) -> float | None:
    return None if np.isnan(margins[0]) else float(margins[0])
