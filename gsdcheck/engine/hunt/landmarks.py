"""Where on the line σ is special: kinks, zeros and extrema of σ and σ', and the places its parts hinge on.

A violation on an interval of width 1e-6 is not found by chance. It is written in the expression: near c it is
narrow because some part g of the tree is steep there and passes through a special value. So the zeros of every
part are sought, each with the width 1/|g'| over which the part changes by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.model.activation import Activation
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import (
    Call,
    Expression,
    Number,
    Piecewise,
    Power,
    Product,
    Sum,
    Variable,
    nodes,
)
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import Function, compile_expression

_MOST_PARTS, _MOST_POINTS = 24, 96
_HALVINGS = 60
_KINK_WIDTHS = (1.0, 1e-3, 1e-6)
_NARROWEST = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmarks:
    """Special points of σ with the width of what is special there.

    Attributes:
        points: (k,), sorted; at least 0 is there.
        widths: (k,), > 0.
    """

    points: FloatArray
    widths: FloatArray


def landmarks(activation: Activation) -> Landmarks:
    """The landmarks of σ, by scanning and bisection (cached by expression). Proposals, rounded."""
    return _landmarks(activation.expression, activation.slope)


@lru_cache(maxsize=256)
def _landmarks(sigma: Expression, slope: Expression) -> Landmarks:
    found: dict[float, float] = {0.0: 1.0}
    for point, width in (*_hinges(sigma), *_kinks(sigma), *_turns(sigma, slope)):
        if np.isfinite(point) and np.isfinite(width):
            found[point] = min(width, found.get(point, np.inf))
    kept = sorted(found.items(), key=lambda item: (item[1], abs(item[0])))[:_MOST_POINTS]
    points = np.array(sorted(kept))
    return Landmarks(points=points[:, 0], widths=np.clip(points[:, 1], _NARROWEST, 1e3))


def _hinges(sigma: Expression) -> Iterator[tuple[float, float]]:
    """The zeros of the parts of σ, with 1/|g'|."""
    for part in _parts(sigma):
        value, steepness = compile_expression(part), compile_expression(derivative(part))
        for point in _zeros(value):
            yield point, 1 / max(abs(float(steepness(np.array([point]))[0])), 1e-3)


def _parts(sigma: Expression) -> list[Expression]:
    """Sums, products, bases of powers, arguments of functions and sides of conditions in which x occurs."""
    found: dict[Expression, None] = {}
    for node in nodes(sigma):
        if isinstance(node, Sum | Product):
            found[node] = None
        elif isinstance(node, Power):
            found[node.base] = None
        elif isinstance(node, Call):
            found.update(dict.fromkeys(node.arguments))
        elif isinstance(node, Piecewise):
            found.update(dict.fromkeys(side for _, test in node.branches for side in (test.left, test.right)))
    varying = (p for p in found if any(isinstance(node, Variable) for node in nodes(p)))
    return list(varying)[:_MOST_PARTS]


def _kinks(sigma: Expression) -> Iterator[tuple[float, float]]:
    """Kinks and the numbers that the expression names, on several widths."""
    points = {float(p) for p in breakpoints(sigma)}
    points |= {
        float(node.value) for node in nodes(sigma) if isinstance(node, Number) and abs(node.value) < 10**9
    }
    gaps = np.diff(sorted(points)) if len(points) > 1 else np.array([1.0])
    narrow = float(min(1.0, *gaps[gaps > 0])) if (gaps > 0).any() else 1.0
    for point in sorted(points):
        yield point, narrow / 2


def _turns(sigma: Expression, slope: Expression) -> Iterator[tuple[float, float]]:
    """Zeros of σ, of σ' and of σ''."""
    for tree in (sigma, slope, derivative(slope)):
        for point in _zeros(compile_expression(tree)):
            yield point, 0.1 * max(1.0, abs(point))


@lru_cache(maxsize=1)
def _grid() -> FloatArray:
    """Points of every scale, dense where most of life takes place."""
    scales = np.geomspace(1e-8, 1e8, 1_601)
    return np.unique(np.concatenate([-scales, np.linspace(-32.0, 32.0, 8_193), scales]))


def _zeros(function: Function) -> FloatArray:
    """Where the function changes sign between neighbours of the grid, by bisection; at most a few."""
    grid = _grid()
    values = function(grid)
    finite = np.isfinite(values[:-1]) & np.isfinite(values[1:])
    crossing = np.flatnonzero(finite & (np.sign(values[:-1]) * np.sign(values[1:]) < 0))
    exact = grid[np.flatnonzero(values == 0)]
    crossing = crossing[np.argsort(abs(grid[crossing]), kind="stable")][:_MOST_PARTS]
    low, high, rising = grid[crossing], grid[crossing + 1], values[crossing] < 0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = (function(middle) < 0) == rising
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    few = exact if exact.size < _MOST_PARTS else exact[:0]  # a stretch of zeros has ends, which are kinks
    return np.concatenate([(low + high) / 2, few])
