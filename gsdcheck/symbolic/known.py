"""The span of the first integrals that are known, and of the products of those that are polynomials."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import comb, prod

from flint import fmpq, fmpq_mpoly

from gsdcheck.symbolic.ansatz import Ansatz, Coefficients, as_fraction, combined
from gsdcheck.symbolic.darboux import Darboux
from gsdcheck.symbolic.kernel import Column, SparseMatrix, kernel_basis, primitive
from gsdcheck.symbolic.polynomial_system import PolynomialSystem

MOST_CANDIDATES = 80_000
"""Products of Darboux polynomials that are tried."""
MOST_SIMPLIFIERS = 60


class Span:
    """The span over ℚ of kernel vectors, each given by its entries at the free columns, which determine it."""

    def __init__(self, free: Sequence[int]) -> None:
        self._free = frozenset(free)
        self._rows: dict[int, Coefficients] = {}

    @property
    def dimension(self) -> int:
        """The number of independent vectors."""
        return len(self._rows)

    def holds(self, vector: Mapping[int, Fraction]) -> bool:
        """Whether the kernel vector is in the span."""
        return not self._rest(vector)

    def extend(self, vector: Mapping[int, Fraction]) -> bool:
        """Whether the vector was not in the span, in which it is now."""
        rest = self._rest(vector)
        if rest:
            lead = max(rest)
            self._rows[lead] = {j: c / rest[lead] for j, c in rest.items()}
        return bool(rest)

    def _rest(self, vector: Mapping[int, Fraction]) -> Coefficients:
        rest = {j: c for j, c in vector.items() if j in self._free and c}
        for lead in sorted(self._rows, reverse=True):
            if lead in rest:
                rest = combined([(Fraction(1), rest), (-rest[lead], self._rows[lead])])
        return rest


class KnownIntegrals:
    """What is known, up to the degree of the ansatz.

    A polynomial is generated if it is a combination of products, of no higher degree than its own, of the
    polynomials that were added. It is known if it is a combination of anything that was added.
    """

    def __init__(self, ansatz: Ansatz, free: Sequence[int]) -> None:
        self._ansatz, self._places, self._degree = ansatz, ansatz.places, ansatz.degree
        self._all, self._low = Span(free), Span(free)
        self._vectors: list[Coefficients] = []
        self._products: list[tuple[fmpq_mpoly, int]] = [(ansatz.system.zero + 1, 0)]
        self._waiting: list[tuple[Coefficients, int]] = []

    @property
    def dimension(self) -> int:
        """Of the space of all that is known."""
        return self._all.dimension

    def add(self, vector: Coefficients) -> None:
        """The function joins what is known."""
        if self._all.extend(vector):
            self._vectors.append(vector)

    def generate(self, p: fmpq_mpoly) -> None:
        """The polynomial joins what is known, with all its products with the others."""
        degree, reduced = int(p.total_degree()), self._ansatz.system.reduced
        if not 0 < degree <= self._degree:
            return
        power, powers = self._ansatz.system.zero + 1, []
        for k in range(1, self._degree // degree + 1):
            power = reduced(power * p)
            powers.append((power, k * degree))
        for q, e in list(self._products):
            for power, d in powers:
                if e + d <= self._degree:
                    self._products.append((reduced(q * power), e + d))
                    vector = self._vector(self._products[-1][0])
                    self._waiting.append((vector, e + d))
                    self.add(vector)

    def is_known(self, vector: Mapping[int, Fraction]) -> bool:
        """Whether the kernel vector is a combination of anything that was added."""
        return self._all.holds(vector)

    def is_generated(self, vector: Mapping[int, Fraction], degree: int) -> bool:
        """Whether the polynomial is a combination of products up to that degree; degrees are asked in ascending order."""
        for product, _ in [entry for entry in self._waiting if entry[1] <= degree]:
            self._low.extend(product)
        self._waiting = [entry for entry in self._waiting if entry[1] > degree]
        return self._low.holds(vector)

    def simplified(self, vector: Coefficients) -> Coefficients:
        """The vector plus known ones of no later terms, with as few terms as a greedy search finds."""
        lead = max(vector)
        usable = [u for u in self._vectors if max(u) < lead or lead not in u][:MOST_SIMPLIFIERS]
        usable = [u for u in usable if max(u) <= lead]
        best = dict(vector)
        while True:
            shorter = min(_differences(best, usable), key=len, default=best)
            if len(shorter) >= len(best):
                return primitive(best)
            best = shorter

    def _vector(self, p: fmpq_mpoly) -> Coefficients:
        """The polynomial without its constant."""
        return {
            self._places[tuple(map(int, e))]: Fraction(int(c.numer()), int(c.denom()))
            for e, c in p.terms()
            if any(e)
        }


def _differences(v: Coefficients, known: Sequence[Coefficients]) -> Iterator[Coefficients]:
    """v without one of its terms, by subtracting a multiple of a known vector that has it."""
    for u in known:
        for ratio in {v[j] / c for j, c in u.items() if j in v}:
            yield combined([(Fraction(1), v), (-ratio, u)])


def units_at_rest(system: PolynomialSystem) -> tuple[int, ...]:
    """The units with x_i' = 0 at every state: each function of such an x_i is constant."""
    return tuple(i for i, rate in enumerate(system.velocity) if system.reduced(rate) == 0)


