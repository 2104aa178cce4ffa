"""The exact planar tanh oscillator x₁' = ω tanh x₂, x₂' = -ω tanh x₁ in elliptic functions.

On the orbit of energy E = ln cosh x₁ + ln cosh x₂: sinh x₁ = U cn(ωt | m) with m = 1 - e^(-2E) and
U² = e^(2E) - 1, so the period is (4/ω) K(m). All of it is computed from the complementary modulus e^(-E),
so that m → 1 is no problem: K(m) = π / (2 AGM(1, e^(-E))).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray

if TYPE_CHECKING:
    import mpmath

_ASYMPTOTIC = 40.0
"""From here on K(m) = E + ln 4 to far below one ulp."""


def tanh_period(
    energy: float | str | Fraction, omega: float | str | Fraction, digits: int = 30
) -> mpmath.mpf:
    """T(E) = (4/ω) K(m), m = 1 - e^(-2E), K the complete elliptic integral with parameter m.

    Args:
        energy: E ≥ 0 (0: the limit 2π/ω); a text or a Fraction is taken exactly.
        omega: ω > 0.
        digits: significant decimal digits of the answer.

    Returns:
        An mpf, rounded to that many digits.

    Raises:
        InvalidInput: E < 0 or ω ≤ 0, or not finite.
    """
    import mpmath

    _require_domain(float(Fraction(energy)), float(Fraction(omega)))
    with mpmath.workdps(digits + 15):
        e, w = (mpmath.mpf(f.numerator) / f.denominator for f in (Fraction(energy), Fraction(omega)))
        period = 2 * mpmath.pi / (w * mpmath.agm(1, mpmath.exp(-e)))
    with mpmath.workdps(digits):
        return +period


def tanh_period_float(energy: float, omega: float) -> float:
    """T(E) = (4/ω) K(m), m = 1 - e^(-2E), in float64 by the arithmetic-geometric mean; a few ulp.

    Raises:
        InvalidInput: E < 0 or ω ≤ 0, or not finite.
    """
    _require_domain(energy, omega)
    if energy > _ASYMPTOTIC:
        return 4 * (energy + math.log(4)) / omega
    a, b = 1.0, math.exp(-energy)
    while abs(a - b) > 1e-15 * a:
        a, b = (a + b) / 2, math.sqrt(a * b)
    return 2 * math.pi / (omega * a)


def tanh_orbit(energy: float, omega: float, t: FloatArray) -> FloatArray:
    """x(t) from x(0) = (arccosh e^E, 0): sinh x₁ = U cn(ωt | m), sinh x₂ = -U e^(-E) sn/dn(ωt | m).

    Args:
        energy: E ≥ 0; at most 8, because cn is evaluated from m and loses digits as m → 1.
        omega: ω > 0.
        t: (...) float64.

    Returns:
        (..., 2) float64, rounded; about 1e-12 over a hundred periods at E ≤ 3.

    Raises:
        InvalidInput: E < 0, E > 8 or ω ≤ 0.
    """
    from scipy import special

    _require_domain(energy, omega)
    if energy > 8:
        raise InvalidInput(
            f"energy is {energy}. The float orbit needs E ≤ 8; use tanh_period for its period."
        )
    period = tanh_period_float(energy, 1.0)
    phase = np.remainder(omega * np.asarray(t, dtype=np.float64), period)
    sn, cn, dn, _ = special.ellipj(phase, -math.expm1(-2 * energy))
    reach = math.sqrt(math.expm1(2 * energy))
    return np.stack([np.arcsinh(reach * cn), np.arcsinh(-reach * math.exp(-energy) * sn / dn)], axis=-1)


def _require_domain(energy: float, omega: float) -> None:
    if not (0 <= energy < math.inf):
        raise InvalidInput(f"energy is {energy}. An energy of the tanh oscillator is finite and ≥ 0.")
    if not (0 < omega < math.inf):
        raise InvalidInput(f"omega is {omega}. A frequency is finite and > 0.")
