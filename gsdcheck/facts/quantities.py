"""Certificates proposed for the quantities of an activation: wells walked outward, suprema by bisection."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction

from flint import arb

from gsdcheck.certify.activation_quantities import PRECISION, compute, largest_on
from gsdcheck.certify.balls import decimal_enclosure, enclose, precision, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.intervals import INFINITY, Interval, interval, value_range
from gsdcheck.certify.lines import slope_on
from gsdcheck.certify.normal_form import Form, normal_form, tree
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import direct_sign, sign_on
from gsdcheck.certify.tails import Growth, right_tail, tail_integral
from gsdcheck.certify.wells import reflected, require_divergence
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.facts.scan import SIGN_RULES, decide, scan
from gsdcheck.model.expression import Expression, X, add, negate, number, substitute
from gsdcheck.model.parser import format_expression

Certificate = dict[str, object]
_ZERO, _FAR = Fraction(0), Fraction(2**40)
_PLACES = [Fraction(k, 8) for k in range(1, 65)] + [Fraction(k) for k in (9, 10, 12, 14, 16, 20, 24, 32)]


def quantity_proposals(f: Expression, potential: Expression | None) -> Iterator[Certificate]:
    """Certificates worth checking, the exact ones first."""
    for name, make in (
        ("zero", _zero),
        ("slope_at_zero", _slope_at_zero),
        ("lipschitz_constant", _lipschitz),
        ("bound", _bound),
    ):
        yield from _completed(f, name, make)
    for closed in (potential, None) if potential is not None else (None,):
        wells = list(_well_proposals(f, closed))
        yield from wells
        if wells:  # with closed forms if they serve, else without
            return


def _well_proposals(f: Expression, potential: Expression | None) -> Iterator[Certificate]:
    sides = _sides(f, potential)
    for name in ("escape_energy", "well_depth") if sides else ():
        yield from _completed(f, name, lambda _: sides)


def _completed(
    f: Expression, name: str, make: Callable[[Expression], Mapping[str, object]]
) -> Iterator[Certificate]:
    """The certificate with the enclosure and exact value that its data give."""
    with precision(PRECISION):
        try:
            data = make(f)
            found, exact = compute(f, name, data)
        except (Undecided, CertificateRejected):
            return
        low, high = _decimals(found)
    yield {
        "kind": "activation-quantity",
        "expression": format_expression(f),
        "quantity": name,
        "exact": _exact_text(found, exact),
        "enclosure": [low, high],
        **data,
    }


def _decimals(found: Interval) -> tuple[str, str]:
    if found[0] == INFINITY:
        return "oo", "oo"
    return decimal_enclosure(found[0])[0], decimal_enclosure(found[1])[1]


def _exact_text(found: Interval, exact: Form | None) -> str | None:
    if found[0] == INFINITY:
        return "oo"
    if exact is None or any(atom != ("pi",) for monomial in exact for atom, _ in monomial):
        return None
    return format_expression(tree(exact))


def _as_json(segments: list[Segment]) -> list[dict[str, str]]:
    return [segment.as_json() for segment in segments]


def _cover(f: Expression) -> list[Segment]:
    def works(segment: Segment) -> bool:
        smooth(f, segment.low, segment.high)
        return True

    return scan(breakpoints(f), None, None, ("smooth",), works)


def _zero(f: Expression) -> Mapping[str, object]:
    def works(segment: Segment) -> bool:
        part = smooth(f, segment.low, segment.high)
        return sign_on(part, segment.low, segment.high, segment.rule) in (POSITIVE, NEGATIVE)

    points = {_ZERO, *breakpoints(f)}
    if not enclose(f, to_arb(0)).contains(0):
        raise Undecided("no zero at 0.")
    return {"segments": _as_json(scan(points, None, None, SIGN_RULES, works, budget=60))}


def _slope_at_zero(f: Expression) -> Mapping[str, object]:
    points = [abs(p) for p in breakpoints(f) if p]
    reach = min([Fraction(1, 2), *points])
    ends = ((-reach, _ZERO), (_ZERO, reach))
    return {"segments": _as_json([Segment(low=a, high=b, rule="smooth") for a, b in ends])}


def _bound(f: Expression) -> Mapping[str, object]:
    return _supremum(f, lambda low, high: smooth(f, low, high))


def _lipschitz(f: Expression) -> Mapping[str, object]:
    def slope(low: Fraction | None, high: Fraction | None) -> Expression:
        return slope_on(smooth(f, low, high), low, high)

    return _supremum(f, slope)


def _supremum(
    f: Expression, part: Callable[[Fraction | None, Fraction | None], Expression]
) -> Mapping[str, object]:
    """Segments on which |g| is at most the largest sampled |g|, up to 2⁻³⁰ of it."""
    cover = _cover(f)
    best, witness = _largest_sample(cover, part)
    cuts = {s.high for s in cover[:-1] if s.high is not None}

    def at_most(target: arb) -> list[Segment]:
        def works(segment: Segment) -> bool:
            return bool(largest_on(part(segment.low, segment.high), segment) <= target)

        return scan(cuts, None, None, ("range", "tail", "mean"), works, budget=300)

    return {"segments": _as_json(at_most(best * (1 + arb(2) ** -24))), "witness": str(witness)}


def _largest_sample(
    cover: list[Segment], part: Callable[[Fraction | None, Fraction | None], Expression]
) -> tuple[arb, Fraction]:
    """The largest |g| at sampled points, refined by ternary search around the best of them."""
    best, place = arb(-1), _ZERO
    for segment in cover:
        g = part(segment.low, segment.high)
        points = [
            p for p in (*(-p for p in _PLACES), _ZERO, *_PLACES, *_ends(segment)) if _inside(p, segment)
        ]
        values = [(abs(enclose(g, to_arb(p))).lower(), p) for p in points]
        low, point = max(
            (v for v in values if v[0].is_finite()), key=lambda v: float(v[0]), default=(best, place)
        )
        low, point = _climb(g, segment, low, point)
        if low > best:
            best, place = low, point
    return best, place


def _ends(segment: Segment) -> list[Fraction]:
    far = [_FAR] if segment.high is None else [segment.high]
    return far + ([-_FAR] if segment.low is None else [segment.low])


def _inside(point: Fraction, segment: Segment) -> bool:
    return (segment.low is None or segment.low <= point) and (segment.high is None or point <= segment.high)


def _climb(g: Expression, segment: Segment, value: arb, point: Fraction) -> tuple[arb, Fraction]:
    step = Fraction(1, 8)
    for _ in range(100):  # an unbounded g would climb for ever
        if step < Fraction(1, 2**24):
            break
        for p in (point - step, point + step):
            if _inside(p, segment):
                v = abs(enclose(g, to_arb(p))).lower()
                if v > value:
                    value, point = v, p
                    break
        else:
            step /= 2
    return value, point


def _sides(f: Expression, potential: Expression | None) -> Mapping[str, object]:
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
        "segments": _as_json(segments),
        "end": end,
        "antiderivative": antiderivative,
        "limit": limit,
    }


def _walk(f: Expression) -> tuple[list[Segment], str]:
    """Segments of sign ≥ 0 from 0 outward, to the first place where f < 0 is seen or to infinity."""
    turn = next((p for p in _PLACES if enclose(f, to_arb(p)) < 0), None)
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
    low, high = max([_ZERO, *(p for p in _PLACES if p < turn)]), turn
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
    for start in map(Fraction, (16, 64, 256, 2**14, 2**16)):
        low = max(start, first)
        try:
            growth = right_tail(smooth(f, low, None), low)
        except Undecided:
            continue
        width = _tail_width(growth)
        tail = _tail_segment(f, low)
        if tail is not None and width is not None and width < arb(2) ** -50:
            return tail
    raise Undecided("no tail that converges.")


def _tail_width(growth: Growth) -> arb | None:
    try:
        low, high = tail_integral(growth)
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
    for limit in _limits(F, tail.low):
        try:
            if right_tail(add(F, negate(limit)), tail.low).decays():
                return format_expression(F), format_expression(limit)
        except Undecided:
            continue
    return None, None


def _limits(F: Expression, start: Fraction) -> Iterator[Expression]:
    """The constant terms of F, and the simplest rational near a value far out."""
    form = normal_form(F)
    yield tree({m: c for m, c in form.items() if all(atom == ("pi",) for atom, _ in m)})
    far = value_range(F, interval(start, None))
    value = enclose(F, to_arb(max(start, Fraction(2**16))))
    if value.is_finite() and far[0] <= value:
        yield number(Fraction(float(value.mid())).limit_denominator(1000))
