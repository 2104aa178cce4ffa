"""Premises about the time of the first return of an orbit to the plane on which it starts."""

from fractions import Fraction

from flint import arb

from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.fields import field_of
from gsdcheck.certify.followed import (
    FOLLOWED_BITS,
    SUBSCRIPTS,
    require_integer,
    require_interval,
    require_within,
    spelled,
    start_box,
    stated,
)
from gsdcheck.certify.premise import Finding, Known, Premise, require
from gsdcheck.certify.return_maps import first_return
from gsdcheck.certify.sections import Section
from gsdcheck.certify.state_premises import energy, exact_state
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.expression import Number
from gsdcheck.model.verdict import Evidence

KEYS = {"coordinate", "period"}
FINEST = Fraction(1, 10**12)
"""The width that an interval around an elliptic period may have."""


def _returns_to_plane(subject: Subject, known: Known) -> Finding:
    return _returned(subject, known, "returns-to-plane", None)


def _returns_to_axis(subject: Subject, known: Known) -> Finding:
    return _returned(subject, known, "returns-to-axis", Fraction(0))


def _elliptic_return(subject: Subject, known: Known) -> Finding:
    """As before, and the interval, of width ≤ 1e-12, contains (4/|ω|) K(1 - e^(-2H)) as well."""
    require(subject.n == 2, "decided for n = 2.")
    data = stated(known, "elliptic-return", KEYS)
    low, high = require_interval(data["period"], "period")
    require(high - low <= FINEST, f"the interval around the period is wider than {FINEST}.")
    with precision(FOLLOWED_BITS):
        omega = to_arb(abs(subject.W[0][1]))
        elliptic = 2 * arb.pi() / (omega * arb(1).agm((-energy(subject)).exp()))
        require_within(elliptic, low, high, "the elliptic integral")
    return _returned(subject, known, "elliptic-return", Fraction(0))


def _returned(subject: Subject, known: Known, premise: str, level: Fraction | None) -> Finding:
    """The orbit comes back to {x_i = x_i(0)}, in the direction in which it left, after a time in the interval."""
    data = stated(known, premise, KEYS)
    low, high = require_interval(data["period"], "period")
    i = require_integer(data["coordinate"], "coordinate", 0, subject.n - 1)
    at = exact_state(subject)[i]
    if not isinstance(at, Number) or (level is not None and at.value != level):
        raise CertificateRejected(f"the orbit does not start on the plane where coordinate {i} is {level}.")
    with precision(FOLLOWED_BITS):
        field, start = field_of(subject), start_box(subject)
        section = Section(i=i, level=at.value, direction=1 if field.value(start)[i] > 0 else -1)
        found = first_return(field, section, start, 2 * high, derivative=False)
        require_within(found.time, low, high, "the time of return")
    return Finding(
        evidence=Evidence.BALL,
        shown=f"it returns to x{SUBSCRIPTS[i]} = {spelled(at.value)} after a period in [{spelled(low)}, {spelled(high)}]",
    )


_RETURNS = "the orbit returns to the {} on which it starts, as it left it, within the stated interval"

PERIOD_PREMISES = (
    Premise(name="returns-to-plane", says=_RETURNS.format("plane x_i = const"), decide=_returns_to_plane),
    Premise(name="returns-to-axis", says=_RETURNS.format("axis x_i = 0"), decide=_returns_to_axis),
    Premise(
        name="elliptic-return",
        says=f"{_RETURNS.format('axis x_i = 0')}, which is of width 1e-12 and contains (4/|ω|) K(1 - exp(-2H))",
        decide=_elliptic_return,
    ),
)
