"""How often an activation takes a value: what decides whether σ(x) = s has a solution."""

from enum import StrEnum
from fractions import Fraction

from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.facts.zero import zero_of
from gsdcheck.model.activation import Activation
from gsdcheck.model.expression import Number, add
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import MAX_DIGITS


class Preimages(StrEnum):
    """The number of x with σ(x) = s."""

    NONE = "none"
    ONE = "one"
    SEVERAL = "several"


def preimages(activation: Activation, value: Fraction) -> Preimages | None:
    """The number of x with σ(x) = value, from certificates; None where none was found, or the value is too long.

    It is the number of zeros of σ - value. That tends to 0 where the value is a limit of σ, too close for a sign:
    but a strictly increasing σ with |σ| ≤ M takes no value of size M or more, for beyond it σ would exceed M.
    """
    if _is_beyond(activation, abs(value)):
        return Preimages.NONE
    if len(str(value)) > MAX_DIGITS:  # the certificate could not be read back
        return None
    found = zero_of(_minus(activation, value))
    if found.only is None or found.certificate is None:
        return None
    return Preimages.ONE if found.only else Preimages(str(found.certificate["count"]))


def _is_beyond(activation: Activation, size: Fraction) -> bool:
    if not activation_facts(activation)["strictly_increasing"].holds:
        return False
    bound = activation_quantities(activation, ("bound",))["bound"].enclosure
    return bound is not None and bound[1] != "oo" and size >= Fraction(bound[1])


def _minus(activation: Activation, value: Fraction) -> Activation:
    """σ - value."""
    if not value:
        return activation
    expression = add(activation.expression, Number(-value))
    return Activation(name=format_expression(expression), expression=expression, slope=activation.slope)
