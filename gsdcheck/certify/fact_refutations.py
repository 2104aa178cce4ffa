"""Facts of an activation refuted: by points, by tails that grow, by jumps and by infinite slopes."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from flint import arb

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.branches import joined
from gsdcheck.certify.breaks import is_steep, leaps
from gsdcheck.certify.freezing import is_unbounded, outgrows_lines
from gsdcheck.certify.lines import BRANCHES, Cover, branch_parts, growth_of
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.certify.pieces import at_point, value_sign
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import Segment, require_rules
from gsdcheck.certify.vanishing import vanishes_between
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.expression import Expression
from gsdcheck.model.verdict import Evidence

Points = tuple[Fraction, ...]


def refute_on(f: Expression, fact: str, segments: Cover) -> Evidence:
    """A tail that grows (bounded, lipschitz), or a jump between two segments (continuous, lipschitz)."""
    if len(segments) == 1 and segments[0].rule in _BREAKS and fact in _BREAKS[segments[0].rule][0]:
        if _BREAKS[segments[0].rule][1](f, segments[0]):
            return Evidence.BALL
    elif len(segments) == 1 and fact in ("bounded", "lipschitz"):
        require_rules(segments, "tail", f"{BRANCHES}-tail")
        if grows(branch_parts(f, segments[0]), segments[0], fact):
            return Evidence.BALL
    if len(segments) == 2 and fact in ("continuous", "lipschitz"):
        require_rules(segments, "jump")
        return _jump(f, *segments)
    raise CertificateRejected(f"these segments do not refute {fact}.")


def grows(parts: Sequence[Expression], segment: Segment, fact: str) -> bool:
    """Whether f, which takes the value of one of the parts at each point, is unbounded (or not Lipschitz)."""
    if len(parts) == 1:
        return (is_unbounded if fact == "bounded" else outgrows_lines)(parts[0], segment)
    # soundness: all of them grow everywhere; one that grows along a frozen phase may not be the one taken there
    growths = [growth_of(part, segment) for part in parts]
    return all(g.diverges() if fact == "bounded" else g.outgrows_line() for g in growths)


_BREAKS: dict[str, tuple[tuple[str, ...], Callable[[Expression, Segment], bool]]] = {
    "leap": (("continuous", "lipschitz"), leaps),
    "steep-lo": (("lipschitz",), is_steep),
    "steep-hi": (("lipschitz",), is_steep),
}
"""rule -> the facts that it refutes, and its check."""


def _jump(f: Expression, before: Segment, after: Segment) -> Evidence:
    """A limit from one side that is not the value at the point."""
    point = before.high
    assert point is not None  # read_segments: neighbours meet at a finite end
    here = enclose(at_point(f, point), to_arb(point))
    for segment in (before, after):
        limit = enclose(joined(f, segment.low, segment.high), to_arb(point))
        if _differ(limit, here):
            return Evidence.BALL
    raise CertificateRejected(f"no jump at {point}.")


def _differ(a: arb, b: arb) -> bool:
    return bool(a - b > 0 or a - b < 0)


def refute_at(f: Expression, fact: str, points: Points) -> Evidence:
    """The grade with which one or two points refute the fact; else `CertificateRejected`."""
    check = _AT_ONE if len(points) == 1 else _AT_TWO
    if fact not in check:
        raise CertificateRejected(f"{len(points)} point(s) do not refute {fact}.")
    grade = check[fact](f, points)
    if grade is None:
        raise CertificateRejected(f"{fact} is not refuted at {', '.join(map(str, points))}.")
    return grade


def _value(f: Expression, point: Fraction) -> arb:
    return enclose(at_point(f, point), to_arb(point))


def _not_odd(f: Expression, points: Points) -> Evidence | None:
    (s,) = points
    return Evidence.BALL if _differ(_value(f, s), -_value(f, -s)) else None


def _against_sign(f: Expression, points: Points, *, strictly: bool) -> Evidence | None:
    (s,) = points
    if s == 0:
        return None
    mask = value_sign(f, s)
    if mask == (NEGATIVE if s > 0 else POSITIVE):
        return Evidence.BALL
    return Evidence.EXACT if strictly and mask == NULL else None


def _not_the_only_zero(f: Expression, points: Points) -> Evidence | None:
    """A zero elsewhere, or none at 0."""
    (s,) = points
    mask = value_sign(f, s)
    if s == 0:
        return Evidence.BALL if not mask & NULL else None
    return Evidence.EXACT if mask == NULL else None


def _change_of_sign(f: Expression, points: Points) -> Evidence | None:
    """A zero between two points on one side of 0: f, or a factor of it, is continuous and changes sign."""
    a, b = points
    if not (a < b and (a > 0 or b < 0)):
        return None
    return Evidence.BALL if vanishes_between(f, a, b) else None


def _not_nondecreasing(f: Expression, points: Points) -> Evidence | None:
    a, b = points
    return Evidence.BALL if a < b and _value(f, a) - _value(f, b) > 0 else None


def _not_strictly_increasing(f: Expression, points: Points) -> Evidence | None:
    a, b = points
    if not a < b:
        return None
    if normal_form(at_point(f, a), a) == normal_form(at_point(f, b), b):
        return Evidence.EXACT
    return _not_nondecreasing(f, points)


_Refutation = Callable[[Expression, Points], Evidence | None]
_AT_ONE: dict[str, _Refutation] = {
    "odd": _not_odd,
    "sign_strict": lambda f, points: _against_sign(f, points, strictly=True),
    "sign_weak": lambda f, points: _against_sign(f, points, strictly=False),
    "zero_only_at_origin": _not_the_only_zero,
}
_AT_TWO: dict[str, _Refutation] = {
    "sign_strict": _change_of_sign,
    "nondecreasing": _not_nondecreasing,
    "strictly_increasing": _not_strictly_increasing,
    "zero_only_at_origin": _change_of_sign,
}
