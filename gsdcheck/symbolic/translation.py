"""Our tree in SymPy's words."""

from typing import TYPE_CHECKING, Any

from gsdcheck.model.expression import (
    Call,
    Condition,
    Constant,
    Expression,
    Number,
    Piecewise,
    Power,
    Product,
    Sum,
    Variable,
)

if TYPE_CHECKING:
    import sympy


def to_sympy(expression: Expression) -> "sympy.Expr":
    """The same function of the real symbol x, exactly: rationals stay rationals, dilog is polylog(2, ·).

    SymPy may rewrite what it builds (1 + x - 1 becomes x), so the result is a second reading of σ and never
    the σ that a certificate is about.
    """
    import sympy

    match expression:
        case Variable():
            return sympy.Symbol("x", real=True)
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Constant(name):
            return {"pi": sympy.pi, "E": sympy.E}[name]
        case Sum(terms):
            return sympy.Add(*map(to_sympy, terms))
        case Product(factors):
            return sympy.Mul(*map(to_sympy, factors))
        case Power(base, exponent):
            return sympy.Pow(to_sympy(base), sympy.Rational(exponent.numerator, exponent.denominator))
        case Call(name, arguments):
            return _function(name)(*map(to_sympy, arguments))
        case Piecewise(branches, otherwise):
            pieces = [(to_sympy(value), _relation(test)) for value, test in branches]
            return sympy.Piecewise(*pieces, (to_sympy(otherwise), True))
    raise TypeError(f"not an expression: {expression!r}")


def _function(name: str) -> Any:
    import sympy

    others = {
        "log1p": lambda u: sympy.log(1 + u),
        "expm1": lambda u: sympy.exp(u) - 1,
        "dilog": lambda u: sympy.polylog(2, u),
    }
    return others.get(name) or getattr(sympy, name)


def _relation(test: Condition) -> Any:
    import sympy

    kinds = {"<": sympy.Lt, "<=": sympy.Le, ">": sympy.Gt, ">=": sympy.Ge}
    return kinds[test.relation](to_sympy(test.left), to_sympy(test.right))
