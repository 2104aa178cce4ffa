"""u^q for a rational q, as `gsdcheck.numeric.evaluation` has it: roots are real, of numbers ≥ 0."""

from fractions import Fraction

from gsdcheck.numeric.compiled.scalars import lane_by_lane
from gsdcheck.numeric.compiled.vector import Vector, square_root

_MOST = 32
"""Up to this exponent products are used: u^n by them is off by less than n ulps."""


def power(u: Vector, q: Fraction) -> Vector:
    """u^q; u^0 is 1 for every u, nan too."""
    if q < 0:
        return 1.0 / power(u, -q)
    if q.denominator == 1 and q <= _MOST:
        return _product(u, q.numerator)
    if q == Fraction(1, 2):
        return square_root(u)
    return lane_by_lane("pow", u, u.like(float(q)))


def _product(u: Vector, n: int) -> Vector:
    """u^n from the highest binary digit of n down, so that nothing overflows which the power does not."""
    if n == 0:
        return u.like(1.0)
    value = u
    for digit in bin(n)[3:]:
        value = value * value
        if digit == "1":
            value = value * u
    return value
