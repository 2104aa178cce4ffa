"""The search for segments: bisection of the line until a rule decides each part."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise

from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import End
from gsdcheck.errors import Undecided

Rules = tuple[str, ...]
Works = Callable[[Segment], bool]

SIGN_RULES: Rules = (
    "direct",
    "taylor-lo-1",
    "taylor-hi-1",
    "taylor-lo-2",
    "taylor-hi-2",
    "taylor-lo-3",
    "taylor-hi-3",
)


def scan(
    points: Iterable[Fraction], low: End, high: End, rules: Rules, works: Works, budget: int = 80
) -> list[Segment]:
    """Segments between the cuts, each decided by one of the rules, in order.

    Raises:
        Undecided: the budget of boxes is spent, or a box is narrower than 2⁻⁴⁰.
    """
    ends: list[End] = [low, *sorted(points), high]
    pending = list(pairwise(ends))
    anchors = {Fraction(0), *ends}
    done: list[Segment] = []
    while pending:
        budget -= 1
        if budget < 0:
            raise Undecided("the budget of boxes is spent.")
        a, b = pending.pop(0)  # breadth first: no stubborn box starves the others
        decided = decide(a, b, [r for r in rules if _may_serve(r, a, b, anchors)], works)
        if decided is None:
            pending += split(a, b)
        else:
            done.append(decided)
    return sorted(done, key=lambda s: (s.low is not None, s.low or Fraction(0)))


def _may_serve(rule: str, low: End, high: End, anchors: set[End]) -> bool:
    """Whether the rule is worth its price: Taylor beyond order 1 only where a zero is to be expected."""
    if not rule.startswith("taylor") or rule.endswith("-1"):
        return True
    return (low if rule.startswith("taylor-lo") else high) in anchors


def decide(low: End, high: End, rules: Iterable[str], works: Works) -> Segment | None:
    """The segment with the first rule that works on it."""
    for rule in rules:
        if (rule.startswith("taylor-lo") and low is None) or (rule.startswith("taylor-hi") and high is None):
            continue
        segment = Segment(low=low, high=high, rule=rule)
        try:
            if works(segment):
                return segment
        except Undecided:
            continue  # the next rule
    return None


def split(low: End, high: End) -> list[tuple[End, End]]:
    """The two halves; a half-line is cut at the next of 0, ±1, ±2, ±4, ... up to 2¹⁷."""
    middle = _middle(low, high)
    return [(low, middle), (middle, high)]


def _middle(low: End, high: End) -> Fraction:
    if low is None and high is None:
        return Fraction(0)
    if high is None:
        return _beyond(low or Fraction(0))
    if low is None:
        return -_beyond(-high)
    if high - low < Fraction(1, 2**40):
        raise Undecided("a box narrower than 2^-40.")
    return (low + high) / 2


def _beyond(start: Fraction) -> Fraction:
    if start >= 2**17:
        raise Undecided("a tail that is not decided from 2^17 on.")
    if start < 0:
        return Fraction(0) if start >= -1 else start / 2
    return Fraction(1) if start < 1 else 2 * start


def as_json(segments: list[Segment]) -> list[dict[str, str]]:
    """The segments as data."""
    return [segment.as_json() for segment in segments]
