"""Expressions of our grammar as MathML: fractions, roots, exponents, cases. What cannot be parsed stays text."""

from fractions import Fraction

from markupsafe import Markup

from gsdcheck.errors import ExpressionError
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
    multiply,
    number,
    power,
)
from gsdcheck.model.parser import parse

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4
_APPLY, _TIMES, _MINUS = "\u2061", "\u2062", "−"
_NAMES = {"Max": "max", "Min": "min", "sign": "sgn", "asinh": "arsinh", "atan": "arctan", "dilog": "Li₂"}
_RELATIONS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def mathml(text: object) -> Markup:
    """The expression as one <math> element; as <code> where it is none of the grammar."""
    try:
        tree = parse(str(text))
    except ExpressionError:
        return Markup("<code>{}</code>").format(text)
    return Markup('<math displaystyle="true">{}</math>').format(_set(tree, 0))


def _set(tree: Expression, context: int) -> Markup:
    shown, level = _form(tree)
    return _row(_mo("("), shown, _mo(")")) if level < context else shown


def _form(tree: Expression) -> tuple[Markup, int]:
    """The element and how tightly it binds."""
    match tree:
        case Variable():
            return _mi("x"), _ATOM
        case Constant(name):
            return _mi({"pi": "π", "E": "e"}[name]), _ATOM
        case Number(value):
            return _number(value)
        case Sum((first, *rest)):
            return _row(_set(first, _SUM), *(_term(term) for term in rest)), _SUM
        case Product((Number(value), *rest)) if value < 0:
            return _row(_mo(_MINUS), _set(multiply(number(-value), *rest), _PRODUCT)), _SUM
        case Product(factors):
            return _product(factors)
        case Power(base, exponent) if exponent < 0:
            return _fraction(_mn(1), _set(power(base, -exponent), 0)), _POWER
        case Power(base, exponent) if exponent == Fraction(1, 2):
            return _element("msqrt", _set(base, 0)), _ATOM
        case Power(base, exponent):
            return _element("msup", _set(base, _ATOM), _number(exponent)[0]), _POWER
        case Call("exp", (argument,)):
            return _element("msup", _mi("e"), _set(argument, 0)), _POWER
        case Call("Abs", (argument,)):
            return _row(_mo("|"), _set(argument, 0), _mo("|")), _ATOM
        case Call(name, arguments):
            return _call(_NAMES.get(name, name), arguments), _ATOM
        case Piecewise():
            return _cases(tree), _SUM
    raise TypeError(f"not an expression: {tree!r}")


def _term(term: Expression) -> Markup:
    """A further term of a sum, with its sign."""
    match term:
        case Number(value) if value < 0:
            return _mo(_MINUS) + _set(number(-value), _PRODUCT)
        case Product((Number(value), *rest)) if value < 0:
            return _mo(_MINUS) + _set(multiply(number(-value), *rest), _PRODUCT)
    return _mo("+") + _set(term, _PRODUCT)


def _number(value: Fraction) -> tuple[Markup, int]:
    size = abs(value)
    shown = _mn(size.numerator)
    if size.denominator != 1:
        shown = _fraction(shown, _mn(size.denominator))
    if value < 0:
        return _row(_mo(_MINUS), shown), _SUM
    return shown, _ATOM if size.denominator == 1 else _PRODUCT


def _product(factors: tuple[Expression, ...]) -> tuple[Markup, int]:
    """The factors with a negative exponent, and the denominator of a number, go below the line."""
    above: list[Expression] = []
    below: list[Expression] = []
    for factor in factors:
        match factor:
            case Number(value):
                above += [number(value.numerator)] if value.numerator != 1 else []
                below += [number(value.denominator)] if value.denominator != 1 else []
            case Power(base, exponent) if exponent < 0:
                below.append(power(base, -exponent))
            case _:
                above.append(factor)
    if below:
        return _fraction(_factors(above), _factors(below)), _PRODUCT
    return _factors(above), _PRODUCT


def _factors(factors: list[Expression]) -> Markup:
    if len(factors) < 2:
        return _set(factors[0], 0) if factors else _mn(1)
    shown = [_set(factor, _PRODUCT) for factor in factors]
    return _row(shown[0], *(_mo(_TIMES) + part for part in shown[1:]))


def _call(name: str, arguments: tuple[Expression, ...]) -> Markup:
    first, *rest = (_set(argument, 0) for argument in arguments)
    inside = [_mo("("), first, *(_mo(",") + argument for argument in rest), _mo(")")]
    return _row(_mi(name), _mo(_APPLY), _row(*inside))


def _cases(tree: Piecewise) -> Markup:
    rows = [
        (value, _row(_set(test.left, 0), _mo(_RELATIONS[test.relation]), _set(test.right, 0)))
        for value, test in tree.branches
    ]
    rows.append((tree.otherwise, _element("mtext", Markup("otherwise"))))
    cells = [(_element("mtd", _set(v, 0)), _element("mtd", when)) for v, when in rows]
    return _row(_mo("{"), _element("mtable", *(_element("mtr", *pair) for pair in cells)))


def _element(tag: str, *children: Markup) -> Markup:
    return Markup(f"<{tag}>") + Markup("").join(children) + Markup(f"</{tag}>")


def _row(*children: Markup) -> Markup:
    return _element("mrow", *children)


def _fraction(above: Markup, below: Markup) -> Markup:
    return _element("mfrac", above, below)


def _mi(name: str) -> Markup:
    return _element("mi", Markup(name))


def _mn(value: int) -> Markup:
    return _element("mn", Markup(str(value)))


def _mo(sign: str) -> Markup:
    return _element("mo", Markup("&lt;") if sign == "<" else Markup(sign))
