"""e^x, e^x - 1 and tanh x: 2^k e^r with x = k ln 2 + r, |r| ≤ ln 2 / 2, and a polynomial in r."""

from gsdcheck.numeric.compiled.coefficients import EXPM1, LN2_HIGH, LN2_LOW, LOG2_E, TANH
from gsdcheck.numeric.compiled.polynomials import two_chains
from gsdcheck.numeric.compiled.vector import (
    Bits,
    Vector,
    at_least,
    at_most,
    fma,
    magnitude,
    select,
    with_sign_of,
)

_ROUND = 1.5 * 2.0**52
"""v + _ROUND has v rounded to an integer in its lowest bits, for |v| ≤ 2^51."""

_BIAS = 1023
_EXP_TOP, _EXP_BOTTOM = 709.79, -746.0
"""Above the one e^x is beyond the largest float64, below the other it rounds to 0."""


def exp(x: Vector) -> Vector:
    """e^x = 2^k (1 + p), with 2^k in two factors where one would leave the exponents there are."""
    p, bits = _reduced(at_least(at_most(x, _EXP_TOP), _EXP_BOTTOM))
    low = x < -700.0
    half = _power_of_two(bits, _BIAS - 1)
    half = select(low, (half.bits() + (64 << 52)).double(), half).named("half_power")
    return fma(half, p, half) * select(low, 2.0**-63, 2.0)


def expm1(x: Vector) -> Vector:
    """e^x - 1 = 2 (2^(k-1) p + (2^(k-1) - 1/2)), and x where |x| < 2^-54."""
    p, bits = _reduced(at_least(at_most(x, _EXP_TOP), -40.0))
    half = _power_of_two(bits, _BIAS - 1).named("half_power")
    value = fma(half, p, half - 0.5) * 2.0
    return select(magnitude(x) < 2.0**-54, x, value)


def tanh(x: Vector) -> Vector:
    """((s - 1) + (s + 1) T) / ((s + 1) + (s - 1) T) with |x| = k ln 2 / 2 + r, s = 2^k, T = tanh r.

    One division, and a polynomial half as long as that of e^r, for T is odd. k ≤ 58: from 20 on tanh
    rounds to 1.
    """
    size = at_most(magnitude(x), 20.0).named("size")
    rounded = fma(size, 2 * LOG2_E, _ROUND + _BIAS)
    k = (rounded - (_ROUND + _BIAS)).named("k")
    r = fma(k, -LN2_LOW / 2, fma(k, -LN2_HIGH / 2, size)).named("r")
    z = r * r
    T = fma(r * z, two_chains(z, z * z, TANH), r).named("T")
    s = (rounded.bits() << 52).double().named("s")
    below, above = s - 1.0, s + 1.0
    return with_sign_of(fma(above, T, below) / fma(below, T, above), x)


def _reduced(x: Vector) -> tuple[Vector, Bits]:
    """p, and the bits of an integer k, with e^x = 2^k (1 + p)."""
    rounded = fma(x, LOG2_E, _ROUND)
    k = (rounded - _ROUND).named("k")
    r = fma(k, -LN2_LOW, fma(k, -LN2_HIGH, x)).named("r")
    square = r * r
    p = fma(square, two_chains(r, square, EXPM1), r).named("p")
    return p, rounded.bits()


def _power_of_two(k: Bits, bias: int) -> Vector:
    """2^(k + bias - 1023) from the lowest bits of k; the exponent must be that of a normal number."""
    return ((k + bias) << 52).double()
