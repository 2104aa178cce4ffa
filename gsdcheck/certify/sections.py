"""A plane x_i = c, and where orbits cross it that are next to it: time, state, and their derivatives.

Let x be a box of states next to the plane, and B a box with x + [-d, d] f(B) inside B: for |s| ≤ d all solutions
stay in B, and x(s) = x + s f(ξ), ξ in B. If the height of x over its rate on B lies within [-d, d], each orbit
crosses the plane once in that time.
"""

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_mat, ctx

from gsdcheck.certify.balls import to_arb
from gsdcheck.certify.fields import Box, Field, identity, norm, plus
from gsdcheck.certify.orbits import Bundle
from gsdcheck.errors import Undecided

INFLATIONS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The plane x_i = level, crossed with x_i increasing (direction 1) or decreasing (-1)."""

    i: int
    level: Fraction
    direction: int

    def height(self, x: Box) -> arb:
        """s (x_i - c), s the direction: negative before a crossing, positive after it."""
        return self.direction * (x[self.i] - to_arb(self.level))

    def rate(self, field: Field, x: Box) -> arb:
        """The time derivative of the height, for every state in the box."""
        return self.direction * field.value(x)[self.i]

    def on_it(self, x: Box) -> Box:
        """The box with its coordinate i set to c."""
        return [to_arb(self.level) if j == self.i else a for j, a in enumerate(x)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A crossing of every orbit of a bundle.

    Attributes:
        centre_time: when the orbit from the middle of the start box crosses.
        centre: where.
        spread: the start box minus its middle.
        rates: contains ∂time/∂start; 0 where no derivative was carried, for the spread is 0.
        derivative: contains ∂state/∂start, or 0.
    """

    centre_time: arb
    centre: Box
    spread: Box
    rates: Box
    derivative: list[Box]

    @property
    def time(self) -> arb:
        """A ball that contains the times of all starts."""
        return self.time_from(self.spread)

    @property
    def state(self) -> Box:
        """A box that contains all crossing states."""
        return plus(self.centre, [dot(row, self.spread) for row in self.derivative])

    def time_from(self, spread: Box) -> arb:
        """A ball that contains the times of the starts that differ from the middle by the spread."""
        return self.centre_time + dot(self.rates, spread)


def crossing_near(field: Field, section: Section, bundle: Bundle, time: Fraction) -> Crossing:
    """The crossing next to the states of the bundle, which are those at the time.

    Raises:
        Undecided: the orbits are not seen to cross there.
    """
    x = bundle.box
    reach = (2 * abs(section.height(x)) / abs(section.rate(field, x)) + arb(2) ** -ctx.prec).upper()
    tube = _tube(field, x, reach)
    rate = section.rate(field, tube)
    delay = -section.height(x) / rate
    if not (rate > 0 and abs(delay) <= reach):  # soundness: the tube holds the orbits for |s| ≤ reach only
        raise Undecided("the orbits are not seen to cross the section.")
    speed, own = field.value(tube), -section.height(bundle.centre) / rate
    rates, derivative = _derivatives(field, section, tube, delay, bundle.M)
    return Crossing(
        centre_time=to_arb(time) + own,
        centre=section.on_it([a + own * v for a, v in zip(bundle.centre, speed, strict=True)]),
        spread=bundle.spread,
        rates=rates,
        derivative=derivative,
    )


def _tube(field: Field, x: Box, reach: arb) -> Box:
    around, tube = reach * arb(0, 1), x
    for _ in range(INFLATIONS):
        speed = field.value(tube)
        reached = [a + around * v for a, v in zip(x, speed, strict=True)]
        if all(b.contains_interior(a) for a, b in zip(reached, tube, strict=True)):
            return tube
        tube = [a + around * (1 + abs(v)) for a, v in zip(reached, speed, strict=True)]
    raise Undecided("no box is seen to contain the orbits at the section.")


def _derivatives(
    field: Field, section: Section, tube: Box, delay: arb, M: arb_mat | None
) -> tuple[Box, list[Box]]:
    """∂time = -V_i / f_i and ∂state = V + f ∂time, V the derivative of the flow up to the crossing."""
    if M is None:
        return [arb(0)] * field.n, [[arb(0)] * field.n] * field.n
    growth = (norm(field.jacobian(tube)) * abs(delay).upper()).expm1().upper() * arb(0, 1)
    local = arb_mat([[a + growth for a in row] for row in identity(field.n).tolist()])
    V, speed = local * M, field.value(tube)
    rates = [-V[section.i, j] / speed[section.i] for j in range(field.n)]
    rows = [[V[i, j] + speed[i] * rates[j] for j in range(field.n)] for i in range(field.n)]
    rows[section.i] = [arb(0)] * field.n  # soundness: on the plane this coordinate is c, whatever the start
    return rates, rows


def dot(a: Box, b: Box) -> arb:
    """a · b."""
    return sum((s * t for s, t in zip(a, b, strict=True)), arb(0))
