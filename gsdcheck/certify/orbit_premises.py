"""Premises about one orbit that is followed: it keeps away from its start, or comes to where it escapes for ever."""

from fractions import Fraction

from flint import arb

from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.fields import Box, Field, field_of
from gsdcheck.certify.followed import (
    FOLLOWED_BITS,
    require_positive_rational,
    require_sign,
    require_time,
    spelled,
    start_box,
    stated,
)
from gsdcheck.certify.linear import frequencies
from gsdcheck.certify.orbits import Bundle, Leg, legs
from gsdcheck.certify.potential import potential
from gsdcheck.certify.premise import Finding, Known, Premise, require
from gsdcheck.certify.state_premises import energy
from gsdcheck.certify.subject import Subject, require_list
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.verdict import Evidence

MOST_PARTS = 200
"""A step is cut into at most so many parts."""


def _outlasts_the_planar_period(subject: Subject, known: Known) -> Finding:
    """x(t) ≠ x₀ for 0 < t ≤ T, and |x(t) - x₀| > ε from t₀ on, in the maximum norm; T > (4/ω) K(1 - e^(-2H))."""
    data = stated(known, "outlasts-the-planar-period", {"from", "until", "distance"})
    first, last = require_time(data["from"], "from"), require_time(data["until"], "until")
    distance = require_positive_rational(data["distance"], "distance")
    with precision(FOLLOWED_BITS):
        require(to_arb(last) > _planar_period(subject), "the orbit is not followed beyond the planar period.")
        field, start = field_of(subject), start_box(subject)
        bundle = _leaves(field, Bundle.at_start(start), first)
        for leg in legs(field, bundle, last - first):
            _require_away(leg, start, distance)
    return Finding(
        evidence=Evidence.BALL,
        shown=f"x(t) ≠ x₀ for 0 < t ≤ {spelled(last)}, and |x(t) - x₀| > {spelled(distance)}"
        f" from t = {spelled(first)} on",
    )


def _planar_period(subject: Subject) -> arb:
    """(4/ω) K(1 - e^(-2H)) = 2π/(ω AGM(1, e^(-H))), ω the smallest frequency of W, H the energy of x₀."""
    slowest = frequencies(subject.W)[0]
    return 2 * arb.pi() / (slowest.enclosure * arb(1).agm((-energy(subject)).exp()))


def _leaves(field: Field, bundle: Bundle, time: Fraction) -> Bundle:
    """The states at the time, until which one coordinate was strictly monotone."""
    moving = {(i, sign) for i in range(field.n) for sign in (1, -1)}
    for leg in legs(field, bundle, time):
        rates = field.value(leg.step.tube)
        moving = {(i, sign) for i, sign in moving if sign * rates[i] > 0}
        bundle = leg.after(leg.step.h)
    if not moving:  # soundness: a coordinate of one trend does not come back within this time
        raise CertificateRejected("no coordinate is seen to be monotone at first.")
    return bundle


def _require_away(leg: Leg, start: Box, distance: Fraction) -> None:
    pending = [(Fraction(0), leg.step.h)]
    for _ in range(MOST_PARTS):
        if not pending:
            return
        first, last = pending.pop()
        x = leg.step.during(first, last)
        if not any(abs(a - b) > to_arb(distance) for a, b in zip(x, start, strict=True)):
            middle = (first + last) / 2
            pending += [(middle, last), (first, middle)]
    raise CertificateRejected(f"the orbit is not seen to keep a distance of {distance} from its start.")


def _last_quadrant(subject: Subject, known: Known) -> Finding:
    """At time T the orbit is in an open quadrant that no orbit of its energy leaves.

    W = [[0, w], [-w, 0]], s σ(s) > 0 for s ≠ 0. An orbit turns clockwise for w > 0, and leaves a quadrant through
    one half axis only, on which H = Φ of the other coordinate. If Φ exceeds H on the opposite side of 0, then E* < H
    is the supremum of Φ on this side, so that the half axis is never met.
    """
    require(subject.n == 2, "decided for n = 2.")
    data = stated(known, "last-quadrant", {"time", "quadrant", "beyond"})
    time, beyond = require_time(data["time"], "time"), require_positive_rational(data["beyond"], "beyond")
    first, second = (require_sign(s) for s in require_list(data["quadrant"], "quadrant", 2))
    exit_side = second if subject.W[0][1] > 0 else first
    with precision(FOLLOWED_BITS):
        field, bundle = field_of(subject), Bundle.at_start(start_box(subject))
        higher = potential(subject.activation, -exit_side * beyond) > energy(subject)
        require(bool(higher), "Φ is not seen to exceed H(x₀) on the side away from the exit.")
        for leg in legs(field, bundle, time):
            bundle = leg.after(leg.step.h)
        x = bundle.box
    require(bool(first * x[0] > 0 and second * x[1] > 0), "the orbit is not seen to be in the quadrant then.")
    return Finding(
        evidence=Evidence.BALL,
        shown=f"Φ({spelled(-exit_side * beyond)}) > H(x₀); from t = {spelled(time)} on, {_sign_text(first, 'x₁')} and "
        f"{_sign_text(second, 'x₂')}",
    )


def _sign_text(sign: int, unit: str) -> str:
    return f"{unit} {'>' if sign > 0 else '<'} 0"


ORBIT_PREMISES = (
    Premise(
        name="outlasts-the-planar-period",
        says="x(t) ≠ x₀ until after (4/ω) K(1 - exp(-2H)), ω the smallest frequency of W",
        decide=_outlasts_the_planar_period,
    ),
    Premise(
        name="last-quadrant",
        says="at some time x is in a quadrant through whose exit no orbit of its energy passes",
        decide=_last_quadrant,
    ),
)
