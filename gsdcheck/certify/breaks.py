"""Refutations of continuity and of a Lipschitz bound at a place that need not be known exactly.

`leap`: if f were continuous on [a, b], its difference quotient would lie in the hull of the slopes of its
branches; it does not. `steep-lo` and `steep-hi`: |f'| → ∞ towards an end of the segment.
"""

from fractions import Fraction

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.branches import alternatives, open_slope
from gsdcheck.certify.forms import factored
from gsdcheck.certify.intervals import INFINITY, hull, interval, value_range
from gsdcheck.certify.normal_form import atom_tree, normal_form, tree
from gsdcheck.certify.pieces import at_point, smooth
from gsdcheck.certify.polynomials import NEGATIVE, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import direct_sign
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Expression, X, add, negate, number, power, substitute


def leaps(f: Expression, segment: Segment) -> bool:
    """Whether f has a jump inside [a, b]: f(b) - f(a) is no slope of a branch times b - a."""
    low, high = segment.low, segment.high
    if low is None or high is None:
        return False
    slopes = [
        value_range(open_slope(part, low, high), interval(low, high)) for part in alternatives(f, low, high)
    ]
    bottom, top = slopes[0]
    for slope in slopes[1:]:
        bottom, top = hull((bottom, top), slope)
    values = [enclose(at_point(f, end), to_arb(end)) for end in (low, high)]
    quotient = (values[1] - values[0]) / to_arb(high - low)
    return bool(quotient < bottom or quotient > top)


def is_steep(f: Expression, segment: Segment) -> bool:
    """Whether f is smooth on the open segment and |f'| → ∞ towards the end that the rule names."""
    low, high = segment.low, segment.high
    end, side = (low, 1) if segment.rule == "steep-lo" else (high, -1)
    if end is None or low is None or high is None:
        return False
    slope = open_slope(smooth(f, low, high), low, high)
    moved = substitute(slope, add(number(end), X if side > 0 else negate(X)))
    return _grows_at_zero(moved, high - low)


def _grows_at_zero(g: Expression, width: Fraction) -> bool:
    """Whether |g(t)| → ∞ as t → 0 in (0, width): a negative power of what vanishes at 0, times what does not."""
    monomial, rest = factored(normal_form(g))
    others = tree(rest)
    grows = False
    for atom, exponent in monomial:
        base = atom_tree(atom)
        if exponent < 0 and not normal_form(base, Fraction(0)):
            # soundness: the base is continuous at 0 with the value 0 there, for its terms are
            _require_value(base)
            grows = True
        elif direct_sign(base, Fraction(0), width) not in (POSITIVE, NEGATIVE):
            raise Undecided("a factor of the slope that may vanish.")
        else:
            bottom, top = value_range(power(base, exponent), interval(Fraction(0), width))
            if not (bottom > 0 or top < 0):
                raise Undecided("a factor of the slope that may tend to 0.")
    bottom, top = value_range(others, interval(Fraction(0), width))
    return grows and bool(bottom > 0 or top < 0)


def _require_value(base: Expression) -> None:
    if not (enclose(base, to_arb(0)) < INFINITY and enclose(base, to_arb(0)) > -INFINITY):
        raise Undecided("a base without a value at the end.")
