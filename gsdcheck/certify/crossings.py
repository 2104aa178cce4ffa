"""The first crossing of a section: an orbit is cut into parts, and what each part does is seen on a box.

On each part the height above the plane is not 0, or its rate of change is not 0. On a run of parts of the second kind
the height is monotone: it vanishes once at most, and if it is < 0 on the part before the run and > 0 on the part after
it, it does so with a rate > 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from gsdcheck.certify.balls import to_arb
from gsdcheck.certify.fields import Field
from gsdcheck.certify.orbits import Bundle, Leg, legs
from gsdcheck.certify.sections import Crossing, Section, crossing_near
from gsdcheck.errors import Undecided

MOST_PARTS = 200
"""A step is cut into at most so many parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of a step: the sign of the height on it; 0 where that is not known, but the rate has one sign."""

    leg: Leg
    first: Fraction
    last: Fraction
    side: int


def first_crossing(field: Field, section: Section, start: Bundle, within: Fraction) -> Crossing:
    """The first crossing after time 0 of every orbit that starts in the bundle.

    A start on the plane itself that leaves it in the direction of the section is no crossing.

    Raises:
        Undecided: there is none within the time, or the orbits are not seen to cross cleanly.
    """
    height = section.height(start.box)
    if not (_sign(height) or height == 0):  # soundness: a crossing at a time near 0 would not be counted
        raise Undecided("the start is neither on the plane of the section nor seen to be off it.")
    below, run = False, list[_Part]()
    for part in _parts(field, section, start, within):
        if part.side:
            if part.side > 0 and below and run:
                return _found(field, section, run, part)
            below, run = part.side < 0, []
        else:
            run.append(part)  # neighbours share a state, so that the rates of a run have one sign
    raise Undecided(f"the orbit is not seen to cross the section within {within}.")


def _parts(field: Field, section: Section, start: Bundle, within: Fraction) -> Iterator[_Part]:
    for leg in legs(field, start, within):
        pending = [(Fraction(0), leg.step.h)]
        for _ in range(MOST_PARTS):
            first, last = pending.pop()
            x = leg.step.during(first, last)
            side = _sign(section.height(x))
            if side or _sign(section.rate(field, x)):
                yield _Part(leg=leg, first=first, last=last, side=side)
            else:
                middle = (first + last) / 2
                pending += [(middle, last), (first, middle)]
            if not pending:
                break
        else:
            raise Undecided("the orbit touches the plane of the section, or nearly so.")


def _sign(ball: arb) -> int:
    return 1 if ball > 0 else -1 if ball < 0 else 0


def _found(field: Field, section: Section, run: list[_Part], after: _Part) -> Crossing:
    """The crossing within the run, on which the height rises from - to +."""
    part = next((p for p in run if _height(section, p.leg, p.last) > 0), run[-1])
    s = _proposed(section, part)
    crossing = crossing_near(field, section, part.leg.after(s), part.leg.begin + s)
    # soundness: until the end of `after` the height vanishes with a rate > 0 in this run only, and there once;
    # a crossing found by its neighbourhood, which is the same if it is within this time
    if not (crossing.time > 0 and crossing.time < to_arb(after.leg.begin + after.last)):
        raise Undecided("the crossing is not seen to lie where it was looked for.")
    return crossing


def _height(section: Section, leg: Leg, s: Fraction) -> arb:
    return section.height(leg.step.centre_at(to_arb(s))).mid()


def _proposed(section: Section, part: _Part) -> Fraction:
    """Near the zero of the height, by bisection; a proposal only."""
    low, high = part.first, part.last
    for _ in range(ctx.prec):
        middle = (low + high) / 2
        low, high = (low, middle) if _height(section, part.leg, middle) > 0 else (middle, high)
    return low
