"""An activation: σ, its derivative and its potential, as trees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from gsdcheck.errors import ExpressionError, InvalidInput
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import Expression, Number, Variable, nodes
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import MAX_DIGITS, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """σ: ℝ → ℝ with σ' and, where a closed form is known, Φ(s) = ∫₀ˢ σ.

    `slope` and `potential` are written to be accurate in float64 (no cancellation at 0, no overflow that
    does not belong there); `potential` is None where no closed form is carried, and then quadrature serves.
    """

    name: str
    expression: Expression
    slope: Expression
    potential: Expression | None = None
    parameters: Mapping[str, Fraction] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text if self.name == self.text else f"{self.name}: {self.text}"

    @property
    def text(self) -> str:
        """σ in the grammar of expressions."""
        return format_expression(self.expression)


def activation_from_expression(text: str) -> Activation:
    """The activation that the expression in x defines; its name is the expression.

    Raises:
        ExpressionError: the text is not in the grammar, or a number in it has too many digits to be read back.
        InvalidInput: the text has no x, and is not the zero activation "0".
    """
    tree = parse(text)
    if text.strip() != "0" and not any(isinstance(node, Variable) for node in nodes(tree)):
        raise InvalidInput(
            f"{text!r} does not depend on x. An activation is an expression in x, like tanh(x)."
        )
    if any(isinstance(node, Number) and _is_long(node.value) for node in nodes(tree)):
        raise ExpressionError(
            f"{text[:80]!r} has a number of more than {MAX_DIGITS} digits when it is written as a fraction."
            " Use shorter numbers, or measure x in another unit."
        )
    return Activation(name=format_expression(tree), expression=tree, slope=derivative(tree))


def _is_long(value: Fraction) -> bool:
    return bool(max(abs(value.numerator), value.denominator) >= 10**MAX_DIGITS)
