"""Closed orbits of y' = Wσ(y), σ odd, put together from a part between two reversors; y is x (outer) or Wx (inner).

Two reversors R and S, a segment of starts, all with R y(0) = y(0), and a time τ with S y(τ) = y(τ) make a closed
orbit: y(-t) = R y(t) and y(τ + t) = S y(τ - t), so y(t + 2τ) = S R y(t), and if (S R)^m = 1 the period is 2mτ.

In range W, S y(τ) = y(τ) must be two equations a·y = b·y = 0, for two unknowns: u, where x(0) = p + u q, and the time.
Opposite signs of a·y on the sides t₋ and t₊ of a rectangle [u₋, u₊] × [t₋, t₊], and of b·y on the sides u₋ and u₊,
give a solution in it (Poincaré and Miranda; the flow is continuous). See proofs/inner-orbits-are-bounded.md, (D).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import arb

from gsdcheck.certify import linear
from gsdcheck.certify.balls import to_arb
from gsdcheck.certify.fields import Field
from gsdcheck.certify.followed import require_interval, require_vector, spelled
from gsdcheck.certify.orbits import Bundle, legs
from gsdcheck.certify.reversors import Signed, inverse, is_reversor, moved, product_order, require_signed
from gsdcheck.certify.subject import Subject, require_list, require_rational
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Form, Matrix, Vector

Span: TypeAlias = tuple[Fraction, Fraction]

ORBIT_KEYS = {"reversors", "start", "along", "parameter", "time"}
"""What a certificate states of such an orbit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversibleOrbit:
    """What names the orbit: the reversors R and S, p and q, [u₋, u₊] and [t₋, t₊]."""

    reversors: tuple[Signed, Signed]
    start: Vector
    along: Vector
    parameter: Span
    time: Span

    @property
    def parts(self) -> int:
        """2m, the number of parts like the one that is followed in a period."""
        return 2 * product_order(*self.reversors)

    @property
    def bits(self) -> int:
        """The working precision: what the boxes lose to wrapping grows with the time."""
        return 60 + math.ceil(self.time[1])

    @property
    def described(self) -> str:
        """The start and the period."""
        (low, high), period = self.parameter, [spelled(self.parts * t) for t in self.time]
        return (
            f"x(0) = {in_brackets(self.start)} + u {in_brackets(self.along)}, u in [{spelled(low)}, {spelled(high)}]"
            f", of a period in [{', '.join(period)}]"
        )


def read_orbit(data: Mapping[str, object], n: int) -> ReversibleOrbit:
    """The orbit that the plain data names, in a network of n units.

    Raises:
        CertificateRejected: a number is not exact, or a shape or range is wrong.
    """
    first, second = require_list(data["reversors"], "reversors", 2)
    low, high = (require_rational(v, "parameter") for v in require_list(data["parameter"], "parameter", 2))
    if not low < high:  # soundness: sides that coincide would have no inside
        raise CertificateRejected(f"parameter is no interval: {low} is not below {high}.")
    return ReversibleOrbit(
        reversors=(require_signed(first, "reversors[0]", n), require_signed(second, "reversors[1]", n)),
        start=tuple(require_vector(data["start"], "start", n)),
        along=tuple(require_vector(data["along"], "along", n)),
        parameter=(low, high),
        time=require_interval(data["time"], "time"),
    )


def require_closed(subject: Subject, field: Field, orbit: ReversibleOrbit) -> Bundle:
    """The states at t₋ from all starts of the segment, if one of them closes within the rectangle.

    Args:
        subject: W skew, no leak, no bias, σ odd and Lipschitz: the caller has seen to it.
        field: of the subject, at the working precision.
        orbit: as read.

    Raises:
        CertificateRejected: a condition of the construction does not hold, or is not seen to hold.
        Undecided: the orbit cannot be followed.
    """
    _require_symmetry(subject, orbit)
    early = _early(field, orbit, ball(orbit.parameter))
    a, b = _prepared(field, early, _conditions(subject.W, orbit.reversors[1]))
    late = _after(field, early, orbit.time[1] - orbit.time[0])
    require_seen(_opposite(value(a, early), value(a, late)), "a·y is not seen to change sign from t₋ to t₊.")
    sides = [throughout(field, b, _early(field, orbit, to_arb(u)), orbit.time) for u in orbit.parameter]
    require_seen(_opposite(*sides), "b·y is not seen to change sign from u₋ to u₊.")
    return early


def _require_symmetry(subject: Subject, orbit: ReversibleOrbit) -> None:
    """All that is exact: R, S, and the starts."""
    W = subject.W
    for Q in orbit.reversors:
        require_seen(is_reversor(Q, W), f"{Q} is no reversor of W.")
    for v in (orbit.start, orbit.along):
        y = v if subject.form is Form.OUTER else times(W, v)
        # soundness: off range W the conditions at the end would say less than S y = y
        require_seen(linear.in_range(W, y), "a start is not in range W.")
        require_seen(moved(orbit.reversors[0], y) == y, "a start is not fixed by R.")


