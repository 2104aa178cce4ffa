"""log, log1p and asinh: x = 2ᵏ m with √½ ≤ m < √2, and log m by s = (m - 1)/(m + 1)."""

from llvmlite import ir

from gsdcheck.numeric.compiled.arithmetic import Arithmetic
from gsdcheck.numeric.compiled.coefficients import LOG

_LN2_HIGH = 0.6931471803691238
_LN2_LOW = 1.9082149292705877e-10
_LN2 = _LN2_HIGH + _LN2_LOW
_ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
_ONE_BITS = 0x3FF0000000000000
_MANTISSA = 0x000FFFFFFFFFFFFF
_INFINITY = float("inf")
_NAN = float("nan")


def log(do: Arithmetic) -> ir.Value:
    """ln x; -∞ at 0, nan below."""
    tiny = do.compare("<", do.x, do.number(2.0**-1022))
    x = do.select(tiny, do.mul(do.x, do.number(2.0**54)), do.x)
    m, k = _split(do, x)
    whole = do.sub(_to_double(do, k), do.select(tiny, do.number(54.0), do.number(0.0)))
    f = do.sub(m, do.number(1.0))
    return _with_limits(do, do.x, _log(do, f, whole, do.number(0.0)))


def log1p(do: Arithmetic) -> ir.Value:
    """ln(1 + x); -∞ at -1, nan below."""
    value = _log1p(do, do.x)
    return do.with_sign_of_zero(_with_limits(do, do.add(do.number(1.0), do.x), value), do.x)


def _log1p(do: Arithmetic, x: ir.Value) -> ir.Value:
    """For x > -1: u = 1 + x is rounded, and the correction (1 + x - u)/u is added to its logarithm."""
    one = do.number(1.0)
    u = do.add(one, x, name="u")
    lost = do.select(
        do.compare(">", x, one), do.sub(one, do.sub(u, x)), do.sub(x, do.sub(u, one)), name="lost"
    )
    m, k = _split(do, u)
    whole = _to_double(do, k)
    # Near 1 there is no splitting: m - 1 is x itself, with all its bits.
    near = do.builder.icmp_signed("==", k, do.integer(0))
    f = do.select(near, x, do.sub(m, one), name="f")
    correction = do.select(near, do.number(0.0), do.div(lost, u), name="correction")
    return _log(do, f, whole, correction)


def asinh(do: Arithmetic) -> ir.Value:
    """log1p(a + a²/(1 + √(1 + a²))) with a = |x|, signed; ln 2a from 2²⁸ on."""
    one, size = do.number(1.0), do.abs(do.x)
    large = do.compare(">", size, do.number(2.0**28))
    square = do.mul(size, size)
    inner = do.add(size, do.div(square, do.add(one, do.sqrt(do.add(one, square)))))
    value = _log1p(do, do.select(large, do.sub(size, one), inner))
    value = do.add(value, do.select(large, do.number(_LN2), do.number(0.0)))
    infinite = do.compare("==", size, do.number(_INFINITY))
    return do.with_sign(do.select(infinite, size, value), do.x)


def _split(do: Arithmetic, x: ir.Value) -> tuple[ir.Value, ir.Value]:
    """m and the integer k of x = 2ᵏ m, for a normal x > 0."""
    build, bits = do.builder, do.bits(x)
    shifted = build.add(bits, do.integer(_ONE_BITS - _ROOT_HALF_BITS))
    k = build.sub(build.ashr(shifted, do.integer(52)), do.integer(1023), name="k")
    rest = build.and_(shifted, do.integer(_MANTISSA))
    return do.doubles(build.add(rest, do.integer(_ROOT_HALF_BITS))), k


def _to_double(do: Arithmetic, k: ir.Value) -> ir.Value:
    """An integer |k| < 2⁵¹ as a double, by the mantissa of 1.5·2⁵²."""
    magic = 6755399441055744.0
    shifted = do.builder.add(k, do.bits(do.number(magic)))
    return do.sub(do.doubles(shifted), do.number(magic), name="whole")


def _log(do: Arithmetic, f: ir.Value, whole: ir.Value, correction: ir.Value) -> ir.Value:
    """k ln 2 + log(1 + f) + correction, log(1 + f) = f - (f²/2 - s (f²/2 + R(s²))), s = f/(2 + f)."""
    s = do.div(f, do.add(do.number(2.0), f), name="s")
    z = do.mul(s, s, name="z")
    half_square = do.mul(do.mul(do.number(0.5), f), f, name="half")
    rest = do.mul(z, do.polynomial(z, LOG), name="R")
    low = do.fma(whole, do.number(_LN2_LOW), correction)
    tail = do.sub(half_square, do.fma(s, do.add(half_square, rest), low), name="tail")
    return do.fma(whole, do.number(_LN2_HIGH), do.sub(f, tail), name="log")


def _with_limits(do: Arithmetic, argument: ir.Value, value: ir.Value) -> ir.Value:
    """The logarithm of the argument where that is not a finite number > 0."""
    value = do.select(do.compare("<", argument, do.number(_INFINITY)), value, argument)
    value = do.select(do.compare("==", argument, do.number(0.0)), do.number(-_INFINITY), value)
    return do.select(do.compare("<", argument, do.number(0.0)), do.number(_NAN), value)
