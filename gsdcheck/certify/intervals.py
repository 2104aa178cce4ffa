"""f([a, b]) for end points that may be infinite: the range of a tree on a half-line or on the whole line.

An interval is a pair of exact Arb numbers, a ≤ b, infinities allowed. Monotone functions are evaluated at
their two exact end points (never on a wide ball, where Arb's balls grow or become nan) and clipped to
their known range. The range claims something of the points where the expression is defined, and only of
them; that it is defined everywhere is the business of `pieces.require_domain`.
"""

from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from flint import arb

from gsdcheck.certify.balls import MONOTONE, raised, to_arb
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
)

Interval: TypeAlias = tuple[arb, arb]

INFINITY, MINUS_INFINITY, ZERO = arb("inf"), arb("-inf"), arb(0)
EVERYTHING: Interval = (MINUS_INFINITY, INFINITY)


def interval(low: Fraction | None, high: Fraction | None) -> Interval:
    """[low, high] with None for the infinite end, rounded outward."""
    return (
        MINUS_INFINITY if low is None else to_arb(low).lower(),
        INFINITY if high is None else to_arb(high).upper(),
    )


def _of(low: arb, high: arb) -> Interval:
    """The interval from a lower ball's bottom to an upper ball's top; nan gives up that end."""
    bottom, top = low.lower(), high.upper()
    # soundness: a lower end that is nan or +inf (overflow) says nothing, and so for the upper one
    return (
        MINUS_INFINITY if not bottom < INFINITY else bottom,
        INFINITY if not top > MINUS_INFINITY else top,
    )


def value_range(expression: Expression, x: Interval) -> Interval:
    """An interval that contains f(t) for every t of x at which f is defined (enclosed)."""
    match expression:
        case Variable():
            return x
        case Number(value):
            ball = to_arb(value)
            return _of(ball, ball)
        case Constant(name):
            ball = arb.pi() if name == "pi" else arb.const_e()
            return _of(ball, ball)
        case Sum(terms):
            return reduce(plus, (value_range(term, x) for term in terms))
        case Product(factors):
            return reduce(times, (value_range(factor, x) for factor in factors))
        case Power(base, exponent):
            return to_the(value_range(base, x), exponent)
        case Call(name, arguments):
            return _applied(name, [value_range(argument, x) for argument in arguments])
        case Piecewise(branches, otherwise):
            return reduce(hull, [value_range(v, x) for v, _ in branches] + [value_range(otherwise, x)])
    raise TypeError(f"not an expression: {expression!r}")


def hull(a: Interval, b: Interval) -> Interval:
    """The smallest interval around both."""
    return (a[0] if a[0] <= b[0] else b[0], a[1] if a[1] >= b[1] else b[1])


def plus(a: Interval, b: Interval) -> Interval:
    """{s + t}."""
    return _of(a[0] + b[0], a[1] + b[1])


def _product(a: arb, b: arb) -> arb:
    # soundness: 0 · inf is 0 here, for an infinite end point is a bound that no value attains
    return ZERO if a == 0 or b == 0 else a * b


def times(a: Interval, b: Interval) -> Interval:
    """{s t}."""
    corners = [_product(s, t) for s in a for t in b]
    if any(corner.is_nan() for corner in corners):
        return EVERYTHING
    lows, highs = [c.lower() for c in corners], [c.upper() for c in corners]
    if any(end.is_nan() for end in (*lows, *highs)):
        return EVERYTHING
    return _of(
        reduce(lambda s, t: s if s <= t else t, lows),
        reduce(lambda s, t: s if s >= t else t, highs),
    )


def to_the(base: Interval, exponent: Fraction) -> Interval:
    """{s ** exponent}, over the s for which it is defined."""
    if exponent < 0:
        return _reciprocal(to_the(base, -exponent))
    low, high = base
    if exponent.denominator > 1:
        low = low if low > 0 else ZERO  # a root is defined on [0, inf) only
        return _of(_end(low, exponent), _end(high, exponent)) if high >= 0 else EVERYTHING
    if exponent.numerator % 2 and exponent > 0:
        return _of(_end(low, exponent), _end(high, exponent))
    size = (low, high) if low >= 0 else (-high, -low) if high <= 0 else (ZERO, _largest(-low, high))
    return _of(_end(size[0], exponent), _end(size[1], exponent))


def _largest(a: arb, b: arb) -> arb:
    return a if a >= b else b


def _end(point: arb, exponent: Fraction) -> arb:
    if not point.is_finite():
        return point if exponent.numerator % 2 or point > 0 else -point
    return raised(point, exponent)


