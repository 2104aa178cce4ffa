"""A recurrent network with exact rational weights, and one concrete input to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import Activation
from gsdcheck.model.library import find_activation

Vector: TypeAlias = tuple[Fraction, ...]
Matrix: TypeAlias = tuple[Vector, ...]
Exact: TypeAlias = int | str | float | Fraction


class Form(Enum):
    """Where the weights act: x' = -γx + Wσ(x) + b (outer) or x' = -γx + σ(Wx + b) (inner)."""

    OUTER = "outer"
    INNER = "inner"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """(W, σ, form, γ, b): everything that a trajectory depends on, but for where it starts."""

    W: Matrix
    activation: Activation
    form: Form = Form.OUTER
    leak: Fraction = Fraction(0)
    bias: Vector = ()

    def __post_init__(self) -> None:
        n = len(self.W)
        if n == 0 or any(len(row) != n for row in self.W):
            shape = "x".join(map(str, (n, *({len(row) for row in self.W}))))
            raise InvalidInput(f"W is not square: {shape}. A weight matrix has as many rows as columns.")
        if not self.bias:
            object.__setattr__(self, "bias", (Fraction(0),) * n)
        if len(self.bias) != n:
            raise InvalidInput(f"bias has {len(self.bias)} entries but W is {n}x{n}. They must agree.")
        if self.leak < 0:
            raise InvalidInput(f"leak is {self.leak}. A leak is a rate γ ≥ 0.")

    def __str__(self) -> str:
        rows = ", ".join(f"[{', '.join(map(str, row))}]" for row in self.W)
        more = [f"γ = {self.leak}"] if self.leak else []
        more += [f"b = ({', '.join(map(str, self.bias))})"] if any(self.bias) else []
        return ", ".join([f"W = [{rows}]", f"σ = {self.activation.text}", f"{self.form} form", *more])

    @property
    def n(self) -> int:
        """The number of units."""
        return len(self.W)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One concrete input: a system, a state x₀, and for forward Euler a step h."""

    system: System
    state: Vector
    step: Fraction | None = None

    def __post_init__(self) -> None:
        if len(self.state) != self.system.n:
            raise InvalidInput(f"x0 has {len(self.state)} entries but W is {self.system.n}x{self.system.n}.")


def exact(value: Exact) -> Fraction:
    """The rational that the value is: a float is the binary fraction it holds, "0.2" is 1/5.

    Raises:
        InvalidInput: nan, an infinity, or a text that is no number.
    """
    try:
        return Fraction(value)
    except (ValueError, OverflowError, ZeroDivisionError) as fault:
        raise InvalidInput(f"{value!r} is not a finite number.") from fault


def exact_vector(values: Sequence[Exact]) -> Vector:
    """The entries as exact rationals."""
    return tuple(exact(value) for value in values)


def exact_matrix(rows: Sequence[Sequence[Exact]]) -> Matrix:
    """The entries as exact rationals, row by row."""
    return tuple(exact_vector(row) for row in rows)


def system(
    W: Sequence[Sequence[Exact]],
    activation: str | Activation = "tanh",
    *,
    form: str | Form = Form.OUTER,
    leak: Exact = 0,
    bias: Sequence[Exact] = (),
) -> System:
    """The system x' = -γx + Wσ(x) + b (outer) or x' = -γx + σ(Wx + b) (inner), dimensionless.

    Raises:
        InvalidInput: W is not square or not finite, the bias does not fit, or the leak is negative.
        UnknownName: no activation of that name.
    """
    return System(
        W=exact_matrix(W),
        activation=find_activation(activation) if isinstance(activation, str) else activation,
        form=Form(form),
        leak=exact(leak),
        bias=exact_vector(bias),
    )
