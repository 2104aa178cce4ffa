"""Where σ may have a kink: a proposal of rational cuts, which `pieces.smooth` then checks."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from math import isqrt

from gsdcheck.certify.forms import Form, factored
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import (
    Call,
    Expression,
    Piecewise,
    Power,
    Product,
    Sum,
    add,
    call,
    multiply,
    negate,
    nodes,
    power,
)

MOST, MOST_LEAVES = 12, 16
_ZERO = Fraction(0)


def breakpoints(expression: Expression) -> tuple[Fraction, ...]:
    """The rationals at which an argument of Abs or sign, or a difference of alternatives, may vanish; sorted.

    A proposal: it may hold points that are no kinks and miss irrational ones.
    """
    found = {root for g in _switches(expression) for root in _rational_roots(g)}
    return tuple(sorted(found))[:MOST]


def _switches(expression: Expression) -> Iterator[Expression]:
    """The expressions whose sign decides a branch."""
    for node in nodes(expression):
        match node:
            case Call("Abs" | "sign", (argument,)):
                yield from _leaves(argument)
            case Call("Max" | "Min", arguments):
                for i, a in enumerate(arguments):
                    for b in arguments[i + 1 :]:
                        yield from (add(u, negate(v)) for u in _leaves(a) for v in _leaves(b))
            case Piecewise(branches, _):
                for _, test in branches:
                    yield from (add(u, negate(v)) for u in _leaves(test.left) for v in _leaves(test.right))


def _leaves(expression: Expression) -> list[Expression]:
    """The alternatives of nested branches, the first sixteen."""
    match expression:
        case Call("Max" | "Min", arguments):
            found = [leaf for argument in arguments for leaf in _leaves(argument)]
        case Call("Abs", (argument,)):
            found = [side for leaf in _leaves(argument) for side in (leaf, negate(leaf))]
        case Piecewise(branches, otherwise):
            found = [leaf for value in (*(v for v, _ in branches), otherwise) for leaf in _leaves(value)]
        case Sum(parts):
            found = [add(*choice) for choice in _choices(parts)]
        case Product(parts):
            found = [multiply(*choice) for choice in _choices(parts)]
        case Power(base, exponent):
            found = [power(leaf, exponent) for leaf in _leaves(base)]
        case Call(name, (argument,)) if name != "sign":
            found = [call(name, leaf) for leaf in _leaves(argument)]
        case _:
            found = [expression]
    return found[:MOST_LEAVES]


def _choices(parts: tuple[Expression, ...]) -> Iterator[tuple[Expression, ...]]:
    return islice(product(*map(_leaves, parts)), MOST_LEAVES)


def _rational_roots(g: Expression) -> set[Fraction]:
    """The rational zeros that are easily seen: of linear factors, of odd functions of them, and 0."""
    try:
        monomial, form = factored(normal_form(g))
    except Undecided:
        return {_ZERO}
    roots = {_ZERO} if _vanishes_at_zero(g) else set()
    for atom, _ in monomial:
        if atom[0] == "call":
            roots |= _linear_root(dict(atom[2]))
    return roots | _linear_root(form)


def _vanishes_at_zero(g: Expression) -> bool:
    try:
        return not normal_form(g, _ZERO)
    except Undecided:
        return True


def _linear_root(form: Form) -> set[Fraction]:
    """The root of c₀ + c₁ x, or ±√ of c₀ + c₂ x² where it is rational."""
    x1, x2 = ((("x",), Fraction(1)),), ((("x",), Fraction(2)),)
    if set(form) <= {(), x1} and x1 in form:
        return {-form.get((), _ZERO) / form[x1]}
    if set(form) <= {(), x2} and x2 in form:
        square = -form.get((), _ZERO) / form[x2]
        return _square_roots(square)
    return set()


def _square_roots(square: Fraction) -> set[Fraction]:
    if square < 0:
        return set()
    root = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    return {root, -root} if root * root == square else set()
