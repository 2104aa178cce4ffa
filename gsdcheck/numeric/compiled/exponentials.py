"""e^x and what is made of it: 2^k e^r with x = k ln 2 + r, |r| ≤ ln 2 / 2, and polynomials in r."""

from gsdcheck.numeric.compiled.coefficients import COSH, EXPM1, LN2_HIGH, LN2_LOW, LOG2_E, SINH, TANH
from gsdcheck.numeric.compiled.polynomials import horner, two_chains
from gsdcheck.numeric.compiled.vector import (
    Bits,
    Mask,
    Vector,
    at_least,
    at_most,
    fma,
    magnitude,
    select,
    with_sign_of,
)

_ROUND = 1.5 * 2.0**52
"""v + _ROUND has v, rounded to an integer, in its lowest bits."""

_BIAS = 1023
EXP_TOP, EXP_BOTTOM = 709.79, -746.0
"""Above the one e^x is beyond the largest float64, below the other it rounds to 0."""


def exp(x: Vector) -> Vector:
    """e^x = 2^k (1 + p)."""
    rounded, r = _reduced(at_least(at_most(x, EXP_TOP), EXP_BOTTOM))
    r = fma(rounded - _ROUND, -LN2_LOW, r)
    square = r * r
    p = fma(square, two_chains(r, square, EXPM1), r).named("p")
    half_power, rest = two_factors(rounded.bits(), x < -700.0)
    return fma(half_power, p, half_power) * rest


def expm1(x: Vector) -> Vector:
    """e^x - 1 = 2 (2^(k-1) p + (2^(k-1) - 1/2)), and x where |x| < 2^-54."""
    k, p = expm1_reduced(at_least(at_most(x, EXP_TOP), -40.0))
    half_power = power_of_two(k, -1).named("half_power")
    value = fma(half_power, p, half_power - 0.5) * 2.0
    return select(magnitude(x) < 2.0**-54, x, value)


def tanh(x: Vector) -> Vector:
    """tanh |x| = (1 - m) + ((ms + p) T + (ms - p)) / ((s - 1) T + s + 1), p = 2 - m, for any number m.

    Here |x| = k ln 2 / 2 + r, s = 2^k and T = tanh r, whose polynomial is half as long as that of e^r, for T is
    odd. With m = max(0, 1 - 3k/16) the quotient is small beside 1 - m, or exact (k = 0), so that its three
    roundings hardly count. From 20 on tanh rounds to 1.
    """
    size = at_most(magnitude(x), 20.0).named("size")
    rounded = fma(size, 2 * LOG2_E, _ROUND + _BIAS)
    k = (rounded - (_ROUND + _BIAS)).named("k")
    r = fma(k, -LN2_HIGH / 2, size).named("r")  # exact but for k (ln 2 - LN2_HIGH) / 2
    z = (r * r).named("z")
    T = fma(r * z, horner(z, TANH), r).named("T")
    s = (rounded.bits() << 52).double().named("s")
    m = at_least(fma(k, -0.1875, 1.0), 0.0).named("m")
    p = (2.0 - m).named("p")
    quotient = fma(fma(m, s, p), T, fma(m, s, -p)) / fma(s - 1.0, T, s + 1.0)
    return with_sign_of((1.0 - m) + quotient, x)


def sinh(x: Vector) -> Vector:
    """sinh |x| = sinh(k ln 2) cosh r + cosh(k ln 2) sinh r, and x where |x| < 2^-30."""
    less, more, even, odd = _addition(magnitude(x))
    value = (fma(less, even, more * odd) + less) * 2.0
    return select(magnitude(x) < 2.0**-30, x, with_sign_of(value, x))


def cosh(x: Vector) -> Vector:
    """cosh x = cosh(k ln 2) cosh r + sinh(k ln 2) sinh r."""
    less, more, even, odd = _addition(magnitude(x))
    return (fma(more, even, less * odd) + more) * 2.0


def expm1_reduced(x: Vector, beside: Vector | None = None) -> tuple[Bits, Vector]:
    """An integer k, in the lowest bits, and p with e^(x + beside) = 2^k (1 + p); beside is a rounding's worth.

    The correction of r comes in beside the polynomial, so that p has its last rounding only.
    """
    rounded, r = _reduced(x)
    k = rounded - _ROUND
    low = (k * -LN2_LOW if beside is None else fma(k, -LN2_LOW, beside)).named("low")
    corrected = (r + low).named("corrected")
    square = corrected * corrected
    p = r + fma(square, two_chains(corrected, square, EXPM1), low)
    return rounded.bits(), p.named("p")


def power_of_two(k: Bits, more: int) -> Vector:
    """2^(k + more) from the lowest bits of k; it must be a normal number."""
    return ((k + (_BIAS + more)) << 52).double()


def two_factors(k: Bits, low: Mask) -> tuple[Vector, Vector]:
    """2^k as 2^(k-1) · 2, or 2^(k+63) · 2^-63 where it is low: the first is normal, -1076 ≤ k ≤ 1024."""
    half = power_of_two(k, -1).bits()
    first = select(low, (half + (64 << 52)).double(), half.double())
    return first.named("half_power"), select(low, first.like(2.0**-63), 2.0)


def _reduced(x: Vector) -> tuple[Vector, Vector]:
    """k + _ROUND and x - k LN2_HIGH, which is exact."""
    rounded = fma(x, LOG2_E, _ROUND)
    return rounded, fma((rounded - _ROUND).named("k"), -LN2_HIGH, x).named("r")


def _addition(size: Vector) -> tuple[Vector, Vector, Vector, Vector]:
    """sinh(k ln 2)/2, cosh(k ln 2)/2, cosh r - 1, sinh r for |x| = k ln 2 + r. From 710.5 on both are beyond."""
    rounded, r = _reduced(at_most(size, 710.5))
    r = fma(rounded - _ROUND, -LN2_LOW, r)
    z = (r * r).named("z")
    growing = power_of_two(rounded.bits(), -2)
    fading = power_of_two(0 - at_most(rounded, _ROUND + 500.0).bits(), -2)  # 2^-500 adds nothing to 2^500
    less, more = (growing - fading).named("less"), (growing + fading).named("more")
    return less, more, (z * horner(z, COSH)).named("even"), fma(r * z, horner(z, SINH), r).named("odd")
