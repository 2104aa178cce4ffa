"""The further facts on the line that some theorems rest on: proposed by bisection, decided by `certify`."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.line_facts import PRECISION, above, check_line_fact
from gsdcheck.certify.lines import slope_on
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.polynomials import NEGATIVE, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import sign_on
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.facts.scan import SIGN_RULES, Works, as_json, scan
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression

_SLOPES = tuple(Fraction(text) for text in ("1", "1/2", "1/4", "1/10", "1/100"))
_SAMPLES = tuple(
    s * p for p in (Fraction(1, 64), *(Fraction(k, 2) for k in range(1, 21)), Fraction(99)) for s in (1, -1)
)


@lru_cache(maxsize=512)
def line_fact(f: Expression, fact: str) -> Mapping[str, object] | None:
    """A certificate of the fact that passed its check, with the largest of a few slopes; None if there is none."""
    for slope, strict in _attempts(fact):
        certificate = _proposed(f, fact, slope, strict)
        if certificate is None:
            continue
        try:
            check_line_fact(certificate)
            return certificate
        except CertificateRejected:  # no fact with this slope, strict on this side
            continue
    return None


def _attempts(fact: str) -> Iterator[tuple[Fraction, int]]:
    """The slopes, with the side of 0 on which the sign shall be strict, or the one sign that σ shall have."""
    if fact == "one-signed":
        yield from ((Fraction(0), sign) for sign in (1, -1))
        return
    for slope in _SLOPES:
        yield from ((slope, side) for side in ((1, -1) if fact == "above-line" else (0,)))


def _proposed(f: Expression, fact: str, slope: Fraction, strict: int) -> Mapping[str, object] | None:
    g = above(f, slope)
    with precision(PRECISION):
        sampled, sign = (derivative(g), 1) if fact == "steep" else (g, strict if fact == "one-signed" else 1)
        if any(sign * enclose(sampled, to_arb(p)) < 0 for p in _SAMPLES):
            return None  # the scan would find out, and take longer
        try:
            points = {Fraction(0), *breakpoints(f)}
            found = scan(points, None, None, SIGN_RULES, _works(g, fact, strict), budget=60)
        except Undecided:
            return None
    return {
        "kind": "line-fact",
        "expression": format_expression(f),
        "fact": fact,
        "slope": str(slope),
        "segments": as_json(found),
    }


def _works(g: Expression, fact: str, strict: int) -> Works:
    """Whether a segment has the sign that the fact asks for."""

    def works(segment: Segment) -> bool:
        low, high = segment.low, segment.high
        part = smooth(g, low, high)
        sought = slope_on(part, low, high) if fact == "steep" else part
        mask = sign_on(sought, low, high, segment.rule)
        if fact == "one-signed":
            return mask == (POSITIVE if strict > 0 else NEGATIVE)
        side = 1 if low is not None and low >= 0 else -1
        return mask == POSITIVE if side == strict else not mask & NEGATIVE

    return works
