"""Orbits of a whole block, sampled at equal times, by the method and to the tolerance that is asked for."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gsdcheck.engine.hunt.blocks import Block, block_of
from gsdcheck.model.system import Case, Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network
from gsdcheck.numeric.precise import simulate_precisely
from gsdcheck.numeric.simulate import simulate

FIRST_TOLERANCE, SECOND_TOLERANCE = 1e-5, 1e-7
MOST, MOST_ALONE = 3e5, 2e7
"""Evaluations of σ for each unit of a lane: among hundreds, and where one orbit is all that is looked at."""
_DIGITS = 30
_PART_LOST = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """B orbits.

    Attributes:
        net: their networks, W (B, n, n).
        times: (q,), from 0 on.
        states: (q, B, n).
        good: (B,), the orbit met the tolerance.
    """

    net: Network
    times: FloatArray
    states: FloatArray
    good: NDArray[np.bool_]

    def argument(self) -> FloatArray:
        """The argument of σ along the orbits: x, or y = Wx + b; (q, B, n)."""
        if self.net.form is Form.OUTER:
            return self.states
        return np.asarray((self.net.W @ self.states[..., None])[..., 0] + self.net.bias)


def paths(
    block: Block, span: float, *, method: str, tolerance: float, samples: int, most: float | None = MOST
) -> Paths:
    """The orbits over [0, span]; a lane that needs more than `most` evaluations of σ and a unit is not good."""
    times = np.linspace(0.0, span, samples)
    with np.errstate(all="ignore"):
        found = simulate(
            block.W,
            block.state,
            span,
            activation=block.activation,
            form=block.form,
            leak=float(block.leak),
            bias=block.drive,
            method=method,
            energy_tolerance=tolerance,
            save_at=times,
            threads=1,
            most_evaluations=most,
        )
    good = found.met_tolerance & np.isfinite(found.states).all(axis=(0, 2))
    # the tolerance is relative to max(1, |H|); a small energy must be kept just as well
    lost = found.energy_drift * np.maximum(1.0, np.abs(found.energy))
    small = found.checked_by_energy & ~(lost <= _PART_LOST * np.abs(found.energy))
    return Paths(net=block.network(), times=times, states=found.states, good=good & ~small)


def precise_path(case: Case, span: float, *, samples: int) -> Paths:
    """The orbit of one case by Taylor's method with thirty digits, rounded to floats at the end.

    Raises:
        InvalidInput: the orbit cannot be followed so far.
    """
    whole = Fraction(span).limit_denominator(1000)
    times = [whole * k / (samples - 1) for k in range(samples)]
    found = simulate_precisely([case.system], list(case.state), whole, times, _DIGITS)
    states = found.states.astype(np.float64)
    good = found.met_tolerance & np.isfinite(states).all(axis=(0, 2))
    moments = np.array([float(t) for t in times])
    return Paths(net=block_of([case]).network(), times=moments, states=states, good=good)


def pace(block: Block) -> FloatArray:
    """γ + ‖W‖₂, (B,): about the fastest rate of each system where |σ'| ≤ 1."""
    norms = np.linalg.norm(block.W, 2, axis=(1, 2))
    return np.asarray(float(block.leak) + norms)
