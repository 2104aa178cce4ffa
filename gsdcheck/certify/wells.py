"""E* and E₀ of THEORY.md: how high Φ rises on the two sides of the well, and at the first zero inside.

Each side is walked outward from 0 on segments of [0, ∞); the left side is the right side of x ↦ -σ(-x), whose
potential at x is Φ(-x). On the well Φ does not decrease outward, so its supremum is its limit at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.forms import Form, is_constant
from gsdcheck.certify.forms import plus as form_sum
from gsdcheck.certify.intervals import INFINITY, ZERO, Interval, interval, plus, times, value_range
from gsdcheck.certify.lines import growth_of
from gsdcheck.certify.normal_form import is_zero, normal_form
from gsdcheck.certify.pieces import require_domain, smooth, value_sign
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.potential import smooth_integral
from gsdcheck.certify.segments import Segment, read_expression, read_segments, require_keys, require_modest
from gsdcheck.certify.signs import NOT_NEGATIVE, direct_sign, limited_derivative, sign_on
from gsdcheck.certify.tail_integrals import limit_at_infinity, tail_mass
from gsdcheck.certify.tails import right_tail
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.expression import Expression, X, add, negate, substitute

ENDS = ("diverges", "converges", "crosses", "ends")
FOREVER: Interval = (INFINITY, INFINITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of the well: sup Φ, Φ at the first inner zero (∞ if none, None if unknown), sup Φ if exact."""

    supremum: Interval
    first_zero: Interval | None
    exact: Form | None


def reflected(f: Expression) -> Expression:
    """-f(-x)."""
    return negate(substitute(f, negate(X)))


def check_side(f: Expression, data: object) -> Side:
    """The side that the data {segments, end, antiderivative, limit} establishes for f on [0, ∞).

    Raises:
        CertificateRejected: the data have another form.
        Undecided: they do not establish it.
    """
    if not isinstance(data, Mapping):
        raise CertificateRejected("a side of the well is an object.")
    require_keys(data, "segments", "end", "antiderivative", "limit")
    segments = read_segments(data["segments"])
    require_modest(f, segments)
    if segments[0].low != 0 or data["end"] not in ENDS:
        raise CertificateRejected("a side begins at 0 and has a known end.")
    side = _walk(f, segments, str(data["end"]))
    if data["antiderivative"] is None and data["limit"] is None:
        return side
    if data["end"] != "converges":
        raise CertificateRejected("an exact limit belongs to a side that converges.")
    limit = read_expression(data["limit"])
    _require_limit(f, segments, read_expression(data["antiderivative"]), limit)
    return Side(supremum=side.supremum, first_zero=side.first_zero, exact=_constant(limit))


def _constant(limit: Expression) -> Form:
    form = normal_form(limit)
    if not is_constant(form):
        raise Undecided("a limit is a constant.")
    return form


class _Walk:
    """Φ and the zeros met, from 0 outward."""

    def __init__(self) -> None:
        self.height: Interval = (ZERO, ZERO)
        self.risen = False  # f > 0 was met, so Φ > 0
        self.flat = True  # f = 0 so far
        self.first_zero: Interval | None = FOREVER

    def pass_over(self, part: Expression, segment: Segment, mask: int) -> None:
        """Take in a segment on which the signs are those of the mask."""
        if self.first_zero == FOREVER:
            if mask == NULL and self.risen:
                self.first_zero = self.height
            elif mask not in (NULL, POSITIVE):
                self.first_zero = None  # a zero that may be inside, at an unknown height
        self.risen = self.risen or mask == POSITIVE
        self.flat = self.flat and mask == NULL
        if mask != NULL and segment.low is not None and segment.high is not None:
            area = smooth_integral(part, segment.low, segment.high)
            bottom = area.lower()  # soundness: f ≥ 0 here, so the area is ≥ 0
            self.height = plus(self.height, (bottom if bottom > 0 else ZERO, area.upper()))

    def meet(self, mask: int) -> None:
        """Take in the sign of f at the cut that ends a segment."""
        if mask & NEGATIVE:
            raise Undecided("a point of the wrong sign inside the well.")
        if mask == NULL and self.risen and self.first_zero == FOREVER:
            self.first_zero = self.height


def _walk(f: Expression, segments: tuple[Segment, ...], end: str) -> Side:
    if value_sign(f, Fraction(0)) != NULL:
        raise Undecided("f(0) = 0 is not shown: there is no well around 0.")
    *inner, last = segments
    if (last.high is None) != (end in ("diverges", "converges")):
        raise Undecided("a well that does not end has an infinite last segment.")
    walk = _Walk()
    for segment in inner:
        assert segment.high is not None
        _pass_over(f, segment, walk)
        if end != "ends" or segment.high != last.low:  # there, the cut is the end of the well itself
            walk.meet(value_sign(f, segment.high))
    if end == "crosses":
        return _crossing(f, last, walk)
    return _edge(f, last, walk) if end == "ends" else _at_infinity(f, last, walk, end)


def _pass_over(f: Expression, segment: Segment, walk: _Walk) -> tuple[Expression, int]:
    """f on the segment, inside the well, and the mask of its signs."""
    part = smooth(f, segment.low, segment.high)
    mask = sign_on(part, segment.low, segment.high, segment.rule)
    if mask & ~NOT_NEGATIVE:
        raise Undecided("a sign inside the well.")
    walk.pass_over(part, segment, mask)
    return part, mask


