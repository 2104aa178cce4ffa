"""Premises about a closed orbit between two reversors: it drifts along ker W, or it is unstable."""

from fractions import Fraction

from flint import arb, arb_mat

from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.fields import Field, field_of
from gsdcheck.certify.followed import require_vector, require_within, spelled, stated
from gsdcheck.certify.orbits import Bundle, legs
from gsdcheck.certify.premise import Finding, Known, Premise
from gsdcheck.certify.reversible_orbits import (
    ORBIT_KEYS,
    ReversibleOrbit,
    ball,
    in_brackets,
    read_orbit,
    require_closed,
    require_seen,
    starts,
    throughout,
    times,
    value,
)
from gsdcheck.certify.reversors import Signed, inverse, moved
from gsdcheck.certify.subject import Subject, require_list, require_rational
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Evidence


def _drifts(subject: Subject, known: Known) -> Finding:
    """k·x(t + 2mτ) - k·x(t) = 2m ∫₀^τ k·σ(y) dt ≠ 0, where W k = 0 and R k = S k = k: k·σ(y) is even about 0 and τ."""
    data = stated(known, "closed-orbit-drifts", ORBIT_KEYS | {"kernel", "drift"})
    orbit, k = read_orbit(data, subject.n), tuple(require_vector(data["kernel"], "kernel", subject.n))
    low, high = _without_zero(data["drift"], "drift")
    require_seen(not any(times(subject.W, k)), "k is not in the kernel of W.")
    for Q in orbit.reversors:
        require_seen(moved(Q, k) == k, f"{Q} moves k.")  # soundness: else the drift back undoes the drift out
    with precision(orbit.bits):
        field, row = field_of(subject), [to_arb(v) for v in k]
        early, begin = require_closed(subject, field, orbit), starts(orbit, ball(orbit.parameter))
        # for all starts of the segment and all times of [t₋, t₊]
        part = throughout(field, row, early, orbit.time) - value(row, Bundle.at_start(begin))
        require_within(orbit.parts * part, low, high, "the drift in a period")
    return Finding(
        evidence=Evidence.BALL,
        shown=f"a closed orbit of y = Wx from {orbit.described}, in which k·x changes by a number in"
        f" [{spelled(low)}, {spelled(high)}], k = {in_brackets(k)}",
    )


def _is_unstable(subject: Subject, known: Known) -> Finding:
    """|tr B| > n, B = R⁻¹ A⁻¹ S⁻¹ A with A = ∂x(τ)/∂x(0); B^m is the derivative of the flow after a period.

    φ_τ = S φ_-τ S⁻¹, so Dφ_2τ = S A⁻¹ S⁻¹ A, and y(t + 2τ) = S R y(t): turned back by (S R)⁻¹ that is B. A trace
    beyond n needs an eigenvalue beyond 1 in size: some perturbation grows with an exponent ≥ log(|tr B|/n)/(2τ).
    """
    data = stated(known, "closed-orbit-is-unstable", ORBIT_KEYS | {"trace"})
    orbit, (low, high) = read_orbit(data, subject.n), _without_zero(data["trace"], "trace")
    require_seen(subject.form is Form.OUTER, "decided for the outer form.")
    beyond = min(abs(low), abs(high))
    require_seen(beyond > subject.n, f"the trace is not stated to be beyond {subject.n}.")
    with precision(orbit.bits):
        field = field_of(subject)
        A = _derivative(field, require_closed(subject, field, orbit), orbit)
        R, S = (_matrix(inverse(Q)) for Q in orbit.reversors)
        try:
            trace = (R * A.inv() * S * A).trace()
        except ZeroDivisionError as singular:
            raise CertificateRejected("the derivative is not seen to be invertible.") from singular
        require_within(trace, low, high, "the trace")
    return Finding(
        evidence=Evidence.BALL,
        shown=f"a closed orbit from {orbit.described}, whose return in 1/{orbit.parts // 2} of it has a trace in"
        f" [{spelled(low)}, {spelled(high)}]",
    )


def _without_zero(data: object, what: str) -> tuple[Fraction, Fraction]:
    """Two rationals of one strict sign."""
    low, high = (require_rational(v, what) for v in require_list(data, what, 2))
    require_seen(low < high and low * high > 0, f"{what} is not an interval without 0: {low} to {high}.")
    return low, high


def _derivative(field: Field, early: Bundle, orbit: ReversibleOrbit) -> arb_mat:
    """A matrix that contains ∂x(t)/∂x(0) for all starts of the segment and all t of [t₋, t₊]."""
    found: list[list[arb]] | None = None
    for leg in legs(field, early, orbit.time[1] - orbit.time[0]):
        part = (leg.step.derivative_at(ball((Fraction(0), leg.step.h))) * leg.bundle.M).tolist()
        found = part if found is None else _hull(found, part)
    return arb_mat(found)


def _hull(a: list[list[arb]], b: list[list[arb]]) -> list[list[arb]]:
    return [[s.union(t) for s, t in zip(p, q, strict=True)] for p, q in zip(a, b, strict=True)]


def _matrix(Q: Signed) -> arb_mat:
    """The signed permutation as a matrix."""
    n = len(Q)
    return arb_mat([[(abs(r) == j + 1) * (1 if r > 0 else -1) for j in range(n)] for r in Q])


REVERSIBLE_PREMISES = (
    Premise(
        name="closed-orbit-drifts",
        says="a closed orbit of y is followed from one reversor to another, and k·x changes, k in ker W",
        decide=_drifts,
    ),
    Premise(
        name="closed-orbit-is-unstable",
        says="a closed orbit is followed from one reversor to another, and the derivative of its return is large",
        decide=_is_unstable,
    ),
)
