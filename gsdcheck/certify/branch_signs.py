"""The signs that an expression with branches takes on an open interval, as a mask, by its structure alone.

Abs u is never negative, a maximum of what is positive is positive, and a Piecewise has the sign of one of its
branches: no kink need be known for that. The claims hold where the expression is defined.
"""

from collections.abc import Callable
from functools import reduce

from gsdcheck.certify.intervals import interval, value_range
from gsdcheck.certify.masks import mask_of_interval, power_sign, product_sign, sum_sign
from gsdcheck.certify.polynomials import ANY, NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.signs import End, direct_sign
from gsdcheck.model.expression import (
    Call,
    Expression,
    Piecewise,
    Power,
    Product,
    Sum,
    add,
    multiply,
    negate,
    nodes,
    number,
)

BRANCHES = frozenset({"Abs", "sign", "Max", "Min"})
TRUE = {"<": NEGATIVE, "<=": NEGATIVE | NULL, ">": POSITIVE, ">=": POSITIVE | NULL}
"""The signs of left - right with which a condition holds."""
_SAME_SIGN = frozenset({"tanh", "sinh", "atan", "asinh", "erf", "log1p", "expm1", "dilog"})
_VALUES = ((-1, NEGATIVE), (0, NULL), (1, POSITIVE))


def is_branching(expression: Expression) -> bool:
    """Whether the tree has a branch: Abs, sign, Max, Min or Piecewise."""
    return any(
        isinstance(node, Piecewise) or (isinstance(node, Call) and node.name in BRANCHES)
        for node in nodes(expression)
    )


def tree_sign(expression: Expression, low: End, high: End) -> int:
    """The mask of signs of the expression on (low, high), branches included."""
    if not is_branching(expression):
        return direct_sign(expression, low, high)
    mask = mask_of_interval(value_range(expression, interval(low, high)))
    return mask if mask in (POSITIVE, NEGATIVE, NULL) else mask & _by_structure(expression, low, high)


def difference(left: Expression, right: Expression) -> Expression:
    """left - right; two equal trees, branches and all, leave 0."""
    return number(0) if left == right else add(left, negate(right))


def _by_structure(expression: Expression, low: End, high: End) -> int:
    def sign(part: Expression) -> int:
        return tree_sign(part, low, high)

    match expression:
        case Sum(terms):
            return sum_sign([sign(term) for term in terms])
        case Product(factors):
            return _product(factors, sign)
        case Power(base, exponent):
            return power_sign(sign(base), exponent)
        case Call("Abs", (argument,)):
            return power_sign(sign(argument), number(2).value)
        case Call("sign", (argument,)):
            return sign(argument)
        case Call("Max" | "Min" as name, arguments):
            return reduce(_greater if name == "Max" else _less, map(sign, arguments))
        case Call(name, (argument,)) if name in _SAME_SIGN:
            return sign(argument)
        case Piecewise(branches, otherwise):
            return _piecewise(branches, otherwise, sign)
    return ANY


def _product(factors: tuple[Expression, ...], sign: Callable[[Expression], int]) -> int:
    """Factors without branches are one expression, whose algebra sees more; equal factors are a power."""
    plain = [factor for factor in factors if not is_branching(factor)]
    others = [factor for factor in factors if is_branching(factor)]
    masks = [power_sign(sign(u), number(others.count(u)).value) for u in dict.fromkeys(others)]
    return reduce(product_sign, masks, sign(multiply(*plain)))


def _piecewise(branches: object, otherwise: Expression, sign: Callable[[Expression], int]) -> int:
    mask = 0
    assert isinstance(branches, tuple)
    for value, test in branches:
        decided = sign(difference(test.left, test.right))
        if decided & TRUE[test.relation]:
            mask |= sign(value)
        if not decided & ~TRUE[test.relation]:
            return mask
    return mask | sign(otherwise)


def _greater(a: int, b: int) -> int:
    return _combined(a, b, max)


def _less(a: int, b: int) -> int:
    return _combined(a, b, min)


def _combined(a: int, b: int, choose: Callable[[int, int], int]) -> int:
    pairs = [choose(s, t) for s, u in _VALUES for t, v in _VALUES if a & u and b & v]
    return sum(mask for value, mask in _VALUES if value in pairs)
