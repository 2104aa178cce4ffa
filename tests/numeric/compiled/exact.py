"""How far computed values are from f(x), in ulps of f(x), by Arb."""

import math
from collections.abc import Callable

import flint
import numpy as np
from flint import acb, arb

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.ulp import FORMATS, ulp_exponent

DOUBLE = FORMATS["float64"]
BITS = 160

FUNCTIONS: dict[str, Callable[[arb], arb]] = {
    name: getattr(arb, name)
    for name in ("exp", "expm1", "sinh", "cosh", "tanh", "log", "log1p", "asinh", "sin", "cos", "atan", "erf")
} | {
    "erfc": arb.erfc,
    "sqrt": arb.sqrt,
    "Abs": abs,
    "sign": lambda x: x.sgn(),
    "dilog": lambda x: acb(x).polylog(2).real,
}


def worst_ulps(f: Callable[[arb], arb], x: FloatArray, computed: FloatArray) -> float:
    """The largest distance, ±∞ counted as ±2^1024; inf where a number is not a number."""
    before, flint.ctx.prec = flint.ctx.prec, BITS
    try:
        values = [f(arb(v)) for v in x.tolist()]
        return max(map(_ulps, values, computed.tolist()))
    finally:
        flint.ctx.prec = before


def _ulps(value: arb, computed: float) -> float:
    if math.isnan(computed):
        return math.inf
    limit = arb(2) ** 1024
    exact = value if abs(value) < limit else value.sgn() * limit
    found = arb(computed) if math.isfinite(computed) else limit * (1 if computed > 0 else -1)
    unit = int(ulp_exponent(np.float64(float(exact.mid())), DOUBLE))
    return float((abs(found - exact) * arb(2) ** -unit).upper())
