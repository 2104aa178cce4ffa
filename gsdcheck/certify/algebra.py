"""Parity and monotony of an expression from its structure: what cuts and kinks need not be known for.

A sum of nondecreasing functions is nondecreasing, so is a nondecreasing function of one, so is the greatest of
several; an odd function of an odd one is odd. The claims hold where the expression is defined.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from operator import and_

from flint import arb

from gsdcheck.certify.branch_signs import is_branching, tree_sign
from gsdcheck.certify.intervals import EVERYTHING, value_range
from gsdcheck.certify.masks import NOT_NEGATIVE, NOT_POSITIVE
from gsdcheck.certify.normal_form import is_zero
from gsdcheck.certify.pieces import require_domain
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.signs import direct_sign, limited_derivative
from gsdcheck.errors import Undecided
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
    X,
    add,
    negate,
    substitute,
)

NEITHER, EVEN, ODD = 0, 1, 2
"""Parities as a mask: what vanishes identically is both, 3."""
_ODD_FUNCTIONS = frozenset({"sin", "sinh", "tanh", "asinh", "atan", "erf", "sign"})
_EVEN_FUNCTIONS = frozenset({"cos", "cosh", "Abs"})


@lru_cache(maxsize=4096)
def parity(expression: Expression) -> int:
    """The parities that the expression is shown to have."""
    found = _parity_of_structure(expression)
    if found == NEITHER and not is_branching(expression):
        return _parity_by_algebra(expression)
    return found


def _parity_by_algebra(expression: Expression) -> int:
    mirrored = substitute(expression, negate(X))
    found = NEITHER
    for bit, other in ((ODD, mirrored), (EVEN, negate(mirrored))):
        try:
            found |= bit if is_zero(add(expression, other)) else NEITHER
        except Undecided:
            continue
    return found


def _parity_of_structure(expression: Expression) -> int:
    match expression:
        case Variable():
            return ODD
        case Number(value):
            return EVEN if value else EVEN | ODD
        case Constant():
            return EVEN
        case Sum(terms):
            return reduce(and_, map(parity, terms))
        case Product(factors):
            return reduce(_parity_of_product, map(parity, factors))
        case Power(base, exponent):
            return _parity_of_power(parity(base), exponent)
        case Call("Max" | "Min" as name, arguments):
            return EVEN & reduce(and_, map(parity, arguments)) | _parity_of_clamp(name, arguments)
        case Piecewise(branches, otherwise):
            # soundness: the condition must choose the same branch at x and at -x
            tests = [parity(side) & EVEN for _, test in branches for side in (test.left, test.right)]
            return (
                reduce(and_, (parity(v) for v, _ in branches), parity(otherwise)) if all(tests) else NEITHER
            )
        case _:
            return _parity_of_call(expression.name, parity(expression.arguments[0]))


def _parity_of_clamp(name: str, arguments: tuple[Expression, ...]) -> int:
    """min(a, max(-a, u)) is odd for u odd, a even and a ≥ 0, and so is max(-a, min(a, u))."""
    inner = "Min" if name == "Max" else "Max"
    match arguments:
        case (outer, Call(other, (a, b))) | (Call(other, (a, b)), outer) if other == inner:
            pairs = ((a, b), (b, a))
        case _:
            return NEITHER
    # soundness: with a < 0 the two clamps differ, and the clamped function is constant
    side = NOT_NEGATIVE if name == "Min" else NOT_POSITIVE
    if is_branching(outer) or not parity(outer) & EVEN or _line_sign(outer) & ~side:
        return NEITHER
    opposite = [u for level, u in pairs if not is_branching(level) and _is_zero(add(level, outer))]
    return ODD if any(parity(u) & ODD for u in opposite) else NEITHER


def _is_zero(u: Expression) -> bool:
    try:
        return is_zero(u)
    except Undecided:
        return False


def _parity_of_product(a: int, b: int) -> int:
    if NEITHER in (a, b):
        return NEITHER
    if EVEN | ODD in (a, b):
        return EVEN | ODD
    return EVEN if a == b else ODD


def _parity_of_power(base: int, exponent: Fraction) -> int:
    if base & EVEN or not base:
        return base & EVEN
    if exponent.denominator > 1:
        return NEITHER
    return ODD if exponent.numerator % 2 else EVEN


def _parity_of_call(name: str, argument: int) -> int:
    if argument & EVEN or not argument:
        return argument & EVEN
    return ODD if name in _ODD_FUNCTIONS else EVEN if name in _EVEN_FUNCTIONS else NEITHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How f moves where it is defined: never down, never up (a constant: both), never level."""

    rises: bool
    falls: bool
    strict: bool

    def mirrored(self) -> "Trend":
        """The trend of -f."""
        return Trend(rises=self.falls, falls=self.rises, strict=self.strict)


_CONSTANT = Trend(rises=True, falls=True, strict=False)
_RISING = Trend(rises=True, falls=False, strict=True)
_UNKNOWN = Trend(rises=False, falls=False, strict=False)
_INCREASING = frozenset({"exp", "expm1", "log", "log1p", "sinh", "tanh", "asinh", "atan", "erf", "dilog"})


