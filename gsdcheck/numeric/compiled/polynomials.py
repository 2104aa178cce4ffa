"""A polynomial's value by fused multiplications and additions, in as short a chain as costs nothing."""

from gsdcheck.numeric.compiled.coefficients import Coefficients
from gsdcheck.numeric.compiled.vector import Vector, fma


def horner(x: Vector, coefficients: Coefficients) -> Vector:
    """Σ c_k x^k, one instruction a coefficient, each waiting for the one before."""
    *rest, last = coefficients
    value = x.like(last)
    for coefficient in reversed(rest):
        value = fma(value, x, coefficient)
    return value


def two_chains(x: Vector, square: Vector, coefficients: Coefficients) -> Vector:
    """Σ c_k x^k with x² given: even and odd powers side by side, no more instructions and half the wait."""
    even, odd = horner(square, coefficients[0::2]), horner(square, coefficients[1::2])
    return fma(odd, x, even)
