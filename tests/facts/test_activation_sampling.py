"""Facts of random expressions against float sampling: a sample can speak against a fact, never for it."""

import math
import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from gsdcheck.certify.activation_facts import FACTS
from gsdcheck.errors import InvalidInput
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.activation import Activation, activation_from_expression
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
from gsdcheck.model.parser import parse

ATOMS = ("x", "x", "x", "1", "2", "-1", "1/2", "x**2", "Abs(x)")
OUTER = ("tanh", "sin", "cos", "exp", "atan", "erf", "erfc", "asinh", "sinh", "expm1", "Abs", "sign")
GRID = sorted({s * v for k in range(-12, 5) for v in (2.0**k, 1.37 * 2.0**k) for s in (-1, 1)} | {0.0})


def random_expression(source: random.Random, depth: int = 3) -> str:
    """A text of the grammar, of at most that depth."""
    if depth == 0 or source.random() < 0.15:
        return source.choice(ATOMS)
    a, b = (random_expression(source, depth - 1) for _ in range(2))
    return source.choice(
        (
            f"({a} + {b})",
            f"({a}) * ({b})",
            f"({a}) - ({b})",
            f"({a})/(1 + ({b})**2)",
            f"{source.choice(OUTER)}({a})",
            f"{source.choice(OUTER)}({a})",
            f"Max({a}, {b})",
            f"Min({a}, {b})",
            f"Piecewise(({a}, x > {source.choice((-1, 0, 1))}), ({b}, True))",
            f"x*exp(-({a})**2)",
            f"log1p(exp(-Abs({a})))",
            f"sqrt(1 + ({a})**2)",
        )
    )


_CALLS: dict[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "log1p": math.log1p,
    "expm1": math.expm1,
    "sin": math.sin,
    "cos": math.cos,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "asinh": math.asinh,
    "atan": math.atan,
    "erf": math.erf,
    "erfc": math.erfc,
    "Abs": abs,
    "sign": lambda u: float((u > 0) - (u < 0)),
    "Max": max,
    "Min": min,
}
_RELATIONS = {"<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}


def value(f: Expression, x: float) -> float:
    """f(x) in floats, nan where floats fail."""
    try:
        return _value(f, x)
    except (OverflowError, ValueError, ZeroDivisionError):
        return math.nan


def _value(f: Expression, x: float) -> float:
    match f:
        case Variable():
            return x
        case Number(number):
            return float(number)
        case Constant(name):
            return math.pi if name == "pi" else math.e
        case Sum(terms):
            return math.fsum(_value(t, x) for t in terms)
        case Product(factors):
            return math.prod(_value(t, x) for t in factors)
        case Power(base, exponent):
            return _value(base, x) ** float(exponent)
        case Call(name, arguments):
            return _CALLS[name](*(_value(a, x) for a in arguments))
        case Piecewise(branches, otherwise):
            for part, test in branches:
                if getattr(_value(test.left, x), _RELATIONS[test.relation])(_value(test.right, x)):
                    return _value(part, x)
            return _value(otherwise, x)
    raise TypeError(f)


def contradictions(f: Expression, holds: dict[str, bool | None]) -> list[str]:
    """The facts said to hold that a sample speaks against by far more than rounding."""
    points = [(x, value(f, x)) for x in GRID]
    points = [(x, v) for x, v in points if math.isfinite(v)]
    found = []
    scale = 1e-7

    def says(name: str, against: bool) -> None:
        if holds[name] and against:
            found.append(name)

    mirrored = dict(points)
    says("odd", any(abs(v + mirrored[-x]) > scale * (1 + abs(v)) for x, v in points if -x in mirrored))
    falls = [u - v > scale * (1 + abs(u) + abs(v)) for (_, u), (_, v) in pairwise(points)]
    says("nondecreasing", any(falls))
    says("strictly_increasing", any(falls))
    says("sign_strict", any(math.copysign(1, x) * v < -1e-12 for x, v in points if x))
    says("sign_weak", any(math.copysign(1, x) * v < -1e-12 for x, v in points if x))
    says("bounded", any(abs(v) > 1e4 for _, v in points))
    slopes = [abs(u - v) / (y - x) for (x, u), (y, v) in pairwise(points) if abs(u - v) > scale]
    says("lipschitz", any(s > 1e5 for s in slopes))
    return found


def random_activations(seed: int, count: int) -> list[Activation]:
    source, found = random.Random(seed), []
    while len(found) < count:
        try:
            found.append(activation_from_expression(random_expression(source)))
        except InvalidInput:  # no x in it
            continue
    return found


@pytest.mark.parametrize("seed", range(10))
def test_no_sample_speaks_against_an_established_fact(seed: int) -> None:
    for activation in random_activations(seed, 10):
        holds = {name: fact.holds for name, fact in activation_facts(activation).items()}
        assert contradictions(activation.expression, holds) == [], activation.text


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("x*erfc(-x/sqrt(2))/2", "odd"),
        ("x*erfc(-x/sqrt(2))/2", "nondecreasing"),
        ("sin(x)", "sign_weak"),
        ("x**3", "bounded"),
        ("1/(1 + exp(-x))", "sign_strict"),
        ("exp(x)", "lipschitz"),
    ],
)
def test_the_samples_do_speak_against_false_facts(text: str, fact: str) -> None:
    assert fact in contradictions(parse(text), dict.fromkeys(FACTS, True))


def test_most_facts_of_random_expressions_are_decided() -> None:
    facts = [fact for a in random_activations(0, 20) for fact in activation_facts(a).values()]
    assert sum(fact.holds is not None for fact in facts) > len(facts) / 2
