"""Covers proposed for sup |σ| and sup |σ'|: the largest sample is the target, bisection meets it."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from flint import arb

from gsdcheck.certify.activation_quantities import largest_on
from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.lines import slope_on
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.segments import Segment
from gsdcheck.facts.scan import as_json, scan
from gsdcheck.model.expression import Expression

PLACES = [Fraction(k, 8) for k in range(1, 65)] + [Fraction(k) for k in (9, 10, 12, 14, 16, 20, 24, 32)]
_ZERO, _FAR = Fraction(0), Fraction(2**40)


def bound(f: Expression) -> Mapping[str, object]:
    """Segments and a witness for sup |σ|."""
    return _supremum(f, lambda low, high: smooth(f, low, high))


def lipschitz(f: Expression) -> Mapping[str, object]:
    """Segments and a witness for sup |σ'|."""

    def slope(low: Fraction | None, high: Fraction | None) -> Expression:
        return slope_on(smooth(f, low, high), low, high)

    return _supremum(f, slope)


def _supremum(
    f: Expression, part: Callable[[Fraction | None, Fraction | None], Expression]
) -> Mapping[str, object]:
    """Segments on which |g| is at most the largest sampled |g|, up to 2⁻³⁰ of it."""
    cover = _cover(f)
    best, witness = _largest_sample(cover, part)
    cuts = {s.high for s in cover[:-1] if s.high is not None}

    def at_most(target: arb) -> list[Segment]:
        def works(segment: Segment) -> bool:
            return bool(largest_on(part(segment.low, segment.high), segment) <= target)

        return scan(cuts, None, None, ("range", "tail", "mean"), works, budget=300)

    return {"segments": as_json(at_most(best * (1 + arb(2) ** -18))), "witness": str(witness)}


def _largest_sample(
    cover: list[Segment], part: Callable[[Fraction | None, Fraction | None], Expression]
) -> tuple[arb, Fraction]:
    """The largest |g| at sampled points, refined by ternary search around the best of them."""
    best, place = arb(-1), _ZERO
    for segment in cover:
        g = part(segment.low, segment.high)
        points = [p for p in (*(-p for p in PLACES), _ZERO, *PLACES, *_ends(segment)) if _inside(p, segment)]
        values = [(abs(enclose(g, to_arb(p))).lower(), p) for p in points]
        low, point = max(
            (v for v in values if v[0].is_finite()), key=lambda v: float(v[0]), default=(best, place)
        )
        low, point = _climb(g, segment, low, point)
        if low > best:
            best, place = low, point
    return best, place


def _ends(segment: Segment) -> list[Fraction]:
    far = [_FAR] if segment.high is None else [segment.high]
    return far + ([-_FAR] if segment.low is None else [segment.low])


def _inside(point: Fraction, segment: Segment) -> bool:
    return (segment.low is None or segment.low <= point) and (segment.high is None or point <= segment.high)


def _climb(g: Expression, segment: Segment, value: arb, point: Fraction) -> tuple[arb, Fraction]:
    step = Fraction(1, 8)
    for _ in range(100):  # an unbounded g would climb for ever
        if step < Fraction(1, 2**24):
            break
        for p in (point - step, point + step):
            if _inside(p, segment):
                v = abs(enclose(g, to_arb(p))).lower()
                if v > value:
                    value, point = v, p
                    break
        else:
            step /= 2
    return value, point


def _cover(f: Expression) -> list[Segment]:
    def works(segment: Segment) -> bool:
        smooth(f, segment.low, segment.high)
        return True

    return scan(breakpoints(f), None, None, ("smooth",), works)
