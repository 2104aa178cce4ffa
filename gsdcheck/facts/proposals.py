"""Certificates proposed for the facts of an activation: witnesses by sampling, covers by bisection."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from flint import arb

from gsdcheck.certify.activation_facts import PRECISION
from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.freezing import is_unbounded, outgrows_lines
from gsdcheck.certify.lines import require_bounded, slope_on
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import sign_on
from gsdcheck.errors import Undecided
from gsdcheck.facts.scan import SIGN_RULES, Rules, Works, scan
from gsdcheck.model.expression import Expression, nodes
from gsdcheck.model.formatting import format_expression

Certificate = dict[str, object]

_HALF = [
    Fraction(n, d)
    for n, d in ((1, 16), (1, 4), (1, 2), (1, 1), (3, 2), (2, 1), (3, 1), (4, 1), (6, 1), (9, 1), (16, 1))
]
_GRID = sorted([-p for p in _HALF] + [Fraction(0)] + _HALF)
_BOUND_RULES: Rules = ("compact", "range", "tail")


def fact_proposals(f: Expression) -> Iterator[Certificate]:
    """Certificates worth checking, refutations first; none where σ is not shown to be defined on the line."""
    search = _Search(f)
    with precision(PRECISION):
        ready = search.prepare()
    if not ready:
        return
    for make in (search.refutations, search.proofs):
        with precision(PRECISION):
            proposed = list(make())
        yield from proposed


class _Search:
    """One activation: its cuts, its pieces, its values on a grid."""

    def __init__(self, f: Expression) -> None:
        self.f, self.text = f, format_expression(f)
        self.kinks = breakpoints(f)
        self.budget = max(16, min(80, 1600 // sum(1 for _ in nodes(f))))  # large expressions cost more a box
        self.cover: list[Segment] = []
        self.values: dict[Fraction, arb] = {}
        self.refuted: set[str] = set()

    def prepare(self) -> bool:
        """Find a cover on which σ is smooth and defined; False if there is none."""
        try:
            self.cover = self.scan(self.kinks, ("smooth",), self._is_smooth)
        except Undecided:
            return False
        around = [p + s * Fraction(1, 8) for p in self.kinks for s in (-1, 1)]
        points = sorted({*_GRID, *self.kinks, *around, *(-p for p in around)})
        self.values = {p: enclose(self.f, to_arb(p)) for p in points}
        return True

    def scan(self, points: tuple[Fraction, ...], rules: Rules, works: Works) -> list[Segment]:
        return scan(points, None, None, rules, works, budget=self.budget)

    @property
    def cuts(self) -> tuple[Fraction, ...]:
        """The points between the smooth pieces."""
        return tuple(s.high for s in self.cover[:-1] if s.high is not None)

    def _is_smooth(self, segment: Segment) -> bool:
        smooth(self.f, segment.low, segment.high)
        return True

    def fact(self, name: str, holds: bool, **ground: object) -> Certificate:
        if not holds:
            self.refuted.add(name)
        return {"kind": "activation-fact", "expression": self.text, "fact": name, "holds": holds, **ground}

    def witness(self, name: str, *points: Fraction) -> Certificate:
        return self.fact(name, False, witness=[str(p) for p in points])

    def segments(self, name: str, found: list[Segment], holds: bool = True) -> Certificate:
        return self.fact(name, holds, segments=[s.as_json() for s in found])

    def refutations(self) -> Iterator[Certificate]:
        yield from self._jumps()
        yield from self._point_refutations()
        yield from self._pair_refutations()
        yield from self._growth()

    def _point_refutations(self) -> Iterator[Certificate]:
        for p, v in self.values.items():
            mirrored = self.values.get(-p)
            if (
                mirrored is not None
                and v + mirrored != 0
                and not (v + mirrored).contains(0)
                and "odd" not in self.refuted
            ):
                yield self.witness("odd", p)
            if p and v * to_arb(p) < 0:
                yield from self._once(p, "sign_strict", "sign_weak")
            if p and v == 0:
                yield from self._once(p, "sign_strict", "zero_only_at_origin")
            if not p and (v > 0 or v < 0):
                yield from self._once(p, "zero_only_at_origin")

    def _once(self, point: Fraction, *names: str) -> Iterator[Certificate]:
        yield from (self.witness(name, point) for name in names if name not in self.refuted)

    def _pair_refutations(self) -> Iterator[Certificate]:
        for (a, u), (b, v) in pairwise(self.values.items()):
            if u > v:
                yield from (self.witness(n, a, b) for n in _MONOTONE if n not in self.refuted)
            if u.is_exact() and v.is_exact() and u == v and "strictly_increasing" not in self.refuted:
                yield self.witness("strictly_increasing", a, b)
            if u * v < 0 and (a > 0 or b < 0) and "zero_only_at_origin" not in self.refuted:
                yield self.witness("zero_only_at_origin", a, b)

    def _jumps(self) -> Iterator[Certificate]:
        for before, after in pairwise(self.cover):
            assert before.high is not None
            limits = [enclose(smooth(self.f, s.low, s.high), to_arb(before.high)) for s in (before, after)]
            here = enclose(self.f, to_arb(before.high))
            if any((limit - here).is_finite() and not (limit - here).contains(0) for limit in limits):
                sides = [Segment(low=s.low, high=s.high, rule="jump") for s in (before, after)]
                yield from (self.segments(name, sides, False) for name in ("continuous", "lipschitz"))

    def _growth(self) -> Iterator[Certificate]:
        for segment in self.tails():
            for name, shows in (("bounded", is_unbounded), ("lipschitz", outgrows_lines)):
                try:
                    part = smooth(self.f, segment.low, segment.high)
                    if name not in self.refuted and shows(part, segment):
                        yield self.segments(name, [segment], False)
                except Undecided:
                    continue

    def tails(self) -> Iterator[Segment]:
        """Half-lines on which to look for growth."""
        right, left = self.cover[-1].low, self.cover[0].high
        for start in map(Fraction, (1, 16, 1024)):
            if right is None or start >= right:
                yield Segment(low=start, high=None, rule="tail")
            if left is None or -start <= left:
                yield Segment(low=None, high=-start, rule="tail")

    def proofs(self) -> Iterator[Certificate]:
        smooth_cover = [Segment(low=s.low, high=s.high, rule="smooth") for s in self.cover]
        yield self.segments("continuous", smooth_cover)
        yield from self._odd()
        for name, make in (
            ("bounded", self._bounded),
            ("lipschitz", self._lipschitz),
            ("nondecreasing", self._monotone),
            ("sign_strict", lambda: self._signed(POSITIVE, NEGATIVE)),
            ("sign_weak", lambda: self._signed(POSITIVE | NULL, NEGATIVE | NULL)),
            ("zero_only_at_origin", lambda: self._signed(POSITIVE, NEGATIVE, POSITIVE, NEGATIVE)),
        ):
            yield from self._attempt(name, make)

    def _attempt(self, name: str, make: Callable[[], list[Segment]]) -> Iterator[Certificate]:
        if name in self.refuted:
            return
        try:
            found = make()
        except Undecided:
            return
        yield self.segments(name, found)
        if name == "nondecreasing" and "strictly_increasing" not in self.refuted:
            yield self.segments("strictly_increasing", found)

    def _odd(self) -> Iterator[Certificate]:
        points = sorted({abs(p) for p in self.cuts if p})
        ends = [Fraction(0), *points, None]
        mirrored = [Segment(low=a, high=b, rule="mirror") for a, b in pairwise(ends)]
        yield self.segments("odd", mirrored)

    def _bounded(self) -> list[Segment]:
        def works(segment: Segment) -> bool:
            require_bounded(smooth(self.f, segment.low, segment.high), segment)
            return True

        return self.scan(self.cuts, _BOUND_RULES, works)

    def _slope(self, segment: Segment) -> Expression:
        return slope_on(smooth(self.f, segment.low, segment.high), segment.low, segment.high)

    def _lipschitz(self) -> list[Segment]:
        def works(segment: Segment) -> bool:
            require_bounded(self._slope(segment), segment)
            return True

        return self.scan(self.cuts, _BOUND_RULES, works)

    def _monotone(self) -> list[Segment]:
        def works(segment: Segment) -> bool:
            mask = sign_on(self._slope(segment), segment.low, segment.high, segment.rule)
            return not mask & NEGATIVE

        return self.scan(self.cuts, SIGN_RULES, works)

    def _signed(self, right: int, left: int, *others: int) -> list[Segment]:
        def works(segment: Segment) -> bool:
            part = smooth(self.f, segment.low, segment.high)
            mask = sign_on(part, segment.low, segment.high, segment.rule)
            allowed = right if segment.low is not None and segment.low >= 0 else left
            return mask | allowed == allowed or mask in others

        return self.scan(tuple({*self.cuts, Fraction(0)}), SIGN_RULES, works)


_MONOTONE = ("nondecreasing", "strictly_increasing")
