"""First integrals of a network: what Darboux cofactors imply, Casimirs and energies, and all further polynomials.

Everything is a kernel over ℚ: a combination of terms is constant along the network iff the combination of
their rates is the zero polynomial.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import gcd

from gsdcheck.errors import Undecided
from gsdcheck.model.chain import Chain
from gsdcheck.model.system import System
from gsdcheck.symbolic.ansatz import Ansatz, Coefficients, Integral, ansatz, column
from gsdcheck.symbolic.darboux import Darboux, darboux_polynomials, leaky_casimirs
from gsdcheck.symbolic.kernel import PRIMES, SparseMatrix, kernel_basis
from gsdcheck.symbolic.known import KnownIntegrals, at_rest, constant_products, units_at_rest
from gsdcheck.symbolic.polynomial_system import PolynomialSystem

MOST_TERMS, MOST_ENTRIES = 1_300, 3_000_000
"""Unknowns, and unknowns times equations, of the search; beyond that the degree is lowered."""


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
        at_rest: the units that never move, from 0.
        of_cofactors: a basis of the first integrals Σ c log|F| that the cofactors imply.
        casimirs, energies: a basis of the first integrals Σ α_i x_i + β_i Φ(x_i); β = 0 for the Casimirs.
        further: polynomials up to `degree`, with logarithms where they help, modulo all of those and their products.
        unknowns: the number of coefficients that were searched.
        dimension: of the space of all first integrals among them.
    """

    system: PolynomialSystem
    darboux: tuple[Darboux, ...]
    at_rest: tuple[int, ...]
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
        degree: of the polynomials, ≥ 0; lowered where the search would be too large.

    Raises:
        InvalidInput: the network is not in the outer form.
        Undecided: a limit of the algebra.
    """
    system = PolynomialSystem(network, chain)
    darboux = darboux_polynomials(system)
    known = [sign * d.F for d in darboux for sign in (1, -1)]
    darboux += tuple(d for d in leaky_casimirs(network, system) if d.F not in known)
    terms, matrix = _affordable(system, darboux, degree)
    linear = [
        Derived(integral=found, by_logarithms=_by_logarithms(terms, found))
        for found in _linear_integrals(system)
    ]
    further, dimension = _further(terms, matrix, darboux, [found.integral for found in linear])
    return Derivation(
        system=system,
        darboux=darboux,
        at_rest=units_at_rest(system),
        of_cofactors=tuple(i for i in _of_cofactors(system, darboux) if terms.coordinates(i) != {}),
        casimirs=tuple(found for found in linear if not any(found.integral.potentials)),
        energies=tuple(found for found in linear if any(found.integral.potentials)),
        further=further,
        degree=terms.degree,
        unknowns=len(terms.terms),
        dimension=dimension,
    )


def _by_logarithms(terms: Ansatz, integral: Integral) -> Integral | None:
    """The same function up to a constant by polynomials and logarithms; None where no logarithm helps."""
    coefficients = terms.coordinates(integral)
    written = None if coefficients is None else terms.integral(coefficients)
    return written if written is not None and written.logarithms else None


def _affordable(
    system: PolynomialSystem, darboux: Sequence[Darboux], degree: int
) -> tuple[Ansatz, SparseMatrix]:
    """The ansatz of that degree and the rates of its terms; of a lower degree where those are too many."""
    count = 0
    for k in range(1, degree + 1):
        count += sum(1 for _ in islice(system.monomials(k), MOST_TERMS + 1))
        if count > MOST_TERMS:
            degree = k - 1
            break
    while True:
        terms = ansatz(system, darboux, degree)
        matrix = SparseMatrix([column(term.rate) for term in terms.terms])
        if degree == 0 or len(matrix.columns) * len(matrix.place) <= MOST_ENTRIES:
            return terms, matrix
        degree -= 1


def _of_cofactors(system: PolynomialSystem, darboux: Sequence[Darboux]) -> Iterator[Integral]:
    """Σ c log|F| with Σ c K = 0."""
    zero = (Fraction(0),) * system.n
    kernel = kernel_basis(SparseMatrix([column(d.K) for d in darboux]))
    for vector in kernel:
        logarithms = tuple((c, darboux[k]) for k, c in vector.items())
        yield Integral(polynomial=system.zero, linear=zero, potentials=zero, logarithms=logarithms)


def _linear_integrals(system: PolynomialSystem) -> list[Integral]:
    """A basis of Σ α_i x_i + β_i Φ(x_i) with Σ (α_i + β_i σ_i) f_i = 0; β of coprime integers where it is not 0.

    For a constant σ, Φ is a multiple of x, and left out.
    """
    n, rates = system.n, list(system.velocity)
    if not all(s.is_constant() for s in system.sigma):
        pairs = zip(system.sigma, system.velocity, strict=True)
        rates += [system.reduced(s * f) for s, f in pairs]
    kernel = kernel_basis(SparseMatrix([column(rate) for rate in rates]))
    found = []
    for vector in kernel:
        content = gcd(*(int(vector.get(n + i, 0)) for i in range(n))) or 1
        leading = next(vector[k] for k in (*range(n, 2 * n), *range(n)) if vector.get(k))
        sign = 1 if leading > 0 else -1
        values = [sign * vector.get(k, Fraction(0)) / content for k in range(2 * n)]
        found.append(Integral(polynomial=system.zero, linear=tuple(values[:n]), potentials=tuple(values[n:])))
    return found


def _further(
    terms: Ansatz, matrix: SparseMatrix, darboux: Sequence[Darboux], linear: Sequence[Integral]
) -> tuple[tuple[Derived, ...], int]:
    """The kernel of all rates modulo what is known, and its dimension.

    Raises:
        Undecided: no prime of four is lucky.
    """
    for prime in PRIMES:
        pivots = matrix.pivots(prime)
        free = [j for j in range(len(terms.terms)) if j not in set(pivots)]
        known = _known(terms, free, darboux, linear)
        # over ℚ there are no more free columns than modulo a prime, and so many kernel vectors are known
        if known.dimension == len(free):
            return (), len(free)
        kernel = matrix.kernel(pivots, prime)
        if kernel is not None:
            return tuple(_new(terms, known, kernel)), len(free)
    raise Undecided("no prime among four gives the rank of the rates.")


def _known(
    terms: Ansatz, free: Sequence[int], darboux: Sequence[Darboux], linear: Sequence[Integral]
) -> KnownIntegrals:
    known = KnownIntegrals(terms, free)
    for p in (*at_rest(terms.system), *constant_products(darboux, terms.degree)):
        known.generate(p)
    for coefficients in (*map(terms.coordinates, linear), *terms.trivial):
        written = None if coefficients is None else terms.integral(coefficients)
        if written is not None and written.is_polynomial:
            known.generate(written.polynomial)
        elif coefficients is not None:
            known.add(coefficients)
    return known


def _new(terms: Ansatz, known: KnownIntegrals, kernel: Sequence[Coefficients]) -> Iterator[Derived]:
    """The kernel vectors that are not known when their turn comes; each then is, with its products."""
    for vector in kernel:
        integral = terms.integral(vector)
        degree = max(0, int(integral.polynomial.total_degree()))  # -1 for the zero polynomial
        if not known.is_known(vector):
            yield Derived(integral=terms.integral(known.simplified(vector)), degree=degree)
        if not integral.is_polynomial:
            known.add(vector)
        elif not known.is_generated(vector, degree):
            known.generate(integral.polynomial)
