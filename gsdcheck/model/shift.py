"""x ↦ f(x + c), as the tree in which the terms of c that meet their opposites are gone: tanh(x - 1) at 1 is tanh(x)."""

from collections.abc import Iterable

from gsdcheck.model.expression import (
    Call,
    Condition,
    Expression,
    Piecewise,
    Power,
    Product,
    Sum,
    X,
    add,
    call,
    multiply,
    negate,
    power,
    substitute,
)
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse


def shift_argument(f: Expression, c: Expression) -> Expression:
    """The tree of x ↦ f(x + c), as its own text is read; the same function wherever c is a real number."""
    terms = c.terms if isinstance(c, Sum) else (c,)
    moved = _tidied(substitute(f, add(X, c)), {*terms, *map(negate, terms)})
    return parse(format_expression(moved))


def _tidied(f: Expression, shift: set[Expression]) -> Expression:
    """The tree with pairs of opposite terms of the shift left out of its sums."""

    def inner(part: Expression) -> Expression:
        return _tidied(part, shift)

    match f:
        case Sum(terms):
            return _without_opposites(map(inner, terms), shift)
        case Product(factors):
            return multiply(*map(inner, factors))
        case Power(base, exponent):
            return power(inner(base), exponent)
        case Call(name, arguments):
            return call(name, *map(inner, arguments))
        case Piecewise(branches, otherwise):
            return Piecewise(
                tuple((inner(v), Condition(inner(t.left), t.relation, inner(t.right))) for v, t in branches),
                inner(otherwise),
            )
    return f


def _without_opposites(terms: Iterable[Expression], shift: set[Expression]) -> Expression:
    kept: list[Expression] = []
    for term in terms:
        if term in shift and negate(term) in kept:
            kept.remove(negate(term))
        else:
            kept.append(term)
    return add(*kept)
