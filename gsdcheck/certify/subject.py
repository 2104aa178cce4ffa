"""The subject of a certificate: a network, and where it needs one a state and a step, read from plain JSON.

Every number has one spelling only ("1/2", never "2/4" or "0.5"), so that a certificate cannot say the same
thing in two ways, and a changed digit is a changed statement.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from gsdcheck.errors import CertificateRejected, ExpressionError
from gsdcheck.model.expression import ZERO, Expression, Number
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse, parse_exact
from gsdcheck.model.system import Case, Form, Matrix, System, Vector

MAX_UNITS = 64
MAX_TEXT = 2_000
_MOST_WRITTEN = 256
"""Characters up to which the numbers of a larger network are written out: an 8x8 matrix of digits."""
_RATIONAL = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?")
_KEYS = {"activation", "W", "form", "leak", "bias", "state", "step"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """(σ, W, form, γ, b), and optionally x₀ (exact numbers such as pi/2) and a step h."""

    activation: Expression
    W: Matrix
    form: Form
    leak: Fraction
    bias: Vector
    state: tuple[Expression, ...] | None
    step: Fraction | None

    @property
    def n(self) -> int:
        """The number of units."""
        return len(self.W)


def subject_data(
    system: System, state: Sequence[str | Fraction] | None = None, step: Fraction | None = None
) -> dict[str, object]:
    """The plain data of a system, for a certificate."""
    return {
        "activation": system.activation.text,
        "W": [[str(entry) for entry in row] for row in system.W],
        "form": str(system.form),
        "leak": str(system.leak),
        "bias": [str(entry) for entry in system.bias],
        "state": None if state is None else [format_expression(parse_exact(str(s))) for s in state],
        "step": None if step is None else str(step),
    }


def case_data(case: Case) -> dict[str, object]:
    """The plain data of a case, for a certificate."""
    return subject_data(case.system, case.state, case.step)


def require_text(value: object, what: str) -> str:
    """The value, which must be a short text."""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise CertificateRejected(
            f"{what} must be a text of at most {MAX_TEXT} characters, not {str(value)[:40]!r}."
        )
    return value


def require_keys(data: object, keys: set[str], what: str) -> Mapping[str, object]:
    """The mapping, which must have exactly these keys."""
    if not isinstance(data, Mapping) or set(data) != keys:
        found = sorted(map(str, data)) if isinstance(data, Mapping) else type(data).__name__
        raise CertificateRejected(f"{what} must have exactly the keys {sorted(keys)}, not {found}.")
    return data


def require_list(value: object, what: str, length: int | None = None) -> list[object]:
    """The value, which must be a list (of that length)."""
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise CertificateRejected(f"{what} must be a list{'' if length is None else f' of {length}'}.")
    return value


def require_rational(value: object, what: str) -> Fraction:
    """The rational that the text spells, in lowest terms."""
    text = require_text(value, what)
    # "1e9999999" is a rational to Python, and takes a minute: digits and one bar only.
    if not _RATIONAL.fullmatch(text):
        raise CertificateRejected(f"{what} is {text[:40]!r}, not a rational in lowest terms.")
    number = Fraction(text)
    if str(number) != text:  # soundness: one spelling a number
        raise CertificateRejected(f"{what} is {text[:40]!r}; in lowest terms that is {str(number)[:40]!r}.")
    return number


def require_expression(value: object, what: str, *, constant: bool = False) -> Expression:
    """The tree of the text, which must be spelled as `format_expression` spells it."""
    text = require_text(value, what)
    try:
        tree = parse_exact(text) if constant else parse(text)
    except ExpressionError as fault:
        raise CertificateRejected(f"{what}: {fault}") from None
    if format_expression(tree) != text:  # soundness: one spelling an expression
        raise CertificateRejected(f"{what} is {text!r}; its spelling here is {format_expression(tree)!r}.")
    return tree


def read_subject(data: object) -> Subject:
    """The subject that the plain data describes.

    Raises:
        CertificateRejected: a key is missing or unknown, a number is not exact or not in lowest terms, or
            the shapes disagree.
    """
    fields = require_keys(data, _KEYS, "a subject")
    rows = require_list(fields["W"], "W")
    n = len(rows)
    if not 1 <= n <= MAX_UNITS:
        raise CertificateRejected(f"W has {n} rows; a certificate holds 1 to {MAX_UNITS}.")
    form = fields["form"]
    if form not in ("outer", "inner"):
        raise CertificateRejected(f"form is {form!r}, not outer or inner.")
    state, step = fields["state"], fields["step"]
    leak = require_rational(fields["leak"], "leak")
    if leak < 0:
        raise CertificateRejected(f"leak is {leak}; a leak is ≥ 0.")
    return Subject(
        activation=require_expression(fields["activation"], "activation"),
        W=tuple(_vector(row, f"W[{i}]", n) for i, row in enumerate(rows)),
        form=Form(form),
        leak=leak,
        bias=_vector(fields["bias"], "bias", n),
        state=None
        if state is None
        else tuple(require_expression(s, "state", constant=True) for s in require_list(state, "state", n)),
        step=None if step is None else require_rational(step, "step"),
    )


def _vector(values: object, what: str, n: int) -> Vector:
    return tuple(require_rational(v, f"{what}[{j}]") for j, v in enumerate(require_list(values, what, n)))


def describe(subject: Subject) -> str:
    """The subject in one line: every number that the statement is about, or the fingerprint of what is too long."""
    parts = [f"σ = {format_expression(subject.activation)}", _matrix_text(subject.W), str(subject.form)]
    if subject.leak:
        parts.append(f"γ = {subject.leak}")
    if any(subject.bias):
        parts.append(f"b {_vector_text(subject.bias)}")
    if subject.state is not None:
        parts.append(f"x₀ = ({', '.join(map(format_expression, subject.state))})")
    if subject.step is not None:
        parts.append(f"h = {subject.step}")
    return ", ".join(parts)


def _matrix_text(W: Matrix) -> str:
    n, text = len(W), "[" + ", ".join("[" + ", ".join(map(str, row)) + "]" for row in W) + "]"
    if _is_long(n, text):
        return f"W {n}x{n} ({_fingerprint(str(W))})"
    return f"W = {text}"


def _vector_text(v: Vector) -> str:
    text = f"({', '.join(map(str, v))})"
    return f"of {len(v)} entries ({_fingerprint(str(v))})" if _is_long(len(v), text) else f"= {text}"


def _is_long(n: int, text: str) -> bool:
    """What stands in a sentence by a fingerprint, so that no entry can change without changing the statement."""
    return n > 4 and len(text) > _MOST_WRITTEN


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]


def is_zero(expression: Expression) -> bool:
    """Whether the tree is the number 0 (structurally; `False` says nothing)."""
    return expression == ZERO or (isinstance(expression, Number) and expression.value == 0)
