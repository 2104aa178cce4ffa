"""Where an activation is not defined: a point, found by trying simple ones and proved by balls."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from gsdcheck.certify.balls import enclose, holds, precision, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.normal_form import is_zero
from gsdcheck.certify.pieces import smooth
from gsdcheck.errors import Undecided
from gsdcheck.model.activation import Activation
from gsdcheck.model.expression import (
    ONE,
    Call,
    Expression,
    Number,
    Piecewise,
    Power,
    add,
    children,
    negate,
    nodes,
)
from gsdcheck.model.formatting import format_expression

PRECISION = 96
_SIMPLE = tuple(Fraction(p, q) for q in (1, 2, 10) for p in (0, -1, 1, -2, 2, -3, 3, -9, 9, -40, 40))


def undefined_at(activation: Activation) -> str | None:
    """A sentence that names a point at which σ is proved to be undefined, and why; None if none was found.

    Examples:
        "σ = log(x) is not defined at x = 0: the logarithm of 0."
    """
    f = activation.expression
    with precision(PRECISION):
        for point in _points(f):
            if (reason := _fault(f, point)) is not None:
                return f"σ = {format_expression(f)} is not defined at x = {point}: {reason}."
        if (pole := _pole_between(f)) is not None:
            low, high = pole
            return f"σ = {format_expression(f)} is not defined somewhere between x = {low} and x = {high}: a division by 0."
    return None


def _pole_between(f: Expression) -> tuple[Fraction, Fraction] | None:
    """Two points between which a continuous denominator changes its sign, so that it vanishes there."""
    grid = sorted({Fraction(k, 4) for k in range(-40, 41)})
    for base in _denominators(f):
        values = [(p, enclose(base, to_arb(p))) for p in grid]
        for (low, u), (high, v) in pairwise(values):
            if u * v < 0 and _is_continuous(base, low, high):
                return low, high
    return None


def _denominators(f: Expression) -> Iterator[Expression]:
    """What is divided by, whatever the branch: not inside a Piecewise, where another branch may be taken."""
    if isinstance(f, Piecewise):
        return
    if isinstance(f, Power) and f.exponent < 0:
        base = f.base
        while (
            isinstance(base, Power) and base.exponent > 0
        ):  # u² vanishes where u does, and u changes its sign
            base = base.base
        yield base
    for part in children(f):
        yield from _denominators(part)


def _is_continuous(f: Expression, low: Fraction, high: Fraction) -> bool:
    try:
        smooth(f, low, high)
        return True
    except Undecided:
        return False


def _points(f: Expression) -> Iterator[Fraction]:
    """0, simple rationals, the numbers in the tree with both signs, and where branches meet."""
    numbers = {node.value for node in nodes(f) if isinstance(node, Number) and abs(node.value) < 10**6}
    candidates = (*_SIMPLE, *sorted(numbers), *sorted(-n for n in numbers), *breakpoints(f))
    yield from dict.fromkeys(candidates)


def _fault(f: Expression, point: Fraction) -> str | None:
    """Why f is undefined at the point; None where it is defined or nothing is proved."""
    if isinstance(f, Piecewise):
        return _fault_of_branch(f, point)
    for part in children(f):
        if (reason := _fault(part, point)) is not None:
            return reason
    match f:
        case Power(base, exponent) if exponent < 0 and _vanishes(base, point):
            return "a division by 0"
        case Power(base, exponent) if exponent.denominator > 1 and enclose(base, to_arb(point)) < 0:
            return "a root of a negative number"
        case Call("log", (argument,)):
            return _not_positive(argument, point, "the logarithm")
        case Call("log1p", (argument,)):
            return _not_positive(add(ONE, argument), point, "the logarithm")
        case Call("dilog", (argument,)) if enclose(add(ONE, negate(argument)), to_arb(point)) < 0:
            return "the dilogarithm of a number above 1"
    return None


def _fault_of_branch(f: Piecewise, point: Fraction) -> str | None:
    """The fault of the branch that is taken at the point, as far as balls decide the conditions."""
    ball = to_arb(point)
    for value, test in f.branches:
        for side in (test.left, test.right):
            if (reason := _fault(side, point)) is not None:
                return reason
        taken = holds(test, ball)
        if taken is None:
            return None
        if taken:
            return _fault(value, point)
    return _fault(f.otherwise, point)


def _not_positive(argument: Expression, point: Fraction, what: str) -> str | None:
    if enclose(argument, to_arb(point)) < 0:
        return f"{what} of a negative number"
    return f"{what} of 0" if _vanishes(argument, point) else None


def _vanishes(f: Expression, point: Fraction) -> bool:
    """Whether f is proved to be exactly 0 at the point."""
    try:
        return enclose(f, to_arb(point)).contains(0) and is_zero(f, point)
    except Undecided:
        return False
