"""What first integrals are searched as: Q(z) + Σ α_i x_i + Σ β_i Φ(x_i) + Σ c log|F|, each term with its rate."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, TypeAlias

from flint import fmpq, fmpq_mpoly

from gsdcheck.model.chain import Exponents
from gsdcheck.symbolic.darboux import Darboux
from gsdcheck.symbolic.kernel import SparseMatrix, kernel_basis
from gsdcheck.symbolic.polynomial_system import PolynomialSystem

Coefficients: TypeAlias = dict[int, Fraction]
"""Coefficients by the index of the term in the ansatz."""
Key: TypeAlias = tuple[str, Any]
"""("x", i), ("Phi", i) or ("log", a Darboux polynomial)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integral:
    """Q(z) + Σ α_i x_i + Σ β_i Φ(x_i) + Σ c log|F|, Φ' = σ."""

    polynomial: fmpq_mpoly
    linear: tuple[Fraction, ...]
    potentials: tuple[Fraction, ...]
    logarithms: tuple[tuple[Fraction, Darboux], ...] = ()

    @property
    def is_polynomial(self) -> bool:
        """Whether it is a polynomial in the searched variables."""
        return not (any(self.linear) or any(self.potentials) or self.logarithms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term and its rate: a monomial, or by its key x_i ("x", i), Φ(x_i) ("Phi", i) or log|F| ("log", F)."""

    rate: fmpq_mpoly
    monomial: Exponents | None = None
    key: Key | None = None
    degree: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ansatz:
    """Terms of which no two combinations are the same function, but for what `trivial` lists.

    Attributes:
        degree: up to which all monomials are among the terms.
        terms: the monomials in the order of their degree, then functions of one unit.
        substitutes: the functions of one unit that are no terms, by the terms, up to a constant.
        trivial: combinations of monomials of one unit that are constant functions.
    """

    system: PolynomialSystem
    degree: int
    terms: tuple[Term, ...]
    substitutes: Mapping[Key, Coefficients]
    trivial: tuple[Coefficients, ...]

    def integral(self, vector: Mapping[int, Fraction]) -> Integral:
        """The function with these coefficients."""
        n = self.system.n
        values = {"x": [Fraction(0)] * n, "Phi": [Fraction(0)] * n}
        logarithms: list[tuple[Fraction, Darboux]] = []
        monomials = {}
        for index, c in vector.items():
            term = self.terms[index]
            if term.key is None:
                monomials[term.monomial] = fmpq(c.numerator, c.denominator)
            elif isinstance(term.key[1], Darboux):
                logarithms.append((c, term.key[1]))
            else:
                values[term.key[0]][term.key[1]] += c
        return Integral(
            polynomial=self.system.context.from_dict(monomials),
            linear=tuple(values["x"]),
            potentials=tuple(values["Phi"]),
            logarithms=tuple(logarithms),
        )

    def coordinates(self, integral: Integral) -> Coefficients | None:
        """The coefficients of a function by the terms, up to a constant; None if it has a monomial that is no term."""
        parts: list[tuple[Fraction, Coefficients]] = []
        places = self.places
        for exponents, c in integral.polynomial.terms():
            monomial = tuple(map(int, exponents))
            if any(monomial) and monomial not in places:
                return None
            if any(monomial):
                parts.append((as_fraction(c), {places[monomial]: Fraction(1)}))
        keyed: list[tuple[Fraction, Key]] = [(c, ("x", i)) for i, c in enumerate(integral.linear)]
        keyed += [(c, ("Phi", i)) for i, c in enumerate(integral.potentials)]
        keyed += [(c, ("log", d)) for c, d in integral.logarithms]
        parts += [(c, self._by_terms(key)) for c, key in keyed if c]
        return combined(parts)

    @property
    def places(self) -> dict[Exponents, int]:
        """The index of every monomial."""
        return {term.monomial: k for k, term in enumerate(self.terms) if term.monomial is not None}

    def _by_terms(self, key: Key) -> Coefficients:
        if key in self.substitutes:
            return self.substitutes[key]
        return {k: Fraction(1) for k, term in enumerate(self.terms) if term.key == key}


def combined(parts: Sequence[tuple[Fraction, Coefficients]]) -> Coefficients:
    """Σ c · part."""
    total: Coefficients = {}
    for c, part in parts:
        for index, v in part.items():
            total[index] = total.get(index, Fraction(0)) + c * v
    return {index: v for index, v in total.items() if v}


def as_fraction(c: fmpq) -> Fraction:
    """The same rational."""
    return Fraction(int(c.numer()), int(c.denom()))


def column(p: fmpq_mpoly) -> dict[Hashable, Fraction]:
    """The coefficients of a polynomial by its monomials."""
    return {tuple(map(int, e)): as_fraction(c) for e, c in p.terms()}


def ansatz(system: PolynomialSystem, darboux: Sequence[Darboux], degree: int) -> Ansatz:
    """All monomials up to the degree, and the logarithms, x_i and Φ(x_i) that are not combinations of others.

    What depends is seen on one unit: functions of x_i with dependent slopes differ by a constant.
    """
    monomials = [
        Term(rate=system.rate(system.monomial(m)), monomial=m, degree=k)
        for k in range(1, degree + 1)
        for m in system.monomials(k)
    ]
    extras = [Term(rate=d.K, key=("log", d)) for d in darboux if d.unit is None]
    relations: list[_Relation] = []
    for i in range(system.n):
        kept, found = _of_unit(system, i, darboux, monomials)
        extras += kept
        relations += found
    terms = (*monomials, *extras)  # then a kernel vector that ends in a monomial is a polynomial
    place = {id(term): k for k, term in enumerate(terms)}
    placed = [(key, {place[id(term)]: c for c, term in parts}) for key, parts in relations]
    return Ansatz(
        system=system,
        degree=degree,
        terms=terms,
        substitutes={key: parts for key, parts in placed if key is not None},
        trivial=tuple(parts for key, parts in placed if key is None),
    )


_Relation: TypeAlias = tuple[Key | None, list[tuple[Fraction, Term]]]


def _of_unit(
    system: PolynomialSystem, i: int, darboux: Sequence[Darboux], monomials: Sequence[Term]
) -> tuple[list[Term], list[_Relation]]:
    """The logarithms, x_i and Φ(x_i) that are worth a term, and the others by those."""
    own, logs = _of_one_unit(system, i, monomials), [d for d in darboux if d.unit == i]
    f, sigma = system.velocity[i], system.sigma[i]
    # all slopes times the F, whose logarithms then have polynomial ones too
    common = prod((d.F for d in logs if d.kappa is None), start=system.zero + 1)
    slopes = [(t, common * system.slope(system.monomial(t.monomial or ()), i)) for t in own]
    slopes += [(Term(rate=d.K, key=("log", d)), _logarithmic_slope(system, d, common)) for d in logs]
    slopes.append((Term(rate=f, key=("x", i)), common))
    slopes.append((Term(rate=system.reduced(sigma * f), key=("Phi", i)), common * sigma))
    slopes = [(term, system.reduced(slope)) for term, slope in slopes]
    kernel = kernel_basis(SparseMatrix([column(slope) for _, slope in slopes]))
    dependent = {max(vector) for vector in kernel}
    kept = [slopes[j][0] for j in range(len(own), len(slopes)) if j not in dependent]
    found: list[_Relation] = []
    for vector in kernel:
        j = max(vector)
        if j < len(own):
            found.append((None, [(c, slopes[k][0]) for k, c in vector.items()]))
        else:
            parts = [(-c / vector[j], slopes[k][0]) for k, c in vector.items() if k != j]
            found.append((slopes[j][0].key, parts))
    return kept, found


def _logarithmic_slope(system: PolynomialSystem, d: Darboux, common: fmpq_mpoly) -> fmpq_mpoly:
    """common · d(log F)/dx_i."""
    if d.kappa is not None:
        return common * d.kappa
    cofactor, _ = divmod(common, d.F)
    return cofactor * system.slope(d.F, d.unit or 0)


def _of_one_unit(system: PolynomialSystem, i: int, monomials: Sequence[Term]) -> list[Term]:
    """The monomials in variables of this unit alone."""
    own = range(i * len(system.slots), (i + 1) * len(system.slots))
    return [t for t in monomials if all(k in own for k, e in enumerate(t.monomial or ()) if e)]
