"""Expressions of the grammar in LaTeX's mathematics."""

from fractions import Fraction

from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Number,
    Piecewise,
    Power,
    Product,
    Sum,
    Variable,
)
from gsdcheck.report.formulas import rational_latex

_NAMED = ("exp", "log", "sin", "cos", "sinh", "cosh", "tanh")
_OTHERS = {"asinh": r"\operatorname{arsinh}", "atan": r"\arctan", "Max": r"\max", "Min": r"\min"}


def expression_latex(tree: Expression, variable: str) -> str:
    """An expression of the grammar as mathematics in the variable."""
    match tree:
        case Variable():
            return variable
        case Number(value):
            return rational_latex(str(value))
        case Constant(name):
            return r"\pi" if name == "pi" else r"\mathrm{e}"
        case Sum(terms):
            shown = " + ".join(expression_latex(term, variable) for term in terms)
            return shown.replace("+ -", "- ")
        case Product(factors):
            return _product_latex(factors, variable)
        case Power(base, exponent):
            return _power_latex(base, exponent, variable)
        case Call(name, arguments):
            inside = ", ".join(expression_latex(argument, variable) for argument in arguments)
            if name in _NAMED and (isinstance(arguments[0], Variable) or _is_named(arguments[0])):
                return rf"\{name} {inside}"
            if name == "Abs":
                return rf"\left|{inside}\right|"
            shown = rf"\{name}" if name in _NAMED else _OTHERS.get(name, rf"\operatorname{{{name}}}")
            return rf"{shown}\left({inside}\right)"
        case Piecewise(branches, otherwise):
            rows = [
                rf"{expression_latex(value, variable)} & {expression_latex(test.left, variable)} {test.relation} "
                rf"{expression_latex(test.right, variable)} \\"
                for value, test in branches
            ]
            last = rf"{expression_latex(otherwise, variable)} & \text{{else}}"
            return rf"\begin{{cases}} {' '.join(rows)} {last} \end{{cases}}"
    raise TypeError(f"not an expression: {tree!r}")


def _is_named(tree: Expression) -> bool:
    return isinstance(tree, Call) and tree.name in _NAMED


def _product_latex(factors: tuple[Expression, ...], variable: str) -> str:
    """Factors side by side, what has a negative exponent below a bar."""
    below = [f for f in factors if isinstance(f, Power) and f.exponent < 0]
    above = [f for f in factors if f not in below]
    sign = "-" if above and above[0] == Number(Fraction(-1)) and len(above) > 1 else ""
    shown = " ".join(atom_latex(f, variable) for f in (above[1:] if sign else above)) or "1"
    if not below:
        return sign + shown
    bottom = " ".join(_power_latex(f.base, -f.exponent, variable) for f in below if isinstance(f, Power))
    return rf"{sign}\frac{{{shown}}}{{{bottom}}}"


def _power_latex(base: Expression, exponent: Fraction, variable: str) -> str:
    if exponent < 0:
        return rf"\frac{{1}}{{{_power_latex(base, -exponent, variable)}}}"
    if exponent == 1:
        return atom_latex(base, variable)
    if exponent == Fraction(1, 2):
        return rf"\sqrt{{{expression_latex(base, variable)}}}"
    body = atom_latex(base, variable)
    wrapped = rf"\left({body}\right)" if isinstance(base, Call | Power) else f"{{{body}}}"
    return f"{wrapped}^{{{exponent}}}"


def atom_latex(tree: Expression, variable: str) -> str:
    """The expression as a factor: in brackets where it is a sum, a product or a negative number."""
    text = expression_latex(tree, variable)
    negative = isinstance(tree, Number) and tree.value < 0
    return rf"\left({text}\right)" if isinstance(tree, Sum | Product) or negative else text
