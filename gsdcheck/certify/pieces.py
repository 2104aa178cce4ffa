"""σ on a segment as one smooth expression: branches decided, the domain checked, kinks in the cuts.

On an open segment between two neighbouring cuts every argument of Abs and sign, every difference in a Max, Min
or condition keeps its sign; what remains is analytic where it is defined (but for roots of what touches 0).
"""

from fractions import Fraction
from functools import lru_cache

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.normal_form import is_zero
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.signs import NOT_NEGATIVE, NOT_POSITIVE, End, closed_sign, direct_sign, sign_at
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import (
    ONE,
    ZERO,
    Call,
    Condition,
    Expression,
    Number,
    Piecewise,
    Power,
    Product,
    Sum,
    add,
    children,
    negate,
    nodes,
)

_TRUE = {"<": NEGATIVE, "<=": NOT_POSITIVE, ">": POSITIVE, ">=": NOT_NEGATIVE}


class _Place:
    """Where signs are asked for: an open segment, or one point."""

    def __init__(self, low: End, high: End, *, point: bool) -> None:
        self.low, self.high, self.point = low, high, point

    def sign(self, g: Expression) -> int:
        if self.point and self.low is not None:
            return sign_at(g, self.low)
        require_domain(g, self.low, self.high)  # soundness: a losing branch must be defined as well
        return direct_sign(g, self.low, self.high)


@lru_cache(maxsize=4096)
def smooth(expression: Expression, low: End, high: End) -> Expression:
    """The expression without branches that equals f on (low, high), defined and continuous on [low, high].

    Raises:
        Undecided: a branch that is not the same on the whole segment, or a domain that is not proved.
    """
    resolved = _resolve(expression, _Place(low, high, point=False))
    require_domain(resolved, low, high)
    return resolved


def at_point(expression: Expression, point: Fraction) -> Expression:
    """The expression without branches that has the value of f at the point.

    Raises:
        Undecided: a branch that is not decided there, or no finite value.
    """
    resolved = _resolve(expression, _Place(point, point, point=True))
    if not enclose(resolved, to_arb(point)).is_finite():
        raise Undecided(f"no finite value at {point}.")
    return resolved


def value_sign(expression: Expression, point: Fraction) -> int:
    """The sign of f at the point, branches included; `Undecided` if it is open."""
    return sign_at(at_point(expression, point), point)


def agree_at(a: Expression, b: Expression, point: Fraction) -> bool:
    """Whether the two expressions are proved to have the same value at the point."""
    return a == b or is_zero(add(a, negate(b)), point)


def is_branching(expression: Expression) -> bool:
    """Whether the tree has a branch: Abs, sign, Max, Min or Piecewise."""
    return any(
        isinstance(node, Piecewise) or (isinstance(node, Call) and node.name in ("Abs", "sign", "Max", "Min"))
        for node in nodes(expression)
    )


def _resolve(expression: Expression, place: _Place) -> Expression:
    # raw constructors: folding 0 · u away would forget the domain of u
    match expression:
        case Sum(terms):
            return Sum(tuple(_resolve(term, place) for term in terms))
        case Product(factors):
            return Product(tuple(_resolve(factor, place) for factor in factors))
        case Power(base, exponent):
            return Power(_resolve(base, place), exponent)
        case Call("Abs", (argument,)):
            return _absolute(_resolve(argument, place), place)
        case Call("sign", (argument,)):
            return _sign(place.sign(_resolve(argument, place)))
        case Call("Max" | "Min" as name, arguments):
            return _extremum(name, [_resolve(argument, place) for argument in arguments], place)
        case Call(name, arguments):
            return Call(name, tuple(_resolve(argument, place) for argument in arguments))
        case Piecewise(branches, otherwise):
            return _branch(branches, otherwise, place)
    return expression


def _absolute(u: Expression, place: _Place) -> Expression:
    mask = place.sign(u)
    if mask | NOT_NEGATIVE == NOT_NEGATIVE:
        return u
    if mask | NOT_POSITIVE == NOT_POSITIVE:
        return Product((Number(Fraction(-1)), u))
    raise Undecided("Abs of an expression that changes sign inside a segment.")


def _sign(mask: int) -> Expression:
    known = {POSITIVE: ONE, NEGATIVE: Number(Fraction(-1)), NULL: ZERO}
    if mask not in known:
        raise Undecided("sign of an expression that may change sign inside a segment.")
    return known[mask]


def _extremum(name: str, arguments: list[Expression], place: _Place) -> Expression:
    best = arguments[0]
    for other in arguments[1:]:
        mask = place.sign(Sum((best, Product((Number(Fraction(-1)), other)))))
        wins, loses = (NOT_NEGATIVE, NOT_POSITIVE) if name == "Max" else (NOT_POSITIVE, NOT_NEGATIVE)
        if mask | wins == wins:
            continue
        if mask | loses != loses:
            raise Undecided(f"the arguments of {name} cross inside a segment.")
        best = other
    return best


def _branch(
    branches: tuple[tuple[Expression, Condition], ...], otherwise: Expression, place: _Place
) -> Expression:
    for value, test in branches:
        left, right = _resolve(test.left, place), _resolve(test.right, place)
        mask = place.sign(Sum((left, Product((Number(Fraction(-1)), right)))))
        true = _TRUE[test.relation]
        if mask | true == true:
            return _resolve(value, place)
        if mask & true:
            raise Undecided("a condition that changes inside a segment.")
    return _resolve(otherwise, place)


def require_domain(expression: Expression, low: End, high: End) -> None:
    """Nothing if the branch-free expression is defined and continuous on the closed segment.

    Raises:
        Undecided: it is not, or this is not proved.
    """
    for part in children(expression):
        require_domain(part, low, high)
    for subject, allowed in _conditions(expression):
        mask = closed_sign(subject, low, high)
        if mask | allowed != allowed:
            raise Undecided(f"the domain: {type(expression).__name__} on a segment.")


def _conditions(node: Expression) -> list[tuple[Expression, int]]:
    """What must have which sign for the node to be defined and continuous."""
    match node:
        case Power(base, exponent) if exponent.denominator > 1:
            return [(base, NOT_NEGATIVE if exponent > 0 else POSITIVE)]
        case Power(base, exponent) if exponent < 0:
            # continuous as well: one sign, for on an interval a base without zeros keeps its sign
            return [(base, POSITIVE | NEGATIVE)]
        case Call("log", (argument,)):
            return [(argument, POSITIVE)]
        case Call("log1p", (argument,)):
            return [(add(ONE, argument), POSITIVE)]
        case Call("dilog", (argument,)):
            return [(add(ONE, negate(argument)), POSITIVE)]
    return []
