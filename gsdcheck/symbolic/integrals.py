"""First integrals of a network: what Darboux cofactors imply, Casimirs and energies, and all further polynomials.

Everything is a kernel over ℚ: a combination of terms is constant along the network iff the combination of
their rates is the zero polynomial.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from gsdcheck.model.chain import Chain
from gsdcheck.model.system import System
from gsdcheck.symbolic.ansatz import Ansatz, Integral, ansatz, column
from gsdcheck.symbolic.darboux import Darboux, darboux_polynomials, leaky_casimirs
from gsdcheck.symbolic.kernel import SparseMatrix, echelon_and_kernel
from gsdcheck.symbolic.known import KnownIntegrals, at_rest, constant_products
from gsdcheck.symbolic.polynomial_system import PolynomialSystem

MOST_TERMS = 1_300
"""Unknowns of the search; beyond that the degree is lowered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A first integral, the degree of its polynomial, and if it is a combination of logarithms log|F| that one."""

    integral: Integral
    degree: int = 0
    by_logarithms: Integral | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """What was found of one network.

    Attributes:
        system: the polynomial system.
        darboux: the Darboux polynomials in one variable.
        of_cofactors: a basis of the first integrals Σ c log|F| that the cofactors imply.
        casimirs, energies: a basis of the first integrals Σ α_i x_i + β_i Φ(x_i); β = 0 for the Casimirs.
        further: polynomials up to `degree`, with logarithms where they help, modulo all of those and their products.
        unknowns: the number of coefficients that were searched.
        dimension: of the space of all first integrals among them.
    """

    system: PolynomialSystem
    darboux: tuple[Darboux, ...]
    of_cofactors: tuple[Integral, ...]
    casimirs: tuple[Derived, ...]
    energies: tuple[Derived, ...]
    further: tuple[Derived, ...]
    degree: int
    unknowns: int
    dimension: int


def derivation(network: System, chain: Chain, degree: int) -> Derivation:
    """All first integrals of the outer form up to the degree, by exact linear algebra.

    Args:
        network: in the outer form.
        chain: of its activation, or the opaque one; then only Casimirs and energies are searched.
        degree: of the polynomials, ≥ 0; lowered where there would be more than 1,300 unknowns.

    Raises:
        InvalidInput: the network is not in the outer form.
        Undecided: a limit of the algebra.
    """
    system = PolynomialSystem(network, chain)
    darboux = (*darboux_polynomials(system), *leaky_casimirs(network, system))
    degree = _affordable(system, degree)
    terms = ansatz(system, darboux, degree)
    linear = [
        Derived(integral=found, by_logarithms=_by_logarithms(terms, found))
        for found in _linear_integrals(system)
    ]
    further, dimension = _further(terms, darboux, [found.integral for found in linear])
    return Derivation(
        system=system,
        darboux=darboux,
        of_cofactors=tuple(_of_cofactors(system, darboux)),
        casimirs=tuple(found for found in linear if not any(found.integral.potentials)),
        energies=tuple(found for found in linear if any(found.integral.potentials)),
        further=further,
        degree=degree,
        unknowns=len(terms.terms),
        dimension=dimension,
    )


def _by_logarithms(terms: Ansatz, integral: Integral) -> Integral | None:
    """The same function up to a constant by polynomials and logarithms; None where no logarithm helps."""
    coefficients = terms.coordinates(integral)
    written = None if coefficients is None else terms.integral(coefficients)
    return written if written is not None and written.logarithms else None


def _affordable(system: PolynomialSystem, degree: int) -> int:
    """The degree, lowered until the monomials are few enough to be searched."""
    count = 0
    for k in range(1, degree + 1):
        for _ in system.monomials(k):
            count += 1
            if count > MOST_TERMS:
                return k - 1
    return degree


def _of_cofactors(system: PolynomialSystem, darboux: Sequence[Darboux]) -> Iterator[Integral]:
    """Σ c log|F| with Σ c K = 0."""
    zero = (Fraction(0),) * system.n
    _, kernel = echelon_and_kernel(SparseMatrix([column(d.K) for d in darboux]))
    for vector in kernel:
        logarithms = tuple((c, darboux[k]) for k, c in vector.items())
        yield Integral(polynomial=system.zero, linear=zero, potentials=zero, logarithms=logarithms)


def _linear_integrals(system: PolynomialSystem) -> list[Integral]:
    """A basis of Σ α_i x_i + β_i Φ(x_i) with Σ (α_i + β_i σ_i) f_i = 0; β of coprime integers where it is not 0."""
    n = system.n
    pairs = zip(system.sigma, system.velocity, strict=True)
    rates = [*system.velocity, *(system.reduced(s * f) for s, f in pairs)]
    _, kernel = echelon_and_kernel(SparseMatrix([column(rate) for rate in rates]))
    found = []
    for vector in kernel:
        content = gcd(*(int(vector.get(n + i, 0)) for i in range(n))) or 1
        values = [vector.get(k, Fraction(0)) / content for k in range(2 * n)]
        found.append(Integral(polynomial=system.zero, linear=tuple(values[:n]), potentials=tuple(values[n:])))
    return found


def _further(
    terms: Ansatz, darboux: Sequence[Darboux], linear: Sequence[Integral]
) -> tuple[tuple[Derived, ...], int]:
    """The kernel of all rates modulo what is known, and its dimension."""
    echelon, kernel = echelon_and_kernel(SparseMatrix([column(term.rate) for term in terms.terms]))
    known = KnownIntegrals(terms, echelon.free)
    for p in (*at_rest(terms), *constant_products(darboux, terms.degree)):
        known.generate(p)
    for coefficients in (*map(terms.coordinates, linear), *terms.trivial):
        if coefficients is not None:
            known.add(coefficients)
    found: list[Derived] = []
    for vector in kernel:
        integral = terms.integral(vector)
        degree = int(integral.polynomial.total_degree())
        if not known.is_known(vector):
            integral = terms.integral(known.simplified(vector))
            found.append(Derived(integral=integral, degree=degree))
        if not integral.is_polynomial:
            known.add(vector)
        elif not known.is_generated(vector, degree):
            known.generate(integral.polynomial)
    return tuple(found), len(kernel)
