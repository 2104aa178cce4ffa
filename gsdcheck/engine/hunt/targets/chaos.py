"""Judging whether nearby orbits part, or meet, exponentially: the largest Lyapunov exponent against its own error."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

import numpy as np

from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.targets.paths import pace
from gsdcheck.engine.hunt.targets.target import Check, Judged, without_opinion
from gsdcheck.errors import GsdcheckError
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import lyapunov_exponents
from gsdcheck.numeric.taylor import taylor_orbit

_LOOSE, _TIGHT = 1e-6, 1e-9
_LONGER, _SHORTER = 3, 4
_FOLLOWED = 8
_APART = Fraction(1, 10**14)
_DIGITS, _PRECISE_TURNS = 26, 400
_SHEAR = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChaosJudge:
    """The error of the largest Lyapunov exponent minus its size, in units of the pace of the network.

    On integrable networks the exponent is 0 within its error, and the margin is ≥ 0.

    Attributes:
        turns: radians of the fastest frequency, over which it is measured.
    """

    mechanism: str = "the largest Lyapunov exponent is not 0"
    turns: float = 800.0
    lanes: int = 128
    pace: int = 100
    alone: int = 2
    shows: str = "parting"

    def margins(self, block: Block) -> Judged:
        """See `Judge`; only the cases of greatest exponent over a quarter of the time are followed to its end."""
        values, errors = self._measured(block, self.turns / _SHORTER, rtol=_LOOSE, seed=0)
        best = np.argsort(-np.where(np.isnan(values), -np.inf, np.abs(values)), kind="stable")
        best = best[: -(-block.size // _FOLLOWED)]
        values[best], errors[best] = self._measured(block.chosen(best), self.turns, rtol=_LOOSE, seed=0)
        return without_opinion(errors - np.abs(values), "could not be followed")

    def margin(self, case: Case) -> float:
        """See `Judge`."""
        values, errors = self._measured(block_of([case]), self.turns, rtol=_LOOSE, seed=0)
        return float(errors[0] - abs(values[0]))

    def rough(self, cases: Sequence[Case]) -> FloatArray:
        """See `Judge`: all of them to the end."""
        values, errors = self._measured(block_of(cases), self.turns, rtol=_LOOSE, seed=0)
        return errors - np.abs(values)

    def focused(self, _: Case) -> Self:
        """See `Judge`: there is one time only."""
        return self

    def checks(self, case: Case) -> Iterator[Check]:
        """Three times as long with a tighter tolerance and other tangent vectors; then two orbits at 26 digits."""
        values, errors = self._measured(block_of([case]), _LONGER * self.turns, rtol=_TIGHT, seed=1)
        method = f"variational equation, tolerance {_TIGHT:g}, {_LONGER * self.turns:g} radians"
        yield Check(method=method, margin=None if np.isnan(values[0]) else float(errors[0] - abs(values[0])))
        method = f"two orbits {float(_APART):g} apart, {_DIGITS} digits, {_PRECISE_TURNS} radians"
        try:
            yield Check(method=method, margin=_parting(case))
        except GsdcheckError as fault:
            yield Check(method=f"{method} ({fault})", margin=None)

    def _measured(
        self, block: Block, turns: float, *, rtol: float, seed: int
    ) -> tuple[FloatArray, FloatArray]:
        """(B,) exponents and their errors over the pace; nan where W = 0 or the orbit is lost."""
        rate = pace(block)
        moving = rate > 0
        times = turns / np.where(moving, rate, 1.0)
        states = np.ascontiguousarray(block.state.T)
        found = lyapunov_exponents(block.side_by_side(), states, times, leading=1, seed=seed, rtol=rtol)
        unit = np.where(moving, rate, np.nan)
        return found.values[0] / unit, found.errors[0] / unit


def _parting(case: Case) -> float:
    """log(30 T) minus the size of the logarithm of how the distance of two orbits changed over T radians, over T.

    Where orbits shear, as on every torus, the distance grows like T.
    """
    unit = 1 / float(pace(block_of([case]))[0])
    span = Fraction(_PRECISE_TURNS * unit).limit_denominator(1000)
    beside = (case.state[0] + _APART, *case.state[1:])
    ends = [
        taylor_orbit(case.system, list(state), [Fraction(0), span], precision=_DIGITS)[-1]
        for state in (case.state, beside)
    ]
    apart = max(abs(a - b) for a, b in zip(*ends, strict=True))
    growth = math.log(float(apart)) - math.log(float(_APART))
    return (math.log(_SHEAR * _PRECISE_TURNS) - abs(growth)) / _PRECISE_TURNS
