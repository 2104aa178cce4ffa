"""Certificates proposed against the facts of an activation: points, jumps, tails that grow, infinite slopes."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.branches import joined
from gsdcheck.certify.breaks import is_steep, leaps
from gsdcheck.certify.fact_refutations import grows
from gsdcheck.certify.lines import BRANCHES, branch_parts, inner_points
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import limited_derivative
from gsdcheck.certify.vanishing import vanishes_between
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.facts.witnesses import Values, falling_pair, grid, leap, values, wrong_sign
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression

Certificate = dict[str, object]
_MONOTONE = ("nondecreasing", "strictly_increasing")
_SIGNS = ("sign_strict", "sign_weak")
_MOST_LEAPS, _MOST_FAILURES = 40, 8


class Refutations:
    """Certificates of one activation; remembers which facts a certificate was proposed against."""

    def __init__(
        self, f: Expression, kinks: tuple[Fraction, ...], cover: list[Segment], without: frozenset[str]
    ) -> None:
        self.f, self.text = f, format_expression(f)
        self.kinks, self.cover, self.without = kinks, cover, without
        self.values: Values = {}
        self.near: list[Fraction] = []
        self.refuted: set[str] = set()
        self.failures: dict[str, int] = {}

    def fact(self, name: str, holds: bool, **ground: object) -> Certificate:
        """A certificate of the fact, or against it."""
        return {"kind": "activation-fact", "expression": self.text, "fact": name, "holds": holds, **ground}

    def segments(self, name: str, found: list[Segment], holds: bool = True) -> Certificate:
        """A certificate from segments."""
        return self.fact(name, holds, segments=[s.as_json() for s in found])

    def _tried(self, certificate: Certificate) -> Iterator[Certificate]:
        """The certificate if it passes: a point at which a branch stays open must not hide the next one."""
        name = str(certificate["fact"])
        if name in self.refuted or self.failures.get(name, 0) >= _MOST_FAILURES:
            return
        try:
            check_fact(certificate)
        except CertificateRejected:
            self.failures[name] = self.failures.get(name, 0) + 1
            return
        self.refuted.add(name)
        yield certificate

    def _against(self, names: tuple[str, ...], *points: Fraction) -> Iterator[Certificate]:
        for name in names:
            yield from self._tried(self.fact(name, False, witness=[str(p) for p in points]))

    def _against_on(self, names: tuple[str, ...], *found: Segment) -> Iterator[Certificate]:
        for name in names:
            yield from self._tried(self.segments(name, list(found), False))

    def certificates(self) -> Iterator[Certificate]:
        """All that are found, the cheapest first."""
        self.values = values(self.f, grid(self.f, self.kinks))
        self.near = sorted(self.values, key=_remoteness)
        yield from self._jumps()
        yield from self._points()
        yield from self._pairs()
        yield from self._level()
        yield from self._growth()
        for rule, make in (
            ("touch", self._touches),
            ("leap", self._leaps),
            ("steep", self._steep),
            ("descent", self._descents),
        ):
            if rule not in self.without:
                yield from make()

    def _open(self, *names: str) -> tuple[str, ...]:
        return tuple(name for name in names if name not in self.refuted)

    def _points(self) -> Iterator[Certificate]:
        for p in self.near:
            v = self.values[p]
            mirrored = self.values.get(-p)
            if mirrored is not None and (v + mirrored > 0 or v + mirrored < 0):
                yield from self._against(self._open("odd"), p)
            if p and v * to_arb(p) < 0:
                yield from self._against(self._open(*_SIGNS), p)
            if p and v == 0:
                yield from self._against(self._open("sign_strict", "zero_only_at_origin"), p)
            if not p and (v > 0 or v < 0):
                yield from self._against(self._open("zero_only_at_origin"), p)

    def _pairs(self) -> Iterator[Certificate]:
        for a, b in sorted(pairwise(self.values), key=lambda pair: max(map(_remoteness, pair))):
            u, v = self.values[a], self.values[b]
            if u > v:
                yield from self._against(self._open(*_MONOTONE), a, b)
            if u * v < 0 and (a > 0 or b < 0):
                yield from self._zero_between(a, b)

    def _zero_between(self, a: Fraction, b: Fraction) -> Iterator[Certificate]:
        """A change of sign, and its bracket made narrower, where f is more easily seen to be continuous."""
        if not self._open("zero_only_at_origin"):
            return
        for _ in range(24):
            if vanishes_between(self.f, a, b):
                yield from self._against(("zero_only_at_origin",), a, b)
                return
            middle = (a + b) / 2
            left = enclose(self.f, to_arb(a)) * enclose(self.f, to_arb(middle)) < 0
            a, b = (a, middle) if left else (middle, b)

    def _touches(self) -> Iterator[Certificate]:
        """A factor that changes sign where f may only touch 0."""
        points = [p for p in self.values if Fraction(1, 64) <= abs(p) <= 64]
        for a, b in pairwise(points):
            names = self._open("sign_strict", "zero_only_at_origin")
            if not names:
                return
            if a * b > 0 and vanishes_between(self.f, a, b):
                yield from self._against(names, a, b)

    def _level(self) -> Iterator[Certificate]:
        """Two points of a piece on which f is constant, or neighbours at which it may be equal."""
        for segment in self.cover:
            if segment.rule == "smooth" and self._is_level(segment):
                yield from self._against(("strictly_increasing",), *sorted(inner_points(segment)))
        alike = [(a, b) for (a, u), (b, v) in pairwise(self.values.items()) if u.overlaps(v)]
        for a, b in alike[:: max(1, len(alike) // _MOST_FAILURES)]:
            yield from self._against(self._open("strictly_increasing"), a, b)
        self.failures.clear()

    def _is_level(self, segment: Segment) -> bool:
        try:
            return not normal_form(limited_derivative(smooth(self.f, segment.low, segment.high)))
        except Undecided:
            return False

    def _jumps(self) -> Iterator[Certificate]:
        for before, after in pairwise(self.cover):
            assert before.high is not None
            if "apart" in (before.rule, after.rule):
                continue
            limits = [enclose(joined(self.f, s.low, s.high), to_arb(before.high)) for s in (before, after)]
            here = enclose(self.f, to_arb(before.high))
            if any((limit - here).is_finite() and not (limit - here).contains(0) for limit in limits):
                sides = [replace(s, rule="jump") for s in (before, after)]
                yield from self._against_on(("continuous", "lipschitz"), *sides)

    def _growth(self) -> Iterator[Certificate]:
        for segment in self.tails():
            for fact in ("bounded", "lipschitz"):
                try:
                    if self._open(fact) and grows(branch_parts(self.f, segment), segment, fact):
                        yield from self._against_on((fact,), segment)
                except Undecided:
                    continue

    def tails(self) -> Iterator[Segment]:
        """Half-lines on which to look for growth."""
        right, left = self.cover[-1].low, self.cover[0].high
        for start in map(Fraction, (1, 16, 1024)):
            for low, high in ((start, None), (None, -start)):
                if (high is None and (right is None or start >= right)) or (
                    low is None and (left is None or -start <= left)
                ):
                    yield from self._ruled_tail(low, high)

    def _ruled_tail(self, low: Fraction | None, high: Fraction | None) -> Iterator[Segment]:
        try:
            smooth(self.f, low, high)
        except Undecided:
            if BRANCHES not in self.without:
                yield Segment(low=low, high=high, rule=f"{BRANCHES}-tail")
            return
        yield Segment(low=low, high=high, rule="tail")

    def _leaps(self) -> Iterator[Certificate]:
        for segment in self.cover:
            if segment.rule == "apart" and self._open("continuous"):
                yield from self._leaps_in(segment)

    def _leaps_in(self, segment: Segment) -> Iterator[Certificate]:
        inside = [
            p
            for p in self.values
            if (segment.low is None or segment.low < p) and (segment.high is None or p < segment.high)
        ]
        steps = sorted(pairwise(inside), key=lambda ab: -_change(self.values, *ab))
        for a, b in steps[:_MOST_LEAPS]:
            try:
                low, high = leap(self.f, a, b)
                found = Segment(low=low, high=high, rule="leap")
                if leaps(self.f, found):
                    yield from self._against_on(("continuous", "lipschitz"), found)
                    return
            except Undecided:
                continue  # the next pair

    def _steep(self) -> Iterator[Certificate]:
        for before, _ in pairwise(self.cover):
            cut = before.high
            assert cut is not None
            for width in (Fraction(1), Fraction(1, 16), Fraction(1, 256)):
                for low, high, rule in ((cut, cut + width, "steep-lo"), (cut - width, cut, "steep-hi")):
                    found = Segment(low=low, high=high, rule=rule)
                    if self._open("lipschitz") and self._is_steep(found):
                        yield from self._against_on(("lipschitz",), found)

    def _is_steep(self, segment: Segment) -> bool:
        try:
            return is_steep(self.f, segment)
        except Undecided:
            return False

    def _descents(self) -> Iterator[Certificate]:
        points = list(self.values)
        if self._open(*_MONOTONE):
            pair = falling_pair(self.f, points)
            if pair is not None:
                yield from self._against(self._open(*_MONOTONE), *pair)
        if self._open(*_SIGNS):
            point = wrong_sign(self.f, points)
            if point is not None:
                yield from self._against(self._open(*_SIGNS), point)


def _change(known: Values, a: Fraction, b: Fraction) -> float:
    return float(abs(known[a] - known[b]).mid())


def _remoteness(point: Fraction) -> int:
    """How far the size of the point is from 1, in powers of two: what is near is most easily decided."""
    return abs(abs(point.numerator).bit_length() - point.denominator.bit_length())
