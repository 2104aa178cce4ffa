"""Premises about limit cycles: one equilibrium, a source, in a trap; and a return map that contracts around a cycle."""

from fractions import Fraction

from flint import arb, arb_mat

from gsdcheck.certify.activation_premises import quantity
from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.fields import Box, Field, field_of, product
from gsdcheck.certify.followed import (
    FOLLOWED_BITS,
    SUBSCRIPTS,
    require_integer,
    require_interval,
    require_positive_rational,
    require_sign,
    require_vector,
    require_within,
    spelled,
    stated,
)
from gsdcheck.certify.premise import Finding, Known, Premise, require
from gsdcheck.certify.return_maps import cycle_in
from gsdcheck.certify.sections import Section
from gsdcheck.certify.subject import Subject, require_list, require_rational
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Evidence

MOST_BOXES = 20_000
"""The square is cut into at most so many boxes to see that f has no zero in it."""


def _one_source(subject: Subject, known: Known) -> Finding:
    """n = 2, outer form: one equilibrium e, from which every orbit next to it is driven away; a square that traps.

    With |σ| ≤ M and γR > M Σ_j |w_ij| + |b_i|, x_i and x_i' have opposite signs where |x_i| ≥ R. Let N be a box
    around m, A ∈ Df(N): f(x) = A (x - e) on N. If PA + AᵀP is positive definite for a P > 0, every such A is
    regular and (x - e)ᵀP(x - e) grows along the orbits in N. Newton's method finds e in N; the square without N
    is cut into boxes on each of which some f_i ≠ 0.
    """
    require(subject.n == 2 and subject.form is Form.OUTER, "decided for n = 2, outer form.")
    data = stated(known, "one-source", {"at", "radius", "metric", "within"})
    radius, R = (require_positive_rational(data[key], key) for key in ("radius", "within"))
    middle = require_vector(data["at"], "at", 2)
    P = [require_vector(row, "metric", 2) for row in require_list(data["metric"], "metric", 2)]
    with precision(FOLLOWED_BITS):
        _require_trap(subject, known, R)
        field = field_of(subject)
        near = [to_arb(m) + to_arb(radius) * arb(0, 1) for m in middle]
        A = field.jacobian(near)
        _require_growth(P, A)
        _require_equilibrium(field, A, middle, radius)
        _require_no_other(field, [to_arb(R) * arb(0, 1)] * 2, near)
    return Finding(
        evidence=Evidence.BALL,
        shown=f"the equilibrium e is within {spelled(radius)} of {_point(middle)}, (x - e)ᵀP(x - e) grows there with "
        f"P = [{_point(P[0])}, {_point(P[1])}], and all orbits enter |x_i| ≤ {spelled(R)}",
    )


def _point(values: list[Fraction]) -> str:
    return f"({', '.join(map(spelled, values))})"


def _require_trap(subject: Subject, known: Known, R: Fraction) -> None:
    bound, _ = quantity(known, "bound")
    for row, b in zip(subject.W, subject.bias, strict=True):
        pull = bound * to_arb(sum(map(abs, row), Fraction(0))) + to_arb(abs(b))
        require(bool(to_arb(subject.leak * R) > pull), "the square is not seen to trap the orbits.")


def _require_growth(P: list[list[Fraction]], A: arb_mat) -> None:
    """P and PA + AᵀP are positive definite: first entries and determinants > 0 (Sylvester)."""
    require(P[0][1] == P[1][0] and P[0][0] > 0 and P[0][0] * P[1][1] > P[0][1] ** 2, "P is not > 0.")
    PA = arb_mat([[to_arb(p) for p in row] for row in P]) * A
    S = PA + PA.transpose()
    grows = S[0, 0] > 0 and S[0, 0] * S[1, 1] - S[0, 1] * S[1, 0] > 0
    require(bool(grows), "the orbits next to the equilibrium are not seen to be driven away.")


def _require_equilibrium(field: Field, A: arb_mat, middle: list[Fraction], radius: Fraction) -> None:
    """m - A⁻¹ f(m) is inside N."""
    m = [to_arb(v) for v in middle]
    moved = [a - s for a, s in zip(m, product(A.inv(), field.value(m)), strict=True)]
    require(_are_near(moved, middle, radius), "no equilibrium is found next to the stated point.")


def _are_near(x: Box, middle: list[Fraction], radius: Fraction) -> bool:
    """|x_i - m_i| < r for every point of the balls: the stated box, which balls around m exceed a little."""
    return all(abs(a - to_arb(m)) < to_arb(radius) for a, m in zip(x, middle, strict=True))


def _require_no_other(field: Field, square: Box, near: Box) -> None:
    pending = [square]
    for _ in range(MOST_BOXES):
        if not pending:
            return
        box = pending.pop()
        if any(v != 0 for v in field.value(box)) or all(
            n.contains(b) for n, b in zip(near, box, strict=True)
        ):
            continue
        i = 0 if box[0].rad() >= box[1].rad() else 1
        pending += [[h if j == i else b for j, b in enumerate(box)] for h in _halves(box[i])]
    raise CertificateRejected("f is not seen to be without another zero in the square.")


def _halves(ball: arb) -> tuple[arb, arb]:
    low, middle, high = ball.lower(), ball.mid(), ball.upper()
    return low.union(middle), middle.union(high)


def _contracting_return(subject: Subject, known: Known) -> Finding:
    """A box on a plane that the return map sends into itself, contracting it: to the crossing of one periodic orbit.

    All orbits that cross the plane in the box tend to that orbit, which is therefore the only periodic one among
    them, and attracts.
    """
    keys = {"coordinate", "level", "direction", "at", "radius", "contraction", "period"}
    data = stated(known, "contracting-return", keys)
    low, high = require_interval(data["period"], "period")
    radius, q = (require_positive_rational(data[key], key) for key in ("radius", "contraction"))
    section = Section(
        i=require_integer(data["coordinate"], "coordinate", 0, subject.n - 1),
        level=require_rational(data["level"], "level"),
        direction=require_sign(data["direction"]),
    )
    middle = require_vector(data["at"], "at", subject.n)
    require(q < 1 and middle[section.i] == section.level, "no contraction, or the point is not on the plane.")
    with precision(FOLLOWED_BITS):
        box = [to_arb(m) + to_arb(radius) * arb(0, 1) for m in middle]
        cycle = cycle_in(field_of(subject), section, box, 2 * high)
        require(bool(cycle.contraction < to_arb(q)), f"the return map is not seen to contract by {q}.")
        # soundness: then the stated box is sent into itself, and holds the crossing
        require(_are_near(cycle.image, middle, radius), "the return map leaves the box.")
        require_within(cycle.period, low, high, "the period")
        margin = to_arb(1 - q)
    return Finding(
        evidence=Evidence.BALL,
        margin=margin,
        shown=f"x{SUBSCRIPTS[section.i]} {'rises' if section.direction > 0 else 'falls'} through "
        f"{spelled(section.level)} within {spelled(radius)} of {_point(middle)}, where the return map contracts by "
        f"{spelled(q)}; the period is in [{spelled(low)}, {spelled(high)}]",
    )


CYCLE_PREMISES = (
    Premise(
        name="one-source",
        says="there is one equilibrium, a source, and a square that all orbits enter and none leaves",
        decide=_one_source,
        reads=("bound",),
    ),
    Premise(
        name="contracting-return",
        says="the return map sends a box on a plane into itself and contracts it",
        decide=_contracting_return,
    ),
)
