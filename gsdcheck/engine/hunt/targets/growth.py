"""Judging how far an integrator lifts the energy: many networks stepped side by side in floats, then one in balls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from flint import arb

from gsdcheck.certify.balls import precision
from gsdcheck.engine.hunt.balls import ball_network, ball_state, ball_step
from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.engine.hunt.targets.target import Check, Judged, without_opinion
from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Case
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes, energy
from gsdcheck.numeric.methods.registry import METHODS

STEPS = 500
_SMALL, _LOW = 1e-8, 1e-2
"""Rounding changes H by 1e-13 H + 1e-15 in 500 steps: it hides in θᵖ above 1e-8, and above 1e-10/H(x₀)."""
_BITS = 2_000
"""Balls widen by e^θ a step at most; 500 steps take 721 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthJudge:
    """What is claimed of (max_k H(x_k)/H(x₀) - 1)/θᵖ in 500 steps, θ = |h|‖W‖₂ ≤ 1, minus what it is.

    Attributes:
        method: the integrator, a key of METHODS.
        power: p.
        bound: the claim.
    """

    mechanism: str
    method: str
    power: int
    bound: float
    lanes: int = 512
    pace: int = 3_000
    alone: int = 25
    shows: str = "orbit"

    def margins(self, block: Block) -> Judged:
        """See `Judge`; nan for longer steps than the claim speaks of, and for a growth that is lost in rounding."""
        with np.errstate(all="ignore"):
            growth, _ = self._growth(block)
            known = (_theta(block) <= 1) & np.isfinite(growth)
        return without_opinion(
            np.where(known, self.bound - growth, np.nan), "h‖W‖ is above 1, or too small to tell"
        )

    def margin(self, case: Case) -> float:
        """See `Judge`."""
        return float(self.margins(block_of([case])).margins[0])

    def rough(self, cases: Sequence[Case]) -> FloatArray:
        """See `Judge`."""
        return self.margins(block_of(cases)).margins

    def focused(self, _: Case) -> Self:
        """See `Judge`: it looks at all steps anyway."""
        return self

    def checks(self, case: Case) -> Iterator[Check]:
        """The same steps in balls."""
        block = block_of([case])
        _, place = self._growth(block)
        with precision(_BITS):
            growth = self._enclosed(case, int(place[0])) / arb(float(_theta(block)[0])) ** self.power
        known = bool(growth > self.bound) or bool(growth <= self.bound)
        margin = self.bound - float(growth.mid()) if known else None
        yield Check(method=f"{self.method} in balls of {_BITS:,} bits", margin=margin)

    def _growth(self, block: Block) -> tuple[FloatArray, Any]:
        """(B,) greatest relative growth of H over θᵖ, nan where rounding hides it; after how many steps it is."""
        lanes = block.side_by_side()
        try:
            step = METHODS[self.method].build(lanes)
        except InvalidInput:  # splitting needs a diagonal of zeros
            return np.full(block.size, np.nan), np.zeros(block.size, int)
        h = np.zeros(block.size) if block.step is None else block.step
        x = np.ascontiguousarray(block.state.T)
        before = energy(lanes, x)
        heights = [before]
        for _ in range(STEPS):
            x = step(x, h)
            heights.append(energy(lanes, x))
        unit = _theta(block) ** self.power
        growth = (np.max(heights, axis=0) / before - 1) / unit
        telling = (unit > _SMALL) & (unit * before > _SMALL * _LOW)
        return np.where(telling, growth, np.nan), np.argmax(heights, axis=0)

    def _enclosed(self, case: Case, steps: int) -> arb:
        """H(x_k)/H(x₀) - 1 after so many steps."""
        lanes = _ball_lanes(case)
        step, h, x = METHODS[self.method].build(lanes), ball_step(case), ball_state(case).T
        before = energy(lanes, x)[0]
        for _ in range(steps):
            x = step(x, h)
        return energy(lanes, x)[0] / before - 1


def _theta(block: Block) -> FloatArray:
    h = np.zeros(block.size) if block.step is None else block.step
    return np.asarray(np.abs(h) * np.linalg.norm(block.W, 2, axis=(1, 2)))


def _ball_lanes(case: Case) -> Lanes:
    net = ball_network(case.system)
    return Lanes(
        W=_zeros_as_numbers(net.W, case.system.W).transpose(1, 2, 0),
        bias=_zeros_as_numbers(net.bias, case.system.bias)[:, None],
        leak=net.leak,
        form=net.form,
        sigma=net.sigma,
        potential=net.potential,
    )


def _zeros_as_numbers(balls: FloatArray, exact: object) -> FloatArray:
    """The balls with the number 0 where the value is 0: a ball has no truth value, and splitting asks for it."""
    return np.where(np.array(exact, dtype=object) == 0, 0, balls)
