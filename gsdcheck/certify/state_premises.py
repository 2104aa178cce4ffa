"""Premises about a state x₀ (and with it a step h): energies, the vector field and the Jacobian, by balls."""

from collections.abc import Callable
from fractions import Fraction

from flint import arb

from gsdcheck.certify.activation_premises import quantity
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.branch_signs import is_branching
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.certify.pieces import smooth, value_sign
from gsdcheck.certify.polynomials import NULL
from gsdcheck.certify.potential import potential
from gsdcheck.certify.premise import BITS, EXACT, Finding, Known, Premise, require, require_positive
from gsdcheck.certify.subject import Subject, is_zero
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Number,
    Sum,
    X,
    add,
    call,
    multiply,
    negate,
    number,
    substitute,
)
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Evidence


def exact_state(subject: Subject) -> tuple[Expression, ...]:
    """x₀ as exact numbers.

    Raises:
        CertificateRejected: there is none, or it is not a point of ℝⁿ.
    """
    if subject.state is None:
        raise CertificateRejected("the premise needs a state x₀.")
    # soundness: log(-1) is an exact expression and no real number
    require(all(enclose(s, arb(0)).is_finite() for s in subject.state), "x₀ is not a point of ℝⁿ.")
    return subject.state


def _potential_arguments(subject: Subject) -> list[arb | Fraction]:
    """The numbers at which Φ is summed: x (outer) or Wx + b (inner)."""
    state = exact_state(subject)
    if subject.form is Form.OUTER:
        return [_value(s) for s in state]
    x = [enclose(s, arb(0)) for s in state]
    return [
        sum((to_arb(w) * a for w, a in zip(row, x, strict=True)), to_arb(b))
        for row, b in zip(subject.W, subject.bias, strict=True)
    ]


def _value(constant: Expression) -> arb | Fraction:
    return constant.value if isinstance(constant, Number) else enclose(constant, arb(0))


def energy(subject: Subject) -> arb:
    """H(x₀) = Σ Φ(x_i) (outer) or Σ Φ((W x + b)_i) (inner), enclosed."""
    with precision(BITS):
        return sum((potential(subject.activation, x) for x in _potential_arguments(subject)), arb(0))


def _energy_below(name: str) -> Callable[[Subject, Known], Finding]:
    def decide(subject: Subject, known: Known) -> Finding:
        level, _ = quantity(known, name)
        with precision(BITS):
            left = level - energy(subject)
            finding = require_positive(left, f"{name} - H(x₀)")
            return finding if left.is_finite() else Finding(evidence=finding.evidence)

    return decide


def _positive_energy(subject: Subject, _: Known) -> Finding:
    return Finding(evidence=require_positive(energy(subject), "H(x₀)").evidence)


def _energy_above_escape(subject: Subject, known: Known) -> Finding:
    level, _ = quantity(known, "escape_energy")
    with precision(BITS):
        return require_positive(energy(subject) - level, "H(x₀) - E*")


def vector_field(subject: Subject) -> list[arb]:
    """f(x₀) = -γx + Wσ(x) + b (outer) or -γx + σ(Wx + b) (inner), enclosed."""
    with precision(BITS):
        return vector_field_at(subject, [enclose(s, arb(0)) for s in exact_state(subject)])


def vector_field_at(subject: Subject, x: list[arb]) -> list[arb]:
    """f(x) for the points of a box, enclosed; not finite where σ is not defined."""
    inside = x if subject.form is Form.OUTER else affine(subject, x)
    sigma = [enclose(subject.activation, a) for a in inside]
    drive = affine(subject, sigma) if subject.form is Form.OUTER else sigma
    return [d - to_arb(subject.leak) * a for d, a in zip(drive, x, strict=True)]


def affine(subject: Subject, v: list[arb]) -> list[arb]:
    """W v + b, enclosed."""
    return [
        sum((to_arb(w) * a for w, a in zip(row, v, strict=True)), to_arb(b))
        for row, b in zip(subject.W, subject.bias, strict=True)
    ]


def _not_an_equilibrium(subject: Subject, _: Known) -> Finding:
    speeds = [abs(v) for v in vector_field(subject)]
    if not any(v > 0 for v in speeds):
        raise CertificateRejected("f(x₀) could not be shown to differ from 0.")
    return Finding(evidence=Evidence.BALL, margin=next(v for v in speeds if v > 0))


