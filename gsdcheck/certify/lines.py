"""What holds of f on a cover of segments: continuity, bounds, monotony, signs; each raises unless shown."""

from fractions import Fraction
from functools import lru_cache

from gsdcheck.certify.branch_signs import is_branching
from gsdcheck.certify.branches import alternatives, joined, open_slope, sign_of_branches
from gsdcheck.certify.forms import plus
from gsdcheck.certify.growth import Growth
from gsdcheck.certify.intervals import interval, value_range
from gsdcheck.certify.masks import NOT_NEGATIVE, NOT_POSITIVE
from gsdcheck.certify.normal_form import is_zero, normal_form
from gsdcheck.certify.pieces import agree_at, at_point, require_domain, smooth, value_sign
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import Segment, cuts, require_cover, require_rules
from gsdcheck.certify.signs import End, limited_derivative, require_analytic, require_rule, sign_at, sign_on
from gsdcheck.certify.tails import left_tail, right_tail
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Expression, X, add, negate, substitute

Cover = tuple[Segment, ...]


def pieces(f: Expression, segments: Cover) -> tuple[Expression, ...]:
    """f on every segment as one smooth expression, defined on the closed segment."""
    return tuple(smooth(f, segment.low, segment.high) for segment in segments)


BRANCHES = "branches"
"""The prefix of a rule that is applied to every branch of f, on a segment that may hold kinks."""


def base_rule(segment: Segment) -> str:
    """The rule for every single branch."""
    return segment.rule.removeprefix(f"{BRANCHES}-")


def branch_parts(f: Expression, segment: Segment) -> tuple[Expression, ...]:
    """f on the segment as one smooth expression, or the alternatives among which it chooses."""
    if segment.rule.startswith(BRANCHES):
        return alternatives(f, segment.low, segment.high)
    return (smooth(f, segment.low, segment.high),)


def continuous_parts(f: Expression, segments: Cover) -> tuple[Expression, ...]:
    """f on every segment as one expression, continuous on the closed segment."""
    return tuple(
        joined(f, s.low, s.high) if s.rule.startswith(BRANCHES) else smooth(f, s.low, s.high)
        for s in segments
    )


def require_defined_on_line(f: Expression, segments: Cover) -> None:
    """f has a value everywhere: on the closed segments by structure, at the cuts by evaluation."""
    require_cover(segments, None, None)
    for segment in segments:
        joined(f, segment.low, segment.high, jumps=True)
    for point in cuts(segments):
        at_point(f, point)


def sign_by_rule(f: Expression, segment: Segment) -> int:
    """The mask of signs of f on the segment, by its rule."""
    if segment.rule.startswith(BRANCHES):
        return sign_of_branches(f, segment.low, segment.high, base_rule(segment))
    part = smooth(f, segment.low, segment.high)
    return sign_on(part, segment.low, segment.high, segment.rule)


def require_odd(f: Expression, segments: Cover) -> None:
    """f(-x) = -f(x): on mirrored pieces of (0, ∞) by algebra, at 0 and the cuts by value."""
    require_cover(segments, Fraction(0), None)
    require_rules(segments, "mirror")
    for segment in segments:
        right = smooth(f, segment.low, segment.high)
        left = smooth(f, None if segment.high is None else -segment.high, -(segment.low or Fraction(0)))
        mirrored = substitute(left, negate(X))
        if plus(normal_form(right), normal_form(mirrored)) and not is_zero(add(right, mirrored)):
            raise Undecided("f(x) + f(-x) on a segment.")
    for point in (Fraction(0), *cuts(segments)) if is_branching(f) else ():  # else by continuity
        values = [normal_form(at_point(f, p), p) for p in (point, -point)]
        if plus(*values):
            raise Undecided(f"f(x) + f(-x) at {point}.")


def require_continuous(f: Expression, segments: Cover, parts: tuple[Expression, ...]) -> None:
    """The pieces meet: the same value from the left, from the right and at the cut."""
    for point, left, right in zip(cuts(segments), parts, parts[1:], strict=False):
        if f == left == right:
            continue
        here = at_point(f, point)
        if not all(agree_at(at_point(side, point), here, point) for side in (left, right)):
            raise Undecided(f"continuity at {point}.")


def growth_of(part: Expression, segment: Segment) -> Growth:
    """m θ on a half-line beyond 0."""
    if segment.high is None and segment.low is not None:
        return right_tail(part, segment.low)
    if segment.low is None and segment.high is not None:
        return left_tail(part, segment.high)
    raise Undecided("a tail is a half-line.")


def require_bounded(part: Expression, segment: Segment) -> None:
    """|u| is bounded on the segment: closed and continuous, an interval, or a tail."""
    low, high = segment.low, segment.high
    match base_rule(segment):
        case "compact" if low is not None and high is not None:
            return
        case "range":
            bottom, top = value_range(part, interval(low, high))
            if bottom.is_finite() and top.is_finite():
                return
        case "tail" if growth_of(part, segment).is_bounded():
            return
    raise Undecided(f"boundedness by the rule {segment.rule[:40]!r}.")


