"""One step of Taylor's method with a proved remainder: a tube around the orbits, and polynomials that enclose them.

Let p be the Taylor polynomial of order N at the start, with balls as coefficients, B a box on which σ is analytic,
and r the coefficient of order N + 1 of solutions that start in B. If p(s) + r s^(N+1) is inside B for all s in
[0, h], then the solution exists on [0, h], stays in B, and is p(s) + r s^(N+1): as long as it is in B that is
Taylor's formula with Lagrange's remainder, coordinate by coordinate, and so it never reaches the border of B.
"""

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, arb_mat, arb_poly, ctx

from gsdcheck.certify.balls import to_arb
from gsdcheck.certify.fields import Box, Field, identity, norm
from gsdcheck.certify.orbit_series import KinkInside, Solution, pieces_at, solution, variation
from gsdcheck.certify.series import Coefficients
from gsdcheck.errors import Undecided

MOST_TRIES = 40
"""A step is shortened at most so often before it is given up."""
LOST_BITS = 12
"""What a remainder may be above one unit of the working precision, in bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The solutions from a box for times between 0 and h (h < 0: backwards), enclosed.

    Attributes:
        h: the length of the step.
        tube: a box that contains x(s) for all s between 0 and h.
        x: for each unit the polynomial of order N + 1, its last coefficient the remainder's.
        centre: the same for the solution from the centre of the box.
        V: the same for each column of ∂x(s)/∂x(0), all starts at once; empty if it was not asked for.
    """

    h: Fraction
    tube: Box
    x: list[Coefficients]
    centre: list[Coefficients]
    V: list[list[Coefficients]]

    def centre_at(self, s: arb) -> Box:
        """A box that contains x(s) from the centre, for every s of the ball, which lies between 0 and h."""
        return [arb_poly(row)(s) for row in self.centre]

    def derivative_at(self, s: arb) -> arb_mat:
        """A matrix that contains ∂x(s)/∂x(0), for every start in the box."""
        return arb_mat([[arb_poly(row)(s) for row in column] for column in self.V]).transpose()

    def during(self, first: Fraction, last: Fraction) -> Box:
        """A box that contains x(s) for all starts and all s from `first` to `last`."""
        return ranges(self.x, first, last)


def ranges(rows: list[Coefficients], first: Fraction, last: Fraction) -> Box:
    """The ranges of polynomials on an interval, each written around its middle."""
    around = arb_poly([to_arb((first + last) / 2), 1])
    away = to_arb((last - first) / 2) * arb(0, 1)
    return [arb_poly(row)(around)(away) for row in rows]


def step(field: Field, box: Box, most: Fraction, centre: Box | None = None) -> Step:
    """A proved step from the box, of the length that the precision asks for, at most `most` (< 0: backwards).

    Args:
        field: made at the working precision.
        box: the starts.
        most: not 0.
        centre: a smaller box inside, of which the solutions are wanted as well, and the derivative with them.

    Raises:
        KinkInside: σ has a kink at the box, or so near that it must be crossed.
        Undecided: no tube is found.
    """
    order = ctx.prec * 2 // 5 + 2  # the cheapest is about ln(2^bits)/1.6 (jorba2005)
    start = solution(field, pieces_at(field, box), box, order + 1, slopes=centre is not None)
    h = _short_of_kinks(field, start, _proposed(start.x, most))
    fault = Undecided("the remainders of all steps are too large for the precision.")
    for _ in range(MOST_TRIES):
        try:
            found = _proved(field, start, h, centre)
        except Undecided as limit:
            fault, h = limit, h / 2
            continue
        excess = max(exponent_of(row[-1] * to_arb(h) ** (order + 1)) for row in found.x) + ctx.prec
        if excess <= _scale(found.x) + LOST_BITS:
            return found
        h *= _power_of_two(Fraction(_scale(found.x) - excess, order + 1))
    raise fault


