"""The period of the planar tanh oscillator, enclosed twice by computations that share no step.

With W = [[0, ω], [-ω, 0]], ω > 0, and H = ln cosh x₁ + ln cosh x₂ = E, time along the level curve is
dt = dx₁ / (ω tanh x₂). One enclosure integrates that; the other is (4/ω) K(1 - e^(-2E)) by the AGM.
"""

from fractions import Fraction

from flint import acb, arb

from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.errors import InvalidInput

_BITS = 160


def period_by_quadrature(energy: Fraction, omega: Fraction) -> arb:
    """T = (4/ω) ∫₀^{π/2} e^E dφ / √(1 + U² sin²φ), U² = e^{2E} - 1: the level curve, sinh x₁ = U sin φ.

    On the curve tanh²x₂ = 1 - e^{-2E} cosh²x₁ = e^{-2E} U² cos²φ and dx₁ = U cos φ dφ / cosh x₁, so that the
    square-root singularity at the turning point cancels and the integrand is analytic.

    Returns:
        A ball that contains the period (dimension of 1/ω).

    Raises:
        InvalidInput: energy or omega is not > 0.
    """
    _require_positive(energy, omega)
    with precision(_BITS):
        U2 = acb((2 * to_arb(energy)).expm1())

        def rate(phi: acb, analytic: bool) -> acb:
            return 1 / (1 + U2 * phi.sin() ** 2).sqrt(analytic=analytic)

        quarter = acb.integral(rate, acb(0), acb(arb.pi() / 2)).real
        return 4 * to_arb(energy).exp() * quarter / to_arb(omega)


def period_by_elliptic_integral(energy: Fraction, omega: Fraction) -> arb:
    """T = (4/ω) K(m) = 2π / (ω AGM(1, e^{-E})), m = 1 - e^{-2E}, since K(m) = π / (2 AGM(1, √(1 - m)))."""
    _require_positive(energy, omega)
    with precision(_BITS):
        return 2 * arb.pi() / (to_arb(omega) * arb(1).agm((-to_arb(energy)).exp()))


def _require_positive(energy: Fraction, omega: Fraction) -> None:
    if energy <= 0 or omega <= 0 or energy > 40:
        raise InvalidInput(f"energy is {energy} and omega is {omega}: 0 < energy ≤ 40 and omega > 0.")
