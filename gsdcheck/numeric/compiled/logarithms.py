"""log x, log(1 + x) and asinh x: k ln 2 + log(1 + f) with 1/√2 ≤ 1 + f < √2, and log(1 + f) = 2 atanh(f / (2 + f))."""

import math

from gsdcheck.numeric.compiled.coefficients import LN2_HIGH, LN2_LOW, LOG
from gsdcheck.numeric.compiled.polynomials import two_chains
from gsdcheck.numeric.compiled.vector import Bits, Vector, fma, magnitude, select, square_root, with_sign_of

_ROOT_HALF = 0x3FE6A09E667F3BCD
"""The bits of 1/√2: less these, an exponent field counts from 1/√2 to √2."""

_FRACTION = 2**52 - 1
_COUNTER = 0x4330000000000000
"""The bits of 2^52: with those of a small integer they are the float64 2^52 + that integer."""


def log(x: Vector) -> Vector:
    """log x; -∞ at ±0, nan below."""
    small = x < 2.0**-1022
    fields = select(small, x * 2.0**54, x).bits() - _ROOT_HALF
    f = ((fields & _FRACTION) + _ROOT_HALF).double() - 1.0
    k = _count(_counter(fields), select(small, x.like(54.0), 0.0))
    return _with_edge(_logarithm(k, f.named("f")), x, 0.0)


def log1p(x: Vector) -> Vector:
    """log(1 + x); -∞ at -1, nan below."""
    return _with_edge(with_sign_of(_one_plus(x, x.like(0.0)), x), x, -1.0)


def asinh(x: Vector) -> Vector:
    """asinh |x| = log(1 + y), y = |x| + x² / (1 + √(1 + x²)); log |x| + ln 2 where x is large."""
    size = magnitude(x).named("size")
    large = size > 2.0**60
    square = size * size
    y = size + square / (square_root(square + 1.0) + 1.0)
    value = _one_plus(select(large, size, y).named("y"), select(large, x.like(1.0), 0.0))
    return with_sign_of(select(size < math.inf, value, size), x)


def _one_plus(x: Vector, doublings: Vector) -> Vector:
    """log(1 + x) + doublings · ln 2 for -1 < x < ∞.

    f = (1 + x) 2^-k - 1 is x 2^-k + (2^-k - 1), rounded once: the digits that 1 + x loses play no part.
    """
    large = x > 2.0**60  # where 1 + x is x, and 2^-k might be too small a number
    scaled = select(large, x * 2.0**-100, x)
    counter = _counter(select(large, scaled, scaled + 1.0).bits() - _ROOT_HALF)
    s = ((2047 - counter) << 52).double().named("s")
    f = select(large, scaled * s - 1.0, fma(scaled, s, s - 1.0))
    k = _count(counter, select(large, x.like(-100.0), 0.0)) + doublings
    return _logarithm(k.named("k"), f.named("f"))


def _counter(fields: Bits) -> Bits:
    """1024 + k for fields that count from k."""
    return (fields + (1024 << 52)) >> 52


def _count(counter: Bits, less: Vector) -> Vector:
    """The k of the counter, less some power by which the argument was scaled."""
    return (((counter | _COUNTER).double() - (2.0**52 + 1024.0)) - less).named("k")


def _logarithm(k: Vector, f: Vector) -> Vector:
    """k ln 2 + f - (f²/2 - s (f²/2 + s² q(s²))), s = f / (2 + f)."""
    s = (f / (f + 2.0)).named("s")
    z = s * s
    half_square = (f * 0.5 * f).named("half_square")
    series = fma(z, two_chains(z, z * z, LOG), half_square)
    correction = half_square - fma(s, series, k * LN2_LOW)
    return fma(k, LN2_HIGH, f - correction)


def _with_edge(value: Vector, x: Vector, edge: float) -> Vector:
    """-∞ at the edge, nan below it, and ∞ or nan for ∞ or nan."""
    outside = select(x.equals(edge), -math.inf, select(x < edge, x.like(math.nan), x))
    return select((x > edge) & (x < math.inf), value, outside)
