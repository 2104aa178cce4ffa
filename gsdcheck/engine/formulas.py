"""Polynomials and first integrals as a record spells them: terms [coefficient, [[symbol, unit, exponent], ...]].

Symbols are x (y in the inner form), v for σ(x), further letters for the other functions of the chain, d for σ'(x),
and Phi for the potential; a factor ["log", formula, 1] is the logarithm of the absolute value of a formula. Units
are numbered from 1; a unit of null is the variable of a function of one variable.
"""

from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpq_mpoly

from gsdcheck.model.chain import Chain, Exponents, Polynomial
from gsdcheck.model.formatting import format_expression
from gsdcheck.symbolic.ansatz import Integral
from gsdcheck.symbolic.jacobian import Terms
from gsdcheck.symbolic.polynomial_system import PolynomialSystem

Formula: TypeAlias = list[list[Any]]

_LETTERS = "uwpqrsz"


class Symbols:
    """The letters of one derivation."""

    def __init__(self, chain: Chain, variable: str) -> None:
        self.variable = variable
        others = iter(_LETTERS)
        self.letters = [variable]
        for a in range(1, chain.width):
            alone = tuple(int(k == a) for k in range(chain.width))
            self.letters.append("v" if chain.sigma == {alone: 1} else next(others))

    def of_unit(self, p: Polynomial) -> Formula:
        """A polynomial in (x, g) of one unit, whose number is left open."""
        return [
            [str(p[e]), [[self.letters[slot], None, k] for slot, k in enumerate(e) if k]] for e in _ordered(p)
        ]

    def polynomial(self, system: PolynomialSystem, p: fmpq_mpoly) -> Formula:
        """A polynomial of the system."""
        terms = {tuple(map(int, e)): Fraction(int(c.numer()), int(c.denom())) for e, c in p.terms()}
        width = len(system.slots)
        return [
            [
                str(terms[e]),
                [
                    [self.letters[system.slots[k % width]], k // width + 1, power]
                    for k, power in enumerate(e)
                    if power
                ],
            ]
            for e in _ordered(terms)
        ]

    def integral(self, system: PolynomialSystem, integral: Integral) -> Formula:
        """A first integral: potentials, then x, then the polynomial, then logarithms."""
        found: Formula = []
        for letter, values in (("Phi", integral.potentials), (self.variable, integral.linear)):
            found += [[str(c), [[letter, i + 1, 1]]] for i, c in enumerate(values) if c]
        found += self.polynomial(system, integral.polynomial)
        found += [[str(c), [["log", self.polynomial(system, d.F), 1]]] for c, d in integral.logarithms]
        return found


def chain_formulas(chain: Chain, symbols: Symbols) -> dict[str, Any]:
    """The functions of the chain with their slopes, σ, and the relations."""
    return {
        "functions": [
            {"symbol": letter, "expression": format_expression(g), "slope": symbols.of_unit(p or {})}
            for letter, g, p in zip(symbols.letters[1:], chain.generators, chain.derivatives, strict=True)
        ],
        "sigma": symbols.of_unit(chain.sigma),
        "relations": [
            [symbols.of_unit({left: Fraction(1)}), symbols.of_unit(right)] for left, right in chain.relations
        ],
    }


def minors_formula(terms: Terms) -> Formula:
    """Σ c Π d_i."""
    return [[str(c), [["d", i + 1, 1] for i in S]] for c, S in terms]


def _ordered(p: Polynomial) -> list[Exponents]:
    """Exponents by degree, then the first variable's highest power first."""
    return sorted(p, key=lambda e: (sum(e), [-k for k in e]))