def _nonzero_equilibrium(subject: Subject, _: Known) -> Finding:
    """x₀ ≠ 0 and Σ_j w_ij σ(x_j) = 0, exactly.

    Coordinates at which σ is 0 add nothing; of the others, equal ones share one σ, whose coefficients cancel.
    """
    state = exact_state(subject)
    plain = subject.form is Form.OUTER and not subject.leak and not any(subject.bias)
    require(plain, "an equilibrium is decided for the outer form without leak and bias.")
    require(any(enclose(s, arb(0)) != 0 for s in state), "x₀ could not be shown to differ from 0.")
    if is_zero(subject.activation):
        return EXACT
    # soundness: only where σ is shown to be exactly 0 is a coordinate left out
    values = {value for value in state if not _vanishes(subject.activation, value)}
    for i, row in enumerate(subject.W):
        for value in values:
            weight = sum((w for w, s in zip(row, state, strict=True) if s == value), Fraction(0))
            if weight:  # soundness: no cancellation between different values of σ is assumed
                raise CertificateRejected(f"coordinate {i} of W σ(x₀) is not zero for every σ.")
    return EXACT


def _vanishes(sigma: Expression, value: Expression) -> bool:
    """Whether σ is shown to be exactly 0 at an exact number."""
    try:
        if isinstance(value, Number):
            return value_sign(sigma, value.value) == NULL
        return not normal_form(substitute(sigma, value))
    except Undecided:
        return False


def _mirror_line(subject: Subject, _: Known) -> Finding:
    """W = [[0, w], [-w, 0]], w > 0, x₀ = (a, 2c - a), σ(2c - x) = σ(x) as trees, σ(a) > 0."""
    require(subject.n == 2 and subject.W[0][1] > 0, "n is not 2, or W[0, 1] is not > 0.")
    first, second = exact_state(subject)
    total = multiply(number(2), first) if first == second else add(first, second)
    with precision(BITS):
        require_mirror(subject.activation, total)
        return require_positive(enclose(subject.activation, enclose(first, arb(0))), "σ(a)")


def require_mirror(sigma: Expression, total: Expression) -> None:
    """σ(total - x) = σ(x), as trees.

    Raises:
        CertificateRejected: the trees differ.
    """
    mirrored = _reduce_sines(substitute(sigma, add(total, negate(X))))
    if mirrored != sigma:  # soundness: equality of trees, never of values
        shown = format_expression(mirrored)
        raise CertificateRejected(f"σ(2c - x) = {shown} is not σ(x) as a tree.")


def _reduce_sines(tree: Expression) -> Expression:
    """sin(pi + u) = -sin(u) and sin(-x) = -sin(x), applied to a tree that is one sine."""
    match tree:
        case Call("sin", (Sum(terms),)) if Constant("pi") in terms:
            others = list(terms)
            others.remove(Constant("pi"))  # soundness: one half turn, one change of sign
            return negate(_reduce_sines(call("sin", add(*others))))
        case Call("sin", (inner,)) if inner == negate(X):
            return negate(call("sin", X))
        case _:
            return tree


def slope_at(sigma: Expression, value: Expression) -> arb:
    """σ' at an exact number, enclosed; next to it σ must be one smooth piece."""
    if not is_branching(sigma):
        return enclose(derivative(sigma), enclose(value, arb(0)))
    if not isinstance(value, Number):
        raise CertificateRejected("the slope of a σ with branches is read at rationals.")
    beside = Fraction(1, 2**20)
    try:
        part = smooth(sigma, value.value - beside, value.value + beside)  # soundness: no kink at the point
    except Undecided as kink:
        raise CertificateRejected(f"σ is not seen to be smooth at {value.value}: {kink}") from kink
    return enclose(derivative(part), to_arb(value.value))


def _jacobian_leaves_the_axis(subject: Subject, _: Known) -> Finding:
    """n = 2, skew: λ² = -det(W D), so det(W D) < 0 gives the real eigenvalues ±√(-det)."""
    require(subject.n == 2, "decided for n = 2.")
    with precision(BITS):
        d = [slope_at(subject.activation, s) for s in exact_state(subject)]
        weight = to_arb(-subject.W[0][1] * subject.W[1][0])
        return require_positive(-(weight * d[0] * d[1]), "-det(W D)")


STATE_PREMISES = (
    Premise(name="positive-energy", says="H(x₀) > 0", decide=_positive_energy),
    Premise(
        name="below-escape",
        says="H(x₀) < E*",
        decide=_energy_below("escape_energy"),
        reads=("escape_energy",),
    ),
    Premise(
        name="below-well-depth", says="H(x₀) < E₀", decide=_energy_below("well_depth"), reads=("well_depth",)
    ),
    Premise(name="above-escape", says="H(x₀) > E*", decide=_energy_above_escape, reads=("escape_energy",)),
    Premise(name="not-an-equilibrium", says="f(x₀) ≠ 0", decide=_not_an_equilibrium),
    Premise(name="nonzero-equilibrium", says="f(x₀) = 0 and x₀ ≠ 0", decide=_nonzero_equilibrium),
    Premise(name="mirror-line", says="x₀ = (a, 2c - a), σ(2c - x) = σ(x), σ(a) > 0", decide=_mirror_line),
    Premise(
        name="jacobian-leaves-the-axis", says="det(W D) < 0 at x₀, n = 2", decide=_jacobian_leaves_the_axis
    ),
)
