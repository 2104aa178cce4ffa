"""erf and erfc: an exponential of a polynomial, and of -x² times one."""

from gsdcheck.numeric.compiled.coefficients import ERF, ERFC, ERFC_NEAR, Coefficients
from gsdcheck.numeric.compiled.exponentials import expm1_reduced, power_of_two, two_factors
from gsdcheck.numeric.compiled.polynomials import horner, two_chains
from gsdcheck.numeric.compiled.vector import Vector, at_most, fma, magnitude, select, with_sign_of


def erf(x: Vector) -> Vector:
    """erf |x| = 1 - e^y, y = -|x| - |x| q(|x|): no digits are lost at 0. From 6 on it rounds to 1."""
    size = at_most(magnitude(x), 6.0).named("size")
    k, p = expm1_reduced(_log_erfc(size, ERF).named("y"))
    s = power_of_two(k, 0).named("s")
    return with_sign_of(fma(s, p, s - 1.0), x)


def erfc(x: Vector) -> Vector:
    """erfc |x| = e^(-x²) q(t) / (|x| + 4), t = 1 - 8 / (|x| + 4), and 2 less it for x < 0.

    Under 1/2 it is e^y, as 1 - erf. What x² loses by rounding is put back. From 27.3 on erfc rounds to 0.
    """
    size = at_most(magnitude(x), 27.3).named("size")
    near = size < 0.5
    square = (size * size).named("square")
    y = select(near, _log_erfc(size, ERFC_NEAR), -square)
    beside = select(near, size.like(0.0), fma(-size, size, square))
    k, p = expm1_reduced(y, beside)
    factor = select(near, 1.0, _scaled(size)).named("factor")
    half_power, rest = two_factors(k, y < -700.0)
    value = fma(factor, p, factor) * half_power * rest
    return select(x < 0.0, 2.0 - value, value)


def _log_erfc(size: Vector, coefficients: Coefficients) -> Vector:
    """log(1 - erf a) where the polynomial serves; its product with a small a is exact in all but the last place."""
    return -fma(size, two_chains(size, size * size, coefficients), size)


def _scaled(size: Vector) -> Vector:
    """e^(a²) erfc a = (w + v) q(1 - 8 (w + v)), where v is what 1 / (a + 4) lacks as the float64 w."""
    below = (size + 4.0).named("below")
    lost = size - (below - 4.0)
    w = (1.0 / below).named("w")
    v = (w * fma(-w, lost, fma(-w, below, 1.0))).named("v")
    t = fma(v, -8.0, fma(w, -8.0, 1.0)).named("t")
    q = horner(t, ERFC)  # in two chains the halves would cancel
    return fma(q, w, q * v)
