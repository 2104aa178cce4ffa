"""A derivation as a record spells it: chain, Darboux polynomials, first integrals, search, Jacobian."""

from fractions import Fraction
from typing import Any

from gsdcheck.certify.branch_signs import is_branching
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.engine.derivation import DerivedNetwork
from gsdcheck.engine.formulas import Formula, Symbols, chain_formulas, minors_formula
from gsdcheck.errors import Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.system import Form, System
from gsdcheck.symbolic.ansatz import Integral
from gsdcheck.symbolic.jacobian import jacobian_polynomial

MOST_MINORS = 8
"""Units up to which the Jacobian's characteristic polynomial is written out."""


def derivation_data(network: System, whole: DerivedNetwork) -> dict[str, Any]:
    """The derivation as plain data."""
    found, system = whole.found, whole.found.system
    symbols = Symbols(whole.chain, "x" if network.form is Form.OUTER else "y")

    def written(integral: Integral | None) -> Formula | None:
        return None if integral is None else symbols.integral(system, integral)

    return {
        "variable": symbols.variable,
        "chain": chain_formulas(whole.chain, symbols) if whole.chain.is_closed else None,
        "potential": None if whole.potential is None else format_expression(whole.potential),
        "darboux": [
            {
                "polynomial": symbols.polynomial(system, d.F),
                "cofactor": symbols.polynomial(system, d.K),
                "kappa": None if d.kappa is None else symbols.polynomial(system, d.kappa),
                "unit": None if d.unit is None else d.unit + 1,
            }
            for d in found.darboux
        ],
        "products": [
            [[symbols.polynomial(system, d.F), str(c)] for c, d in integral.logarithms]
            for integral in whole.of_cofactors
        ],
        "at_rest": [i + 1 for i in found.at_rest],
        "integrals": [
            {
                "name": entry.name,
                "kind": entry.kind,
                "degree": entry.derived.degree if entry.kind == "further" else None,
                "formula": written(entry.derived.integral),
                "by_logarithms": written(entry.derived.by_logarithms),
            }
            for entry in whole.integrals
        ],
        "search": {
            "asked": whole.asked,
            "degree": found.degree if whole.chain.is_closed else None,
            "unknowns": found.unknowns,
            "dimension": found.dimension,
            "unjudged": whole.unjudged,
            "gradient_rank": whole.rank,
        },
        "commuting": list(whole.commuting),
        "jacobian": _jacobian(network),
    }


def _jacobian(network: System) -> dict[str, Any]:
    """(c_0, …, c_n) of det(λ - J) = Σ c_k (λ + γ)^(n-k), in d_i = σ'(x_i) and where every d_i is σ'(0)."""
    slope = _slope_at_zero(network.activation.expression)
    small = len(network.W) <= MOST_MINORS
    minors = jacobian_polynomial(network.W) if small else None
    at_zero = None
    if slope is not None and minors is not None:
        at_zero = [str(sum((c * slope**k for c, _ in terms), Fraction(0))) for k, terms in enumerate(minors)]
    return {
        "coefficients": None if minors is None else [minors_formula(terms) for terms in minors],
        "leak": str(network.leak),
        "slope_at_zero": None if slope is None else str(slope),
        "at_zero": at_zero,
    }


def _slope_at_zero(sigma: Expression) -> Fraction | None:
    """σ'(0) where it is a rational."""
    if is_branching(sigma):
        return None
    try:
        form = normal_form(derivative(sigma), Fraction(0))
    except Undecided:
        return None
    return form.get((), Fraction(0)) if set(form) <= {()} else None