@lru_cache(maxsize=4096)
def trend(expression: Expression) -> Trend:
    """The trend on the whole line, by structure, and by the sign of the slope where there is no branch."""
    found = _trend_of_structure(expression)
    if found == _UNKNOWN and not is_branching(expression):
        return _trend_by_slope(expression)
    return found


def _trend_by_slope(u: Expression) -> Trend:
    try:
        slope = limited_derivative(u)
        for part in (u, slope):  # soundness: the mean value theorem needs u' on the whole line
            require_domain(part, None, None)
        mask = direct_sign(slope, None, None)
    except Undecided:
        return _UNKNOWN
    strict = mask in (POSITIVE, NEGATIVE)
    return Trend(rises=not mask & NEGATIVE, falls=not mask & POSITIVE, strict=strict)


def _trend_of_structure(expression: Expression) -> Trend:
    match expression:
        case Variable():
            return _RISING
        case Number() | Constant():
            return _CONSTANT
        case Sum(terms):
            return _together([trend(term) for term in terms], strict=any)
        case Product(factors):
            return _trend_of_product(factors)
        case Power(base, exponent):
            return _trend_of_power(base, exponent)
        case Call("Max" | "Min", arguments):
            return _together([trend(argument) for argument in arguments], strict=all)
        case Call(name, (argument,)):
            return _trend_of_call(name, argument)
    return _UNKNOWN


def _together(trends: list[Trend], strict: Callable[[list[bool]], bool]) -> Trend:
    rises, falls = all(t.rises for t in trends), all(t.falls for t in trends)
    return Trend(rises=rises, falls=falls, strict=(rises or falls) and strict([t.strict for t in trends]))


def _line_sign(expression: Expression) -> int:
    return tree_sign(expression, None, None)


def _size(expression: Expression) -> tuple[Trend, int]:
    """The trend of |u| where u has one sign on the line, and that sign as 1 or -1; 0 if it is not known."""
    mask = _line_sign(expression)
    if mask | NOT_NEGATIVE == NOT_NEGATIVE:
        return trend(expression), 1
    if mask | NOT_POSITIVE == NOT_POSITIVE:
        return trend(expression).mirrored(), -1
    return _UNKNOWN, 0


def _trend_of_product(factors: tuple[Expression, ...]) -> Trend:
    constants = [u for u in factors if trend(u) == _CONSTANT]
    others = [u for u in factors if trend(u) != _CONSTANT]
    signs = [_size(u)[1] for u in constants]
    if len(others) == 1:
        found = trend(others[0])
    else:
        sizes = [_size(u) for u in others]
        signs += [sign for _, sign in sizes]
        # soundness: where a factor vanishes the product is level, whatever the others do
        definite = all(_line_sign(u) in (POSITIVE, NEGATIVE) for u in others)
        found = _together([size for size, _ in sizes], strict=any if definite else lambda _: False)
    sign = reduce(lambda a, b: a * b, signs, 1)
    if not sign:
        return _UNKNOWN
    if not all(_line_sign(u) in (POSITIVE, NEGATIVE) for u in constants):
        found = Trend(rises=found.rises, falls=found.falls, strict=False)
    return found if sign > 0 else found.mirrored()


def _trend_of_power(base: Expression, exponent: Fraction) -> Trend:
    if exponent.denominator == 1 and exponent.numerator % 2 and exponent > 0:
        return trend(base)
    size, sign = (trend(base), 1) if exponent.denominator > 1 else _size(base)
    if not sign or (exponent < 0 and exponent.denominator == 1 and _line_sign(base) & NULL):
        return _UNKNOWN  # soundness: 1/u falls on either side of a zero of u, but not across it
    raised = size if exponent > 0 else size.mirrored()
    odd = exponent.denominator == 1 and exponent.numerator % 2
    return raised.mirrored() if odd and sign < 0 else raised


def _trend_of_call(name: str, argument: Expression) -> Trend:
    inner = trend(argument)
    if inner == _UNKNOWN and name not in ("cosh", "Abs"):
        return _UNKNOWN
    if name in _INCREASING:
        return inner
    match name:
        case "erfc":
            return inner.mirrored()
        case "sign":
            return Trend(rises=inner.rises, falls=inner.falls, strict=False)
        case "cosh" | "Abs":
            return _size(argument)[0]
    return _trend_of_wave(name, argument, inner)


def _trend_of_wave(name: str, argument: Expression, inner: Trend) -> Trend:
    """sin rises on [-pi/2, pi/2]; cos rises on [-pi, 0] and falls on [0, pi]."""
    low, high = value_range(argument, EVERYTHING)
    quarter = arb.pi() / 2
    if name == "sin" and low >= -quarter and high <= quarter:
        return inner
    if name == "cos" and low >= -2 * quarter and high <= 0:
        return inner
    if name == "cos" and low >= 0 and high <= 2 * quarter:
        return inner.mirrored()
    return _UNKNOWN
