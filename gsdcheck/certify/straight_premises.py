"""Premises about straight orbits: exact solutions x₀ + t v that leave every bounded set."""

from fractions import Fraction

from flint import arb

from gsdcheck.certify.balls import enclose, precision
from gsdcheck.certify.pieces import smooth, value_sign
from gsdcheck.certify.polynomials import NULL
from gsdcheck.certify.premise import BITS, EXACT, Finding, Known, Premise, require, require_positive
from gsdcheck.certify.signs import direct_sign
from gsdcheck.certify.state_premises import exact_state, require_mirror
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.expression import Expression, Number, add


def _rests_at_zero(subject: Subject, _: Known) -> Finding:
    return require(
        value_sign(subject.activation, Fraction(0)) == NULL, "σ(0) could not be shown to be exactly 0."
    )


def _runs_straight(subject: Subject, _: Known) -> Finding:
    """σ = 0 from x_i on to infinity, and x_i' = w_ij σ(x_j) points there: x_j stays, x_i runs."""
    state = exact_state(subject)
    require(subject.n == 2, "decided for n = 2.")
    with precision(BITS):
        for i, j in ((0, 1), (1, 0)):
            start, drive = state[i], subject.W[i][j] * _sign(subject.activation, state[j])
            if drive and isinstance(start, Number) and _is_flat(subject.activation, start.value, drive > 0):
                return EXACT
    raise CertificateRejected("no coordinate runs along a half-line on which σ is exactly 0.")


def _sign(sigma: Expression, point: Expression) -> int:
    """The sign of σ at the point where a ball shows one; 0 where it shows none."""
    value = enclose(sigma, enclose(point, arb(0)))
    return 1 if value > 0 else -1 if value < 0 else 0


def _is_flat(sigma: Expression, start: Fraction, upward: bool) -> bool:
    """Whether σ is exactly 0 on [start, ∞), or on (-∞, start]."""
    low, high = (start, None) if upward else (None, start)
    try:
        beyond = direct_sign(smooth(sigma, low, high), low, high)
        return beyond == NULL and value_sign(sigma, start) == NULL
    except Undecided:  # this coordinate does not run; the other may
        return False


def _glides(subject: Subject, _: Known) -> Finding:
    """x₀ = (a, 2c - a, b), σ(2c - x) = σ(x), W = [[0, 0, w], [0, 0, -w], [-w, w, 0]], w ≠ 0, σ(b) ≠ 0."""
    state = exact_state(subject)
    require(subject.n == 3, "decided for n = 3.")
    w12, w13, w23 = subject.W[0][1], subject.W[0][2], subject.W[1][2]
    require(w12 == 0 and w13 == -w23 and w13 != 0, "W is not [[0, 0, w], [0, 0, -w], [-w, w, 0]].")
    require_mirror(subject.activation, add(state[0], state[1]))
    with precision(BITS):
        return require_positive(abs(enclose(subject.activation, enclose(state[2], arb(0)))), "|σ(x₃)|")


STRAIGHT_PREMISES = (
    Premise(
        name="runs-straight",
        says="n = 2, σ = 0 on the half-line along which a coordinate of x₀ runs",
        decide=_runs_straight,
    ),
    Premise(name="glides", says="n = 3, x₀ = (a, 2c - a, b), σ(2c - x) = σ(x), σ(b) ≠ 0", decide=_glides),
)

ZERO_PREMISES = (Premise(name="rests-at-zero", says="σ(0) = 0", decide=_rests_at_zero),)
