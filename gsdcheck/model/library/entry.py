"""What the table holds of one function: σ, σ' and Φ as text, its parameters and their limits."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from gsdcheck.errors import InvalidInput
from gsdcheck.model.activation import Activation
from gsdcheck.model.parser import parse

Value: TypeAlias = str | int | Fraction

_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?|[-+]?\d+/\d+")
_MAX_LENGTH, _MOST = 60, 10**50
_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """σ, σ' and Φ in the grammar, where `{name}` stands for a parameter.

    The forms are chosen for float64: tests hold them against Arb from 1e-300 to 1e6. `potential` is None
    only where Φ has no closed form in the grammar. A default of None is a parameter that must be given; a
    limit is `left RELATION right` in parameters and numbers.
    """

    sigma: str
    slope: str
    potential: str | None
    defaults: Mapping[str, str | None] = field(default_factory=dict)
    limits: tuple[str, ...] = ()


def exact(key: str, value: Value) -> Fraction:
    """The rational that a parameter spells: "0.2" is 1/5.

    Raises:
        InvalidInput: it is no number, or longer than any that a table needs.
    """
    try:
        if isinstance(value, str) and (len(value) > _MAX_LENGTH or not _NUMBER.fullmatch(value)):
            raise ValueError(value)
        number = Fraction(value)
        if max(abs(number.numerator), number.denominator) >= _MOST:
            raise ValueError(value)
        return number
    except (ValueError, ArithmeticError, TypeError) as fault:
        raise InvalidInput(
            f"the parameter {key}={str(value)[:80]!r} is not an exact number such as 0.2 or 1/5."
        ) from fault


def build(name: str, entry: Entry, values: Mapping[str, Fraction]) -> Activation:
    """The activation of an entry at these values of all its parameters.

    Raises:
        InvalidInput: the values break a limit of the entry.
    """
    for limit in entry.limits:
        left, relation, right = limit.split()
        if not _COMPARE[relation](_operand(left, values), _operand(right, values)):
            shown = ", ".join(f"{key} = {value}" for key, value in values.items())
            raise InvalidInput(f"{name} with {shown}: it needs {limit}.")
    shown_values = {key: f"({value})" for key, value in values.items()}
    changed = [f"{k}={v}" for k, v in values.items() if not _is_default(entry.defaults[k], v)]
    return Activation(
        name=name + ("?" + "&".join(changed) if changed else ""),
        expression=parse(entry.sigma.format(**shown_values)),
        slope=parse(entry.slope.format(**shown_values)),
        potential=None if entry.potential is None else parse(entry.potential.format(**shown_values)),
        parameters=values,
    )


def _operand(text: str, values: Mapping[str, Fraction]) -> Fraction:
    return values[text] if text in values else Fraction(text)


def _is_default(default: str | None, value: Fraction) -> bool:
    return default is not None and Fraction(default) == value