def _conditions(W: Matrix, S: Signed) -> tuple[Vector, Vector]:
    """a and b with S y = y for the y in range W with a·y = b·y = 0: two rows of S - 1, on which the others depend."""
    n, known = len(W), list(linear.kernel(W))  # soundness: W is skew, so range W is what is normal to ker W
    found: list[Vector] = []
    for i in range(n):
        unit = tuple(Fraction(int(i == j)) for j in range(n))
        row = tuple(s - e for s, e in zip(moved(inverse(S), unit), unit, strict=True))
        if _rank([*known, *found, row]) > len(known) + len(found):
            found.append(row)
    require_seen(len(found) == 2, f"S y = y is {len(found)} equations in range W; there are two unknowns.")
    return found[0], found[1]


def _rank(rows: list[Vector]) -> int:
    """The rank of the rows, by that of the matrix of their products."""
    return linear.rank(tuple(tuple(dot(a, b) for b in rows) for a in rows))


def _prepared(field: Field, early: Bundle, conditions: tuple[Vector, Vector]) -> tuple[list[arb], list[arb]]:
    """a and b as rows on x, b made steady: the faster one is a, and so much of it taken from b that (b·y)' is about 0.

    Any part of a may be taken from b: what both vanish on does not change.
    """
    speed = field.value(early.box)
    rows = [_on_x(field, condition) for condition in conditions]
    a, b = sorted(rows, key=lambda row: -float(abs(product(row, speed)).mid()))
    part = (product(b, speed) / product(a, speed)).mid()
    return a, [s - part * r for r, s in zip(a, b, strict=True)]


def _opposite(a: arb, b: arb) -> bool:
    # soundness: strict on every point of both balls; nan answers no comparison
    return bool((a < 0 and b > 0) or (a > 0 and b < 0))


def throughout(field: Field, row: list[arb], early: Bundle, time: Span) -> arb:
    """row·x(t) for all t in [t₋, t₊], from the states at t₋: its value there and its rate of change after that."""
    total = value(row, early)
    for leg in legs(field, early, time[1] - time[0]):
        # soundness: the rate on a box that contains the orbits during the whole step (mean value theorem)
        speed = field.value(leg.step.during(Fraction(0), leg.step.h))
        total = total + product(row, speed) * ball((Fraction(0), leg.step.h))
    return total


def starts(orbit: ReversibleOrbit, u: arb) -> list[arb]:
    """A box that contains p + u q for every u of the ball."""
    return [to_arb(p) + u * to_arb(q) for p, q in zip(orbit.start, orbit.along, strict=True)]


def _early(field: Field, orbit: ReversibleOrbit, u: arb) -> Bundle:
    """The states at t₋ from the starts p + u q."""
    return _after(field, Bundle.at_start(starts(orbit, u)), orbit.time[0])


def _after(field: Field, bundle: Bundle, time: Fraction) -> Bundle:
    for leg in legs(field, bundle, time):
        bundle = leg.after(leg.step.h)
    return bundle


def _on_x(field: Field, condition: Vector) -> list[arb]:
    """The row on x that is a on y: a (outer) or aW (inner)."""
    row = [to_arb(v) for v in condition]
    if field.outer:
        return row
    return [sum((row[i] * field.W[i, j] for i in range(field.n)), arb(0)) for j in range(field.n)]


def value(row: list[arb], bundle: Bundle) -> arb:
    """row·x for every state of the bundle."""
    return product(row, bundle.box)


def product(row: list[arb], vector: list[arb]) -> arb:
    """Σ a_i b_i in balls."""
    return sum((r * x for r, x in zip(row, vector, strict=True)), arb(0))


def ball(span: Span) -> arb:
    """A ball that contains the interval."""
    return to_arb(span[0]).union(to_arb(span[1]))


def times(W: Matrix, v: Vector) -> Vector:
    """W v, exactly."""
    return tuple(dot(row, v) for row in W)


def dot(a: Vector, b: Vector) -> Fraction:
    """a·b, exactly."""
    return sum((s * t for s, t in zip(a, b, strict=True)), Fraction(0))


def in_brackets(v: Vector) -> str:
    """The vector in one line."""
    return f"({', '.join(map(spelled, v))})"


def require_seen(holds: bool, otherwise: str) -> None:
    """Nothing, if it holds.

    Raises:
        CertificateRejected: it does not; `otherwise` says what is missing.
    """
    if not holds:
        raise CertificateRejected(otherwise)
