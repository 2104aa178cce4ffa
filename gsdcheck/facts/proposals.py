"""Certificates proposed for the facts of an activation: witnesses by sampling, covers by bisection."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from gsdcheck.certify.activation_facts import PRECISION
from gsdcheck.certify.algebra import ODD, parity, trend
from gsdcheck.certify.balls import precision
from gsdcheck.certify.branches import joined
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.lines import (
    BRANCHES,
    branch_parts,
    require_bounded,
    require_bounded_branches,
    sign_by_rule,
    slope_on,
    slope_sign,
)
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import End
from gsdcheck.errors import Undecided
from gsdcheck.facts.refutations import Refutations
from gsdcheck.facts.scan import SIGN_RULES, Rules, Works, scan
from gsdcheck.model.expression import Expression, nodes

Certificate = dict[str, object]

RULES: tuple[str, ...] = (
    "branches",
    "algebra",
    "parity",
    "taylor",
    "tail",
    "mean",
    "touch",
    "leap",
    "steep",
    "descent",
)
"""The rules that can be left out: every branch of f apart (kinks not known exactly); monotony and parity by
structure; zeros at the ends of a segment; the tail calculus; the mean value form; zeros of a factor that
changes sign; jumps at unknown places; infinite slopes; witnesses by descent from a grid."""

_BOUND_RULES: Rules = ("compact", "range", "tail")


def fact_proposals(f: Expression, without: frozenset[str] = frozenset()) -> Iterator[Certificate]:
    """Certificates worth checking, refutations first; none where σ is not shown to be defined on the line.

    `without` names rules of `RULES` that are not to be used.
    """
    search = _Search(f, without)
    with precision(PRECISION):
        ready = search.prepare()
    if not ready:
        return
    refutations = Refutations(f, search.kinks, search.cover, without)
    for make in (refutations.certificates, lambda: search.proofs(refutations)):
        with precision(PRECISION):
            proposed = list(make())
        yield from proposed


class _Search:
    """One activation: its cuts, and the covers that establish its facts."""

    def __init__(self, f: Expression, without: frozenset[str]) -> None:
        self.f, self.without = f, without
        self.kinks = breakpoints(f)
        self.budget = max(16, min(80, 1600 // sum(1 for _ in nodes(f))))  # large expressions cost more a box
        self.cover: list[Segment] = []
        self.kinds: dict[tuple[End, End], bool] = {}

    def prepare(self) -> bool:
        """Find a cover on which σ is defined; False if there is none."""
        joins, jumps = ((), ()) if BRANCHES in self.without else ((BRANCHES,), (BRANCHES, "apart"))
        # continuous pieces first, few and small; a function that jumps needs pieces that may
        return self._covered(("smooth", *joins), min(24, self.budget)) or self._covered(
            ("smooth", *jumps), self.budget
        )

    def _covered(self, rules: Rules, budget: int) -> bool:
        try:
            self.cover = scan(self.kinks, None, None, rules, self._is_defined, budget=budget)
        except Undecided:
            return False
        return True

    def _is_defined(self, segment: Segment) -> bool:
        if segment.rule == "smooth":
            smooth(self.f, segment.low, segment.high)
        else:
            joined(self.f, segment.low, segment.high, jumps=segment.rule == "apart")
        return True

    @property
    def cuts(self) -> tuple[Fraction, ...]:
        """The points between the pieces."""
        return tuple(s.high for s in self.cover[:-1] if s.high is not None)

    def ruled(self, segment: Segment) -> Segment:
        """The segment with its rule for every branch, where f is not smooth there."""
        key = (segment.low, segment.high)
        if key not in self.kinds:
            self.kinds[key] = self._is_smooth(segment)
        if not self.kinds[key] and BRANCHES in self.without:
            raise Undecided("a branch.")
        return segment if self.kinds[key] else replace(segment, rule=f"{BRANCHES}-{segment.rule}")

    def _is_smooth(self, segment: Segment) -> bool:
        try:
            smooth(self.f, segment.low, segment.high)
        except Undecided:
            return False
        return True

    def scan(self, points: tuple[Fraction, ...], rules: Rules, works: Works) -> list[Segment]:
        """Segments each decided by a rule, on all branches where f is not smooth."""
        kept = tuple(rule for rule in rules if rule.partition("-")[0] not in self.without)
        found = scan(points, None, None, kept, lambda s: works(self.ruled(s)), budget=self.budget)
        return [self.ruled(segment) for segment in found]

    def proofs(self, known: Refutations) -> Iterator[Certificate]:
        """Covers for the facts that are not refuted."""
        if all(s.rule != "apart" for s in self.cover):
            yield known.segments("continuous", self.cover)
        if "odd" not in known.refuted:
            yield from self._odd(known)
        for name, make in (
            ("bounded", self._bounded),
            ("lipschitz", self._lipschitz),
            ("nondecreasing", self._monotone),
            ("sign_strict", lambda: self._signed(POSITIVE, NEGATIVE)),
            ("sign_weak", lambda: self._signed(POSITIVE | NULL, NEGATIVE | NULL)),
            ("zero_only_at_origin", lambda: self._signed(POSITIVE, NEGATIVE, POSITIVE, NEGATIVE)),
        ):
            yield from self._attempt(known, name, make)

    def _attempt(
        self, known: Refutations, name: str, make: Callable[[], list[Segment]]
    ) -> Iterator[Certificate]:
        if name in known.refuted:
            return
        strict = "strictly_increasing" not in known.refuted
        if name == "nondecreasing" and "algebra" not in self.without and trend(self.f).rises:
            found = self._everywhere("algebra")
            yield known.segments(name, found)
            if strict and trend(self.f).strict:
                yield known.segments("strictly_increasing", found)
            if not strict or trend(self.f).strict:
                return
        try:
            found = make()
        except Undecided:
            return
        yield known.segments(name, found)
        if name == "nondecreasing" and strict:
            yield known.segments("strictly_increasing", found)

    def _everywhere(self, rule: str) -> list[Segment]:
        return [replace(segment, rule=rule) for segment in self.cover]

    def _odd(self, known: Refutations) -> Iterator[Certificate]:
        if "parity" not in self.without and parity(self.f) & ODD:
            yield known.segments("odd", self._everywhere("parity"))
            return
        points = sorted({abs(p) for p in self.cuts if p})
        ends = [Fraction(0), *points, None]
        yield known.segments("odd", [Segment(low=a, high=b, rule="mirror") for a, b in pairwise(ends)])

    def _bounded(self) -> list[Segment]:
        def works(segment: Segment) -> bool:
            require_bounded_branches(self.f, segment)
            return True

        return self.scan(self.cuts, _BOUND_RULES, works)

    def _lipschitz(self) -> list[Segment]:
        def works(segment: Segment) -> bool:
            for part in branch_parts(self.f, segment):
                require_bounded(slope_on(part, segment.low, segment.high), segment)
            return True

        return self.scan(self.cuts, _BOUND_RULES, works)

    def _monotone(self) -> list[Segment]:
        def works(segment: Segment) -> bool:
            return not any(slope_sign(part, segment) & NEGATIVE for part in branch_parts(self.f, segment))

        return self.scan(self.cuts, _HALF_LINE_RULES, works)

    def _signed(self, right: int, left: int, *others: int) -> list[Segment]:
        def works(segment: Segment) -> bool:
            mask = sign_by_rule(self.f, segment)
            allowed = right if segment.low is not None and segment.low >= 0 else left
            return mask | allowed == allowed or mask in others

        return self.scan(tuple({*self.cuts, Fraction(0)}), _HALF_LINE_RULES, works)


_HALF_LINE_RULES: Rules = (*SIGN_RULES, "taylor-lo-4", "taylor-hi-4", "tail", "mean")
