"""Networks whose first integrals are known, and polynomials of their derivations in SymPy's words."""

from typing import Any

import sympy
from flint import fmpq_mpoly

from gsdcheck.facts.chains import noetherian_chain
from gsdcheck.model.chain import opaque_chain
from gsdcheck.model.system import system
from gsdcheck.symbolic.ansatz import Integral
from gsdcheck.symbolic.integrals import Derivation, derivation
from gsdcheck.symbolic.polynomial_system import PolynomialSystem

Weights = list[list[Any]]


def path(n: int) -> Weights:
    """w_{i,i+1} = 1 = -w_{i+1,i}: for tanh Hirota's self-dual network, for exp the open Volterra lattice."""
    return [[(j == i + 1) - (j == i - 1) for j in range(n)] for i in range(n)]


def ring(n: int) -> Weights:
    """The path, closed: the periodic lattices."""
    W = path(n)
    W[0][n - 1], W[n - 1][0] = W[0][n - 1] - 1, W[n - 1][0] + 1
    return W


def derived(W: Weights, activation: str = "tanh", degree: int = 4, **options: Any) -> Derivation:
    network = system(W, activation, **options)
    sigma = network.activation.expression
    return derivation(network, noetherian_chain(sigma) or opaque_chain(sigma), degree)


def symbols(S: PolynomialSystem) -> list[sympy.Symbol]:
    """v1, v2, … for the only function of a chain; else x1, u1, w1, … by their place."""
    letters = ["x", "v"] if len(S.slots) == 1 else ["x", "u", "w", "p"]
    return [sympy.Symbol(f"{letters[slot]}{i + 1}") for i in range(S.n) for slot in S.slots]


def in_sympy(S: PolynomialSystem, p: fmpq_mpoly) -> sympy.Expr:
    z = symbols(S)
    return sympy.Add(
        *(
            sympy.Rational(int(c.numer()), int(c.denom()))
            * sympy.Mul(*(v ** int(e) for v, e in zip(z, m, strict=True)))
            for m, c in p.terms()
        )
    )


def polynomials(found: Derivation) -> list[sympy.Expr]:
    """The further first integrals that are polynomials."""
    return [in_sympy(found.system, f.integral.polynomial) for f in found.further if f.integral.is_polynomial]


def in_v(W: Weights, slope: Any, q: sympy.Expr) -> sympy.Expr:
    """dq/dt along v_i' = p(v_i) (W v)_i, expanded by SymPy."""
    n = len(W)
    v = [sympy.Symbol(f"v{i + 1}") for i in range(n)]
    f = [sum(sympy.sympify(W[i][j]) * v[j] for j in range(n)) for i in range(n)]
    return sympy.expand(sum(sympy.diff(q, v[i]) * slope(v[i]) * f[i] for i in range(n)))


def as_pair(found: Integral) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """(α, β) of Σ α_i x_i + β_i Φ(x_i)."""
    return found.linear, found.potentials
