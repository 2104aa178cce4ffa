"""Points at which a fact may fail: scaled grids, the numbers in the expression, and descents from the lowest values."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from flint import arb

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.errors import Undecided
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import Expression, Number, nodes

_HALF = [
    Fraction(n, d)
    for n, d in ((1, 16), (1, 4), (1, 2), (1, 1), (3, 2), (2, 1), (3, 1), (4, 1), (6, 1), (9, 1), (16, 1))
]
_POWERS = [Fraction(2) ** k for k in (*range(-20, 21, 2), 30, 40)] + [
    3 * Fraction(2) ** k for k in range(-4, 6)
]
_FINE = [Fraction(k, 8) for k in range(1, 33)]
_MOST_NUMBERS, _STARTS, _STEPS = 8, 3, 60

Values = dict[Fraction, arb]


def grid(f: Expression, kinks: Iterable[Fraction]) -> list[Fraction]:
    """Points of every scale, and near the kinks and the numbers of the expression; symmetric and sorted."""
    numbers = {node.value for node in nodes(f) if isinstance(node, Number) and abs(node.value) < 10**9}
    centres = {*kinks, *sorted(numbers, key=abs)[-_MOST_NUMBERS:]}
    around = [p + s * h for p in centres for s in (-1, 1) for h in (Fraction(1, 8), Fraction(1, 2**14))]
    half = {abs(p) for p in (*_HALF, *_POWERS, *_FINE, *around, *centres)}
    return sorted({*half, *(-p for p in half), Fraction(0)})


def values(f: Expression, points: Iterable[Fraction]) -> Values:
    """f at the points, where it has finite values."""
    found = {p: enclose(f, to_arb(p)) for p in points}
    return {p: v for p, v in found.items() if v.is_finite()}


def descents(g: Callable[[Fraction], arb], points: list[Fraction]) -> Iterator[Fraction]:
    """Points where g is low: from its lowest local minima on the grid downhill, each until no step helps."""
    known = [(v, p) for p in points if (v := g(p)).is_finite()]
    lows = [
        here
        for before, here, after in zip(known, known[1:], known[2:], strict=False)
        if not here[0] > before[0] and not here[0] > after[0]
    ]
    gaps = {a: b - a for a, b in pairwise(points)}
    for value, point in sorted(lows, key=lambda pair: float(pair[0].mid()))[:_STARTS]:
        yield _descended(g, value, point, gaps.get(point, Fraction(1)) / 2)


def _descended(g: Callable[[Fraction], arb], value: arb, point: Fraction, step: Fraction) -> Fraction:
    for _ in range(_STEPS):
        if value < 0:
            break
        for p in (point - step, point + step):
            v = g(p)
            if v.is_finite() and v < value:
                value, point = v, p
                break
        else:
            step /= 2
    return point


def falling_pair(f: Expression, points: list[Fraction]) -> tuple[Fraction, Fraction] | None:
    """a < b with f(a) > f(b), near a point where the slope is negative."""
    slope = derivative(f)

    def at(p: Fraction) -> arb:
        return enclose(slope, to_arb(p))

    for point in descents(at, points):
        if not at(point) < 0:
            continue
        for bits in range(2, 60, 3):
            h = Fraction(1, 2**bits)
            if enclose(f, to_arb(point - h)) > enclose(f, to_arb(point + h)):
                return point - h, point + h
    return None


def wrong_sign(f: Expression, points: list[Fraction]) -> Fraction | None:
    """s with s f(s) < 0."""

    def against(p: Fraction) -> arb:
        return to_arb(p) * enclose(f, to_arb(p))

    for side in (-1, 1):
        for point in descents(against, [p for p in points if p * side > 0]):
            if against(point) < 0:
                return point
    return None


def leap(f: Expression, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """A narrow part of [low, high] over which f changes most: bisection towards the greater change."""
    for _ in range(40):
        middle = (low + high) / 2
        ends = [enclose(f, to_arb(p)) for p in (low, middle, high)]
        if not all(v.is_finite() for v in ends):
            raise Undecided("no value.")
        if abs(ends[1] - ends[0]) > abs(ends[2] - ends[1]):
            high = middle
        else:
            low = middle
    return low, high
