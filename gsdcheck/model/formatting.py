"""Tree to text, in the grammar of the parser: one spelling a tree."""

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
    multiply,
    number,
)


def format_expression(expression: Expression) -> str:
    """The text of the tree in the grammar of `parse`, which reads it back to an equal tree value."""
    return _text(expression, 0)


_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4


def _text(tree: Expression, context: int) -> str:
    text, level = _form(tree)
    return f"({text})" if level < context else text


def _form(tree: Expression) -> tuple[str, int]:
    """The text and how tightly it binds."""
    match tree:
        case Variable():
            return "x", _ATOM
        case Constant(name):
            return name, _ATOM
        case Number(value):
            level = _SUM if value < 0 else _PRODUCT if value.denominator > 1 else _ATOM
            return str(value), level
        case Sum(terms):
            first, *rest = (_text(term, _PRODUCT if _starts_positive(term) else _SUM) for term in terms)
            return first + "".join(t if t.startswith("-") else f"+{t}" for t in rest), _SUM
        case Product((Number(value), *rest)) if value < 0:
            body = _text(multiply(number(-value), *rest), _PRODUCT)
            return f"-{body}", _SUM
        case Product(factors):
            return _product(factors), _PRODUCT
        case Power(base, exponent) if exponent == Fraction(1, 2):
            return f"sqrt({_text(base, 0)})", _ATOM
        case Power(base, exponent):
            shown = str(exponent) if exponent.denominator == 1 and exponent >= 0 else f"({exponent})"
            return f"{_text(base, _ATOM)}**{shown}", _POWER
        case Call(name, arguments):
            return f"{name}({', '.join(_text(a, 0) for a in arguments)})", _ATOM
        case Piecewise(branches, otherwise):
            parts = [
                f"({_text(v, 0)}, {_text(t.left, 0)} {t.relation} {_text(t.right, 0)})" for v, t in branches
            ]
            return f"Piecewise({', '.join(parts)}, ({_text(otherwise, 0)}, True))", _ATOM
    raise TypeError(f"not an expression: {tree!r}")


def _starts_positive(term: Expression) -> bool:
    return not _form(term)[0].startswith("-")


def _product(factors: tuple[Expression, ...]) -> str:
    above = [f for f in factors if not (isinstance(f, Power) and f.exponent == -1)]
    below = [f.base for f in factors if isinstance(f, Power) and f.exponent == -1]
    if len(above) > 1 and isinstance(above[0], Number):
        scale = above[0].value  # pi**2/12 reads better than 1/12*pi**2
        above = above[1:] if scale.numerator == 1 else [number(scale.numerator), *above[1:]]
        below = [number(scale.denominator), *below] if scale.denominator != 1 else below
    text = "*".join(_text(f, _PRODUCT) for f in above) or "1"
    return text + "".join(f"/{_text(f, _POWER)}" for f in below)
