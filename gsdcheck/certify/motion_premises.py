"""Premises about how the flow moves from a state x₀: a Casimir, a turn, the curvature of the energy."""

from fractions import Fraction

from flint import arb

from gsdcheck.certify import linear
from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.premise import BITS, Finding, Known, Premise, require, require_positive
from gsdcheck.certify.state_premises import exact_state, slope_at, vector_field
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.expression import Expression, Number, X
from gsdcheck.model.system import Form, Matrix, Vector


def _casimir_moves(subject: Subject, _: Known) -> Finding:
    """k·f(x₀) ≠ 0 for some k of a basis of {k: kᵀW = 0}."""
    field = vector_field(subject)
    with precision(BITS):
        for k in linear.left_kernel(subject.W):
            rate = abs(sum((to_arb(a) * v for a, v in zip(k, field, strict=True)), arb(0)))
            if rate > 0:
                return require_positive(rate, "|k·f(x₀)|")
    raise CertificateRejected("k·f(x₀) is not shown to differ from 0 for any k of the basis.")


def _turns_among_positive_states(subject: Subject, _: Known) -> Finding:
    """The linear orbit from x₀ is a circle or ellipse that stays where all x_i > 0, and there σ(s) = s.

    W³ = -qW, q > 0, gives e^(tW) = 1 + W²/q + (sin √q t) W/√q - (cos √q t) W²/q. So with u = -W²x₀/q and
    c = x₀ - u the orbit is c + u cos √q t + (Wx₀/√q) sin √q t, and x_i > 0 for all t iff c_i > 0 and
    c_i² > u_i² + (Wx₀)_i²/q.
    """
    require(
        subject.form is Form.OUTER and _is_identity_on_the_right(subject.activation), "σ(s) ≠ s for s ≥ 0."
    )
    W, x = subject.W, _rational_state(subject)
    speed = _times(W, x)
    turned, q = _times(W, speed), _square_frequency(W)
    require(any(speed), "x₀ does not move.")
    u = tuple(-v / q for v in turned)
    for start, part, rate in zip(x, u, speed, strict=True):
        centre = start - part
        inside = centre > 0 and centre**2 > part**2 + rate**2 / q
        require(inside, "the orbit of x₀ leaves the states with x_i > 0.")
    return require(not subject.leak and not any(subject.bias), "there is a leak or a bias.")


def _is_identity_on_the_right(sigma: Expression) -> bool:
    try:
        return smooth(sigma, Fraction(0), None) == X  # soundness: as trees, on [0, ∞)
    except Undecided:
        return False


def _rational_state(subject: Subject) -> Vector:
    state = exact_state(subject)
    if not all(isinstance(s, Number) for s in state):
        raise CertificateRejected("x₀ is not rational.")
    return tuple(s.value for s in state if isinstance(s, Number))


def _times(W: Matrix, v: Vector) -> Vector:
    return tuple(sum((w * a for w, a in zip(row, v, strict=True)), Fraction(0)) for row in W)


def _square_frequency(W: Matrix) -> Fraction:
    """q > 0 with W³ = -qW, exactly.

    Raises:
        CertificateRejected: there is none.
    """
    columns = [tuple(row[j] for row in W) for j in range(len(W))]
    cubes = [_times(W, _times(W, column)) for column in columns]  # the columns of W·W·W
    pairs = [
        (c, w) for cube, column in zip(cubes, columns, strict=True) for c, w in zip(cube, column, strict=True)
    ]
    q = next((-c / w for c, w in pairs if w), Fraction(0))
    require(q > 0 and all(c == -q * w for c, w in pairs), "W³ is not -qW with q > 0.")
    return q


def _negative_curvature(subject: Subject, _: Known) -> Finding:
    """Σ σ'(x_i) (Wσ(x))_i² < 0 at x₀, in the outer form."""
    require(subject.form is Form.OUTER, "decided for the outer form.")
    state, field = exact_state(subject), vector_field(subject)
    with precision(BITS):
        terms = (slope_at(subject.activation, s) * v * v for s, v in zip(state, field, strict=True))
        return require_positive(-sum(terms, arb(0)), "-Σ σ'(x_i) (Wσ(x))_i²")


MOTION_PREMISES = (
    Premise(name="casimir-moves", says="k·f(x₀) ≠ 0 for some k with kᵀW = 0", decide=_casimir_moves),
    Premise(
        name="turns-among-positive-states",
        says="σ(s) = s for s ≥ 0, W³ = -qW, and the linear orbit from x₀ moves and keeps all x_i > 0",
        decide=_turns_among_positive_states,
    ),
    Premise(
        name="negative-curvature",
        says="Σ σ'(x_i) (Wσ(x))_i² < 0 at x₀ (outer form)",
        decide=_negative_curvature,
    ),
)
"""Premises that read a state."""
