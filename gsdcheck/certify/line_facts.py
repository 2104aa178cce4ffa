"""Further facts of σ on the line that theorems rest on, re-checked from certificates by evaluation alone.

A certificate `{"kind": "line-fact", "expression", "fact", "slope", "segments"}` carries segments that cover the
line, each with the rule that decides its sign. `one-signed`: σ > 0 everywhere, or σ < 0 everywhere (slope "0").
`above-line`: σ(s) ≥ c s for every s, c = slope > 0, and > on one whole side of 0. `steep`: σ(s) - m s is nondecreasing,
m = slope > 0.
"""

from collections.abc import Mapping
from fractions import Fraction

from gsdcheck.certify.balls import precision
from gsdcheck.certify.lines import Cover, pieces, require_mask, require_nondecreasing
from gsdcheck.certify.pieces import value_sign
from gsdcheck.certify.polynomials import NEGATIVE, POSITIVE
from gsdcheck.certify.segments import (
    cuts,
    read_expression,
    read_rational,
    read_segments,
    require_cover,
    require_keys,
    require_modest,
)
from gsdcheck.certify.signs import NOT_NEGATIVE, sign_on
from gsdcheck.errors import CertificateRejected, Undecided, UnknownCertificate
from gsdcheck.model.expression import Expression, X, add, multiply, number
from gsdcheck.model.verdict import Evidence

LINE_FACTS: tuple[str, ...] = ("one-signed", "above-line", "steep")
PRECISION = 96


def check_line_fact(certificate: Mapping[str, object]) -> Evidence:
    """The grade of evidence with which the certificate establishes its fact.

    Raises:
        CertificateRejected: it does not establish it, whatever the reason.
    """
    require_keys(certificate, "kind", "expression", "fact", "slope", "segments")
    fact, slope = certificate["fact"], read_rational(certificate["slope"])
    if certificate["kind"] != "line-fact" or fact not in LINE_FACTS:
        raise UnknownCertificate("no certificate of a fact on the line: kind or fact.")
    if slope < 0 or (slope == 0) != (fact == "one-signed"):
        raise CertificateRejected(f"{fact} with the slope {slope}.")
    f, segments = read_expression(certificate["expression"]), read_segments(certificate["segments"])
    require_modest(f, segments)
    try:
        with precision(PRECISION):
            _require(str(fact), above(f, slope), segments)
    except (Undecided, RecursionError, OverflowError) as limit:
        raise CertificateRejected(f"{fact} is not established: {limit}") from limit
    return Evidence.BALL


def above(f: Expression, slope: Fraction) -> Expression:
    """σ(x) - c x."""
    return add(f, multiply(number(-slope), X)) if slope else f


def _require(fact: str, g: Expression, segments: Cover) -> None:
    if fact == "steep":
        require_nondecreasing(g, segments, strictly=False)
        return
    require_cover(segments, None, None)
    masks = sides(g, segments)
    at_zero = value_sign(g, Fraction(0))
    if fact == "one-signed":
        signs = {at_zero, *masks[-1], *masks[1]}
        if signs not in ({POSITIVE}, {NEGATIVE}):  # soundness: one strict sign, on every segment and cut
            raise Undecided("one strict sign on the whole line is not shown.")
        return
    for mask in (at_zero, *masks[-1], *masks[1]):
        require_mask(mask, NOT_NEGATIVE)
    if not any(all(mask == POSITIVE for mask in masks[side]) for side in (-1, 1)):
        raise Undecided("on neither side of 0 is the inequality shown to be strict.")


def sides(g: Expression, segments: Cover) -> dict[int, list[int]]:
    """The signs of g left and right of 0, on the segments and at the cuts other than 0.

    Raises:
        Undecided: 0 is no cut, or a sign is not decided.
    """
    points = cuts(segments)
    if Fraction(0) not in points:
        raise Undecided("0 must be a cut.")
    found: dict[int, list[int]] = {-1: [], 1: []}
    for part, segment in zip(pieces(g, segments), segments, strict=True):
        right = segment.low is not None and segment.low >= 0
        found[1 if right else -1].append(sign_on(part, segment.low, segment.high, segment.rule))
    for point in points:
        if point:
            found[1 if point > 0 else -1].append(value_sign(g, point))
    return found
