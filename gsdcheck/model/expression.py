"""The tree of a function of one real variable x.

An activation is known to every part of gsdcheck through this tree alone: NumPy, SymPy and Arb each read it
in a room of their own, so that their answers are independent witnesses. Build trees with `number`, `add`,
`multiply`, `power`, `call`, `piecewise`, or parse them from text; the constructors fold numbers and nothing
else, so a tree stays recognisably what its author wrote.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Literal, TypeAlias

FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "exp": (1, 1),
    "log": (1, 1),
    "log1p": (1, 1),
    "expm1": (1, 1),
    "sin": (1, 1),
    "cos": (1, 1),
    "sinh": (1, 1),
    "cosh": (1, 1),
    "tanh": (1, 1),
    "asinh": (1, 1),
    "atan": (1, 1),
    "erf": (1, 1),
    "erfc": (1, 1),
    "dilog": (1, 1),
    "Abs": (1, 1),
    "sign": (1, 1),
    "Max": (2, None),
    "Min": (2, None),
}
"""The closed list of functions, with the least and the greatest number of arguments.

`dilog(x)` is Li₂(x) = Σ xᵏ/k² continued to x < 1; `sign(0)` is 0.
"""

CONSTANTS = ("pi", "E")
RELATIONS = ("<", "<=", ">", ">=")
Relation: TypeAlias = Literal["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Variable:
    """The variable x."""


@dataclass(frozen=True, slots=True)
class Number:
    """An exact rational."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Constant:
    """pi or E."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of at least two terms."""

    terms: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The product of at least two factors."""

    factors: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Power:
    """base ** exponent with a rational exponent; a root is the real one of a base ≥ 0."""

    base: "Expression"
    exponent: Fraction


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the closed list applied to its arguments."""

    name: str
    arguments: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """left RELATION right."""

    left: "Expression"
    relation: Relation
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Piecewise:
    """The value of the first branch whose condition holds; the last branch is unconditional."""

    branches: tuple[tuple["Expression", Condition], ...]
    otherwise: "Expression"


Expression: TypeAlias = Variable | Number | Constant | Sum | Product | Power | Call | Piecewise

X = Variable()
ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))


def number(value: int | str | Fraction) -> Number:
    """The exact rational `value`."""
    return Number(Fraction(value))


def add(*terms: Expression) -> Expression:
    """The sum of the terms: nested sums flattened, numbers folded."""
    flat: list[Expression] = [t for term in terms for t in (term.terms if isinstance(term, Sum) else (term,))]
    constant = sum((part.value for part in flat if isinstance(part, Number)), Fraction(0))
    rest: list[Expression] = [part for part in flat if not isinstance(part, Number)]
    if constant:
        rest.append(Number(constant))
    return rest[0] if len(rest) == 1 else Sum(tuple(rest)) if rest else ZERO


def multiply(*factors: Expression) -> Expression:
    """The product of the factors: nested products flattened, numbers folded and put first."""
    flat = [part for f in factors for part in (f.factors if isinstance(f, Product) else (f,))]
    constant = reduce(lambda a, b: a * b, (p.value for p in flat if isinstance(p, Number)), Fraction(1))
    rest: list[Expression] = [part for part in flat if not isinstance(part, Number)]
    if constant == 0:
        return ZERO
    if constant != 1:
        rest.insert(0, Number(constant))
    return rest[0] if len(rest) == 1 else Product(tuple(rest)) if rest else ONE


def power(base: Expression, exponent: int | Fraction) -> Expression:
    """base ** exponent; rational powers of rationals are folded only where they are rational for sure."""
    exponent = Fraction(exponent)
    if exponent == 1:
        return base
    if isinstance(base, Number) and exponent.denominator == 1 and (base.value or exponent >= 0):
        return Number(base.value**exponent.numerator)
    return ONE if exponent == 0 else Power(base, exponent)


def call(name: str, *arguments: Expression) -> Expression:
    """The function `name` of the closed list applied to the arguments."""
    least, most = FUNCTIONS[name]
    if len(arguments) < least or (most is not None and len(arguments) > most):
        raise ValueError(
            f"{name} takes {least}{'' if most else ' or more'} argument(s), not {len(arguments)}"
        )
    return Call(name, arguments)


def negate(term: Expression) -> Expression:
    """-term."""
    return multiply(Number(Fraction(-1)), term)


def piecewise(*branches: tuple[Expression, Condition], otherwise: Expression) -> Expression:
    """The piecewise expression with these branches in order."""
    return Piecewise(branches, otherwise) if branches else otherwise


def children(expression: Expression) -> tuple[Expression, ...]:
    """The direct subexpressions, conditions included, from left to right."""
    match expression:
        case Sum(parts) | Product(parts) | Call(_, parts):
            return parts
        case Power(base, _):
            return (base,)
        case Piecewise(branches, otherwise):
            inner = [part for value, test in branches for part in (value, test.left, test.right)]
            return (*inner, otherwise)
        case _:
            return ()


def nodes(expression: Expression) -> Iterator[Expression]:
    """Every subexpression, the whole first, in depth-first order."""
    pending = [expression]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(reversed(children(node)))


def is_partial(expression: Expression) -> bool:
    """Whether the tree holds a division, a root or a logarithm, so that it may be undefined somewhere."""
    return any(
        (isinstance(node, Power) and (node.exponent < 0 or node.exponent.denominator > 1))
        or (isinstance(node, Call) and node.name in ("log", "log1p", "dilog"))
        for node in nodes(expression)
    )


def substitute(expression: Expression, replacement: Expression) -> Expression:
    """The expression with x replaced."""

    def inner(part: Expression) -> Expression:
        return substitute(part, replacement)

    match expression:
        case Variable():
            return replacement
        case Sum(terms):
            return add(*map(inner, terms))
        case Product(factors):
            return multiply(*map(inner, factors))
        case Power(base, exponent):
            return power(inner(base), exponent)
        case Call(name, arguments):
            return Call(name, tuple(map(inner, arguments)))
        case Piecewise(branches, otherwise):
            return Piecewise(
                tuple((inner(v), Condition(inner(t.left), t.relation, inner(t.right))) for v, t in branches),
                inner(otherwise),
            )
        case _:
            return expression
