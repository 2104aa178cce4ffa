"""sin x and cos x by x - k π/2, and atan x by quotients that bring |x| under tan π/8."""

import math

from gsdcheck.numeric.compiled.coefficients import ATAN, COS, HALF_PI_LOW, HALF_PI_PARTS, SIN, TWO_OVER_PI
from gsdcheck.numeric.compiled.polynomials import horner
from gsdcheck.numeric.compiled.scalars import rarely
from gsdcheck.numeric.compiled.vector import Bits, Vector, fma, magnitude, select, with_sign_of

_ROUND = 1.5 * 2.0**52
_FAR = 2.0**20
"""Beyond, and for nan, the C library is asked: k π/2 would need more digits of π than three parts have."""


def sin(x: Vector) -> Vector:
    """sin x; nan at ±∞."""
    quadrant, r = _reduced(x)
    return rarely(magnitude(x) > _FAR, "sin", x, _turned(quadrant, r))


def cos(x: Vector) -> Vector:
    """cos x; nan at ±∞."""
    quadrant, r = _reduced(x)
    return rarely(magnitude(x) > _FAR, "cos", x, _turned(quadrant + 1, r))


def atan(x: Vector) -> Vector:
    """atan t + (0, π/4, π/2) with t = |x|, (|x| - 1) / (|x| + 1), -1 / |x|, whichever is under tan π/8."""
    size = magnitude(x).named("size")
    middle, high = size > math.sqrt(2) - 1, size > math.sqrt(2) + 1
    above = select(high, -1.0, select(middle, size - 1.0, size))
    below = select(high, size, select(middle, size + 1.0, 1.0))
    t = (above / below).named("t")
    turns = select(high, 1.0, select(middle, x.like(0.5), 0.0)).named("turns")
    z = t * t
    small = t + fma(t * z, horner(z, ATAN), turns * HALF_PI_LOW)
    return with_sign_of(fma(turns, HALF_PI_PARTS[0], small), x)


def _reduced(x: Vector) -> tuple[Bits, Vector]:
    """The bits of k and r = x - k π/2, |r| ≤ π/4, for |x| ≤ 2^20.

    The first difference is exact: a multiple of 2^-52 below 1. The second part of π/2 has 33 bits, so that k
    times it is exact, and so is the second difference if digits cancel.
    """
    rounded = fma(x, TWO_OVER_PI, _ROUND)
    k = (rounded - _ROUND).named("k")
    r = x
    for part in HALF_PI_PARTS:
        r = fma(k, -part, r)
    return rounded.bits(), r.named("r")


def _turned(quadrant: Bits, r: Vector) -> Vector:
    """sin(r + quadrant π/2); the sign of a zero is that of r."""
    z = (r * r).named("z")
    sine = with_sign_of(fma(r * z, horner(z, SIN), r), r).named("sine")
    cosine = fma(z, horner(z, COS), 1.0).named("cosine")
    value = select((quadrant & 1).is_zero(), sine, cosine)
    return (value.bits() ^ ((quadrant & 2) << 62)).double()
