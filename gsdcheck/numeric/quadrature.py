"""Φ by quadrature, for an activation that carries no closed form of its potential."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache

import numpy as np

from gsdcheck.model.expression import Call, Condition, Expression, Number, Piecewise, Variable, nodes
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.evaluation import Function, compile_expression

_ORDER = 20
_PANEL = 0.5
_UNIFORM = 512.0
_HALVINGS, _MOST_PANELS = 40, 2**13
_AGREES = 1e-14
"""Of the width of a panel and of what it contributes: a few roundings."""


@lru_cache(maxsize=128)
def potential_by_quadrature(sigma: Expression) -> Function:
    """Φ(s) = ∫₀ˢ σ by composite Gauss–Legendre quadrature from 0, elementwise.

    Panels have width 1/2 up to |s| = 512 and double from there; they also end at the points where a branch
    of the tree visibly does. Each has 20 nodes. Up to 512 a panel is halved until its halves agree with it.

    Returns:
        A function of a float64 array of any shape; rounded. About 1e-14 relative to ∫|σ|; a σ that oscillates
        beyond |s| = 512 is integrated less well.
    """
    right = _one_sided(sigma, 1.0)
    left = _one_sided(sigma, -1.0)

    def potential(s: FloatArray) -> FloatArray:
        array = np.asarray(s, dtype=np.float64)
        flat = array.reshape(-1)
        value = np.full(flat.shape, np.nan)
        for side, chosen in ((right, flat >= 0), (left, flat < 0)):
            if chosen.any():
                value[chosen] = side(np.abs(flat[chosen]))
        return value.reshape(array.shape)

    return potential


def _one_sided(sigma: Expression, sign: float) -> Function:
    """r ↦ Φ(sign·r) for r ≥ 0."""
    function = compile_expression(sigma)
    ends = _panel_ends([sign * float(kink) for kink in _kinks(sigma)])
    nodes01, weights = _gauss_on_unit_interval()
    table: list[FloatArray] = []  # filled at the first use

    def integral(start: FloatArray, stop: FloatArray) -> FloatArray:
        width = stop - start
        points = start[:, None] + width[:, None] * nodes01
        with np.errstate(all="ignore"):
            return np.asarray(sign * width * (function(sign * points) @ weights))

    def value(r: FloatArray) -> FloatArray:
        if not table:
            fine = _refined(ends, integral)
            table.extend([fine, np.concatenate([[0.0], np.cumsum(integral(fine[:-1], fine[1:]))])])
        panel = np.searchsorted(table[0], r, side="right") - 1
        return np.asarray(table[1][panel] + integral(table[0][panel], r))

    return value


def _refined(ends: FloatArray, integral: Callable[[FloatArray, FloatArray], FloatArray]) -> FloatArray:
    """The ends with those of the halves of every panel that its halves contradict, again and again."""
    start, stop = ends[:-1][ends[1:] <= _UNIFORM], ends[1:][ends[1:] <= _UNIFORM]
    added = [ends]
    for _ in range(_HALVINGS):
        middle = (start + stop) / 2
        with np.errstate(all="ignore"):
            whole, left, right = integral(start, stop), integral(start, middle), integral(middle, stop)
            rough = np.abs(left + right - whole) > _AGREES * (np.abs(left) + np.abs(right) + stop - start)
        if not rough.any() or rough.sum() > _MOST_PANELS:
            break
        added.append(middle[rough])
        start, middle, stop = start[rough], middle[rough], stop[rough]
        start, stop = np.concatenate([start, middle]), np.concatenate([middle, stop])
    return np.unique(np.concatenate(added))


@lru_cache(maxsize=1)
def _gauss_on_unit_interval() -> tuple[FloatArray, FloatArray]:
    points, weights = np.polynomial.legendre.leggauss(_ORDER)
    return (points + 1) / 2, weights / 2


def _panel_ends(kinks: list[float]) -> FloatArray:
    uniform = np.arange(0.0, _UNIFORM, _PANEL)
    doubling = _UNIFORM * 2.0 ** np.arange(0, 500)
    inside = [kink for kink in kinks if 0 < kink < doubling[-1]]
    return np.unique(np.concatenate([uniform, doubling, inside]))


def _kinks(sigma: Expression) -> Iterator[Fraction]:
    """Rationals at which a condition `x REL c` or an extremum of x and c changes branch."""
    for node in nodes(sigma):
        match node:
            case Piecewise(branches, _):
                for _value, test in branches:
                    yield from _bound(test)
            case Call("Max" | "Min", arguments) if any(isinstance(a, Variable) for a in arguments):
                yield from (a.value for a in arguments if isinstance(a, Number))
            case _:
                pass


def _bound(test: Condition) -> Iterator[Fraction]:
    match test:
        case Condition(Variable(), _, Number(value)) | Condition(Number(value), _, Variable()):
            yield value
        case _:
            pass
