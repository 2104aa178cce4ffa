"""The network that a weights file and the options describe, read exactly, and how a record names it."""

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from gsdcheck.engine.weights import Weights, read_weights
from gsdcheck.errors import InvalidInput
from gsdcheck.model.expression import Number
from gsdcheck.model.library import find_activation
from gsdcheck.model.parser import parse_exact
from gsdcheck.model.system import Form, Matrix, System, Vector

MAX_SHOWN = 16
"""A larger W is named by its hash in the subject; certificates hold it whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What is inspected: the weights as read, the system made of them, and the step of forward Euler."""

    weights: Weights
    system: System
    step: Fraction | None
    projected: bool


def inspected(
    spec: str,
    *,
    activation: str,
    form: str,
    leak: str,
    bias: str | None,
    euler_step: str | None,
    project_skew: bool,
) -> Inspected:
    """The system of these options, as `inspect` takes them.

    Raises:
        InvalidInput: an option or the file breaks its rule; UnknownName where a name is unknown.
    """
    sigma, step = (
        find_activation(activation),
        None if euler_step is None else exact_option("euler step", euler_step),
    )
    if form not in ("outer", "inner"):
        raise InvalidInput(f"form is {form!r}. It must be outer or inner.")
    if step is not None and step <= 0:
        raise InvalidInput(f"euler step is {step}. A step is a number h > 0.")
    weights = read_weights(spec)
    W = skew_part(weights.W) if project_skew else weights.W
    given = weights.bias if bias is None else tuple(exact_option("bias", text) for text in bias.split(","))
    system = System(W=W, activation=sigma, form=Form(form), leak=exact_option("leak", leak), bias=given or ())
    return Inspected(weights=weights, system=system, step=step, projected=project_skew)


def exact_option(name: str, text: str) -> Fraction:
    """The rational that an option spells.

    Raises:
        InvalidInput: it is no rational number.
    """
    tree = parse_exact(text.strip())  # bounded in length and exponent, unlike Fraction(text)
    if not isinstance(tree, Number):
        raise InvalidInput(f"{name} is {text[:40]!r}. It must be a rational number such as 0.3 or 1/3.")
    return tree.value


def skew_part(W: Matrix) -> Matrix:
    """(W - Wᵀ)/2, exactly: the skew matrix nearest to W."""
    n = len(W)
    return tuple(tuple((W[i][j] - W[j][i]) / 2 for j in range(n)) for i in range(n))


def described(subject: Inspected) -> dict[str, Any]:
    """The subject as a record names it; numbers are exact."""
    system, weights = subject.system, subject.weights
    rows = [[str(entry) for entry in row] for row in system.W]
    small = system.n <= MAX_SHOWN
    return {
        "name": weights.name,
        "activation": system.activation.text,
        "n": system.n,
        "form": str(system.form),
        "leak": str(system.leak),
        "bias": _bias(system.bias),
        "euler_step": None if subject.step is None else str(subject.step),
        "dtype": weights.dtype,
        "projected": subject.projected,
        "W": rows if small else None,
        "W_sha256": None if small else weights_hash(rows),
    }


def weights_hash(rows: list[list[str]]) -> str:
    """What names a W that is too large for the subject."""
    return sha256(str(rows).encode()).hexdigest()


def _bias(bias: Vector) -> list[str] | None:
    return [str(entry) for entry in bias] if any(bias) else None
