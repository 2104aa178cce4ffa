"""Premises about one step of forward Euler from x₀, or many: by balls."""

from flint import arb

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.potential import increase
from gsdcheck.certify.premise import BITS, Finding, Known, Premise, require, require_positive
from gsdcheck.certify.state_premises import affine, exact_state, vector_field_at
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Form
from gsdcheck.model.verdict import Evidence

MOST_STEPS, MOST_UNITS = 2_000, 4
_STEP_BITS = 256
LARGEST = arb(2) ** 1024
"""No float64 is as large."""


def step_of(subject: Subject) -> arb:
    """h.

    Raises:
        CertificateRejected: there is none.
    """
    if subject.step is None:
        raise CertificateRejected("the premise needs a step h.")
    return to_arb(subject.step)


def _energy_falls(subject: Subject, _: Known) -> Finding:
    """H(x₀) - H(x₀ + h f(x₀)) > 0."""
    with precision(BITS):
        h, x = step_of(subject), [enclose(s, arb(0)) for s in exact_state(subject)]
        moved = [a + h * v for a, v in zip(x, vector_field_at(subject, x), strict=True)]
        before, after = (v if subject.form is Form.OUTER else affine(subject, v) for v in (x, moved))
        # soundness: H(x₀) - H(x₁) is the sum of Φ(y_i) - Φ(y_i'), each enclosed for all points of both balls
        falls = [increase(subject.activation, b, a) for a, b in zip(before, after, strict=True)]
        return require_positive(sum(falls, arb(0)), "H(x₀) - H(x₁)")


def _overflows(subject: Subject, _: Known) -> Finding:
    """Some iterate of x ← x + h f(x) has a coordinate beyond 2¹⁰²⁴, within 2 000 steps."""
    require(subject.n <= MOST_UNITS, f"decided for n ≤ {MOST_UNITS}.")
    with precision(_STEP_BITS):
        h, x = step_of(subject), [enclose(s, arb(0)) for s in exact_state(subject)]
        for _step_number in range(MOST_STEPS):
            x = [a + h * v for a, v in zip(x, vector_field_at(subject, x), strict=True)]
            if any(abs(a) > LARGEST for a in x):
                return Finding(evidence=Evidence.BALL)
            if not all(a.is_finite() for a in x):
                break
    raise CertificateRejected(f"no iterate is shown to leave the floats within {MOST_STEPS} steps.")


EULER_PREMISES = (
    Premise(name="energy-falls", says="H(x₀ + h f(x₀)) < H(x₀)", decide=_energy_falls),
    Premise(
        name="euler-overflows",
        says="an iterate of forward Euler leaves the range of float64 within 2 000 steps",
        decide=_overflows,
    ),
)
