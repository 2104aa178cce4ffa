"""A closed orbit of y' = Wσ(y) along which k·x drifts, k in ker W: the inner-form orbit x' = σ(Wx) is unbounded.

Two reversors R, S of the network (σ odd), a segment of starts y(0) = W(p + u q), all with R y(0) = y(0), and a time
τ with S y(τ) = y(τ) make a closed orbit: y(-t) = R y(t) and y(τ + t) = S y(τ - t), so y(t + 2τ) = S R y(t), and if
(S R)^m = 1 the period is 2mτ. If R k = S k = k as well, k·σ(y) is even about 0 and τ, and

    k·x(t + 2mτ) - k·x(t) = 2m ∫₀^τ k·σ(y) dt.

In range W, S y(τ) = y(τ) must be two equations a·y = b·y = 0, for the two unknowns u and t. Opposite signs of a·y on
the sides t₋ and t₊ of a rectangle [u₋, u₊] × [t₋, t₊], and of b·y on the sides u₋ and u₊, give a solution in it
(Poincaré and Miranda; the flow is continuous). See proofs/inner-orbits-are-bounded.md, (D).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import arb

from gsdcheck.certify import linear
from gsdcheck.certify.balls import decimal_enclosure, precision, to_arb
from gsdcheck.certify.fields import Field, field_of
from gsdcheck.certify.orbits import Bundle, legs
from gsdcheck.certify.reversors import Signed, inverse, is_reversor, moved, product_order, require_signed
from gsdcheck.certify.subject import Subject, require_keys, require_list, require_rational
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Matrix, Vector

Span: TypeAlias = tuple[Fraction, Fraction]

BITS = 64
LONGEST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversibleOrbit:
    """What names the orbit: k, the reversors R and S, p and q, [u₋, u₊] and [t₋, t₊]."""

    kernel: Vector
    reversors: tuple[Signed, Signed]
    start: Vector
    along: Vector
    parameter: Span
    time: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """That the orbit exists: balls that contain its period and k·x(t + period) - k·x(t), which is not 0."""

    period: arb
    drift: arb


def read_orbit(data: object, n: int) -> ReversibleOrbit:
    """The orbit that the plain data names, in a network of n units.

    Raises:
        CertificateRejected: a key is missing or unknown, a number is not exact, or a shape or range is wrong.
    """
    keys = {"kernel", "reversors", "start", "along", "parameter", "time"}
    fields = require_keys(data, keys, "an orbit")
    first, second = require_list(fields["reversors"], "reversors", 2)
    time = _span(fields, "time")
    if not 0 < time[0] <= time[1] <= LONGEST:
        raise CertificateRejected(f"time is {time[0]} to {time[1]}; it must lie in (0, {LONGEST}].")
    return ReversibleOrbit(
        kernel=_vector(fields["kernel"], "kernel", n),
        reversors=(require_signed(first, "reversors[0]", n), require_signed(second, "reversors[1]", n)),
        start=_vector(fields["start"], "start", n),
        along=_vector(fields["along"], "along", n),
        parameter=_span(fields, "parameter"),
        time=time,
    )


def _vector(value: object, what: str, n: int) -> Vector:
    return tuple(require_rational(v, f"{what}[{i}]") for i, v in enumerate(require_list(value, what, n)))


def _span(fields: Mapping[str, object], key: str) -> Span:
    low, high = (require_rational(v, key) for v in require_list(fields[key], key, 2))
    if not low < high:  # soundness: sides that coincide would have no inside
        raise CertificateRejected(f"{key} is {low} to {high}; the first must be less.")
    return low, high


def require_drift(subject: Subject, orbit: ReversibleOrbit) -> Drift:
    """The period of the orbit and its drift in one period, enclosed.

    Args:
        subject: inner form, W skew, no leak, no bias, σ odd and Lipschitz: the caller has seen to it.
        orbit: as read.

    Raises:
        CertificateRejected: a condition of the construction does not hold, or is not seen to hold.
        Undecided: the orbit cannot be followed.
    """
    _require_symmetry(subject.W, orbit)
    conditions = _conditions(subject.W, orbit.reversors[1])
    turns = 2 * product_order(*orbit.reversors)
    with precision(BITS):
        field, u = field_of(subject), _ball(orbit.parameter)
        early = _early(field, orbit, u)
        _require_meeting(field, orbit, early, conditions)
        k = [to_arb(v) for v in orbit.kernel]
        # k·(x(t) - x(0)) for all starts of the segment and all times of [t₋, t₊]
        part = _throughout(field, k, early, orbit.time) - _value(k, Bundle.at_start(_start(orbit, u)))
        if not abs(part) > 0:  # soundness: fails for nan and for every ball that holds 0
            raise CertificateRejected(f"the drift until the time lies in {part.str(12)}, which may be 0.")
        return Drift(period=turns * _ball(orbit.time), drift=turns * part)


def described_start(orbit: ReversibleOrbit) -> str:
    """Where the orbit starts."""
    low, high = orbit.parameter
    return f"x(0) = {_text(orbit.start)} + u {_text(orbit.along)} for some u in [{low}, {high}]"


def described_drift(orbit: ReversibleOrbit, found: Drift) -> str:
    """What the orbit does, in one sentence."""
    period, drift = (" to ".join(decimal_enclosure(ball, 12)) for ball in (found.period, found.drift))
    return (
        f"y = Wx runs round a closed orbit in a time of {period}, and k·x grows by {drift} every time, "
        f"k = {_text(orbit.kernel)} in ker W: x is unbounded"
    )


def _text(v: Vector) -> str:
    return f"({', '.join(map(str, v))})"


def _require_symmetry(W: Matrix, orbit: ReversibleOrbit) -> None:
    """All that is exact: k, R, S, and the starts."""
    k, starts = orbit.kernel, [_times(W, v) for v in (orbit.start, orbit.along)]
    _require(not any(_times(W, k)), "k is not in the kernel of W.")
    for Q in orbit.reversors:
        _require(is_reversor(Q, W), f"{Q} is no reversor of W.")
        _require(moved(Q, k) == k, f"{Q} moves k.")  # soundness: else the drift back undoes the drift out
    _require(all(moved(orbit.reversors[0], y) == y for y in starts), "a start is not fixed by R.")


def _conditions(W: Matrix, S: Signed) -> tuple[Vector, Vector]:
    """a and b with S y = y for the y in range W with a·y = b·y = 0: two rows of S - 1, on which the others depend."""
    n, known = len(W), list(linear.kernel(W))  # soundness: W is skew, so range W is what is normal to ker W
    found: list[Vector] = []
    for i in range(n):
        unit = tuple(Fraction(int(i == j)) for j in range(n))
        row = tuple(s - e for s, e in zip(moved(inverse(S), unit), unit, strict=True))
        if _rank([*known, *found, row]) > len(known) + len(found):
            found.append(row)
    _require(len(found) == 2, f"S y = y is {len(found)} equations in range W; there are two unknowns.")
    return found[0], found[1]


def _rank(rows: list[Vector]) -> int:
    """The rank of the rows, by that of the matrix of their products."""
    return linear.rank(tuple(tuple(_dot(a, b) for b in rows) for a in rows))


def _require_meeting(
    field: Field, orbit: ReversibleOrbit, early: Bundle, conditions: tuple[Vector, Vector]
) -> None:
    """The signs on the four sides of the rectangle."""
    a, b = _prepared(field, early, conditions)
    late = _after(field, early, orbit.time[1] - orbit.time[0])
    _require(_opposite(_value(a, early), _value(a, late)), "a·y is not seen to change sign from t₋ to t₊.")
    sides = [_throughout(field, b, _early(field, orbit, to_arb(u)), orbit.time) for u in orbit.parameter]
    _require(_opposite(*sides), "b·y is not seen to change sign from u₋ to u₊.")


def _prepared(field: Field, early: Bundle, conditions: tuple[Vector, Vector]) -> tuple[list[arb], list[arb]]:
    """a and b as rows on x, b made steady: the faster one is a, and so much of it taken from b that (b·y)' is about 0.

    Any part of a may be taken from b: what both vanish on does not change.
    """
    speed = field.value(early.box)
    rows = [_on_x(field, condition) for condition in conditions]
    a, b = sorted(rows, key=lambda row: -float(abs(_product(row, speed)).mid()))
    part = (_product(b, speed) / _product(a, speed)).mid()
    return a, [s - part * r for r, s in zip(a, b, strict=True)]


def _opposite(a: arb, b: arb) -> bool:
    # soundness: strict on every point of both balls; nan answers no comparison
    return bool((a < 0 and b > 0) or (a > 0 and b < 0))


def _throughout(field: Field, row: list[arb], early: Bundle, time: Span) -> arb:
    """row·x(t) for all t in [t₋, t₊], from the states at t₋: its value there and its rate of change after that."""
    value = _value(row, early)
    for leg in legs(field, early, time[1] - time[0]):
        # soundness: the rate on a box that contains the orbits during the whole step (mean value theorem)
        speed = field.value(leg.step.during(Fraction(0), leg.step.h))
        value = value + _product(row, speed) * _ball((Fraction(0), leg.step.h))
    return value


def _start(orbit: ReversibleOrbit, u: arb) -> list[arb]:
    """A box that contains p + u q for every u of the ball."""
    return [to_arb(p) + u * to_arb(q) for p, q in zip(orbit.start, orbit.along, strict=True)]


def _early(field: Field, orbit: ReversibleOrbit, u: arb) -> Bundle:
    """The states at t₋ from the starts p + u q."""
    return _after(field, Bundle.at_start(_start(orbit, u)), orbit.time[0])


def _after(field: Field, bundle: Bundle, time: Fraction) -> Bundle:
    for leg in legs(field, bundle, time):
        bundle = leg.after(leg.step.h)
    return bundle


def _on_x(field: Field, condition: Vector) -> list[arb]:
    """The row a W, so that a·y = (a W)·x."""
    n = field.n
    return [sum((to_arb(condition[i]) * field.W[i, j] for i in range(n)), arb(0)) for j in range(n)]


def _value(row: list[arb], bundle: Bundle) -> arb:
    """row·x for every state of the bundle."""
    return _product(row, bundle.box)


def _product(row: list[arb], vector: list[arb]) -> arb:
    return sum((r * x for r, x in zip(row, vector, strict=True)), arb(0))


def _ball(span: Span) -> arb:
    """A ball that contains the interval."""
    return to_arb(span[0]).union(to_arb(span[1]))


def _times(W: Matrix, v: Vector) -> Vector:
    return tuple(_dot(row, v) for row in W)


def _dot(a: Vector, b: Vector) -> Fraction:
    return sum((s * t for s, t in zip(a, b, strict=True)), Fraction(0))


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise CertificateRejected(otherwise)
