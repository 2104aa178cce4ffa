"""Arithmetic of signs as masks (see `polynomials`): of sums, products, powers and intervals."""

from fractions import Fraction

from gsdcheck.certify.intervals import Interval
from gsdcheck.certify.polynomials import ANY, NEGATIVE, NULL, POSITIVE

NOT_NEGATIVE, NOT_POSITIVE = POSITIVE | NULL, NEGATIVE | NULL


def sum_sign(masks: list[int]) -> int:
    """The signs of a sum of terms with these signs."""
    if all(mask == NULL for mask in masks):
        return NULL
    for weak, strict in ((NOT_NEGATIVE, POSITIVE), (NOT_POSITIVE, NEGATIVE)):
        if all(mask | weak == weak for mask in masks):
            return strict if strict in masks else weak
    return ANY


def product_sign(a: int, b: int) -> int:
    """The signs of a product."""
    result = 0
    for s in (-1, 0, 1):
        for t in (-1, 0, 1):
            if a & (2 << s if s >= 0 else 1) and b & (2 << t if t >= 0 else 1):
                result |= 2 << (s * t) if s * t >= 0 else 1
    return result


def mask_of_interval(image: Interval) -> int:
    """The signs of the numbers of an interval."""
    bottom, top = image
    return (
        (0 if bottom >= 0 else NEGATIVE)
        | (0 if bottom > 0 or top < 0 else NULL)
        | (0 if top <= 0 else POSITIVE)
    )


def power_sign(base: int, exponent: Fraction) -> int:
    """The signs of u^e; where e < 0 or e is no integer, u is where the power is defined."""
    if exponent < 0:
        base &= ~NULL
    if exponent.denominator > 1:
        return base & NOT_NEGATIVE
    return base if exponent.numerator % 2 else product_sign(base, base) & (POSITIVE | base & NULL)
