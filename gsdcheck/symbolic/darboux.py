"""Darboux polynomials: F with X(F) = K F for the Lie derivative X along the network, K the cofactor."""

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq, fmpq_mpoly, fmpq_poly

from gsdcheck.model.system import System
from gsdcheck.symbolic.casimirs import casimirs
from gsdcheck.symbolic.polynomial_system import PolynomialSystem


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Darboux:
    """F and its cofactor K in the ring of the system.

    Attributes:
        unit: the unit of whose variables F is a polynomial; None if it is one of several.
        kappa: d(log F)/dx_i where that is a polynomial: then K = kappa f_i.
    """

    F: fmpq_mpoly
    K: fmpq_mpoly
    unit: int | None
    kappa: fmpq_mpoly | None


def darboux_polynomials(system: PolynomialSystem) -> tuple[Darboux, ...]:
    """All irreducible Darboux polynomials over ℚ in one variable y that moves.

    F(y) divides F'(y) X(y), so the irreducible F divides X(y): it is a factor of the content of X(y) over ℚ[y].
    """
    return tuple(found for position in system.searched for found in _in_one_variable(system, position))


def _in_one_variable(system: PolynomialSystem, position: int) -> Iterator[Darboux]:
    rate = system.rates[position]
    if rate is None or rate == 0:
        return
    y, unit = system.variables[position], position // len(system.slots)
    for factor, _ in _content(rate, position).factor()[1]:
        p = _signed(factor)
        F = sum((c * y**k for k, c in enumerate(p.coeffs())), system.zero)
        K, remainder = divmod(F.derivative(position) * rate, F)
        assert remainder == 0  # F divides the content of the rate
        slope, rest = divmod(system.slope(F, unit), F)
        yield Darboux(F=F, K=system.reduced(K), unit=unit, kappa=slope if rest == 0 else None)


def _content(rate: fmpq_mpoly, position: int) -> fmpq_poly:
    """The greatest common divisor over ℚ[y] of the coefficients of the other variables' monomials."""
    parts: dict[tuple[int, ...], dict[int, fmpq]] = {}
    for exponents, c in rate.terms():
        others = (*exponents[:position], 0, *exponents[position + 1 :])
        parts.setdefault(others, {})[int(exponents[position])] = c
    common = fmpq_poly([0])
    for part in parts.values():
        common = common.gcd(fmpq_poly([part.get(k, 0) for k in range(max(part) + 1)]))
    return common


def _signed(factor: fmpq_poly) -> fmpq_poly:
    """The primitive multiple with a positive constant term, or leading term where the constant is 0."""
    p = fmpq_poly(factor.numer())
    p = p / p.numer().content()
    return -p if (p[0] if p[0] != 0 else p.coeffs()[-1]) < 0 else p


def leaky_casimirs(network: System, system: PolynomialSystem) -> tuple[Darboux, ...]:
    """k·x - k·b/γ for a basis of {k: kᵀW = 0}: with a leak γ > 0 its cofactor is -γ."""
    if not network.leak:
        return ()
    gamma = fmpq(network.leak.numerator, network.leak.denominator)
    found = []
    for k in casimirs(network.W):
        offset = sum((a * b for a, b in zip(k, network.bias, strict=True)), 0 * network.leak)
        F = system.context.constant(-fmpq(offset.numerator, offset.denominator) / gamma)
        for i, a in enumerate(k):
            F += int(a) * system.variables[system.position(i, 0)]
        found.append(Darboux(F=F, K=system.context.constant(-gamma), unit=None, kappa=None))
    return tuple(found)
