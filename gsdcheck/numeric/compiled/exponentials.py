"""exp, expm1, tanh, sinh and cosh: x = k ln 2 + r with |r| ≤ ln 2 / 2, and e^x = 2ᵏ (1 + (e^r - 1))."""

import math

from llvmlite import ir

from gsdcheck.numeric.compiled.arithmetic import Arithmetic
from gsdcheck.numeric.compiled.coefficients import EXPM1

_LN2_HIGH = 0.6931471803691238
"""ln 2 to 33 bits, so that its products with k are exact."""
_LN2_LOW = 1.9082149292705877e-10
_LOG2_E = 1 / math.log(2)


def exp(do: Arithmetic) -> ir.Value:
    """e^x; beyond 709.79 ∞, below -745.14 zero, subnormal between -708.4 and that."""
    return exponential(do, do.x)


def exponential(do: Arithmetic, x: ir.Value) -> ir.Value:
    """e^x, for use inside another function."""
    p, k = _reduced(do, do.at_least(do.at_most(x, 710.0), -746.0))
    return _scaled(do, do.add(do.number(1.0), p), k)


def expm1(do: Arithmetic) -> ir.Value:
    """e^x - 1."""
    value = _expm1(do, do.at_least(do.at_most(do.x, 710.0), -40.0))
    return do.with_sign(value, do.x)


def _expm1(do: Arithmetic, x: ir.Value) -> ir.Value:
    """2ᵏp + (2ᵏ - 1) in halves, because 2¹⁰²⁴ is none; p itself where k = 0, so that small x keep their bits."""
    p, k = _reduced(do, x)
    half = do.power_of_two(do.builder.sub(k, do.integer(1)))
    scaled = do.fma(half, p, do.sub(half, do.number(0.5)))
    zero = do.builder.icmp_signed("==", k, do.integer(0))
    return do.select(zero, p, do.add(scaled, scaled), name="expm1")


def tanh(do: Arithmetic) -> ir.Value:
    """t / (t + 2) with t = e^(2|x|) - 1, signed; 1 from 20 on."""
    size = do.at_most(do.abs(do.x), 20.0)
    whole, k = do.nearest(size, 2 * _LOG2_E)
    rest = do.fma(whole, do.number(-_LN2_HIGH / 2), size)
    rest = do.fma(whole, do.number(-_LN2_LOW / 2), rest)
    p = _expm1_of(do, do.add(rest, rest, name="r"))
    scale = do.power_of_two(k)
    t = do.fma(scale, p, do.sub(scale, do.number(1.0)), name="t")
    return do.with_sign(do.div(t, do.add(t, do.number(2.0))), do.x)


def sinh(do: Arithmetic) -> ir.Value:
    """(t + t/(t + 1)) / 2 with t = e^|x| - 1, signed; e^|x| / 2 from 22 on."""
    size = do.at_most(do.abs(do.x), 711.0)
    t = _expm1(do, do.at_most(size, 30.0))
    small = do.mul(do.number(0.5), do.add(t, do.div(t, do.add(t, do.number(1.0)))))
    large = do.compare(">", size, do.number(22.0))
    return do.with_sign(do.select(large, _half_exp(do, size), small), do.x)


def cosh(do: Arithmetic) -> ir.Value:
    """E + 1/(4E) with E = e^|x| / 2."""
    half = _half_exp(do, do.at_most(do.abs(do.x), 711.0))
    return do.add(half, do.div(do.number(0.25), half), name="cosh")


def _half_exp(do: Arithmetic, x: ir.Value) -> ir.Value:
    """e^x / 2, which overflows later than e^x."""
    p, k = _reduced(do, x)
    return _scaled(do, do.add(do.number(1.0), p), do.builder.sub(k, do.integer(1)))


def _reduced(do: Arithmetic, x: ir.Value) -> tuple[ir.Value, ir.Value]:
    """e^r - 1 and the integer k."""
    whole, k = do.nearest(x, _LOG2_E)
    r = do.fma(whole, do.number(-_LN2_HIGH), x)
    return _expm1_of(do, do.fma(whole, do.number(-_LN2_LOW), r, name="r")), k


def _expm1_of(do: Arithmetic, r: ir.Value) -> ir.Value:
    """r + r² q(r)."""
    return do.fma(do.polynomial(r, EXPM1), do.mul(r, r, name="square"), r, name="p")


def _scaled(do: Arithmetic, value: ir.Value, k: ir.Value) -> ir.Value:
    """2ᵏ value in two factors: one alone would overflow before the product does, and round subnormals twice."""
    first = do.builder.ashr(k, do.integer(1))
    second = do.builder.sub(k, first)
    return do.mul(do.mul(value, do.power_of_two(first)), do.power_of_two(second), name="exp")
