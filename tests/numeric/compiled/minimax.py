"""The polynomials of `numeric/compiled/coefficients.py`: `python tests/numeric/compiled/minimax.py` prints them.

Remez's exchange in 60 digits; the weight of each says relative to what its error is small.
"""

from collections.abc import Callable
from dataclasses import dataclass

import mpmath
from mpmath import mpf

Function = Callable[[mpf], mpf]
DIGITS = 60
K = mpf("3.75")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approximation:
    """A polynomial of that degree near f on [start, stop], with weight·|error| as small as can be."""

    f: Function
    weight: Function
    start: mpf
    stop: mpf
    degree: int


def size(t: mpf) -> mpf:
    """x of t = (x - K)/(x + K)."""
    return K * (1 + t) / (1 - t)


def place(x: float) -> mpf:
    """t = (x - K)/(x + K)."""
    return (mpf(x) - K) / (mpf(x) + K)


def one(_: mpf) -> mpf:
    """The error itself counts, not relative to anything."""
    return mpf(1)


def tempered(t: mpf) -> mpf:
    """(1 + 2x) e^(x²) erfc(x), between 1 and 1.3 for all x ≥ 0."""
    x = size(t)
    return (1 + 2 * x) * mpmath.exp(x * x) * mpmath.erfc(x)


def quotient(whole: Function, known: Function, power: int, limit: str) -> Function:
    """z ↦ (whole(r) - known(r)) / r^power with r = √z, by its limit near 0."""
    return lambda z: (
        (whole(mpmath.sqrt(z)) - known(mpmath.sqrt(z))) / mpmath.sqrt(z) ** power if z > 1e-20 else mpf(limit)
    )


with mpmath.workdps(DIGITS):
    _HALF_LN2 = mpmath.log(2) / 2 * mpf("1.0001")
    _OCTANT = (mpmath.pi / 4 * mpf("1.0001")) ** 2
    _EIGHTH = (mpmath.tan(mpmath.pi / 8) * mpf("1.0001")) ** 2
    _THIRD = mpf(1) / 3
    APPROXIMATIONS = {
        "EXPM1": Approximation(
            f=lambda r: (mpmath.expm1(r) - r) / r**2 if abs(r) > 1e-12 else mpf("0.5") + r / 6,
            weight=lambda r: abs(r) + mpf("1e-5"),
            start=-_HALF_LN2,
            stop=_HALF_LN2,
            degree=9,
        ),
        "LOG": Approximation(
            f=quotient(lambda s: mpmath.log((1 + s) / (1 - s)), lambda s: 2 * s, 3, "0." + "6" * 60),
            weight=lambda z: z + mpf("1e-5"),
            start=mpf(0),
            stop=mpf("0.02945"),
            degree=6,
        ),
        "SIN": Approximation(
            f=quotient(mpmath.sin, lambda r: r, 3, "-0.1" + "6" * 60),
            weight=lambda z: z + mpf("1e-5"),
            start=mpf(0),
            stop=_OCTANT,
            degree=5,
        ),
        "COS": Approximation(
            f=quotient(mpmath.cos, lambda r: 1 - r * r / 2, 4, "0.041" + "6" * 60),
            weight=lambda z: z**2 + mpf("1e-5"),
            start=mpf(0),
            stop=_OCTANT,
            degree=5,
        ),
        "ATAN": Approximation(
            f=quotient(mpmath.atan, lambda r: r, 3, "-0." + "3" * 60),
            weight=lambda z: z + mpf("1e-5"),
            start=mpf(0),
            stop=_EIGHTH,
            degree=10,
        ),
        "ERF": Approximation(
            f=lambda z: (
                mpmath.erf(mpmath.sqrt(z)) / mpmath.sqrt(z) if z > 1e-20 else 2 / mpmath.sqrt(mpmath.pi)
            ),
            weight=one,
            start=mpf(0),
            stop=mpf(1),
            degree=11,
        ),
        "ERFC_MIDDLE": Approximation(
            f=tempered,
            weight=lambda t: mpmath.exp(-(size(t) ** 2)) / (1 + 2 * size(t)),
            start=place(0.99),
            stop=place(6.0),
            degree=11,
        ),
        "ERFC": Approximation(f=tempered, weight=one, start=mpf(-1), stop=place(28.0), degree=22),
    }


def minimax(wanted: Approximation, rounds: int = 10) -> list[mpf]:
    """The coefficients c₀, c₁, … of the best polynomial."""
    a, b, points = wanted.start, wanted.stop, wanted.degree + 2
    nodes = [(a + b) / 2 - (b - a) / 2 * mpmath.cos(mpmath.pi * i / (points - 1)) for i in range(points)]
    for _ in range(rounds):
        coefficients = _levelled(wanted, nodes)
        nodes = _extrema(wanted, coefficients, nodes)
    return coefficients


def _levelled(wanted: Approximation, nodes: list[mpf]) -> list[mpf]:
    """The polynomial whose weighted errors at the nodes are equal and alternate."""
    count = len(nodes)
    matrix, right = mpmath.matrix(count, count), mpmath.matrix(count, 1)
    for i, x in enumerate(nodes):
        for j in range(count - 1):
            matrix[i, j] = x**j
        matrix[i, count - 1] = (-1) ** i / wanted.weight(x)
        right[i] = wanted.f(x)
    return list(mpmath.lu_solve(matrix, right))[:-1]


def _extrema(wanted: Approximation, coefficients: list[mpf], nodes: list[mpf]) -> list[mpf]:
    """Where the weighted error is greatest between its changes of sign; the old nodes if these are too few."""
    a, b, samples = wanted.start, wanted.stop, 600
    grid = [(a + b) / 2 - (b - a) / 2 * mpmath.cos(mpmath.pi * i / samples) for i in range(samples + 1)]
    errors = [(mpmath.polyval(coefficients[::-1], x) - wanted.f(x)) * wanted.weight(x) for x in grid]
    found: list[int] = []
    for i, error in enumerate(errors):
        if found and mpmath.sign(errors[found[-1]]) == mpmath.sign(error):
            found[-1] = max(found[-1], i, key=lambda k: abs(errors[k]))
        else:
            found.append(i)
    while len(found) > len(nodes):
        found.pop(0 if abs(errors[found[0]]) < abs(errors[found[-1]]) else -1)
    return [grid[i] for i in found] if len(found) == len(nodes) else nodes


if __name__ == "__main__":
    with mpmath.workdps(DIGITS):
        for name, wanted in APPROXIMATIONS.items():
            print(f"{name} = (")
            for coefficient in minimax(wanted):
                print(f"    {float(coefficient)!r},")
            print(")")
