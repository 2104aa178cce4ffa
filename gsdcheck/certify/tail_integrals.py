"""∫ u over a half-line, term by term where an expansion is known, and the limit of a potential."""

from fractions import Fraction

from gsdcheck.certify.expansions import Expansion, ball, monomial
from gsdcheck.certify.forms import Form
from gsdcheck.certify.growth import tail_integral
from gsdcheck.certify.intervals import ZERO, Interval, plus
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.tail_series import expand
from gsdcheck.certify.tails import right_tail
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Expression, X, negate, substitute


def tail_mass(part: Expression, segment: Segment) -> Interval:
    """An interval that contains ∫ u over the half-line (enclosed).

    Raises:
        Undecided: the integral is not seen to converge, or the segment is no half-line beyond 0.
    """
    if segment.high is None and segment.low is not None:
        g, start = part, segment.low
    elif segment.low is None and segment.high is not None:
        g, start = substitute(part, negate(X)), -segment.high
    else:
        raise Undecided("a tail is a half-line.")
    try:
        return series_integral(expand(g, start))
    except Undecided:
        return tail_integral(right_tail(g, start))


def series_integral(u: Expansion) -> Interval:
    """Σ K ∫ m ± Σ C ∫ m over [R, ∞)."""
    total: Interval = (ZERO, ZERO)
    for m, K in u.terms:
        c = ball(K)
        total = plus(total, tail_integral(monomial(m, u.start, (c.lower(), c.upper()))))
    for m, C in u.rest:
        total = plus(total, tail_integral(monomial(m, u.start, (-C, C))))
    return total


def limit_at_infinity(g: Expression, start: Fraction) -> Form:
    """lim u at ∞ as an exact constant, from the expansion on [start, ∞).

    Raises:
        Undecided: no expansion, or no limit is seen.
    """
    return expand(g, max(start, Fraction(2))).limit()
