"""The exact structure of W as a record spells it: facts with evidence `exact`, quantities enclosed."""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb

from gsdcheck.certify import linear
from gsdcheck.certify.balls import decimal_enclosure, precision, to_arb
from gsdcheck.errors import Undecided
from gsdcheck.facts.matrix import STRUCTURE, matrix_facts
from gsdcheck.model.system import Matrix

BITS = 128
DIGITS = 12
MAX_EXACT = 60
"""A longer exact number is left to its enclosure: no reader takes it in."""
_NORM_UNITS, _NORM_BITS = 16, 512
"""Exact work on the doubled matrix stays below half a second."""


def structure_facts(W: Matrix) -> dict[str, Any]:
    """Skew, skew-symmetrizable (D W skew for a positive diagonal D), similar to a skew matrix, invertible."""
    return matrix_facts_data(W, STRUCTURE)


def matrix_facts_data(W: Matrix, names: Iterable[str]) -> dict[str, Any]:
    """The facts of W of these names, certified, as plain data."""
    return {
        name: {"holds": fact.holds, "evidence": str(fact.evidence), "certificate": fact.certificate}
        for name, fact in matrix_facts(W, names).items()
    }


def structure_quantities(W: Matrix) -> dict[str, Any]:
    """Rank, Casimirs {k: kᵀW = 0}, frequencies {ω ≥ 0: iω ∈ spec W}, ½‖W + Wᵀ‖_F and ‖W‖₂."""
    norm = spectral_norm(W)
    return {
        "rank": {"enclosure": None, "exact": linear.rank(W)},
        "casimirs": {"enclosure": None, "exact": [[str(k) for k in row] for row in linear.left_kernel(W)]},
        "frequencies": _frequencies(W),
        "distance_to_skew": _root_of(linear.distance_to_skew_squared(W)),
        "spectral_norm": _undecided() if norm is None else enclosed(*norm),
    }


def spectral_norm(W: Matrix) -> tuple[Fraction, Fraction] | None:
    """l ≤ ‖W‖₂ ≤ u: the largest frequency of the skew matrix [[0, W], [-Wᵀ, 0]]; None beyond its size.

    Its eigenvalues are ±i times the singular values of W.
    """
    n = len(W)
    if n > _NORM_UNITS or _bits(W) > _NORM_BITS:
        return None
    zero = (Fraction(0),) * n
    upper = [zero + row for row in W]
    lower = [tuple(-W[j][i] for j in range(n)) + zero for i in range(n)]
    found = _found((*upper, *lower))
    return None if found is None else (found[-1].lower, found[-1].upper)


def enclosed(low: Fraction, high: Fraction) -> dict[str, Any]:
    """The quantity that lies between two rationals; exact where they agree and are short."""
    with precision(BITS):
        ends = list(decimal_enclosure(to_arb(low).union(to_arb(high)), DIGITS))
    exact = str(low) if low == high and len(str(low)) <= MAX_EXACT else None
    return {"enclosure": ends, "exact": exact}


def exact_quantity(value: Fraction) -> dict[str, Any]:
    """The rational as a quantity."""
    return enclosed(value, value)


def ball_of(quantity: Mapping[str, Any]) -> arb | None:
    """A ball that contains the recorded quantity, +inf for "oo"; None where it is undecided."""
    if quantity["enclosure"] is None:
        return None
    with precision(BITS):
        low, high = (arb.pos_inf() if end == "oo" else to_arb(Fraction(end)) for end in quantity["enclosure"])
        return high if low == arb.pos_inf() else low.union(high)


def _bits(W: Matrix) -> int:
    """The size of the entries of W as integers over one denominator."""
    entries = [x for row in W for x in row]
    denominator = math.lcm(*(x.denominator for x in entries))
    return max((x.numerator * (denominator // x.denominator)).bit_length() for x in entries)


def _found(W: Matrix) -> tuple[linear.Frequency, ...] | None:
    try:
        return linear.frequencies(W)
    except Undecided:
        return None


def _frequencies(W: Matrix) -> dict[str, Any]:
    found = _found(W)
    if found is None:
        return _undecided()
    exact = [None if f.exact is None else str(f.exact) for f in found]
    return {
        "enclosure": [enclosed(f.lower, f.upper)["enclosure"] for f in found],
        "exact": None if None in exact else exact,
        "multiplicities": [f.multiplicity for f in found],
    }


def _root_of(square: Fraction) -> dict[str, Any]:
    with precision(BITS):
        ends = list(decimal_enclosure(to_arb(square).sqrt(), DIGITS))
    text = f"sqrt({square})" if square else "0"
    return {"enclosure": ends, "exact": text if len(text) <= MAX_EXACT else None}


def _undecided() -> dict[str, Any]:
    return {"enclosure": None, "exact": None}