def require_bounded_branches(f: Expression, segment: Segment) -> None:
    """|f| is bounded on the segment: as a whole, or every one of its branches."""
    if segment.rule == f"{BRANCHES}-range":
        require_bounded(joined(f, segment.low, segment.high, jumps=True), segment)
        return
    for part in branch_parts(f, segment):
        require_bounded(part, segment)


def slopes(parts: tuple[Expression, ...], segments: Cover) -> tuple[Expression, ...]:
    """u' on every segment, defined and continuous on the closed segment (so u is C¹ there)."""
    return tuple(slope_on(part, s.low, s.high) for part, s in zip(parts, segments, strict=True))


@lru_cache(maxsize=4096)
def slope_on(part: Expression, low: End, high: End) -> Expression:
    """u' on the segment, defined and continuous on the closed segment."""
    slope = limited_derivative(part)
    require_domain(slope, low, high)
    return slope


def require_upward(f: Expression, segments: Cover, parts: tuple[Expression, ...]) -> None:
    """No downward jump at a cut: left value ≤ f ≤ right value."""
    for point, left, right in zip(cuts(segments), parts, parts[1:], strict=False):
        if f == left == right:
            continue
        before, here, after = (at_point(g, point) for g in (left, f, right))
        for lower, upper in ((before, here), (here, after)):
            if not agree_at(lower, upper, point):
                require_mask(sign_at(add(upper, negate(lower)), point), NOT_NEGATIVE)


def require_mask(mask: int, allowed: int) -> None:
    """Nothing if the signs are among the allowed ones; no sign at all is a contradiction, never a proof."""
    if mask & ~allowed or not mask:
        raise Undecided("a sign.")


def require_nondecreasing(f: Expression, segments: Cover, *, strictly: bool) -> None:
    """u' ≥ 0 on every segment and no jump downward; strictly: u' vanishes at isolated points at most."""
    require_cover(segments, None, None)
    require_upward(f, segments, continuous_parts(f, segments))
    for segment in segments:
        for part in branch_parts(f, segment):
            mask = slope_sign(part, segment)
            require_mask(mask, NOT_NEGATIVE)
            if strictly and mask != POSITIVE:
                _require_isolated_zeros(part, open_slope(part, segment.low, segment.high), segment)


def slope_sign(part: Expression, segment: Segment) -> int:
    """The mask of signs of u' on the open segment: of one branch, by the rule of the segment."""
    slope = open_slope(part, segment.low, segment.high)
    rule = base_rule(segment)
    require_rule(rule)
    try:
        return sign_on(slope, segment.low, segment.high, rule)
    except Undecided:
        if rule == segment.rule:
            raise
        return sign_on(slope, segment.low, segment.high, "direct")  # another branch needs the rule


def _require_isolated_zeros(part: Expression, slope: Expression, segment: Segment) -> None:
    # soundness: an analytic function that is not 0 at one point of an interval has isolated zeros there
    require_analytic(part, segment.low, segment.high)
    if not any(sign_at(slope, point) == POSITIVE for point in inner_points(segment)):
        raise Undecided("a point with f' > 0.")


def inner_points(segment: Segment) -> tuple[Fraction, Fraction]:
    """Two rationals inside: were f' = 0 at both by chance, no proof would be lost but this one."""
    low, high = segment.low, segment.high
    if low is None or high is None:
        near = low if low is not None else high if high is not None else Fraction(0)
        step = 1 if low is not None else -1
        return near + step, near + 2 * step
    return low + (high - low) * Fraction(5, 13), low + (high - low) * Fraction(2, 3)


def require_sign(f: Expression, segments: Cover, *, strictly: bool) -> None:
    """s f(s) > 0 (or ≥ 0) for every s ≠ 0."""
    require_cover(segments, None, None)
    points = cuts(segments)
    if Fraction(0) not in points:
        raise Undecided("0 must be a cut.")
    for segment in segments:
        allowed = _allowed(segment.low is not None and segment.low >= 0, strictly=strictly)
        require_mask(sign_by_rule(f, segment), allowed)
    for point in points:
        if point:
            require_mask(value_sign(f, point), _allowed(point > 0, strictly=strictly))
    at_point(f, Fraction(0))  # soundness: f has a value at 0, whatever it is


def _allowed(right: bool, *, strictly: bool) -> int:
    if strictly:
        return POSITIVE if right else NEGATIVE
    return NOT_NEGATIVE if right else NOT_POSITIVE


def require_only_zero(f: Expression, segments: Cover) -> None:
    """f(0) = 0 and f(s) ≠ 0 for every s ≠ 0."""
    require_cover(segments, None, None)
    require_mask(value_sign(f, Fraction(0)), NULL)
    points = cuts(segments)
    if Fraction(0) not in points:
        raise Undecided("0 must be a cut.")
    for segment in segments:
        require_mask(sign_by_rule(f, segment), POSITIVE | NEGATIVE)
    for point in points:
        if point:
            require_mask(value_sign(f, point), POSITIVE | NEGATIVE)
