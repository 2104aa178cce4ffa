"""Kinks of σ on the way of an orbit: on which side it is, and when it comes to the next one."""

from dataclasses import dataclass

from flint import arb, arb_poly, arb_series, ctx

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.taylor_series import Branches, Kink, coefficients, series_value
from gsdcheck.numeric.taylor_step import BallSystem, Coefficients, expand

_TRIES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The orbit from one point on, as far as σ is analytic along it.

    Attributes:
        x: Taylor coefficients of x(direction · t).
        clearances: polynomials in t that are positive at first; where one vanishes, a kink is met.
    """

    x: Coefficients
    clearances: list[arb_poly]


def piece(system: BallSystem, x0: list[arb], length: int, direction: int, unclear: arb) -> Piece:
    """The orbit from x0 on, with a branch at every kink that agrees with where the orbit then goes.

    Args:
        system: x' = f(x).
        x0: exact balls.
        length: of the series.
        direction: 1 or -1, of time.
        unclear: below this a distance from a kink is taken to be 0.

    Raises:
        InvalidInput: σ is not analytic at x0, or no choice of branches agrees with the orbit that it makes.
    """
    signs: list[dict[Kink, int]] = [{} for _ in x0]
    for _ in range(_TRIES):
        branches = [Branches(signs=chosen, unclear=unclear) for chosen in signs]
        x, u = _expanded(system, x0, length, branches)
        distances = _distances(system, u, length, direction, branches)
        found = [{kink: _first_clear(g, unclear)[1] for kink, g in row.items()} for row in distances]
        if all(
            chosen[kink] == sign
            for chosen, row in zip(signs, found, strict=True)
            for kink, sign in row.items()
        ):
            flat = [g for row in distances for g in row.values()]
            clearances = [_clearance(g, unclear) for g in flat if _first_clear(g, unclear)[1]]
            return Piece(x=[facing(row, direction) for row in x], clearances=clearances)
        signs = found
    raise InvalidInput(
        f"the orbit reaches x = {[float(entry) for entry in x0]}, where σ jumps or has a kink and no side of it"
        " leads away. Such an orbit is not continued; end it before, or smooth σ."
    )


def _expanded(
    system: BallSystem, x0: list[arb], length: int, branches: list[Branches]
) -> tuple[Coefficients, Coefficients]:
    try:
        x, u = expand(system, x0, length, branches)
    except (ValueError, ZeroDivisionError):
        x, u = [[arb("nan")]], []
    if not all(entry.is_finite() for row in x for entry in row):
        raise InvalidInput(
            f"σ is not analytic where the orbit is, at x = {[float(entry) for entry in x0]}. Taylor's method needs"
            " σ analytic up to kinks; end the orbit before, or use orbit."
        )
    return x, u


def _distances(
    system: BallSystem, u: Coefficients, length: int, direction: int, branches: list[Branches]
) -> list[dict[Kink, list[arb]]]:
    """Unit by unit the g of each kink along the whole piece."""
    if not any(sides.signs for sides in branches):
        return [{} for _ in u]
    for row, sides in zip(u, branches, strict=True):
        sides.met.clear()
        for tree in (system.sigma, system.slope):
            series_value(tree, arb_series(row, length), sides)
    return [{kink: facing(coefficients(g, length), direction) for kink, g in b.met.items()} for b in branches]


def facing(row: list[arb], direction: int) -> list[arb]:
    """The coefficients of p(direction · t)."""
    return row if direction > 0 else [-c if k % 2 else c for k, c in enumerate(row)]


def _first_clear(g: list[arb], unclear: arb) -> tuple[int, int]:
    """(index, sign) of the first coefficient that is clearly not 0; sign 0 if there is none."""
    for k, coefficient in enumerate(g):
        if abs(coefficient) > unclear:
            return k, 1 if coefficient > 0 else -1
    return len(g), 0


def _clearance(g: list[arb], unclear: arb) -> arb_poly:
    """±g(t), or where the orbit starts at the kink ±(g(t) - its unclear terms) / t^k: positive at 0."""
    k, sign = _first_clear(g, unclear)
    return arb_poly([sign * c for c in g[k:]])


def first_root(p: arb_poly, reach: arb, smallest: arb) -> arb | None:
    """The first zero of p in (0, reach], where p(0) > 0; None if there is none.

    Args:
        p: with exact or nearly exact coefficients.
        reach: > 0.
        smallest: parts of the interval below this width are not divided further: a touch, not a crossing.
    """
    slope = p.derivative()
    parts = [(arb(0), reach)]
    while parts:
        start, stop = parts.pop()
        box = start.union(stop)
        if p(box) > 0:
            continue
        rate = slope(box)
        if (rate > 0 or rate < 0) or stop - start < smallest:
            if not p(stop) > 0:
                return _crossing(p, slope, start, stop)
            continue
        middle = ((start + stop) / 2).mid()
        parts += [(middle, stop), (start, middle)]
    return None


def _crossing(p: arb_poly, slope: arb_poly, start: arb, stop: arb) -> arb:
    """The zero of p, which is positive at the start and not at the stop, by Newton's method with a bracket."""
    at = stop
    for _ in range(400):
        newton = (at - p(at) / slope(at)).mid()
        following = newton if start < newton < stop else ((start + stop) / 2).mid()
        if p(following) > 0:
            start = following
        else:
            stop = following
        if not abs(following - at) > abs(stop) * arb(2) ** (8 - ctx.prec):
            return following
        at = following
    return stop
