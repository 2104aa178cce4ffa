"""f(u(t)) for a power series u with balls as coefficients, one coefficient after the other.

The recurrences of automatic differentiation (moore1966): y = f(u) for a function f of the grammar solves
y' = f'(u) u', and f'(u) is again an expression of the grammar; y = u^q solves u y' = q y u'. Whatever series with
coefficients in the balls is meant, the coefficients found contain those of f(u(t)). Where f is not analytic at u(0),
or this is not seen, they are not finite. Branches must have been decided beforehand.
"""

from collections.abc import Callable
from fractions import Fraction
from operator import mul
from typing import TypeAlias

from flint import arb

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.errors import Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import (
    Call,
    Constant,
    Expression,
    Number,
    Power,
    Product,
    Sum,
    X,
    add,
    call,
    negate,
    number,
    power,
    substitute,
)

Coefficients: TypeAlias = list[arb]
"""The known coefficients of one series, from the constant term on."""

Rule: TypeAlias = Callable[[int], arb]
"""The coefficient k of a series from those below k of itself, and those up to k of what was entered before it."""

ZERO = arb(0)


class Tape:
    """The series of an expression and of all that it is made of, extended together.

    Args:
        u: the series of x; it is extended by its owner, before each call of `extend`.
    """

    def __init__(self, u: Coefficients) -> None:
        self.u = u
        self.entries: list[tuple[Coefficients, Rule]] = []
        self.known: dict[Expression, Coefficients] = {X: u}

    def extend(self) -> None:
        """One more coefficient for every series, of the index of the last coefficient of u."""
        k = len(self.u) - 1
        for series, rule in self.entries:
            series.append(rule(k))

    def enter(self, tree: Expression) -> Coefficients:
        """The series of the expression; it grows with the tape. Only before the first call of `extend`.

        Raises:
            Undecided: the tree has a branch.
        """
        if tree not in self.known:
            match tree:
                case Number() | Constant():
                    self._constant(tree)
                case Sum(terms):
                    self._sum(tree, [self.enter(term) for term in terms])
                case Product(factors):
                    self._product(tree, factors)
                case Power(Call("cosh", (argument,)), exponent) if exponent == -2:
                    self.known[tree] = self.enter(add(number(1), negate(power(call("tanh", argument), 2))))
                case Power(base, exponent):
                    self._power(tree, base, exponent)
                case Call(name, (argument,)) if name not in ("Abs", "sign"):
                    self._call(tree, name, argument)
                case _:
                    raise Undecided(f"a branch is left in a power series: {type(tree).__name__}.")
        return self.known[tree]

    def _append(self, tree: Expression, series: Coefficients, rule: Rule) -> None:
        self.known[tree] = series
        self.entries.append((series, rule))

    def _constant(self, tree: Expression) -> None:
        value = enclose(tree, ZERO)
        self._append(tree, [], lambda k: ZERO if k else value)

    def _sum(self, tree: Expression, parts: list[Coefficients]) -> None:
        self._append(tree, [], lambda k: sum((part[k] for part in parts), ZERO))

    def _product(self, tree: Expression, factors: tuple[Expression, ...]) -> None:
        first, *others = factors
        rest = self.enter(others[0] if len(others) == 1 else Product(tuple(others)))  # raw: nothing is folded
        if isinstance(first, Number | Constant):
            scale = enclose(first, ZERO)
            self._append(tree, [], lambda k: scale * rest[k])
        else:
            other = self.enter(first)
            self._append(tree, [], lambda k: convolution(other, rest, k))

    def _power(self, tree: Expression, base: Expression, exponent: Fraction) -> None:
        if exponent.denominator == 1 and exponent > 0:
            half = self.enter(power(base, exponent // 2))
            rest = self.enter(power(base, exponent - exponent // 2))
            self._append(tree, [], lambda k: convolution(half, rest, k))
            return
        u, q = self.enter(base), to_arb(exponent)
        y: Coefficients = []
        rate_u, rate_y = [ZERO], [ZERO]  # j u_j and j y_j

        def rule(k: int) -> arb:
            if k == 0:
                return enclose(power(X, exponent), u[0])
            rate_u.append(k * u[k])
            known = q * sum(map(mul, rate_u[1:], y[k - 1 :: -1]), ZERO)
            found = (known - sum(map(mul, rate_y[1:], u[k - 1 : 0 : -1]), ZERO)) / (k * u[0])
            rate_y.append(k * found)
            return found

        self._append(tree, y, rule)

    def _call(self, tree: Expression, name: str, argument: Expression) -> None:
        u = self.enter(argument)
        y: Coefficients = []
        slope: Coefficients = []
        rate: Coefficients = []  # j u_j

        def rule(k: int) -> arb:
            rate.append(k * u[k])
            if k == 0:
                return enclose(call(name, X), u[0])
            return sum(map(mul, rate[1:], slope[k - 1 :: -1]), ZERO) / k

        self._append(tree, y, rule)  # soundness: entered before its slope, which may be made of it
        slope = self.enter(slope_in_terms_of(tree, name, argument))


def slope_in_terms_of(tree: Expression, name: str, argument: Expression) -> Expression:
    """f'(u) for y = f(u)."""
    if name == "tanh":
        return add(number(1), negate(power(tree, 2)))
    return substitute(derivative(call(name, X)), argument)


def convolution(a: Coefficients, b: Coefficients, k: int) -> arb:
    """Σ a_j b_{k-j}."""
    return sum(map(mul, a[: k + 1], b[k::-1]), ZERO)
