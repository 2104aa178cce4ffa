"""f(x) in Arb balls: whatever point of the ball x is meant, the ball returned contains the value there.

A domain error gives a ball that is not finite, never a wrong finite one. The precision is a global of
python-flint: set it with `precision`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import reduce
from operator import mul

from flint import acb, arb, ctx, fmpq

from gsdcheck.errors import Undecided
from gsdcheck.model.expression import (
    Call,
    Condition,
    Constant,
    Expression,
    Number,
    Piecewise,
    Power,
    Product,
    Sum,
    Variable,
)

NAN = arb("nan")
_WIDE = arb(2) ** -12


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Arb's working precision is `bits` within the block, and what it was before after it."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def to_arb(value: Fraction | int) -> arb:
    """A ball that contains the rational."""
    exact = Fraction(value)
    return arb(fmpq(exact.numerator, exact.denominator))


def exact_end(point: arb) -> Fraction:
    """The dyadic rational that an exact ball is.

    Raises:
        Undecided: the ball is not finite, or its exponent is beyond 10⁵ bits.
    """
    if not point.is_finite() or not point.is_exact():
        raise Undecided(f"{point} is no exact finite number.")
    mantissa, exponent = (int(part) for part in point.man_exp())
    if abs(exponent) > 100_000:
        raise Undecided(f"{point} has an exponent of {exponent} bits.")
    return Fraction(mantissa * 2**exponent) if exponent >= 0 else Fraction(mantissa, 2**-exponent)


def lower(ball: arb) -> Fraction:
    """A rational ≤ every point of the ball, within one unit of the last bit.

    Raises:
        Undecided: the ball is not finite.
    """
    return exact_end(ball.lower())


def upper(ball: arb) -> Fraction:
    """A rational ≥ every point of the ball, within one unit of the last bit.

    Raises:
        Undecided: the ball is not finite.
    """
    return exact_end(ball.upper())


def decimal_enclosure(ball: arb, digits: int = 20) -> tuple[str, str]:
    """Two decimals, lower ≤ ball ≤ upper, rounded outward to `digits` significant digits; oo if infinite."""
    if ball.is_nan():
        return "-oo", "oo"
    low, high = ball.lower(), ball.upper()
    return (
        _decimal(lower(ball), digits, up=False) if low.is_finite() else ("oo" if low > 0 else "-oo"),
        _decimal(upper(ball), digits, up=True) if high.is_finite() else ("-oo" if high < 0 else "oo"),
    )


def _decimal(value: Fraction, digits: int, *, up: bool) -> str:
    """The decimal of `digits` significant digits next to the value, on the side asked for."""
    if value == 0:
        return "0"
    size = len(str(abs(value.numerator))) - len(str(value.denominator))
    scale = digits - size  # keeps `digits` or digits + 1 significant digits
    scaled = value * Fraction(10) ** scale
    whole = -(-scaled.numerator // scaled.denominator) if up else scaled.numerator // scaled.denominator
    while whole and whole % 10 == 0:
        whole, scale = whole // 10, scale - 1
    return _written(whole, scale)


def _written(whole: int, scale: int) -> str:
    """whole · 10^(-scale) in decimal notation, with an exponent where zeros would be many."""
    sign, text = ("-" if whole < 0 else ""), str(abs(whole))
    if scale <= 0:
        return f"{sign}{text}{'0' * -scale}" if -scale <= 20 else f"{sign}{text}e{-scale}"
    if scale < len(text):
        return f"{sign}{text[:-scale]}.{text[-scale:]}"
    if scale - len(text) > 20:
        return f"{sign}{text}e-{scale}"
    return f"{sign}0.{text.rjust(scale, '0')}"


def enclose(expression: Expression, x: arb) -> arb:
    """f(x): a ball that contains f(t) for every t of the ball x; not finite outside the domain (enclosed)."""
    match expression:
        case Variable():
            return x
        case Number(value):
            return to_arb(value)
        case Constant(name):
            return arb.pi() if name == "pi" else arb.const_e()
        case Sum(terms):
            return reduce(lambda a, b: a + b, (enclose(term, x) for term in terms))
        case Product(factors):
            return reduce(lambda a, b: a * b, (enclose(factor, x) for factor in factors))
        case Power(base, exponent):
            return raised(enclose(base, x), exponent)
        case Call(name, arguments):
            return _applied(name, [enclose(argument, x) for argument in arguments])
        case Piecewise(branches, otherwise):
            return _piecewise(branches, otherwise, x)
    raise TypeError(f"not an expression: {expression!r}")


def holds(test: Condition, x: arb) -> bool | None:
    """Whether the condition holds at every point of the ball (True), at none (False), or is open (None)."""
    difference = enclose(test.left, x) - enclose(test.right, x)
    zero = arb(0)
    yes, no = {
        "<": (difference < zero, difference >= zero),
        "<=": (difference <= zero, difference > zero),
        ">": (difference > zero, difference <= zero),
        ">=": (difference >= zero, difference < zero),
    }[test.relation]
    return True if yes else False if no else None


def _piecewise(branches: tuple[tuple[Expression, Condition], ...], otherwise: Expression, x: arb) -> arb:
    """The hull of every branch that the ball may take."""
    possible: list[arb] = []
    for value, test in branches:
        answer = holds(test, x)
        if answer is not False:
            possible.append(enclose(value, x))
        if answer:
            return reduce(_hull, possible)
    return reduce(_hull, [*possible, enclose(otherwise, x)])


def _hull(a: arb, b: arb) -> arb:
    # soundness: arb.union of nan is nan, so an undefined branch is never dropped
    return a.union(b)


def raised(base: arb, exponent: Fraction) -> arb:
    """base ** exponent, a root being the real one of a base ≥ 0."""
    power, root = exponent.numerator, exponent.denominator
    if root == 1 and 0 < power <= 64 and base.mid() == 0:
        return reduce(mul, [base] * power)  # Arb's power of a ball around 0 is nan
    if root == 1:
        return base**power
    if not base >= 0:
        return NAN
    if base == 0:
        return base if power > 0 else NAN  # Arb's cube root of 0 is nan
    return base.root(root) ** power


def _dilog(u: arb) -> arb:
    return acb(u).polylog(2).real if u < 1 else NAN


MONOTONE: dict[str, Callable[[arb], arb]] = {
    "exp": lambda u: u.exp(),
    "expm1": lambda u: u.expm1(),
    "log": lambda u: u.log() if u > 0 else NAN,
    "log1p": lambda u: u.log1p() if u > -1 else NAN,
    "sinh": lambda u: u.sinh(),
    "tanh": lambda u: u.tanh(),
    "asinh": lambda u: u.asinh(),
    "atan": lambda u: u.atan(),
    "erf": lambda u: u.erf(),
    "erfc": lambda u: u.erfc(),
    "dilog": _dilog,
}
"""The monotone functions, enclosed on thin balls."""


def monotone(name: str, u: arb) -> arb:
    """The function on the ball; at its two ends if it is wide, where Arb's own balls grow or become nan."""
    f = MONOTONE[name]
    if not u.is_finite():
        return NAN
    return f(u) if u.rad() < _WIDE else f(u.lower()).union(f(u.upper()))


def _applied(name: str, arguments: list[arb]) -> arb:
    u = arguments[0]
    if name in MONOTONE:
        return monotone(name, u)
    match name:
        case "sin":
            return u.sin()
        case "cos":
            return u.cos()
        case "cosh":
            return u.cosh()
        case "Abs":
            return abs(u)
        case "sign":
            return _sign(u)
        case "Max":
            return reduce(lambda a, b: a.max(b), arguments)
        case "Min":
            return reduce(lambda a, b: a.min(b), arguments)
    raise TypeError(f"not a function of the grammar: {name!r}")


def _sign(u: arb) -> arb:
    if u > 0:
        return arb(1)
    if u < 0:
        return arb(-1)
    if u == 0:
        return arb(0)
    return NAN if u.is_nan() else arb(0, 1)
