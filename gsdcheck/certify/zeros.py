"""How many zeros σ has on the line: exactly one and where, none, or several; from certificates.

One zero: `segments` cover the line and `at` is the zero c, or null if it is only enclosed. For a rational c it is a
cut with σ(c) = 0, and every segment has a sign. Else one segment has the rule `monotone`: σ' ≠ 0 inside it, and
`bracket` holds two of its points with opposite signs of σ; all other segments have a sign.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.forms import Form, constant
from gsdcheck.certify.intervals import Interval, interval
from gsdcheck.certify.lines import pieces, require_mask, slope_on
from gsdcheck.certify.normal_form import is_zero, normal_form
from gsdcheck.certify.pieces import smooth, value_sign
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import (
    Segment,
    cuts,
    read_expression,
    read_rational,
    read_segments,
    require_cover,
    require_keys,
    require_modest,
)
from gsdcheck.certify.signs import sign_at, sign_on
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.expression import Expression, Number, Variable, nodes, substitute

PRECISION = 96
_NOT_NULL = POSITIVE | NEGATIVE
_HEAD = ("kind", "expression", "count")


def only_zero(f: Expression, certificate: Mapping[str, object]) -> tuple[Interval, Form | None]:
    """The one zero of f: an interval around it, and the exact value if it is stated.

    Raises:
        CertificateRejected: the data have another form.
        Undecided: they do not establish that f has exactly one zero.
    """
    segments = read_segments(certificate["segments"])
    require_modest(f, segments)
    require_cover(segments, None, None)
    at = None if certificate["at"] is None else read_expression(certificate["at"])
    if isinstance(at, Number):
        if certificate["bracket"] is not None:
            raise CertificateRejected("a rational zero needs no bracket.")
        _require_zero_at_cut(f, segments, at.value)
        return interval(at.value, at.value), constant(at.value)
    low, high = _bracket(certificate["bracket"])
    part = _require_crossing(f, segments, low, high)
    if at is None:
        return (to_arb(low).lower(), to_arb(high).upper()), None
    return _exact(part, at, low, high)


def _require_zero_at_cut(f: Expression, segments: tuple[Segment, ...], c: Fraction) -> None:
    require_mask(value_sign(f, c), NULL)
    if c not in cuts(segments):
        raise Undecided(f"{c} must be a cut.")
    _require_signs(f, segments, {c})


def _require_signs(
    f: Expression, segments: tuple[Segment, ...], zeros: set[Fraction], crossing: Segment | None = None
) -> None:
    """f has no zero inside a segment but the crossing one, and none at a cut but these."""
    for part, segment in zip(pieces(f, segments), segments, strict=True):
        if segment is not crossing:
            require_mask(sign_on(part, segment.low, segment.high, segment.rule), _NOT_NULL)
    for point in cuts(segments):
        if point not in zeros:
            require_mask(value_sign(f, point), _NOT_NULL)


def _bracket(data: object) -> tuple[Fraction, Fraction]:
    if not isinstance(data, list) or len(data) != 2:
        raise CertificateRejected("a bracket is a list of two rationals.")
    low, high = map(read_rational, data)
    if not low < high:
        raise CertificateRejected("a bracket has positive width.")
    return low, high


def _require_crossing(
    f: Expression, segments: tuple[Segment, ...], low: Fraction, high: Fraction
) -> Expression:
    """f on the one monotone segment, which has opposite signs at low and high, if f ≠ 0 elsewhere."""
    found = [segment for segment in segments if segment.rule == "monotone"]
    if len(found) != 1:
        raise Undecided("one segment must be monotone.")
    (segment,) = found
    a, b = segment.low, segment.high
    if (a is not None and low < a) or (b is not None and high > b):
        raise Undecided("the bracket must lie in the monotone segment.")
    part = smooth(f, a, b)
    # soundness: σ' of one strict sign makes σ strictly monotone on the closed segment, so at most one zero
    slope = sign_on(slope_on(part, a, b), a, b, "direct")
    if slope not in (POSITIVE, NEGATIVE):
        raise Undecided("a slope of one sign.")
    if {sign_at(part, low), sign_at(part, high)} != {POSITIVE, NEGATIVE}:
        raise Undecided("opposite signs at the ends of the bracket.")
    _require_signs(f, segments, set(), segment)
    return part


def _exact(part: Expression, c: Expression, low: Fraction, high: Fraction) -> tuple[Interval, Form]:
    """The zero is c: a constant inside the bracket at which part vanishes by algebra."""
    if any(isinstance(node, Variable) for node in nodes(c)):
        raise CertificateRejected("a zero is a constant.")
    ball = enclose(c, to_arb(0))
    # soundness: inside the bracket, where part is defined and is f; nan compares False
    if not (ball > to_arb(low) and ball < to_arb(high)):
        raise Undecided("the exact zero must lie inside the bracket.")
    if not is_zero(substitute(part, c)):
        raise Undecided("the value at the exact zero.")
    return (ball.lower(), ball.upper()), normal_form(c)


def check_zeros(certificate: Mapping[str, object]) -> str:
    """`none` or `several`: the number of zeros that a certificate of kind `activation-zeros` establishes.

    None: `segments` cover the line, each with a sign. Several: `witness` lists at least two disjoint closed
    intervals [a, b], in order, each with a zero: f(a) = 0 where a = b, else a change of sign of a continuous f.

    Raises:
        CertificateRejected: it does not establish it, whatever the reason.
    """
    if not isinstance(certificate, Mapping) or certificate.get("kind") != "activation-zeros":
        raise CertificateRejected("no certificate of the number of zeros.")
    count = certificate.get("count")
    if count not in ("none", "several"):
        raise CertificateRejected("the number of zeros is none or several.")
    require_keys(certificate, *_HEAD, "segments" if count == "none" else "witness")
    f = read_expression(certificate["expression"])
    try:
        with precision(PRECISION):
            if count == "none":
                _require_none(f, read_segments(certificate["segments"]))
            else:
                _require_several(f, certificate["witness"])
    except (Undecided, RecursionError, OverflowError) as limit:
        raise CertificateRejected(f"{count} zeros are not established: {limit}") from limit
    return str(count)


def _require_none(f: Expression, segments: tuple[Segment, ...]) -> None:
    require_modest(f, segments)
    require_cover(segments, None, None)
    _require_signs(f, segments, set())


def _require_several(f: Expression, data: object) -> None:
    if not isinstance(data, list) or not 2 <= len(data) <= 4:
        raise CertificateRejected("a witness is a list of two to four pairs.")
    places = [_place(pair) for pair in data]
    if any(not before[1] < after[0] for before, after in pairwise(places)):
        raise CertificateRejected("the pairs must be disjoint and in order.")
    for low, high in places:
        if low == high:
            require_mask(value_sign(f, low), NULL)
            continue
        part = smooth(f, low, high)
        if {sign_at(part, low), sign_at(part, high)} != {POSITIVE, NEGATIVE}:
            raise Undecided("a change of sign.")


def _place(pair: object) -> tuple[Fraction, Fraction]:
    if not isinstance(pair, list) or len(pair) != 2:
        raise CertificateRejected("a place is a pair of rationals.")
    low, high = map(read_rational, pair)
    if low > high:
        raise CertificateRejected("a place [a, b] has a ≤ b.")
    return low, high
