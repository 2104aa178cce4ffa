"""The two sides of the well, walked outward from 0: covers, ends and closed forms proposed for E* and E₀."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from flint import arb

from gsdcheck.certify.activation_quantities import PRECISION
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.normal_form import tree
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import direct_sign, sign_on
from gsdcheck.certify.tail_integrals import limit_at_infinity, tail_mass
from gsdcheck.certify.wells import reflected, require_divergence
from gsdcheck.errors import Undecided
from gsdcheck.facts.scan import SIGN_RULES, as_json, decide, scan
from gsdcheck.facts.suprema import PLACES
from gsdcheck.model.expression import Expression, X, negate, substitute
from gsdcheck.model.formatting import format_expression

_ZERO = Fraction(0)


def sides(f: Expression, potential: Expression | None) -> Mapping[str, object]:
    """Both sides of the well, with the potential as antiderivative if given; empty where one is not found."""
    with precision(PRECISION):
        try:
            mirror = None if potential is None else substitute(potential, negate(X))
            return {
                "left": _side(reflected(f), mirror),
                "right": _side(f, potential),
            }
        except Undecided:
            return {}


def _side(f: Expression, potential: Expression | None) -> Mapping[str, object]:
    segments, end = _walk(f)
    antiderivative, limit = None, None
    if end == "converges" and potential is not None and segments[-1].low:
        antiderivative, limit = _closed_form(potential, segments[-1])
    return {
        "segments": as_json(segments),
        "end": end,
        "antiderivative": antiderivative,
        "limit": limit,
    }


def _walk(f: Expression) -> tuple[list[Segment], str]:
    """Segments of sign ≥ 0 from 0 outward, to the first place where f < 0 is seen or to infinity."""
    turn = next((p for p in PLACES if enclose(f, to_arb(p)) < 0), None)
    points = [p for p in breakpoints(f) if p > 0]
    if turn is None:
        found = _rising(f, points, _ZERO, None)
        return _end_at_infinity(f, found)
    low, high = _last_crossing(f, turn)
    inner = [p for p in points if p < low]
    if low == 0:
        return [Segment(low=_ZERO, high=high, rule="direct")], "ends"
    edge = next((p for p in points if low <= p <= high), None)
    if edge is not None:
        outer = decide(edge, high if high > edge else turn, SIGN_RULES, lambda s: _sign(f, s) == NEGATIVE)
        if outer is not None:
            return [*_rising(f, inner, _ZERO, edge), outer], "ends"
    found = _rising(f, inner, _ZERO, low)
    return [*found, Segment(low=low, high=high, rule="crosses")], "crosses"


def _sign(f: Expression, segment: Segment) -> int:
    return sign_on(smooth(f, segment.low, segment.high), segment.low, segment.high, segment.rule)


def _upward(f: Expression, segment: Segment) -> bool:
    return not _sign(f, segment) & NEGATIVE


def _rising(f: Expression, points: Iterable[Fraction], low: Fraction, high: Fraction | None) -> list[Segment]:
    """Segments of one strict sign or of zeros where that is found, else of sign ≥ 0."""
    try:
        return scan(points, low, high, SIGN_RULES, lambda s: _sign(f, s) in (POSITIVE, NULL), budget=40)
    except Undecided:
        return scan(points, low, high, SIGN_RULES, lambda s: _upward(f, s))


def _last_crossing(f: Expression, turn: Fraction) -> tuple[Fraction, Fraction]:
    """A narrow bracket of the change from ≥ 0 to < 0 before `turn`."""
    low, high = max([_ZERO, *(p for p in PLACES if p < turn)]), turn
    for _ in range(56):
        middle = (low + high) / 2
        if enclose(f, to_arb(middle)) < 0:
            high = middle
        else:
            low = middle
        if low == 0 and high < Fraction(1, 2**20):
            return low, high
    return low, high


def _tail_segment(f: Expression, low: Fraction) -> Segment | None:
    rules = (*SIGN_RULES, "tail")
    strict = decide(low, None, rules, lambda s: _sign(f, s) in (POSITIVE, NULL))
    return strict or decide(low, None, rules, lambda s: _upward(f, s))


def _end_at_infinity(f: Expression, found: list[Segment]) -> tuple[list[Segment], str]:
    """The last segment moved outward until its tail is known, and which end that is."""
    last = found[-1]
    for start in (_ZERO, *map(Fraction, (1, 4, 16, 64, 256, 1024, 2**14))):
        low = max(start, last.low or _ZERO)
        tail = _tail_segment(f, low)
        if tail is None:
            continue
        try:
            require_divergence(smooth(f, low, None), tail)
        except Undecided:
            continue
        return _joined(f, found, tail), "diverges"
    return _joined(f, found, _convergent_tail(f, last)), "converges"


def _convergent_tail(f: Expression, last: Segment) -> Segment:
    """A half-line so far out that the rest of the integral is small."""
    first = last.low or _ZERO
    if direct_sign(smooth(f, last.low, None), last.low, None) == NULL:
        return last
    for start in map(Fraction, (12, 16, 64, 256, 2**14, 2**16)):
        low = max(start, first)
        width = _tail_width(f, low)
        if width is None or not width < arb(2) ** -50:
            continue
        tail = _tail_segment(f, low)
        if tail is not None:
            return tail
    raise Undecided("no tail that converges.")


def _tail_width(f: Expression, start: Fraction) -> arb | None:
    try:
        low, high = tail_mass(smooth(f, start, None), Segment(low=start, high=None, rule="tail"))
    except Undecided:
        return None
    return high - low


def _joined(f: Expression, found: list[Segment], tail: Segment) -> list[Segment]:
    """The segments up to the tail, then the tail."""
    last = found[-1]
    if tail.low == last.low:
        return [*found[:-1], tail]
    return [*found[:-1], *_rising(f, [], last.low or _ZERO, tail.low), tail]


def _closed_form(potential: Expression, tail: Segment) -> tuple[str | None, str | None]:
    """The potential on the tail as one expression, and its limit if one is guessed."""
    F = smooth(potential, tail.low, tail.high)
    assert tail.low is not None
    try:
        limit = tree(limit_at_infinity(F, tail.low))
    except Undecided:
        return None, None
    return format_expression(F), format_expression(limit)
