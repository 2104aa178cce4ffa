"""Orbits followed with proof: boxes that contain x(t), for every start in a box, and ∂x(t)/∂x(0).

A start box is carried as φ_t(m) + M (x₀ - m), m its middle and M a matrix that contains the mean values of Dφ_t
(the product of the derivatives of the steps): the box itself is never rotated (zgliczynski2002 rotates it in good
coordinates instead). What rounding loses, more bits give back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from flint import arb, arb_mat, ctx

from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.fields import Box, Field, field_of, identity, plus, product
from gsdcheck.certify.orbit_kinks import step_across
from gsdcheck.certify.orbit_series import KinkInside
from gsdcheck.certify.orbit_steps import Step, exponent_of, step
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import Undecided

MOST_STEPS = 1_000
MOST_CROSSINGS = 12
"""So many steps across kinks in a row, each twice as long as the last, are a stay at a kink, or a graze."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """All states at one time: centre + M r for r in the spread; M = 0 entries where no derivative is carried."""

    centre: Box
    spread: Box
    M: arb_mat | None

    @classmethod
    def at_start(cls, box: Box, *, derivative: bool = False) -> Self:
        """The start; with the derivative if it is asked for or the box has a width."""
        middle = [a.mid() for a in box]
        spread = [a - m for a, m in zip(box, middle, strict=True)]
        carried = derivative or not all(r == 0 for r in spread)
        return cls(centre=middle, spread=spread, M=identity(len(box)) if carried else None)

    @property
    def box(self) -> Box:
        """A box that contains every state."""
        return self.centre if self.M is None else plus(self.centre, product(self.M, self.spread))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One step of an orbit: when it begins, and from which states."""

    begin: Fraction
    bundle: Bundle
    step: Step

    def after(self, s: Fraction) -> Bundle:
        """The states after s, between 0 and the length of the step."""
        at, M = to_arb(s), self.bundle.M
        return Bundle(
            centre=self.step.centre_at(at),
            spread=self.bundle.spread,
            M=None if M is None else self.step.derivative_at(at) * M,
        )


def legs(field: Field, bundle: Bundle, time: Fraction) -> Iterator[Leg]:
    """The orbit until the time (< 0: backwards), step by step.

    Raises:
        Undecided: with the reason why it cannot be followed so far.
    """
    t, crossings = Fraction(0), 0
    for _ in range(MOST_STEPS):
        if t == time:
            return
        part, crossed = _step(field, bundle, time - t, 2**crossings)
        crossings = crossings + 1 if crossed else 0
        if crossings > MOST_CROSSINGS:
            raise Undecided(f"the orbit stays at a kink of σ, or grazes it, at t = {float(t)}.")
        leg = Leg(begin=t, bundle=bundle, step=part)
        yield leg
        t, bundle = t + part.h, leg.after(part.h)
    raise Undecided(f"{MOST_STEPS} steps lead to t = {float(t)} only.")


def _step(field: Field, bundle: Bundle, most: Fraction, slowness: int) -> tuple[Step, bool]:
    """A step, and whether it is one across a kink."""
    centre = None if bundle.M is None else bundle.centre
    try:
        return step(field, bundle.box, most, centre), False
    except KinkInside:
        width = max(exponent_of(a.rad()) for a in bundle.box)
        h = min(slowness * Fraction(2) ** max(width, -ctx.prec // 2), abs(most)) * (1 if most > 0 else -1)
        return step_across(field, bundle.box, h, centre), True


def states_at(
    subject: Subject, start: Sequence[arb], times: Sequence[Fraction], *, bits: int
) -> tuple[tuple[arb, ...], ...]:
    """Boxes that contain x(t) at the times, for every solution with x(0) in the start box (enclosed).

    Args:
        subject: at most 8 units; its own state is not read.
        start: one ball for each unit.
        times: 0 ≤ t₁ ≤ t₂ ≤ ... or 0 ≥ t₁ ≥ t₂ ≥ ...
        bits: the working precision, which decides the width of the result.

    Raises:
        Undecided: the orbit cannot be followed so far: σ jumps, has no finite enclosure or grazes a kink, the orbit
            blows up, or the boxes grow too wide.
    """
    with precision(bits):
        field, found, t = field_of(subject), [], Fraction(0)
        bundle = Bundle.at_start(list(start))
        for time in times:
            for leg in legs(field, bundle, time - t):
                bundle = leg.after(leg.step.h)
            t = time
            found.append(tuple(bundle.box))
    return tuple(found)


def derivative_at(subject: Subject, start: Sequence[arb], time: Fraction, *, bits: int) -> arb_mat:
    """A matrix that contains ∂x(time)/∂x(0) at every point of the start box (enclosed); raises as `states_at`."""
    with precision(bits):
        bundle = Bundle.at_start(list(start), derivative=True)
        for leg in legs(field_of(subject), bundle, time):
            bundle = leg.after(leg.step.h)
    return bundle.M
