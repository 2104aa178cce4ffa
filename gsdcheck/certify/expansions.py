"""u = Σ K_i m_i + r on [R, ∞), |r| ≤ Σ C_j m_j: exact constants K_i, proved bounds C_j, and their algebra.

The m are the monomials of `growth` with θ = 1. What is dropped from the sum goes into r; a monomial is exchanged
for another one in r only after their quotient is shown to decrease from R on.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key, lru_cache

from flint import arb, ctx

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.forms import Form, Frozen, constant, freeze
from gsdcheck.certify.forms import plus as form_sum
from gsdcheck.certify.forms import times as form_product
from gsdcheck.certify.growth import (
    UNIT,
    Growth,
    decreases,
    leading_coefficient,
    power_of,
    product,
    quotient,
    value_at_start,
    with_factor,
)
from gsdcheck.certify.intervals import INFINITY, ZERO, Interval
from gsdcheck.certify.normal_form import tree
from gsdcheck.errors import Undecided

MOST_KEPT = 8
"""The most terms that are kept exactly; the others go into the remainder."""
MOST_PRODUCTS = 150

Scale = tuple[Fraction, Fraction, tuple[tuple[int, Fraction], ...]]
"""(a, b, q): the monomial x^a log(x)^b exp(Σ q_k x^k)."""
ONE: Scale = (Fraction(0), Fraction(0), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """Σ K m over `terms`, the largest first, and |r| ≤ Σ C m over `rest`, for all x ≥ start ≥ 2."""

    start: Fraction
    terms: tuple[tuple[Scale, Frozen], ...]
    rest: tuple[tuple[Scale, arb], ...]

    def limit(self) -> Form:
        """lim u at ∞, exactly.

        Raises:
            Undecided: u is not seen to converge.
        """
        others = [m for m, _ in self.terms if m != ONE] + [m for m, _ in self.rest]
        if not all(falls(m) for m in others):
            raise Undecided("an expansion that is not seen to converge.")
        return dict(dict(self.terms).get(ONE, ()))


@lru_cache(maxsize=4096)
def falls(scale: Scale) -> bool:
    """Whether m → 0."""
    return (leading_coefficient(monomial(scale, Fraction(2))) or 0) < 0


def monomial(scale: Scale, start: Fraction, factor: Interval = UNIT) -> Growth:
    """m θ on [start, ∞)."""
    return Growth(start=start, power=scale[0], log=scale[1], exponent=scale[2], factor=factor)


def scale_of(growth: Growth) -> Scale:
    """The monomial alone."""
    return growth.power, growth.log, growth.exponent


@lru_cache(maxsize=4096)
def _order(a: Scale, b: Scale) -> int:
    """-1 if a grows faster than b."""
    lead = leading_coefficient(quotient(monomial(a, Fraction(2)), monomial(b, Fraction(2))))
    return 0 if lead is None else -1 if lead > 0 else 1


_FASTEST_FIRST = cmp_to_key(_order)


@lru_cache(maxsize=4096)
def product_scale(a: Scale, b: Scale) -> Scale:
    """The product of two monomials."""
    return scale_of(product(monomial(a, Fraction(2)), monomial(b, Fraction(2))))


@lru_cache(maxsize=4096)
def power_scale(a: Scale, exponent: Fraction) -> Scale:
    """A power of a monomial."""
    return scale_of(power_of(monomial(a, Fraction(2)), exponent)) if exponent else ONE


def ball(form: Form | Frozen) -> arb:
    """The value of a constant form."""
    rational = dict(form)
    value = to_arb(rational[()]) if set(rational) == {()} else enclose(tree(rational), arb(0))
    if not value.is_finite():
        raise Undecided("a constant of a tail has no finite enclosure.")
    return value


def size(form: Form | Frozen) -> arb:
    """A number ≥ |K|."""
    return abs(ball(form)).upper()


@lru_cache(maxsize=4096)
def _bound_by(a: Scale, b: Scale, start: Fraction, _bits: int) -> arb | None:
    ratio = quotient(monomial(a, start), monomial(b, start))
    # soundness: a ≤ c b for all x ≥ R only because the quotient does not increase there
    return value_at_start(ratio).upper() if decreases(ratio) else None


def ratio_at_start(a: Scale, b: Scale, start: Fraction) -> arb | None:
    """c with a ≤ c b on [start, ∞), where a/b is shown to decrease; else None."""
    return _bound_by(a, b, start, ctx.prec)


def expansion(start: Fraction, terms: dict[Scale, Form], rest: dict[Scale, arb]) -> Expansion:
    """The expansion with at most MOST_KEPT exact terms and with a short remainder."""
    kept = sorted((m for m, K in terms.items() if K), key=_FASTEST_FIRST)
    bounds = dict(rest)
    for m in kept[MOST_KEPT:]:
        bounds[m] = (bounds.get(m, ZERO) + size(terms[m])).upper()
    kept = kept[:MOST_KEPT]
    merged = _merged(bounds, start)
    for m in reversed(kept):  # terms below the remainder say nothing
        if not merged or _order(m, merged[0][0]) <= 0:
            break
        c = ratio_at_start(m, merged[0][0], start)
        if c is None:
            break
        merged[0] = (merged[0][0], (merged[0][1] + c * size(terms[m])).upper())
        kept = kept[:-1]
    if any(not C < INFINITY for _, C in merged):
        raise Undecided("a remainder without a finite bound.")
    return Expansion(start=start, terms=tuple((m, freeze(terms[m])) for m in kept), rest=tuple(merged))


def _merged(bounds: dict[Scale, arb], start: Fraction) -> list[tuple[Scale, arb]]:
    """Σ C m by its fastest monomial where it is shown to bound the others."""
    result: list[tuple[Scale, arb]] = []
    for m in sorted((m for m, C in bounds.items() if not C <= 0), key=_FASTEST_FIRST):
        C = bounds[m]
        for place, (larger, D) in enumerate(result):
            c = ratio_at_start(m, larger, start)
            if c is not None:
                result[place] = (larger, (D + c * C).upper())
                break
        else:
            result.append((m, C))
    if len(result) > MOST_KEPT:
        raise Undecided("a remainder of too many terms.")
    return result


def exactly(form: Form, start: Fraction, scale: Scale = ONE) -> Expansion:
    """K m."""
    return expansion(start, {scale: form}, {})


def rational(value: Fraction | int, start: Fraction) -> Expansion:
    """The constant."""
    return exactly(constant(Fraction(value)), start)


def at_most(bound: arb, start: Fraction, scale: Scale = ONE) -> Expansion:
    """Anything of size ≤ bound · m."""
    return expansion(start, {}, {scale: bound})


def plus(*parts: Expansion) -> Expansion:
    """Σ u_i."""
    terms: dict[Scale, Form] = {}
    rest: dict[Scale, arb] = {}
    for part in parts:
        for m, K in part.terms:
            terms[m] = form_sum(terms.get(m, {}), dict(K))
        for m, C in part.rest:
            rest[m] = (rest.get(m, ZERO) + C).upper()
    return expansion(parts[0].start, terms, rest)


def times(a: Expansion, b: Expansion) -> Expansion:
    """u v: the exact terms multiply; every product with a remainder is part of the remainder."""
    if (len(a.terms) + len(a.rest)) * (len(b.terms) + len(b.rest)) > MOST_PRODUCTS:
        raise Undecided("a product of too many terms in a tail.")
    terms: dict[Scale, Form] = {}
    rest: dict[Scale, arb] = {}
    for m, K in a.terms:
        for n, L in b.terms:
            both = product_scale(m, n)
            terms[both] = form_sum(terms.get(both, {}), form_product(dict(K), dict(L)))
    for u, v in ((a, absolute(b)), (b, [(m, size(K)) for m, K in a.terms])):
        for m, C in u.rest:
            for n, D in v:
                both = product_scale(m, n)
                rest[both] = (rest.get(both, ZERO) + C * D).upper()
    return expansion(a.start, terms, rest)


def absolute(u: Expansion) -> list[tuple[Scale, arb]]:
    """Σ |K| m + Σ C m ≥ |u|."""
    return [(m, size(K)) for m, K in u.terms] + list(u.rest)


def one_bound(u: Expansion) -> tuple[Scale, arb]:
    """(m, C) with |u| ≤ C m on [R, ∞).

    Raises:
        Undecided: no monomial is shown to bound the others.
    """
    parts: dict[Scale, arb] = {}
    for m, C in absolute(u):
        parts[m] = (parts.get(m, ZERO) + C).upper()
    merged = _merged(parts, u.start)
    if len(merged) > 1:
        raise Undecided("no monomial of the tail bounds the others from there on.")
    return merged[0] if merged else (ONE, ZERO)


def leading(u: Expansion) -> tuple[Scale, Form]:
    """The fastest exact term; `Undecided` if there is none."""
    if not u.terms:
        raise Undecided("no exact leading term.")
    return u.terms[0][0], dict(u.terms[0][1])


def as_growth(u: Expansion) -> Growth:
    """u = m θ with m the fastest monomial and θ in K + [-c, c].

    Raises:
        Undecided: m is not shown to bound the other terms.
    """
    if not u.terms and not u.rest:
        return monomial(ONE, u.start, (ZERO, ZERO))
    if u.terms and all(_order(u.terms[0][0], m) <= 0 for m, _ in u.rest):
        m, K = leading(u)
        centre, others = ball(K), [*((n, size(L)) for n, L in u.terms[1:]), *u.rest]
        width = ZERO
        for n, C in others:
            c = ratio_at_start(n, m, u.start)
            if c is None:
                raise Undecided("no term of the tail dominates the others from there on.")
            width = (width + c * C).upper()
        return monomial(m, u.start, ((centre - width).lower(), (centre + width).upper()))
    m, C = one_bound(u)
    return with_factor(monomial(m, u.start), (-C, C))
