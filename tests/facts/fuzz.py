"""Facts of random expressions against samples in 60 digits: python tests/facts/fuzz.py --seconds 60 --seed 1.

Prints the share of open facts, and exits with 1 if a sample speaks against a decided fact. Samples never speak for a
fact. mpmath evaluates, so that what is found shares no code with the engine.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from mpmath import mp, mpf

from gsdcheck.errors import InvalidInput
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.facts.zero import zero_of
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

Holds = Mapping[str, bool | None]
Point = tuple[mpf, mpf]

DIGITS = 60
NEAR = [mpf(m) * mpf(2) ** k / 8 for k in range(-12, 7) for m in (8, 9, 11, 13)]
FAR = [mpf(10) ** k for k in (3, 4, 5, 6, 9, 12)]
GRID = sorted({s * p for p in NEAR + FAR for s in (-1, 1)} | {mpf(0)})
SMALL = mpf(10) ** -30  # far above the rounding of 60 digits, unless terms of 10³⁰ cancel
ATOMS = ("x", "x", "x", "1", "2", "-1", "1/2", "2/3", "pi", "x**2", "x**3", "Abs(x)", "x - 1")
UNARY = ("tanh", "sin", "cos", "exp", "atan", "erf", "erfc", "asinh", "sinh", "cosh", "expm1", "Abs", "sign")
SHAPES = (
    "({a} + {b})",
    "({a})*({b})",
    "({a}) - ({b})",
    "({a})/(1 + ({b})**2)",
    "{f}({a})",
    "{f}({a})",
    "{f}({a})",
    "Max({a}, {b})",
    "Min({a}, {b})",
    "Piecewise(({a}, x > {q}), ({b}, True))",
    "Piecewise(({a}, x <= {q}), ({b}, x < 2), ({a}, True))",
    "x*exp(-({a})**2)",
    "x + ({a})/3",
    "log1p(exp(-Abs({a})))",
    "log(1 + ({a})**2)",
    "sqrt(1 + ({a})**2)",
    "sqrt(Abs({a}))",
    "dilog(-Abs({a}))",
)


def random_text(source: random.Random, depth: int = 3) -> str:
    """A text of the grammar, of at most that depth."""
    if depth == 0 or source.random() < 0.15:
        return source.choice(ATOMS)
    a, b = (random_text(source, depth - 1) for _ in range(2))
    q = source.choice(("-1", "0", "1/3", "1"))
    return source.choice(SHAPES).format(a=a, b=b, f=source.choice(UNARY), q=q)


def random_activation(source: random.Random) -> Activation:
    while True:
        try:
            return activation_from_expression(random_text(source))
        except InvalidInput:  # no x in it
            continue


CALLS = {
    **{
        name: getattr(mp, name)
        for name in ("exp", "log", "log1p", "expm1", "sin", "cos", "sinh", "cosh", "tanh")
    },
    **{name: getattr(mp, name) for name in ("asinh", "atan", "erf", "erfc", "sign")},
    "dilog": lambda u: mp.polylog(2, u),
    "Abs": abs,
    "Max": max,
    "Min": min,
}
RELATIONS = {"<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}


def evaluate(f: Expression, x: mpf) -> mpf:
    """f(x) at the working precision of mpmath."""
    match f:
        case Variable():
            return x
        case Number(value):
            return mpf(value.numerator) / value.denominator
        case Constant(name):
            return +mp.pi if name == "pi" else +mp.e
        case Sum(terms):
            return sum((evaluate(t, x) for t in terms), mpf(0))
        case Product(factors):
            result = mpf(1)
            for factor in factors:
                result *= evaluate(factor, x)
            return result
        case Power(base, exponent):
            return evaluate(base, x) ** (mpf(exponent.numerator) / exponent.denominator)
        case Call(name, arguments):
            inner = [evaluate(a, x) for a in arguments]
            if name in ("exp", "sinh", "cosh", "expm1") and abs(inner[0]) > 10**6:
                raise OverflowError("beyond what is sampled")
            return CALLS[name](*inner)
        case Piecewise(branches, otherwise):
            for part, test in branches:
                if getattr(evaluate(test.left, x), RELATIONS[test.relation])(evaluate(test.right, x)):
                    return evaluate(part, x)
            return evaluate(otherwise, x)
    raise TypeError(f)


def samples(f: Expression) -> list[Point]:
    """The points of the grid at which f has a finite real value, and that value."""
    found = []
    for x in GRID:
        try:
            value = evaluate(f, x)
        except (OverflowError, ValueError, ZeroDivisionError):
            continue
        if isinstance(value, mpf) and mp.isfinite(value):
            found.append((x, value))
    return found


def contradictions(f: Expression, holds: Holds) -> Iterator[tuple[str, str]]:
    """(fact, witness) for every decided fact that a sample speaks against."""
    with mp.workdps(DIGITS):
        points = samples(f)
        values = dict(points)
        for x, v in points:
            size = SMALL * (1 + abs(v))
            if holds["odd"] and -x in values and abs(v + values[-x]) > size:
                yield "odd", f"x = {mp.nstr(x, 20)}"
            if holds["bounded"] and abs(v) > 10**6:
                yield "bounded", f"x = {mp.nstr(x, 20)}"
            yield from ((fact, f"x = {mp.nstr(x, 20)}") for fact in _signs(x, v, holds))
        for (a, u), (b, v) in pairwise(points):
            yield from (
                (fact, f"{mp.nstr(a, 20)} and {mp.nstr(b, 20)}") for fact in _pairs(a, u, b, v, holds)
            )


def _signs(x: mpf, v: mpf, holds: Holds) -> Iterator[str]:
    if x and x * v < -SMALL:
        yield from (name for name in ("sign_strict", "sign_weak") if holds[name])
    if not x and abs(v) > SMALL and holds["zero_only_at_origin"]:
        yield "zero_only_at_origin"


def _pairs(a: mpf, u: mpf, b: mpf, v: mpf, holds: Holds) -> Iterator[str]:
    size = SMALL * (1 + abs(u) + abs(v))
    if u - v > size:
        yield from (name for name in ("nondecreasing", "strictly_increasing") if holds[name])
    if holds["lipschitz"] and abs(u - v) > 10**6 * (b - a):
        yield "lipschitz"
    if holds["zero_only_at_origin"] and holds["continuous"] and a * b > 0 and u * v < -size * size:
        yield "zero_only_at_origin"


def zero_contradictions(activation: Activation) -> Iterator[tuple[str, str]]:
    """The stated zero against the values on both sides of it and the changes of sign elsewhere."""
    zero = zero_of(activation)
    if zero.enclosure is None:
        return
    with mp.workdps(DIGITS):
        low, high = map(mpf, zero.enclosure)
        if (
            zero.value is not None
            and abs(evaluate(activation.expression, evaluate(zero.value, mpf(0)))) > SMALL
        ):
            yield "zero", "σ at the stated zero"
        points = [(x, v) for x, v in samples(activation.expression) if not low <= x <= high]
        if any(v == 0 for x, v in points if abs(x) < 1):  # far out a tail may underflow
            yield "zero", "another zero"


def explained(activation: Activation, fact: str) -> bool:
    """Whether a large value or slope is within the certified bound, which is just as large."""
    name = {"bounded": "bound", "lipschitz": "lipschitz_constant"}.get(fact)
    if name is None:
        return False
    enclosure = activation_quantities(activation, (name,))[name].enclosure
    return enclosure is not None and enclosure[1] != "oo" and mpf(enclosure[1]) > 10**6


def run(seconds: float, seed: int) -> int:
    """Fuzz for so long; the number of contradictions."""
    source, end = random.Random(seed), time.monotonic() + seconds
    count, wrong, unknown = 0, 0, Counter[str]()
    while time.monotonic() < end:
        activation = random_activation(source)
        holds = {name: fact.holds for name, fact in activation_facts(activation).items()}
        count += 1
        unknown.update(name for name, value in holds.items() if value is None)
        for fact, witness in (
            *contradictions(activation.expression, holds),
            *zero_contradictions(activation),
        ):
            if explained(activation, fact):
                continue
            wrong += 1
            print(f"contradiction: {activation.text}: {fact} at {witness}")
    print(f"{count} expressions, {wrong} contradictions, seed {seed}; open:")
    for name, number in sorted(unknown.items()):
        print(f"  {name}: {100 * number / count:.1f} %")
    return wrong


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Look for samples that speak against a decided fact.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    return 1 if run(asked.seconds, asked.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
