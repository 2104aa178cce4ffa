"""Premises about the shape of σ that the core decides from its tree, without a certificate of a fact."""

from fractions import Fraction

from gsdcheck.certify.activation_premises import quantity
from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.pieces import patient_sign, smooth, value_sign
from gsdcheck.certify.polynomials import NULL, POSITIVE
from gsdcheck.certify.premise import BITS, EXACT, Finding, Known, Premise, require, require_positive
from gsdcheck.certify.signs import direct_sign, require_analytic
from gsdcheck.certify.state_premises import slope_at
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.expression import Expression, number

_ORIGIN = Fraction(0)


def _analytic(subject: Subject, _: Known) -> Finding:
    """Without branches, roots that touch 0 and places where it is not defined, σ is analytic."""
    try:
        require_analytic(smooth(subject.activation, None, None), None, None)
    except Undecided as fault:
        raise CertificateRejected(f"σ is not seen to be analytic: {fault}") from fault
    return EXACT


def _rectified(subject: Subject, _: Known) -> Finding:
    try:
        left, right = _halves(subject.activation)
        flat = direct_sign(left, None, _ORIGIN) == NULL
        positive = patient_sign(right, _ORIGIN, None) == POSITIVE
    except Undecided as fault:
        raise CertificateRejected(f"σ is not seen to be rectified: {fault}") from fault
    # soundness: each half is continuous up to 0, so that σ(0) = 0 comes with σ = 0 on the left
    return require(flat and positive, "σ is not 0 on the left of 0 and > 0 on the right.")


def _halves(sigma: Expression) -> tuple[Expression, Expression]:
    """σ left and right of 0, each without branches, and continuous on its closed half-line."""
    return smooth(sigma, None, _ORIGIN), smooth(sigma, _ORIGIN, None)


def _rises_at_zero(subject: Subject, _: Known) -> Finding:
    """σ(0) = 0 exactly, and σ'(0) > 0 by a ball."""
    try:
        require(value_sign(subject.activation, _ORIGIN) == NULL, "σ(0) could not be shown to be exactly 0.")
    except Undecided as fault:
        raise CertificateRejected(f"σ(0) could not be shown to be exactly 0: {fault}") from fault
    with precision(BITS):
        slope = slope_at(subject.activation, number(0))
        require(slope.is_finite(), "σ has no finite slope at 0.")  # soundness: +inf > 0 is true of a ball
        return require_positive(slope, "σ'(0)")


def _contractive_step(subject: Subject, known: Known) -> Finding:
    """(|h| L ‖W‖_F)² < 4, the Frobenius norm being at least the spectral one."""
    if subject.step is None:
        raise CertificateRejected("the premise needs a step h.")
    L, _ = quantity(known, "lipschitz_constant")
    with precision(BITS):
        square = to_arb(subject.step**2 * sum(w * w for row in subject.W for w in row))
        return Finding(evidence=require_positive(4 - L * L * square, "4 - (h L ‖W‖_F)²").evidence)


SHAPE_PREMISES = (
    Premise(name="analytic", says="σ is analytic on ℝ", decide=_analytic),
    Premise(name="rectified", says="σ = 0 on s ≤ 0 and σ > 0 on s > 0", decide=_rectified),
    Premise(name="rises-at-zero", says="σ(0) = 0 and σ'(0) > 0", decide=_rises_at_zero),
)

CONTRACTION_PREMISES = (
    Premise(
        name="contractive-step",
        says="|h| L ‖W‖ < 2, L the Lipschitz constant of σ, ‖W‖ the Frobenius norm",
        decide=_contractive_step,
        reads=("lipschitz_constant",),
    ),
)
"""Premises that read a step."""
