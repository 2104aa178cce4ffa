"""The map from a section to itself along the orbits, its derivative, and its fixed points: periodic orbits.

P sends a state on the section to its next crossing. In the coordinates other than x_i, with D containing DP on a box
X around m: every fixed point in X lies in N = m + (I - D)⁻¹ (P(m) - m), and if N is inside X there is exactly one.
"""

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_mat

from gsdcheck.certify.crossings import first_crossing
from gsdcheck.certify.fields import Box, Field, identity, norm
from gsdcheck.certify.orbits import Bundle
from gsdcheck.certify.sections import Crossing, Section
from gsdcheck.errors import Undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """A periodic orbit, the only one that crosses the section in the box that it was looked for in.

    Attributes:
        point: a box that contains its crossing.
        period: contains its minimal period.
        derivative: contains the derivative of the return map, n - 1 by n - 1, on the box it was looked for in.
        image: a box that contains the first returns of all states of that box.
    """

    point: Box
    period: arb
    derivative: arb_mat
    image: Box

    @property
    def contraction(self) -> arb:
        """A number ≥ the largest row sum of |DP|: below 1, the return map contracts the box (in the maximum norm)."""
        return norm(self.derivative)


def first_return(field: Field, section: Section, box: Box, within: Fraction, *, derivative: bool) -> Crossing:
    """The first return to the section of every orbit that starts on it in the box.

    Raises:
        Undecided: the box is not on the section, or the orbits are not seen to return to it within the time.
    """
    start = section.on_it(box)
    if not section.rate(field, start) > 0:
        raise Undecided("the orbits are not seen to leave the section in its direction.")
    return first_crossing(field, section, Bundle.at_start(start, derivative=derivative), within)


def cycle_in(field: Field, section: Section, box: Box, within: Fraction) -> Cycle:
    """The periodic orbit that crosses the section in the box, by the interval Newton method.

    Raises:
        Undecided: there is none that returns within the time, or this is not seen.
    """
    others = [j for j in range(field.n) if j != section.i]
    middle = [a.mid() for a in section.on_it(box)]
    alone = first_return(field, section, middle, within, derivative=False)  # costs a tenth
    if not all(box[j].contains(alone.state[j]) for j in others):
        raise Undecided("the return map leads out of the box.")
    found = first_return(field, section, box, within, derivative=True)
    D = arb_mat([[found.derivative[i][j] for j in others] for i in others])
    moved = arb_mat([[found.centre[j] - middle[j]] for j in others])
    try:
        shift = (identity(len(others)) - D).solve(moved).entries()
    except ZeroDivisionError as singular:
        raise Undecided("I - DP may be singular: the orbit may be one of a family.") from singular
    away = dict(zip(others, shift, strict=True))
    point = [middle[j] + away[j] if j in away else a for j, a in enumerate(middle)]
    # soundness: strictly inside; then the fixed point exists, and is the only one in the box
    if not all(box[j].contains_interior(point[j]) for j in others):
        raise Undecided("the return map is not seen to have a fixed point in the box.")
    spread = [p - m for p, m in zip(point, middle, strict=True)]
    return Cycle(point=point, period=found.time_from(spread), derivative=D, image=found.state)
