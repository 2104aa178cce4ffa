"""Numbers of any precision between mpmath and flint, without a rounding on the way in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from flint import arb, arf, ctx, fmpq

from gsdcheck.errors import InvalidInput

if TYPE_CHECKING:
    import mpmath

Real: TypeAlias = "int | float | str | Fraction | mpmath.mpf"


def to_arb(name: str, value: Real) -> arb:
    """The value, exactly or to the working precision of flint's context.

    Raises:
        InvalidInput: it is not a finite number.
    """
    try:
        if hasattr(value, "man_exp"):
            return _of_mpf(value)
        rational = Fraction(value)
    except (ValueError, TypeError, ArithmeticError) as fault:
        raise InvalidInput(
            f"{name} is {value!r}. Give a finite number: an mpf, a text such as '0.1', a Fraction or an int."
        ) from fault
    return arb(fmpq(rational.numerator, rational.denominator))


def _of_mpf(value: mpmath.mpf) -> arb:
    mantissa, exponent = map(int, value.man_exp)
    if not mantissa and value != 0:
        raise ValueError("nan or an infinity")
    return arb(arf((-mantissa if value < 0 else mantissa, exponent)))


def to_mpf(value: arb, digits: int) -> mpmath.mpf:
    """The midpoint, rounded to that many decimal digits."""
    import mpmath

    mantissa, exponent = value.mid().man_exp()
    with mpmath.workdps(digits):
        return mpmath.mpf((int(mantissa), int(exponent)))


def binary_size(value: arb) -> float:
    """log₂ |value|, to within 1; -inf for 0."""
    mantissa, exponent = value.mid().man_exp()
    return int(exponent) + int(mantissa).bit_length() if mantissa else float("-inf")


@contextmanager
def working(bits: int, length: int) -> Iterator[None]:
    """Flint's global context with this precision and this greatest length of a series, and back afterwards."""
    before = ctx.prec, ctx.cap
    ctx.prec, ctx.cap = bits, length
    try:
        yield
    finally:
        ctx.prec, ctx.cap = before
