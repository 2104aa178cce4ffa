"""The true σ(x) by balls, the error of a value in ulp of it, and the range of σ, for conformance."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from flint import arb

from gsdcheck.certify.balls import enclose, precision, upper
from gsdcheck.certify.intervals import value_range
from gsdcheck.facts.activation import activation_quantities
from gsdcheck.model.activation import Activation
from gsdcheck.model.expression import Expression
from gsdcheck.numeric.ulp import Format

_BITS = (160, 640, 2560)
_TAIL = 64
"""The range is enclosed cell by cell on [-64, 64], and at once on each half-line beyond."""

_CELLS = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """σ at one number: its decimal, the error of the value in ulp; `overflows` if σ rounds to an infinity."""

    exact: str
    error: float
    overflows: bool


def truth(expression: Expression, x: float, value: float, form: Format) -> Truth | None:
    """|value - σ(x)| in ulp(σ(x)) of the format, enclosed and then rounded; None where σ is undefined.

    ulp(y) is 2**(max(e, least) - p + 1) for 2**e <= |y| < 2**(e+1), and that of the largest finite number
    beyond. A value that is nan has the error oo; an infinity has 0 where σ rounds to it and else oo.
    """
    for bits in _BITS:
        with precision(bits):
            ball = enclose(expression, arb(x))
            if not ball.is_finite():
                return None
            unit = _unit(ball, form)
            if 2 * ball.rad() < unit * arb(2) ** -20 or bits == _BITS[-1]:
                return _compared(ball, unit, value, form)
    return None


def _unit(ball: arb, form: Format) -> arb:
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    high = mantissa.bit_length() + exponent - 1 if mantissa else form.least
    return arb(2) ** (min(max(high, form.least), form.most) - form.precision + 1)


def _compared(ball: arb, unit: arb, value: float, form: Format) -> Truth:
    over = bool(abs(ball) >= arb(form.largest) + unit / 2)
    if np.isnan(value):
        error = np.inf
    elif np.isinf(value):
        error = 0.0 if over and bool(ball * value > 0) else np.inf
    else:
        error = float((abs(arb(value) - ball) / unit).mid())
    return Truth(exact=ball.mid().str(20, radius=False), error=float(error), overflows=over)


def enclosed_range(activation: Activation) -> tuple[Fraction | None, Fraction | None]:
    """Rationals low <= σ <= high on the line, close to the infimum and supremum where that is easily shown.

    None for an end that is not bounded, or not by this: the bound of |σ|, and a range cell by cell.
    """
    bound = activation_quantities(activation, ("bound",))["bound"].enclosure
    with precision(96):
        most = arb("inf") if bound is None or bound[1] == "oo" else _decimal(bound[1])
        low, high = _cells(activation.expression)
        low, high = low.max(-most), high.min(most)
        return (
            -upper(-low) if low.is_finite() else None,
            upper(high) if high.is_finite() else None,
        )


def _decimal(text: str) -> arb:
    value = Fraction(text)
    return arb(value.numerator) / value.denominator


def _cells(expression: Expression) -> tuple[arb, arb]:
    """The hull of the ranges of all cells; on a finite cell the better of two enclosures."""
    ends = [arb(2 * _TAIL * i) / _CELLS - _TAIL for i in range(_CELLS + 1)]
    ranges = [
        value_range(expression, (arb("-inf"), ends[0])),
        value_range(expression, (ends[-1], arb("inf"))),
    ]
    for a, b in pairwise(ends):
        low, high = value_range(expression, (a, b))
        ball = enclose(expression, a.union(b))
        if ball.is_finite():
            low, high = low.max(ball.lower()), high.min(ball.upper())
        ranges.append((low, high))
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    least, most = lows[0], highs[0]
    for low, high in zip(lows, highs, strict=True):
        least, most = least.min(low), most.max(high)
    return least, most
