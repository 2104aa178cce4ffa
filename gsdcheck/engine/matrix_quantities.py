"""Exact quantities of W that a derivation shows beside its structure."""

from fractions import Fraction
from math import isqrt
from typing import Any

from flint import arb

from gsdcheck.certify import linear
from gsdcheck.certify.balls import decimal_enclosure, precision, to_arb
from gsdcheck.certify.linear_orbits import are_periodic, common_frequency_squared, minimal_polynomial
from gsdcheck.engine.structure import BITS, DIGITS, MAX_EXACT
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse_exact
from gsdcheck.model.system import Matrix


def matrix_quantities(W: Matrix) -> dict[str, Any]:
    """Characteristic and minimal polynomial (ascending coefficients), d > 0 with diag(d) W skew, the linear period."""
    d = linear.skew_symmetrizer(W)
    return {
        "characteristic_polynomial": _exact([str(c) for c in linear.characteristic_polynomial(W)]),
        "minimal_polynomial": _exact([str(c) for c in minimal_polynomial(W)]),
        "symmetrizer": _exact(None if d is None else [str(v) for v in d]),
        "linear_period": _period(W),
    }


def _exact(value: object) -> dict[str, Any]:
    return {"enclosure": None, "exact": value}


def _period(W: Matrix) -> dict[str, Any]:
    """2π/ω₀, the least period that all orbits of x' = Wx have in common; null where some orbit has none.

    A long exact form is left to the enclosure.
    """
    square = common_frequency_squared(W) if are_periodic(W) else None
    if not square:
        return _exact(None)
    root = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    with precision(BITS):
        ends = list(decimal_enclosure(2 * arb.pi() / to_arb(square).sqrt(), DIGITS))
    text = f"{2 / root}*pi" if root**2 == square else f"2*pi/sqrt({square})"
    exact = format_expression(parse_exact(text)) if len(text) <= MAX_EXACT else None
    return {"enclosure": ends, "exact": exact}