def _reciprocal(base: Interval) -> Interval:
    low, high = base
    if low >= 0:
        return _of(_one_over(high), INFINITY if low == 0 else 1 / low)
    if high <= 0:
        return _of(MINUS_INFINITY if high == 0 else 1 / high, _one_over(low))
    return EVERYTHING


def _one_over(point: arb) -> arb:
    # soundness: 1/inf is the bound 0; 1/0 here means the base is {0}, where nothing is defined
    return ZERO if not point.is_finite() or point == 0 else 1 / point


def _table() -> dict[str, tuple[Interval, Interval]]:
    one, two, half_pi = arb(1), arb(2), (arb.pi() / 2)
    line = EVERYTHING
    return {
        "exp": (line, (ZERO, INFINITY)),
        "expm1": (line, (-one, INFINITY)),
        "log": ((ZERO, INFINITY), line),
        "log1p": ((-one, INFINITY), line),
        "sinh": (line, line),
        "tanh": (line, (-one, one)),
        "asinh": (line, line),
        "atan": (line, ((-half_pi).lower(), half_pi.upper())),
        "erf": (line, (-one, one)),
        "erfc": (line, (ZERO, two)),
        "dilog": ((MINUS_INFINITY, one), (MINUS_INFINITY, (arb.pi() ** 2 / 6).upper())),
    }


_KNOWN = _table()
"""name -> (domain, range); the range is also the pair of limits, from left to right (erfc: right to left)."""


def _applied(name: str, arguments: list[Interval]) -> Interval:
    low, high = arguments[0]
    if name in _KNOWN:
        return _monotone(name, low, high)
    match name:
        case "sin":
            return _wave(low, high, arb(1) / 2)
        case "cos":
            return _wave(low, high, arb(0))
        case "cosh":
            return _cosh(low, high)
        case "Abs":
            return (low, high) if low >= 0 else (-high, -low) if high <= 0 else (ZERO, _largest(-low, high))
        case "sign":
            return (
                arb(1 if low > 0 else 0 if low == 0 else -1),
                arb(-1 if high < 0 else 0 if high == 0 else 1),
            )
        case "Max":
            return reduce(lambda a, b: (_largest(a[0], b[0]), _largest(a[1], b[1])), arguments)
        case "Min":
            return reduce(lambda a, b: (-_largest(-a[0], -b[0]), -_largest(-a[1], -b[1])), arguments)
    raise TypeError(f"not a function of the grammar: {name!r}")


def _monotone(name: str, low: arb, high: arb) -> Interval:
    (left, right), (least, greatest) = _KNOWN[name]
    first, last = (greatest, least) if name == "erfc" else (least, greatest)
    f = MONOTONE[name]
    at_low = f(low) if low > left and low.is_finite() else first
    at_high = f(high) if high < right and high.is_finite() else last
    image = _of(at_high, at_low) if name == "erfc" else _of(at_low, at_high)
    return (_largest(image[0], least), image[1] if image[1] <= greatest else greatest)


def _cosh(low: arb, high: arb) -> Interval:
    size = (low, high) if low >= 0 else (-high, -low) if high <= 0 else (ZERO, _largest(-low, high))
    ends = [INFINITY if not end.is_finite() else end.cosh() for end in size]
    image = _of(ends[0], ends[1])
    return (_largest(image[0], arb(1)), image[1])


def _wave(low: arb, high: arb, crest: arb) -> Interval:
    """The range of cos(u - pi·crest) on [low, high]: 1 at pi·crest + 2 pi k, -1 half a turn further."""
    if not (low.is_finite() and high.is_finite() and high - low < 7):
        return (arb(-1), arb(1))
    turns = [(end / arb.pi() - crest) / 2 for end in (low, high)]
    at_ends = [(end - arb.pi() * crest).cos() for end in (low, high)]
    # soundness: a crest that may be inside counts as inside
    top = arb(1) if _holds_integer(turns[0], turns[1]) else _largest(at_ends[0].upper(), at_ends[1].upper())
    half = arb(1) / 2
    bottom = (
        arb(-1)
        if _holds_integer(turns[0] - half, turns[1] - half)
        else -_largest((-at_ends[0]).upper(), (-at_ends[1]).upper())
    )
    return (_largest(bottom, arb(-1)), -_largest(-top, arb(-1)))


def _holds_integer(low: arb, high: arb) -> bool:
    return not low.lower().ceil() > high.upper().floor()
