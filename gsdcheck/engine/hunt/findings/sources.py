"""σ as NumPy and as LaTeX: what a stand-alone script and a sentence need."""

from fractions import Fraction
from functools import reduce

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

_NUMPY = {"Abs": "np.abs", "sign": "np.sign", "asinh": "np.arcsinh", "atan": "np.arctan"}
_FOR_MATH = ("erf", "erfc")
_LATEX = {"asinh": "arsinh", "atan": "arctan", "sign": "sgn", "Max": "max", "Min": "min"}
_BUILT_IN = ("exp", "log", "sin", "cos", "sinh", "cosh", "tanh", "arctan", "max", "min")


def numpy_source(tree: Expression) -> str:
    """A Python expression in x that computes the tree with NumPy as `np` (and `math` for erf and erfc)."""
    match tree:
        case Variable():
            return "x"
        case Constant(name):
            return {"pi": "np.pi", "E": "np.e"}[name]
        case Number(value):
            return _fraction(value)
        case Sum(terms):
            return "(" + " + ".join(map(numpy_source, terms)) + ")"
        case Product(factors):
            return "(" + " * ".join(map(numpy_source, factors)) + ")"
        case Power(base, exponent):
            return f"({numpy_source(base)})**{_fraction(exponent)}"
        case Call("Max" | "Min" as name, (first, *rest)):
            function = "np.maximum" if name == "Max" else "np.minimum"
            return reduce(
                lambda inner, other: f"{function}({inner}, {numpy_source(other)})", rest, numpy_source(first)
            )
        case Call(name, (argument,)):
            inner = numpy_source(argument)
            if name in _FOR_MATH:
                return f"np.vectorize(math.{name})({inner})"
            return f"{_NUMPY.get(name, f'np.{name}')}({inner})"
        case Piecewise(branches, otherwise):
            source = numpy_source(otherwise)
            for branch, test in reversed(branches):
                source = f"np.where({_condition(test)}, {numpy_source(branch)}, {source})"
            return source
    raise TypeError(f"not an expression: {tree!r}")


def _condition(test: Condition) -> str:
    return f"{numpy_source(test.left)} {test.relation} {numpy_source(test.right)}"


def _fraction(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator}.0" if value >= 0 else f"({value.numerator}.0)"
    return f"({value.numerator} / {value.denominator})"


def latex(tree: Expression) -> str:
    """The tree in LaTeX, for use in mathematics mode."""
    match tree:
        case Variable():
            return "x"
        case Constant(name):
            return {"pi": r"\pi", "E": "e"}[name]
        case Number(value):
            return latex_number(value)
        case Sum(terms):
            return "+".join(map(latex, terms)).replace("+-", "-")
        case Product(factors):
            return r"\,".join(_factor(factor) for factor in factors)
        case Power(base, exponent):
            return _power(base, exponent)
        case Call("Abs", (argument,)):
            return rf"\left|{latex(argument)}\right|"
        case Call(name, arguments):
            return rf"{_function(name)}\left({', '.join(map(latex, arguments))}\right)"
        case Piecewise(branches, otherwise):
            lines = [rf"{latex(v)} & {latex(t.left)} {_relation(t)} {latex(t.right)}" for v, t in branches]
            return (
                r"\begin{cases}"
                + r" \\ ".join([*lines, rf"{latex(otherwise)} & \text{{else}}"])
                + r"\end{cases}"
            )
    raise TypeError(f"not an expression: {tree!r}")


def latex_number(value: Fraction) -> str:
    """The rational in LaTeX."""
    if value.denominator == 1:
        return str(value.numerator)
    return rf"{'-' if value < 0 else ''}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def _factor(tree: Expression) -> str:
    return rf"\left({latex(tree)}\right)" if isinstance(tree, Sum) else latex(tree)


def _power(base: Expression, exponent: Fraction) -> str:
    if exponent == -1:
        return rf"\frac{{1}}{{{latex(base)}}}"
    simple = isinstance(base, Variable | Constant) or (isinstance(base, Number) and base.value >= 0)
    inside = latex(base) if simple else rf"\left({latex(base)}\right)"
    return rf"{inside}^{{{latex_number(exponent)}}}"


def _function(name: str) -> str:
    word = _LATEX.get(name, name)
    return rf"\{word}" if word in _BUILT_IN else rf"\operatorname{{{word}}}"


def _relation(test: Condition) -> str:
    return {"<": "<", ">": ">", "<=": r"\le", ">=": r"\ge"}[test.relation]
