"""A Noetherian chain: finitely many functions of x whose derivatives are polynomials in x and themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from gsdcheck.model.expression import Expression, X, add, multiply, number, power

Exponents: TypeAlias = tuple[int, ...]
Polynomial: TypeAlias = Mapping[Exponents, Fraction]
"""Σ c z^e over ℚ as {e: c} without zeros; which variables z the exponents belong to, the context says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """g_1, …, g_m with g_a' = P_a(x, g), and σ = S(x, g): P_a and S in ℚ[x, g_1, …, g_m].

    tanh is a chain of one function, g' = 1 - g²; atan with u = 1/(1 + x²) is one of two, u' = -2x u². A σ of
    which no chain is known is carried as g_1 = σ with an unknown derivative.

    Attributes:
        generators: g_1, …, g_m as trees.
        derivatives: P_1, …, P_m; None where the derivative is not known.
        sigma: S.
        relations: (e, R): the monomial z^e equals R(x, g) for every x, as sin² = 1 - cos².
        cuts: where the tree of σ may change its branch; σ = S(x, g) on both sides of each.

    References:
        Tougeron, Algèbres analytiques topologiquement noethériennes, 1991 (Noetherian functions).
    """

    generators: tuple[Expression, ...]
    derivatives: tuple[Polynomial | None, ...]
    sigma: Polynomial
    relations: tuple[tuple[Exponents, Polynomial], ...] = ()
    cuts: tuple[Fraction, ...] = ()

    @property
    def width(self) -> int:
        """The number of variables of one unit: x and the functions."""
        return 1 + len(self.generators)

    @property
    def is_closed(self) -> bool:
        """Whether all derivatives are known."""
        return None not in self.derivatives

    def tree(self, p: Polynomial) -> Expression:
        """The polynomial in (x, g) as a function of x."""
        variables = (X, *self.generators)
        return add(
            *(
                multiply(number(c), *(power(v, e) for v, e in zip(variables, exponents, strict=True) if e))
                for exponents, c in p.items()
            )
        )


def opaque_chain(sigma: Expression) -> Chain:
    """σ as a function of which nothing is known but that it is σ."""
    return Chain(generators=(sigma,), derivatives=(None,), sigma={(0, 1): Fraction(1)})
