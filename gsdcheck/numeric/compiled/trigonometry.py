"""sin and cos by quarter turns, atan by eighths."""

import math

from llvmlite import ir

from gsdcheck.numeric.compiled.arithmetic import Arithmetic
from gsdcheck.numeric.compiled.coefficients import ATAN, COS, SIN

_QUARTER = (math.pi / 2, 6.123233995736766e-17, -1.4973849048591833e-33)
"""π/2 in three parts, of which a product with k ≤ 2²⁰ loses nothing that a double shows."""
_FAR = 2.0**20
"""Beyond this the parts do not suffice; the C library's function then serves, lane by lane."""


def sin(do: Arithmetic) -> ir.Value:
    """sin x."""
    return do.with_sign_of_zero(_turned(do, "sin", 0), do.x)


def cos(do: Arithmetic) -> ir.Value:
    """cos x."""
    return _turned(do, "cos", 1)


def _turned(do: Arithmetic, symbol: str, ahead: int) -> ir.Value:
    """sin(x + ahead·π/2): ±sin r or ±cos r with x = k π/2 + r, |r| ≤ π/4, as k + ahead says."""
    build, far = do.builder, do.compare(">", do.abs(do.x), do.number(_FAR))
    x = do.select(far, do.number(0.0), do.x)
    whole, k = do.nearest(x, 2 / math.pi)
    high, low = _remainder(do, x, whole)
    turn = build.add(k, do.integer(ahead))
    odd = build.icmp_signed("!=", build.and_(turn, do.integer(1)), do.integer(0))
    size = do.select(odd, _cosine(do, high, low), _sine(do, high, low))
    flip = build.shl(build.and_(turn, do.integer(2)), do.integer(62))
    value = do.doubles(build.xor(do.bits(size), flip))
    return do.lanewise(symbol, do.x, far, value)


def _remainder(do: Arithmetic, x: ir.Value, whole: ir.Value) -> tuple[ir.Value, ir.Value]:
    """x - k π/2 as an unevaluated sum, |low| far below |high|."""
    first, second, third = map(do.number, _QUARTER)
    near = do.fma(whole, do.neg(first), x)  # exact: a multiple of 2⁻⁵³ below 1
    product = do.mul(whole, second)
    lost = do.fma(whole, second, do.neg(product))
    high = do.sub(near, product, name="high")
    # Knuth's sum without a branch: near - product = high + rounding exactly, whichever is larger
    change = do.sub(high, near)
    rounding = do.sub(do.sub(near, do.sub(high, change)), do.add(product, change))
    low = do.sub(do.sub(rounding, lost), do.mul(whole, third), name="low")
    return high, low


def _sine(do: Arithmetic, r: ir.Value, low: ir.Value) -> ir.Value:
    """sin(r + low) = r + (r³ S(r²) + low (1 - r²/2))."""
    z = do.mul(r, r)
    cube = do.mul(z, r)
    slope = do.fma(z, do.number(-0.5), do.number(1.0))
    return do.add(r, do.fma(cube, do.polynomial(z, SIN), do.mul(low, slope)), name="sine")


def _cosine(do: Arithmetic, r: ir.Value, low: ir.Value) -> ir.Value:
    """cos(r + low) = w + (((1 - w) - r²/2) + (r⁴ C(r²) - r low)), w = 1 - r²/2 rounded."""
    one, z = do.number(1.0), do.mul(r, r)
    half = do.mul(do.number(0.5), z)
    w = do.sub(one, half)
    rest = do.fma(do.mul(z, z), do.polynomial(z, COS), do.neg(do.mul(r, low)))
    return do.add(w, do.add(do.sub(do.sub(one, w), half), rest), name="cosine")


def atan(do: Arithmetic) -> ir.Value:
    """atan a = base + atan y: y = a below tan π/8, (a - 1)/(a + 1) below tan 3π/8, and -1/a; signed."""
    one, size = do.number(1.0), do.abs(do.x)
    middle = do.compare(">", size, do.number(math.tan(math.pi / 8)))
    large = do.compare(">", size, do.number(math.tan(3 * math.pi / 8)))

    def by_size(low: ir.Value, mid: ir.Value, high: ir.Value) -> ir.Value:
        return do.select(large, high, do.select(middle, mid, low))

    above = by_size(size, do.sub(size, one), do.number(-1.0))
    below = by_size(one, do.add(size, one), size)
    y = do.div(above, below, name="y")
    z = do.mul(y, y)
    rest = do.mul(do.mul(z, y), do.polynomial(z, ATAN), name="rest")
    base = by_size(do.number(0.0), do.number(math.pi / 4), do.number(math.pi / 2))
    lost = by_size(do.number(0.0), do.number(_QUARTER[1] / 2), do.number(_QUARTER[1]))
    return do.with_sign(do.add(base, do.add(y, do.add(rest, lost))), do.x)
