"""Facts of an activation on the whole line, re-checked from their certificates by evaluation alone.

A certificate `{"kind": "activation-fact", "expression", "fact", "holds", ...}` carries `segments` that cover the
line, each with its rule, or for a refutation `witness` points, a tail or the two sides of a jump. Facts are
about σ as given, not shifted to its zero: the sign facts are about s σ(s), and `zero_only_at_origin` says that
{s : σ(s) = 0} = {0}.
"""

from collections.abc import Callable, Mapping

from gsdcheck.certify.algebra import ODD, parity, trend
from gsdcheck.certify.balls import precision
from gsdcheck.certify.fact_refutations import Points, refute_at, refute_on
from gsdcheck.certify.lines import (
    BRANCHES,
    Cover,
    branch_parts,
    continuous_parts,
    require_bounded,
    require_bounded_branches,
    require_continuous,
    require_defined_on_line,
    require_nondecreasing,
    require_odd,
    require_only_zero,
    require_sign,
    slope_on,
)
from gsdcheck.certify.pieces import at_point
from gsdcheck.certify.segments import (
    cuts,
    read_expression,
    read_rational,
    read_segments,
    require_cover,
    require_keys,
    require_modest,
    require_rules,
)
from gsdcheck.errors import CertificateRejected, Undecided, UnknownCertificate
from gsdcheck.model.expression import Expression
from gsdcheck.model.verdict import Evidence

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


def check_fact(certificate: Mapping[str, object]) -> Evidence:
    """The grade of evidence with which the certificate establishes its fact.

    Raises:
        CertificateRejected: it does not establish it, whatever the reason.
    """
    if not isinstance(certificate, Mapping):
        raise CertificateRejected("a certificate is an object with keys.")
    fact, holds = certificate.get("fact"), certificate.get("holds")
    if certificate.get("kind") != "activation-fact" or fact not in FACTS or not isinstance(holds, bool):
        raise UnknownCertificate("no certificate of an activation's fact: kind, fact or holds.")
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
        return refute_at(f, fact, _points(data))
    segments = read_segments(data)
    require_modest(f, segments)
    if not holds:
        return refute_on(f, fact, segments)
    return _ESTABLISH[fact](f, segments)


def _points(data: object) -> Points:
    if not isinstance(data, list) or not 1 <= len(data) <= 2:
        raise CertificateRejected("a witness is a list of one or two points.")
    return tuple(read_rational(text) for text in data)


def _odd(f: Expression, segments: Cover) -> Evidence:
    if _is_structural(f, segments, "parity"):
        if not parity(f) & ODD:
            raise Undecided("the parity.")
        return Evidence.EXACT
    require_odd(f, segments)
    return Evidence.BALL


def _is_structural(f: Expression, segments: Cover, rule: str) -> bool:
    """Whether all segments name this rule, which speaks of the whole line; if so f is defined on it."""
    if segments[0].rule != rule:
        return False
    require_rules(segments, rule)
    require_defined_on_line(f, segments)
    return True


def _bounded(f: Expression, segments: Cover) -> Evidence:
    require_cover(segments, None, None)
    for segment in segments:
        require_bounded_branches(f, segment)
    for point in cuts(segments):  # soundness: a value, and a finite one, at the cuts too
        at_point(f, point)
    return Evidence.BALL


def _continuous(f: Expression, segments: Cover) -> Evidence:
    require_cover(segments, None, None)
    require_rules(segments, "smooth", BRANCHES)
    require_continuous(f, segments, continuous_parts(f, segments))
    return Evidence.BALL


def _nondecreasing(f: Expression, segments: Cover) -> Evidence:
    if _is_structural(f, segments, "algebra"):
        if not trend(f).rises:
            raise Undecided("the trend.")
        return Evidence.BALL
    require_nondecreasing(f, segments, strictly=False)
    return Evidence.BALL


def _strictly_increasing(f: Expression, segments: Cover) -> Evidence:
    if _is_structural(f, segments, "algebra"):
        if not (trend(f).rises and trend(f).strict):
            raise Undecided("the trend.")
        return Evidence.BALL
    require_nondecreasing(f, segments, strictly=True)
    return Evidence.BALL


def _lipschitz(f: Expression, segments: Cover) -> Evidence:
    require_cover(segments, None, None)
    require_continuous(f, segments, continuous_parts(f, segments))
    for segment in segments:
        for part in branch_parts(f, segment):
            require_bounded(slope_on(part, segment.low, segment.high), segment)
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