def at_rest(system: PolynomialSystem) -> list[fmpq_mpoly]:
    """The variables that never change: those of the units at rest."""
    return [system.variables[k] for k in system.searched if system.rates[k] == 0]


def constant_products(darboux: Sequence[Darboux], degree: int) -> list[fmpq_mpoly]:
    """Polynomials in the constants Π F^c, Σ c K = 0, c ≥ 0: those of that degree at most, and combinations of
    products of up to two degrees more that have no higher terms.

    They are exponentials of integrals Σ c log F, and combinations of such exponentials.
    """
    products = list(_constant_products(darboux, degree + 2))
    high = [p for p in products if int(p.total_degree()) > degree]
    parts: list[Column] = [{tuple(e): as_fraction(c) for e, c in p.terms() if sum(e) > degree} for p in high]
    lowered = [
        sum((_rational(c) * high[k] for k, c in vector.items()), darboux[0].F - darboux[0].F)
        for vector in kernel_basis(SparseMatrix(parts))
    ]
    return [p for p in products if int(p.total_degree()) <= degree] + lowered


def _constant_products(darboux: Sequence[Darboux], degree: int) -> Iterator[fmpq_mpoly]:
    if not darboux or comb(len(darboux) + degree, degree) > MOST_CANDIDATES:
        return
    degrees = [int(d.F.total_degree()) for d in darboux]
    zero = darboux[0].F - darboux[0].F
    shadows = [_shadow(d.K) for d in darboux]
    for powers in _powers(degrees, degree):
        # the values of the cofactors at one point rule out nearly all at little cost
        if not any(powers) or sum(c * s for c, s in zip(powers, shadows, strict=True)):
            continue
        if sum((c * d.K for c, d in zip(powers, darboux, strict=True) if c), zero) == 0:
            yield prod((d.F**c for c, d in zip(powers, darboux, strict=True) if c), start=zero + 1)


def _shadow(p: fmpq_mpoly) -> fmpq:
    """The value at a point without structure."""
    return sum((c * prod((k * k + 7) ** int(e) for k, e in enumerate(m)) for m, c in p.terms()), fmpq(0))


def _rational(c: Fraction) -> fmpq:
    return fmpq(c.numerator, c.denominator)


def _powers(degrees: Sequence[int], limit: int) -> Iterator[tuple[int, ...]]:
    """All exponents whose product has at most that degree."""
    if not degrees:
        yield ()
        return
    for c in range(limit // degrees[0] + 1):
        for rest in _powers(degrees[1:], limit - c * degrees[0]):
            yield (c, *rest)
