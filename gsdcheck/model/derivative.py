"""The derivative of a tree, as a tree."""

from collections.abc import Callable
from fractions import Fraction

from gsdcheck.model.expression import (
    ONE,
    ZERO,
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
    add,
    call,
    multiply,
    negate,
    number,
    piecewise,
    power,
)

_PI = Constant("pi")
_TWO_OVER_ROOT_PI = multiply(number(2), power(_PI, Fraction(-1, 2)))


def _gaussian(u: Expression) -> Expression:
    return multiply(_TWO_OVER_ROOT_PI, call("exp", negate(power(u, 2))))


# tanh' is cosh⁻², positive by construction, and never 1 - tanh², whose sign an interval cannot see.
_OUTER: dict[str, Callable[[Expression], Expression]] = {
    "exp": lambda u: call("exp", u),
    "log": lambda u: power(u, -1),
    "log1p": lambda u: power(add(ONE, u), -1),
    "expm1": lambda u: call("exp", u),
    "sin": lambda u: call("cos", u),
    "cos": lambda u: negate(call("sin", u)),
    "sinh": lambda u: call("cosh", u),
    "cosh": lambda u: call("sinh", u),
    "tanh": lambda u: power(call("cosh", u), -2),
    "asinh": lambda u: power(add(ONE, power(u, 2)), Fraction(-1, 2)),
    "atan": lambda u: power(add(ONE, power(u, 2)), -1),
    "erf": _gaussian,
    "erfc": lambda u: negate(_gaussian(u)),
    "dilog": lambda u: negate(multiply(call("log1p", negate(u)), power(u, -1))),
    "Abs": lambda u: call("sign", u),
    "sign": lambda _: ZERO,
}


def derivative(expression: Expression) -> Expression:
    """d/dx of the tree, by the rules of calculus.

    At a kink (an argument of Abs or sign that is 0, a tie in Max or Min, a bound of a Piecewise) the value
    is the derivative of one branch; whether σ is differentiable there is a question for `facts`.
    """
    match expression:
        case Variable():
            return ONE
        case Number() | Constant():
            return ZERO
        case Sum(terms):
            return add(*map(derivative, terms))
        case Product(factors):
            return add(
                *(multiply(*factors[:i], derivative(f), *factors[i + 1 :]) for i, f in enumerate(factors))
            )
        case Power(base, exponent):
            return multiply(Number(exponent), power(base, exponent - 1), derivative(base))
        case Call("Max" | "Min" as name, arguments):
            return _derivative_of_extremum(name, arguments)
        case Call(name, (argument,)):
            inner = derivative(argument)
            return ZERO if inner == ZERO else multiply(_OUTER[name](argument), inner)
        case Piecewise(branches, otherwise):
            pieces = tuple((derivative(value), test) for value, test in branches)
            return piecewise(*pieces, otherwise=derivative(otherwise))
    raise TypeError(f"not an expression: {expression!r}")


def _derivative_of_extremum(name: str, arguments: tuple[Expression, ...]) -> Expression:
    head, *rest = arguments
    if not rest:
        return derivative(head)
    other = rest[0] if len(rest) == 1 else Call(name, tuple(rest))
    wins = Condition(head, ">=" if name == "Max" else "<=", other)
    return piecewise((derivative(head), wins), otherwise=derivative(other))
