"""Premises that something changes at a state x₀ which a claim says is constant: by balls."""

from collections.abc import Callable

from flint import arb

from gsdcheck.certify import linear
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.euler_premises import step_of
from gsdcheck.certify.premise import BITS, Finding, Known, Premise, require_positive
from gsdcheck.certify.state_premises import affine, exact_state, slope_at, vector_field_at
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.expression import Expression, Number, number
from gsdcheck.model.system import Form


def _state(subject: Subject) -> list[arb]:
    return [enclose(s, arb(0)) for s in exact_state(subject)]


def _argument(subject: Subject, x: list[arb]) -> list[arb]:
    """What σ is applied to: x, or Wx + b."""
    return x if subject.form is Form.OUTER else affine(subject, x)


def _dot(u: list[arb], v: list[arb]) -> arb:
    return sum((a * b for a, b in zip(u, v, strict=True)), arb(0))


def energy_rate(subject: Subject) -> arb:
    """dH/dt at x₀: σ(x)·f(x) (outer), or σ(y)·W f(x) with y = Wx + b (inner)."""
    x = _state(subject)
    f = vector_field_at(subject, x)
    sigma = [enclose(subject.activation, a) for a in _argument(subject, x)]
    moved = f if subject.form is Form.OUTER else [_dot([to_arb(w) for w in row], f) for row in subject.W]
    return _dot(sigma, moved)


def _casimir_rate(subject: Subject) -> arb:
    """k·f(x₀) for the first k of a basis of {k: kᵀW = 0} of which it is shown to differ from 0."""
    f = vector_field_at(subject, _state(subject))
    return _largest([_dot([to_arb(v) for v in k], f) for k in linear.left_kernel(subject.W)])


def _trace(subject: Subject) -> arb:
    """tr Df(x₀) = -nγ + Σ w_ii σ'(y_i), y the argument of σ."""
    slopes = [slope_at(subject.activation, y) for y in _exact_argument(subject)]
    diagonal = [to_arb(subject.W[i][i]) for i in range(subject.n)]
    return _dot(diagonal, slopes) - subject.n * to_arb(subject.leak)


def _exact_argument(subject: Subject) -> list[Expression]:
    """The argument of σ at x₀, exactly."""
    state = list(exact_state(subject))
    if subject.form is Form.OUTER:
        return state
    values = [s.value for s in state if isinstance(s, Number)]
    if len(values) < len(state):
        raise CertificateRejected("in the inner form slopes are read at rational states.")
    return [
        number(sum((w * v for w, v in zip(row, values, strict=True)), b))
        for row, b in zip(subject.W, subject.bias, strict=True)
    ]


def _largest(values: list[arb]) -> arb:
    """The first |value| that is shown to be > 0; 0 if none is."""
    return next((abs(v) for v in values if abs(v) > 0), arb(0))


def _drive(subject: Subject) -> arb:
    return _largest(affine(subject, _state(subject)))


def _push(subject: Subject) -> arb:
    """W σ(y) at the argument y of σ."""
    sigma = [enclose(subject.activation, a) for a in _argument(subject, _state(subject))]
    return _largest([_dot([to_arb(w) for w in row], sigma) for row in subject.W])


def _norm_rate(subject: Subject) -> arb:
    """x·f(x) at x₀, half the rate of ‖x‖²."""
    x = _state(subject)
    return _dot(x, vector_field_at(subject, x))


def _euler_norm(subject: Subject) -> arb:
    """‖x₀ + h f‖² - ‖x₀‖² - h² ‖W x₀‖²."""
    x, h = _state(subject), step_of(subject)
    moved = [a + h * v for a, v in zip(x, vector_field_at(subject, x), strict=True)]
    speed = [_dot([to_arb(w) for w in row], x) for row in subject.W]
    return _dot(moved, moved) - _dot(x, x) - h * h * _dot(speed, speed)


def _differs(value: Callable[[Subject], arb], what: str) -> Callable[[Subject, Known], Finding]:
    def decide(subject: Subject, _: Known) -> Finding:
        with precision(BITS):
            return require_positive(abs(value(subject)), f"|{what}|")

    return decide


POINT_PREMISES = (
    Premise(name="energy-changes", says="dH/dt ≠ 0 at x₀", decide=_differs(energy_rate, "dH/dt")),
    Premise(
        name="casimir-changes",
        says="k·f(x₀) ≠ 0 for some k with kᵀW = 0",
        decide=_differs(_casimir_rate, "k·f"),
    ),
    Premise(name="trace-differs", says="tr Df(x₀) ≠ 0", decide=_differs(_trace, "tr Df")),
    Premise(name="norm-changes", says="x₀·f(x₀) ≠ 0", decide=_differs(_norm_rate, "x·f")),
    Premise(name="drive-differs", says="Wx₀ + b ≠ 0", decide=_differs(_drive, "Wx₀ + b")),
    Premise(name="pushed", says="Wσ(y₀) ≠ 0, y₀ the argument of σ", decide=_differs(_push, "Wσ(y₀)")),
)

STEPPING_PREMISES = (
    Premise(
        name="euler-norm-differs",
        says="‖x₀ + h f‖² ≠ ‖x₀‖² + h² ‖Wx₀‖²",
        decide=_differs(_euler_norm, "‖x₁‖² - ‖x₀‖² - h²‖Wx₀‖²"),
    ),
)