def _edge(f: Expression, last: Segment, walk: _Walk) -> Side:
    """The well ends where this segment begins: f < 0 on it."""
    part = smooth(f, last.low, last.high)
    if sign_on(part, last.low, last.high, last.rule) != NEGATIVE:
        raise Undecided("the sign beyond the well.")
    return Side(supremum=walk.height, first_zero=walk.first_zero, exact={} if walk.flat else None)


def _crossing(f: Expression, segment: Segment, walk: _Walk) -> Side:
    """The well ends inside this segment, f < 0 at its end: sup Φ is in Φ(low) + [0, width · max f]."""
    assert segment.low is not None
    assert segment.high is not None
    part = smooth(f, segment.low, segment.high)
    if value_sign(f, segment.high) != NEGATIVE:
        raise Undecided("the sign beyond the well.")
    top = value_range(part, interval(segment.low, segment.high))[1]
    width = to_arb(segment.high - segment.low).upper()
    # soundness: 0 ≤ f ≤ top up to the end of the well; top may be negative if the well ends at once
    rise = times((ZERO, width), (ZERO, top if top > 0 else ZERO))
    height = plus(walk.height, rise)
    return Side(
        supremum=height, first_zero=height if walk.first_zero == FOREVER else walk.first_zero, exact=None
    )


def _at_infinity(f: Expression, last: Segment, walk: _Walk, end: str) -> Side:
    part, mask = _pass_over(f, last, walk)
    if end == "diverges":
        require_divergence(part, last)
        return Side(supremum=FOREVER, first_zero=walk.first_zero, exact=None)
    if mask == NULL:
        return Side(supremum=walk.height, first_zero=walk.first_zero, exact={} if walk.flat else None)
    rest = tail_mass(part, last)
    # soundness: f ≥ 0 on the tail, so its integral is ≥ 0
    rest = (rest[0] if rest[0] > 0 else ZERO, rest[1])
    return Side(supremum=plus(walk.height, rest), first_zero=walk.first_zero, exact=None)


def require_divergence(part: Expression, last: Segment) -> None:
    """∫ f = ∞ on [R, ∞): f ≥ c x^a with a ≥ -1, or f nondecreasing and f(R) > 0."""
    assert last.low is not None
    try:
        if growth_of(part, last).integral_diverges():
            return
    except Undecided:
        pass  # the second reason may still hold
    slope = limited_derivative(part)
    require_domain(slope, last.low, None)
    if direct_sign(slope, last.low, None) & ~NOT_NEGATIVE or not enclose(part, to_arb(last.low)) > 0:
        raise Undecided("the integral is not seen to diverge.")


def _require_limit(f: Expression, segments: tuple[Segment, ...], F: Expression, limit: Expression) -> None:
    """Φ(∞) is the limit: F' = f on (0, ∞), F(0) = 0 and F - limit → 0."""
    require_domain(F, Fraction(0), None)
    slope = limited_derivative(F)
    require_domain(slope, Fraction(0), None)
    for segment in segments:
        part = smooth(f, segment.low, segment.high)
        if not is_zero(add(slope, negate(part))):
            raise Undecided("the antiderivative is not one, as far as the algebra sees.")
    last = segments[-1].low or Fraction(0)
    if not is_zero(F, Fraction(0)) or not _tends_to(F, limit, last):
        raise Undecided("the limit of the antiderivative.")


def _tends_to(F: Expression, limit: Expression, start: Fraction) -> bool:
    try:
        found = limit_at_infinity(F, start)
    except Undecided:
        return right_tail(add(F, negate(limit)), start).decays()
    return not form_sum(found, normal_form(negate(limit)))


def least(a: Interval, b: Interval) -> Interval:
    """{min(s, t)}."""
    return (a[0] if a[0] <= b[0] else b[0], a[1] if a[1] <= b[1] else b[1])


def escape_energy(sides: tuple[Side, Side]) -> tuple[Interval, Form | None]:
    """E* = min of the two suprema, and its exact value where that is known."""
    left, right = sides
    exact = None
    for side, other in ((left, right), (right, left)):
        same = side.exact is not None and side.exact == other.exact
        if side.exact is not None and (same or side.supremum[1] <= other.supremum[0]):
            exact = side.exact
    if exact == {}:
        return (ZERO, ZERO), exact
    return least(left.supremum, right.supremum), exact


def well_depth(sides: tuple[Side, Side]) -> tuple[Interval, Form | None]:
    """E₀ = min(E*, Φ at the first inner zero of either side); exact where it is E*.

    Raises:
        Undecided: a zero inside the well is not excluded.
    """
    highest, exact = escape_energy(sides)
    if exact == {}:
        return highest, exact  # E* = 0 leaves nothing below it
    depth = highest
    for side in sides:
        if side.first_zero is None:
            raise Undecided("a zero inside the well is not excluded.")
        depth = least(depth, side.first_zero)
    return depth, exact if all(
        highest[1] <= side.first_zero[0] for side in sides if side.first_zero
    ) else None
