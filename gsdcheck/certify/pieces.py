"""σ on a segment as one smooth expression: branches decided, the domain checked, kinks in the cuts.

On an open segment between two neighbouring cuts every argument of Abs and sign, every difference in a Max, Min
or condition keeps its sign; what remains is analytic where it is defined (but for roots of what touches 0).
"""

from fractions import Fraction
from functools import lru_cache

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.branch_signs import TRUE
from gsdcheck.certify.masks import NOT_NEGATIVE, NOT_POSITIVE
from gsdcheck.certify.normal_form import is_zero
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.signs import End, closed_sign, direct_sign, sign_at, sign_on
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import (
    ONE,
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


class Place:
    """Where signs are asked for: an open segment, or one point; an open question is `Undecided`."""

    def __init__(self, low: End, high: End, *, point: bool = False) -> None:
        self.low, self.high, self.point = low, high, point

    def sign(self, g: Expression) -> int:
        """The mask of signs of g there."""
        if self.point and self.low is not None:
            return sign_at(g, self.low)
        require_domain(g, self.low, self.high)  # soundness: a losing branch must be defined as well
        return patient_sign(g, self.low, self.high)

    def choose(self, node: Expression, number: int, count: int) -> int | None:
        """Which of `count` alternatives is taken in the n-th open question of the node; None keeps the branch.

        Raises:
            Undecided: always, here: a segment on which f is smooth has no open question.
        """
        raise Undecided(f"a branch that changes inside a segment: {type(node).__name__} {number}/{count}.")


@lru_cache(maxsize=4096)
def patient_sign(g: Expression, low: End, high: End) -> int:
    """The signs of g on (low, high), with the tail and a zero of order ≤ 3 at an end where that is needed."""
    mask = direct_sign(g, low, high)
    if mask in _DEFINITE:
        return mask
    rules = ["tail"] if (low is None) != (high is None) else []
    if sum(1 for _ in nodes(g)) <= SMALL:
        ends = [(end, z) for end, z in (("lo", low), ("hi", high)) if z is not None and _may_vanish(g, z)]
        rules += [f"taylor-{end}-{n}" for end, _ in ends for n in (1, 3)]
    for rule in rules:
        try:
            mask &= sign_on(g, low, high, rule)
        except Undecided:
            continue  # the next rule
        if mask in _DEFINITE:
            return mask
    return mask


def _may_vanish(g: Expression, point: Fraction) -> bool:
    return bool(enclose(g, to_arb(point)).contains(0))


SMALL = 40
"""Nodes up to which a branch is worth three derivatives."""
_DEFINITE = (POSITIVE, NEGATIVE, NULL, NOT_NEGATIVE, NOT_POSITIVE)


@lru_cache(maxsize=4096)
def smooth(expression: Expression, low: End, high: End) -> Expression:
    """The expression without branches that equals f on (low, high), defined and continuous on [low, high].

    Raises:
        Undecided: a branch that is not the same on the whole segment, or a domain that is not proved.
    """
    resolved = resolve(expression, Place(low, high))
    require_domain(resolved, low, high)
    return resolved


def at_point(expression: Expression, point: Fraction) -> Expression:
    """The expression without branches that has the value of f at the point.

    Raises:
        Undecided: a branch that is not decided there, or no finite value.
    """
    resolved = resolve(expression, Place(point, point, point=True))
    if not enclose(resolved, to_arb(point)).is_finite():
        raise Undecided(f"no finite value at {point}.")
    return resolved


def value_sign(expression: Expression, point: Fraction) -> int:
    """The sign of f at the point, branches included; `Undecided` if it is open."""
    return sign_at(at_point(expression, point), point)


def agree_at(a: Expression, b: Expression, point: Fraction) -> bool:
    """Whether the two expressions are proved to have the same value at the point."""
    return a == b or is_zero(add(a, negate(b)), point)


def resolve(expression: Expression, place: Place) -> Expression:
    """The expression with its branches decided where they do not change, else as the place chooses."""
    # raw constructors: folding 0 · u away would forget the domain of u
    match expression:
        case Sum(terms):
            return Sum(tuple(resolve(term, place) for term in terms))
        case Product(factors):
            return Product(tuple(resolve(factor, place) for factor in factors))
        case Power(base, exponent):
            return Power(resolve(base, place), exponent)
        case Call("Abs", (argument,)):
            return _absolute(expression, resolve(argument, place), place)
        case Call("sign", (argument,)):
            return _sign(expression, resolve(argument, place), place)
        case Call("Max" | "Min" as name, arguments):
            return _extremum(expression, name, [resolve(argument, place) for argument in arguments], place)
        case Call(name, arguments):
            return Call(name, tuple(resolve(argument, place) for argument in arguments))
        case Piecewise(branches, otherwise):
            return _branch(expression, branches, otherwise, place)
    return expression


def minus(u: Expression) -> Expression:
    """-u, nothing folded."""
    return Product((Number(Fraction(-1)), u))


def _absolute(node: Expression, u: Expression, place: Place) -> Expression:
    mask = place.sign(u)
    if mask | NOT_NEGATIVE == NOT_NEGATIVE:
        return u
    if mask | NOT_POSITIVE == NOT_POSITIVE:
        return minus(u)
    chosen = place.choose(node, 0, 2)
    return Call("Abs", (u,)) if chosen is None else (u, minus(u))[chosen]


def _sign(node: Expression, u: Expression, place: Place) -> Expression:
    mask = place.sign(u)
    possible = [Number(Fraction(value)) for value, bit in _SIGNS if mask & bit]
    if len(possible) == 1:
        return possible[0]
    chosen = place.choose(node, 0, len(possible))
    return Call("sign", (u,)) if chosen is None else possible[chosen]


_SIGNS = ((1, POSITIVE), (-1, NEGATIVE), (0, NULL))


def _extremum(node: Expression, name: str, arguments: list[Expression], place: Place) -> Expression:
    best = arguments[0]
    for n, other in enumerate(arguments[1:]):
        mask = place.sign(Sum((best, minus(other))))
        wins, loses = (NOT_NEGATIVE, NOT_POSITIVE) if name == "Max" else (NOT_POSITIVE, NOT_NEGATIVE)
        if mask | wins == wins:
            continue
        if mask | loses == loses:
            best = other
            continue
        chosen = place.choose(node, n, 2)
        best = Call(name, (best, other)) if chosen is None else (best, other)[chosen]
    return best


def _branch(
    node: Expression,
    branches: tuple[tuple[Expression, Condition], ...],
    otherwise: Expression,
    place: Place,
) -> Expression:
    kept: list[tuple[Expression, Condition]] = []
    last = otherwise
    for n, (value, test) in enumerate(branches):
        left, right = resolve(test.left, place), resolve(test.right, place)
        mask, true = place.sign(Sum((left, minus(right)))), TRUE[test.relation]
        if not mask & true:
            continue
        chosen = place.choose(node, n, 2) if mask & ~true else 1
        if chosen == 1:
            last = value
            break
        if chosen is None:
            kept.append((resolve(value, place), Condition(left, test.relation, right)))
    final = resolve(last, place)
    return Piecewise(tuple(kept), final) if kept else final


def require_domain(expression: Expression, low: End, high: End, *, closed: bool = True) -> None:
    """Nothing if the branch-free expression is defined and continuous on the closed (or the open) segment.

    Raises:
        Undecided: it is not, or this is not proved.
    """
    for part in children(expression):
        require_domain(part, low, high, closed=closed)
    for subject, allowed in conditions(expression):
        mask = closed_sign(subject, low, high) if closed else direct_sign(subject, low, high)
        if mask | allowed != allowed:
            raise Undecided(f"the domain: {type(expression).__name__} on a segment.")


def conditions(node: Expression) -> list[tuple[Expression, int]]:
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
