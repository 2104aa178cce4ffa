"""The tree of a function on a truncated power series u(t): Arb's series arithmetic, and a branch for every kink.

Working precision and the greatest length of a series are flint's context, which the caller sets.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import Any, TypeAlias

from flint import acb, arb, arb_series, ctx, fmpq

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

Series: TypeAlias = Any
"""An arb_series, or an arb where the tree does not depend on x."""

Kink: TypeAlias = tuple[int, int]
"""The node of a tree, and which of its comparisons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """On which side of each kink the orbit is, while it is followed.

    Attributes:
        signs: {kink: -1, 0 or 1}, the sign of its g (left - right, or the argument of Abs or sign).
        met: {kink: g}, as series, of the last evaluation.
        unclear: below this a coefficient of g is taken to be 0.
    """

    signs: dict[Kink, int]
    unclear: arb
    met: dict[Kink, Series] = field(default_factory=dict)

    def sign(self, key: Kink, g: Series) -> int:
        """The assumed sign; at the first meeting that of g(0), or + where it is unclear."""
        self.met[key] = g
        if key not in self.signs:
            first = coefficients(g, 1)[0]
            self.signs[key] = -1 if first < -self.unclear else 1
        return self.signs[key]


def coefficients(series: Series, length: int) -> list[arb]:
    """The first coefficients, as many as asked for."""
    if not isinstance(series, arb_series):
        return [arb(series), *[arb(0)] * (length - 1)]
    known = series.coeffs()[:length]
    return [*known, *[arb(0)] * (length - len(known))]


def series_value(tree: Expression, u: Series, branches: Branches) -> Series:
    """The tree at the series u, to the length of u; nan or an error of Arb where it is not analytic."""

    def inner(part: Expression) -> Series:
        return series_value(part, u, branches)

    match tree:
        case Variable():
            return u
        case Number(value):
            return _rational(value)
        case Constant(name):
            return arb.pi() if name == "pi" else arb.const_e()
        case Sum(terms):
            return reduce(lambda a, b: a + b, map(inner, terms))
        case Product(factors):
            return reduce(lambda a, b: a * b, map(inner, factors))
        case Power(base, exponent):
            return _power(inner(base), exponent)
        case Call("Abs" | "sign" as name, (argument,)):
            return _signed(name, branches.sign((id(tree), 0), value := inner(argument)), value)
        case Call("Max" | "Min" as name, arguments):
            return _extremum(tree, name, [inner(argument) for argument in arguments], branches)
        case Call(name, (argument,)):
            return _call(name, inner(argument))
        case Piecewise():
            return _piecewise(tree, inner, branches)
    raise TypeError(f"not an expression: {tree!r}")


def _rational(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _signed(name: str, sign: int, value: Series) -> Series:
    return sign * value if name == "Abs" else arb(sign)


def _extremum(tree: Expression, name: str, values: list[Series], branches: Branches) -> Series:
    """The greatest or least, one after the other; each comparison is a kink of its own."""
    best = values[0]
    for k, value in enumerate(values[1:]):
        ahead = branches.sign((id(tree), k), value - best) > 0
        best = value if ahead == (name == "Max") else best
    return best


def _piecewise(tree: Piecewise, inner: Callable[[Expression], Series], branches: Branches) -> Series:
    for value, test in tree.branches:
        if _holds(test, branches.sign((id(test), 0), inner(test.left) - inner(test.right))):
            return inner(value)
    return inner(tree.otherwise)


def _holds(test: Condition, sign: int) -> bool:
    wanted = 1 if test.relation[0] == ">" else -1
    return sign == wanted or (sign == 0 and test.relation.endswith("="))


def _power(base: Series, exponent: Fraction) -> Series:
    if exponent < 0:
        return 1 / _power(base, -exponent)
    root, whole = exponent.denominator, exponent.numerator
    if root == 1:
        return base**whole
    if root == 2:
        return base.sqrt() ** whole
    return (_rational(exponent) * base.log()).exp()


def _call(name: str, u: Series) -> Series:
    if isinstance(u, arb_series):
        return _FUNCTIONS[name](u)
    return arb(coefficients(_FUNCTIONS[name](arb_series([u], 1)), 1)[0])


def _with_constant(series: Series, constant: arb) -> Series:
    """The series with its constant term replaced by one that has lost no digits to cancellation."""
    return arb_series([constant, *series.coeffs()[1:]], series.prec)


def _at_zero(series: Series) -> arb:
    return series[0]


def _sinh(u: Series) -> Series:
    e = u.exp()
    return _with_constant((e - 1 / e) / 2, _at_zero(u).sinh())


def _cosh(u: Series) -> Series:
    e = u.exp()
    return (e + 1 / e) / 2


def _tanh(u: Series) -> Series:
    """1 - 2/(1 + e^(2u)), on the side where e^(2u) ≤ 1 so that nothing overflows."""
    side = -1 if _at_zero(u) > 0 else 1
    return _with_constant(-2 * side / (1 + (2 * side * u).exp()), _at_zero(u).tanh())


def _asinh(u: Series) -> Series:
    slope = (1 + u * u).rsqrt()
    return _with_constant((slope * u.derivative()).integral(), _at_zero(u).asinh())


def _dilog(u: Series) -> Series:
    """Li₂(u): Σ uᵏ/k² near 0, where -log(1 - u) u'/u is no quotient of series, else the integral of that."""
    start = _at_zero(u)
    if abs(start) < 0.25:
        terms = range(ctx.prec // 2 + ctx.cap, 0, -1)
        return reduce(lambda total, k: (total + arb(1) / k**2) * u, terms, arb(0))
    slope = -(1 - u).log() / u * u.derivative()
    return _with_constant(slope.integral(), acb(start).polylog(2).real)


_FUNCTIONS: dict[str, Callable[[Series], Series]] = {
    "exp": lambda u: u.exp(),
    "log": lambda u: u.log(),
    "log1p": lambda u: _with_constant((1 + u).log(), _at_zero(u).log1p()),
    "expm1": lambda u: _with_constant(u.exp(), _at_zero(u).expm1()),
    "sin": lambda u: u.sin(),
    "cos": lambda u: u.cos(),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "asinh": _asinh,
    "atan": lambda u: u.atan(),
    "erf": lambda u: u.erf(),
    "erfc": lambda u: u.erfc(),
    "dilog": _dilog,
}