def _proved(field: Field, start: Solution, h: Fraction, centre: Box | None) -> Step:
    tube = _tube(start.x, h)
    # soundness: σ is one analytic function on the tube
    if list(pieces_at(field, tube)) != list(start.pieces):
        raise KinkInside("σ has a kink on the tube.")
    length = len(start.x[0])
    inside = solution(field, start.pieces, tube, length + 1, slopes=centre is not None)
    x = _with_last(start.x, inside.x)
    # soundness: strictly inside, so that the solution cannot leave the tube before h
    if not all(b.contains_interior(a) for a, b in zip(ranges(x, Fraction(0), h), tube, strict=True)):
        raise Undecided("no box is seen to contain the orbit for the time of a step.")
    if centre is None:
        return Step(h=h, tube=tube, x=x, centre=x, V=[])
    middle = solution(field, start.pieces, centre, length)
    V = _derivative(field, start, inside, tube, h)
    return Step(h=h, tube=tube, x=x, centre=_with_last(middle.x, inside.x), V=V)


def _with_last(rows: list[Coefficients], longer: list[Coefficients]) -> list[Coefficients]:
    """The polynomials with one more term, which is the last of the longer ones: the remainder."""
    return [[*row, other[-1]] for row, other in zip(rows, longer, strict=True)]


def _short_of_kinks(field: Field, start: Solution, h: Fraction) -> Fraction:
    """The step, or one that ends just before the tube meets a kink.

    Raises:
        KinkInside: the kink is nearer than what a step across it takes.
    """
    if _is_clear(field, start, h):
        return h
    low, high, near = Fraction(0), h, Fraction(1, 2 ** (ctx.prec // 2 + 8))
    while abs(high - low) > near:
        middle = (low + high) / 2
        low, high = (middle, high) if _is_clear(field, start, middle) else (low, middle)
    if abs(low) <= 2 * near:
        raise KinkInside("a kink of σ is next to the box.")
    return low


def _is_clear(field: Field, start: Solution, h: Fraction) -> bool:
    try:
        return list(pieces_at(field, _tube(start.x, h))) == list(start.pieces)
    except KinkInside:
        return False


def _tube(rows: list[Coefficients], h: Fraction) -> Box:
    """A candidate: the range of the Taylor polynomials over the step, and a little more."""
    slack = arb(2) ** (-ctx.prec * 3 // 4)
    found = ranges(rows, Fraction(0), h)
    # a radius has 30 bits: the range itself, computed again with the remainder, may differ by some of their last
    return [r + arb(0, 1) * (slack * (1 + abs(r)) + r.rad() / 2**20).upper() for r in found]


def _derivative(
    field: Field, start: Solution, inside: Solution, tube: Box, h: Fraction
) -> list[list[Coefficients]]:
    """The columns of V(s) = Σ V_k s^k + r s^(N+1), r the coefficient of solutions of V' = Df V in the tube."""
    # soundness: ‖V(s) - I‖ ≤ e^(L|s|) - 1 with L ≥ ‖Df‖ on the tube (Gronwall), hence entry by entry
    growth = (norm(field.jacobian(tube)) * to_arb(abs(h))).expm1().upper() * arb(0, 1)
    unit = identity(field.n)
    around = arb_mat([[a + growth for a in row] for row in unit.tolist()])
    columns, rests = variation(field, start, unit), variation(field, inside, around)
    return [_with_last(column, rest) for column, rest in zip(columns, rests, strict=True)]


def _proposed(rows: list[Coefficients], most: Fraction) -> Fraction:
    """Three quarters of the length at which the last terms are about one unit of the precision: a proposal only."""
    last = len(rows[0]) - 1
    found = [
        Fraction(_scale(rows) - ctx.prec - max(exponent_of(row[k]) for row in rows), k)
        for k in (last - 1, last)
    ]
    h = Fraction(3, 4) * _power_of_two(min(found))
    return most if h >= abs(most) else h if most > 0 else -h


def _power_of_two(exponent: Fraction) -> Fraction:
    """About 2 ** exponent, in quarters of a power of two."""
    quarters = exponent * 4 // 1
    return Fraction(4 + quarters % 4, 4) * Fraction(2) ** (quarters // 4)


def _scale(rows: list[Coefficients]) -> int:
    return max(0, *(exponent_of(row[0]) for row in rows))


def exponent_of(ball: arb) -> int:
    """e with |ball| ≤ 2^e, about; -100,000 for 0, and 0 for what is not finite: a proposal only."""
    size = abs(ball).upper()
    if not size.is_finite() or size == 0:
        return 0 if size != 0 else -100_000
    mantissa, exponent = size.man_exp()
    return int(mantissa).bit_length() + int(exponent)
