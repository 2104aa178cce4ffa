"""Facts of an activation on the whole line, re-checked from their certificates by evaluation alone.

A certificate `{"kind": "activation-fact", "expression", "fact", "holds", ...}` carries `segments` that cover the
line, each with its rule, or for a refutation `witness` points, a tail or the two sides of a jump. Facts are
about σ as given, not shifted to its zero: the sign facts are about s σ(s), and `zero_only_at_origin` says that
{s : σ(s) = 0} = {0}.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import arb

from gsdcheck.certify.activation_quantities import QUANTITIES, check_quantity
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.freezing import is_unbounded, outgrows_lines
from gsdcheck.certify.lines import (
    Cover,
    pieces,
    require_bounded,
    require_continuous,
    require_nondecreasing,
    require_odd,
    require_only_zero,
    require_sign,
    slopes,
)
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.certify.pieces import at_point, smooth, value_sign
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
    require_rules,
)
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.expression import Expression
from gsdcheck.model.verdict import Evidence

__all__ = ["FACTS", "QUANTITIES", "check_fact", "check_quantity"]

FACTS: tuple[str, ...] = (
    "odd",
    "bounded",
    "continuous",
    "nondecreasing",
    "strictly_increasing",
    "lipschitz",
    "sign_strict",
    "sign_weak",
    "zero_only_at_origin",
)
"""The facts, in the order in which tables show them."""

PRECISION = 96
"""Bits, for proposals and for checks alike, so that what was proposed also checks."""

Points = tuple[Fraction, ...]


def check_fact(certificate: Mapping[str, object]) -> Evidence:
    """The grade of evidence with which the certificate establishes its fact.

    Raises:
        CertificateRejected: it does not establish it, whatever the reason.
    """
    if not isinstance(certificate, Mapping):
        raise CertificateRejected("a certificate is an object with keys.")
    fact, holds = certificate.get("fact"), certificate.get("holds")
    if certificate.get("kind") != "activation-fact" or fact not in FACTS or not isinstance(holds, bool):
        raise CertificateRejected("no certificate of an activation's fact: kind, fact or holds.")
    ground = "witness" if "witness" in certificate else "segments"
    require_keys(certificate, "kind", "expression", "fact", "holds", ground)
    f = read_expression(certificate["expression"])
    try:
        with precision(PRECISION):
            return _checked(f, str(fact), holds, ground, certificate[ground])
    except (Undecided, RecursionError, OverflowError) as limit:
        raise CertificateRejected(f"{fact} is not established: {limit}") from limit


def _checked(f: Expression, fact: str, holds: bool, ground: str, data: object) -> Evidence:
    if ground == "witness":
        if holds:
            raise CertificateRejected("a point establishes no fact about all points.")
        return _refute_at(f, fact, _points(data))
    segments = read_segments(data)
    require_modest(f, segments)
    if not holds:
        return _refute_on(f, fact, segments)
    return _ESTABLISH[fact](f, segments)


def _points(data: object) -> Points:
    if not isinstance(data, list) or not 1 <= len(data) <= 2:
        raise CertificateRejected("a witness is a list of one or two points.")
    return tuple(read_rational(text) for text in data)


def _odd(f: Expression, segments: Cover) -> Evidence:
    require_odd(f, segments)
    return Evidence.BALL


def _bounded(f: Expression, segments: Cover) -> Evidence:
    require_cover(segments, None, None)
    for part, segment in zip(pieces(f, segments), segments, strict=True):
        require_bounded(part, segment)
    for point in cuts(segments):  # soundness: a value, and a finite one, at the cuts too
        at_point(f, point)
    return Evidence.BALL


def _continuous(f: Expression, segments: Cover) -> Evidence:
    require_cover(segments, None, None)
    require_rules(segments, "smooth")
    require_continuous(f, segments, pieces(f, segments))
    return Evidence.BALL


def _nondecreasing(f: Expression, segments: Cover) -> Evidence:
    require_nondecreasing(f, segments, strictly=False)
    return Evidence.BALL


def _strictly_increasing(f: Expression, segments: Cover) -> Evidence:
    require_nondecreasing(f, segments, strictly=True)
    return Evidence.BALL


def _lipschitz(f: Expression, segments: Cover) -> Evidence:
    require_cover(segments, None, None)
    parts = pieces(f, segments)
    require_continuous(f, segments, parts)
    for slope, segment in zip(slopes(parts, segments), segments, strict=True):
        require_bounded(slope, segment)
    return Evidence.BALL


def _sign_strict(f: Expression, segments: Cover) -> Evidence:
    require_sign(f, segments, strictly=True)
    return Evidence.BALL


def _sign_weak(f: Expression, segments: Cover) -> Evidence:
    require_sign(f, segments, strictly=False)
    return Evidence.BALL


def _zero_only_at_origin(f: Expression, segments: Cover) -> Evidence:
    require_only_zero(f, segments)
    return Evidence.BALL


_ESTABLISH: dict[str, Callable[[Expression, Cover], Evidence]] = {
    "odd": _odd,
    "bounded": _bounded,
    "continuous": _continuous,
    "nondecreasing": _nondecreasing,
    "strictly_increasing": _strictly_increasing,
    "lipschitz": _lipschitz,
    "sign_strict": _sign_strict,
    "sign_weak": _sign_weak,
    "zero_only_at_origin": _zero_only_at_origin,
}


def _refute_on(f: Expression, fact: str, segments: Cover) -> Evidence:
    """A tail that grows (bounded, lipschitz), or a jump between two segments (continuous, lipschitz)."""
    if len(segments) == 1 and fact in ("bounded", "lipschitz"):
        require_rules(segments, "tail")
        part = smooth(f, segments[0].low, segments[0].high)
        if (is_unbounded if fact == "bounded" else outgrows_lines)(part, segments[0]):
            return Evidence.BALL
    if len(segments) == 2 and fact in ("continuous", "lipschitz"):
        require_rules(segments, "jump")
        return _jump(f, *segments)
    raise CertificateRejected(f"these segments do not refute {fact}.")


def _jump(f: Expression, before: Segment, after: Segment) -> Evidence:
    """A limit from one side that is not the value at the point."""
    point = before.high
    assert point is not None  # read_segments: neighbours meet at a finite end
    here = enclose(at_point(f, point), to_arb(point))
    for segment in (before, after):
        limit = enclose(smooth(f, segment.low, segment.high), to_arb(point))
        if _differ(limit, here):
            return Evidence.BALL
    raise CertificateRejected(f"no jump at {point}.")


def _differ(a: arb, b: arb) -> bool:
    return bool(a - b > 0 or a - b < 0)


def _refute_at(f: Expression, fact: str, points: Points) -> Evidence:
    check = _AT_ONE if len(points) == 1 else _AT_TWO
    if fact not in check:
        raise CertificateRejected(f"{len(points)} point(s) do not refute {fact}.")
    grade = check[fact](f, points)
    if grade is None:
        raise CertificateRejected(f"{fact} is not refuted at {', '.join(map(str, points))}.")
    return grade


def _value(f: Expression, point: Fraction) -> arb:
    return enclose(at_point(f, point), to_arb(point))


def _not_odd(f: Expression, points: Points) -> Evidence | None:
    (s,) = points
    return Evidence.BALL if _differ(_value(f, s), -_value(f, -s)) else None


def _against_sign(f: Expression, points: Points, *, strictly: bool) -> Evidence | None:
    (s,) = points
    if s == 0:
        return None
    mask = value_sign(f, s)
    if mask == (NEGATIVE if s > 0 else POSITIVE):
        return Evidence.BALL
    return Evidence.EXACT if strictly and mask == NULL else None


def _not_the_only_zero(f: Expression, points: Points) -> Evidence | None:
    """A zero elsewhere, or none at 0."""
    (s,) = points
    mask = value_sign(f, s)
    if s == 0:
        return Evidence.BALL if not mask & NULL else None
    return Evidence.EXACT if mask == NULL else None


def _change_of_sign(f: Expression, points: Points) -> Evidence | None:
    """A zero between two points on one side of 0 where f is continuous and of opposite signs."""
    a, b = points
    if not (a < b and (a > 0 or b < 0)):
        return None
    part = smooth(f, a, b)
    signs = [enclose(part, to_arb(p)) for p in points]
    return Evidence.BALL if signs[0] * signs[1] < 0 else None


def _not_nondecreasing(f: Expression, points: Points) -> Evidence | None:
    a, b = points
    return Evidence.BALL if a < b and _value(f, a) - _value(f, b) > 0 else None


def _not_strictly_increasing(f: Expression, points: Points) -> Evidence | None:
    a, b = points
    if not a < b:
        return None
    if normal_form(at_point(f, a), a) == normal_form(at_point(f, b), b):
        return Evidence.EXACT
    return _not_nondecreasing(f, points)


_Refutation = Callable[[Expression, Points], Evidence | None]
_AT_ONE: dict[str, _Refutation] = {
    "odd": _not_odd,
    "sign_strict": lambda f, points: _against_sign(f, points, strictly=True),
    "sign_weak": lambda f, points: _against_sign(f, points, strictly=False),
    "zero_only_at_origin": _not_the_only_zero,
}
_AT_TWO: dict[str, _Refutation] = {
    "nondecreasing": _not_nondecreasing,
    "strictly_increasing": _not_strictly_increasing,
    "zero_only_at_origin": _change_of_sign,
}
