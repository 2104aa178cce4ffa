"""u = m θ on [R, ∞) with m = x^a exp(q(x)) and θ in a known interval: growth, decay and tail integrals.

One dominating monomial m and an enclosure of the quotient θ. The left tail is the right tail of u(-x). The
full calculus (several terms, logarithms, oscillation) would refine this.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import arb

from gsdcheck.certify.balls import to_arb, upper
from gsdcheck.certify.intervals import (
    EVERYTHING,
    INFINITY,
    ZERO,
    Interval,
    hull,
    interval,
    plus,
    times,
    to_the,
    value_range,
)
from gsdcheck.certify.normal_form import (
    Atom,
    Form,
    Monomial,
    atom_tree,
    exponential,
    factored,
    normal_form,
    raised,
    tree,
)
from gsdcheck.certify.polynomials import NEGATIVE, NULL, polynomial_sign
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Expression, X, negate, substitute

Exponent: TypeAlias = dict[int, Fraction]
"""q(x) = Σ q_k x^k with k ≥ 1."""

_ONE: Interval = (arb(1), arb(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """u(x) = x^power · exp(Σ q_k x^k) · θ with θ in `factor`, for every x ≥ start > 0 (enclosed)."""

    start: Fraction
    power: Fraction
    exponent: tuple[tuple[int, Fraction], ...]
    factor: Interval

    @property
    def logarithmic_slope(self) -> list[Fraction]:
        """x m'(x)/m(x) = a + Σ k q_k x^k, as coefficients."""
        degree = max((k for k, _ in self.exponent), default=0)
        coefficients = [self.power] + [Fraction(0)] * degree
        for k, q in self.exponent:
            coefficients[k] = k * q
        return coefficients

    def is_bounded(self) -> bool:
        """Whether m stays bounded on [start, ∞) and θ is bounded."""
        if not (self.factor[0].is_finite() and self.factor[1].is_finite()):
            return False
        leading = _leading(self)
        return leading is None or leading < 0

    def decays(self) -> bool:
        """Whether u → 0."""
        leading = _leading(self)
        return self.is_bounded() and leading is not None and leading < 0

    def diverges(self) -> bool:
        """Whether |u| → ∞."""
        leading = _leading(self)
        return leading is not None and leading > 0 and self.keeps_sign()

    def outgrows_line(self) -> bool:
        """Whether |u|/x → ∞."""
        top = max((k for k, _ in self.exponent), default=0)
        return self.diverges() and (top > 0 or self.power > 1)

    def range(self) -> Interval:
        """An interval that contains u(x) for every x ≥ start; `Undecided` where m is not falling."""
        if self.power == 0 and not self.exponent:
            return self.factor
        if not _decreases(self):
            raise Undecided("a tail that is not falling yet.")
        return times(self.factor, (ZERO, _value(self).upper()))

    def keeps_sign(self) -> bool:
        """Whether θ stays away from 0."""
        return bool(self.factor[0] > 0 or self.factor[1] < 0)

    def integral_diverges(self) -> bool:
        """Whether |∫ u| = ∞ over [start, ∞)."""
        leading_is_power = not self.exponent
        return self.keeps_sign() and (
            self.power >= -1 if leading_is_power else bool((_leading(self) or 0) > 0)
        )


def _leading(growth: Growth) -> Fraction | None:
    """The coefficient that decides whether m grows (> 0) or decays (< 0); None if m = 1."""
    if growth.exponent:
        return max(growth.exponent)[1]
    return growth.power if growth.power else None


def right_tail(g: Expression, start: Fraction) -> Growth:
    """u = m θ on [start, ∞).

    Raises:
        Undecided: start ≤ 0, or no enclosure of this form was found.
    """
    if start <= 0:
        raise Undecided(f"a tail from {start}: it must begin beyond 0.")
    return _of_form(normal_form(g), start)


def left_tail(g: Expression, start: Fraction) -> Growth:
    """u(-x) = m θ on [-start, ∞), for u on (-∞, start]; raises as `right_tail`."""
    return right_tail(substitute(g, negate(X)), -start)


def _of_form(form: Form, start: Fraction) -> Growth:
    monomial, rest = factored(form)
    result = _of_monomial(monomial, start)
    if not rest:
        return Growth(start=start, power=Fraction(0), exponent=(), factor=(ZERO, ZERO))
    terms = [_scaled(_of_monomial(m, start), c) for m, c in rest.items()]
    return _product(result, _sum(terms))


def _scaled(growth: Growth, c: Fraction) -> Growth:
    return _with(growth, times(growth.factor, interval(c, c)))


def _with(growth: Growth, factor: Interval) -> Growth:
    return Growth(start=growth.start, power=growth.power, exponent=growth.exponent, factor=factor)


def _of_monomial(monomial: Monomial, start: Fraction) -> Growth:
    result = Growth(start=start, power=Fraction(0), exponent=(), factor=_ONE)
    for atom, exponent in monomial:
        result = _product(result, _of_power(atom, exponent, start))
    return result


def _product(a: Growth, b: Growth) -> Growth:
    exponent = dict(a.exponent)
    for k, q in b.exponent:
        exponent[k] = exponent.get(k, Fraction(0)) + q
    kept = tuple(sorted((k, q) for k, q in exponent.items() if q))
    return Growth(start=a.start, power=a.power + b.power, exponent=kept, factor=times(a.factor, b.factor))


def _sum(terms: list[Growth]) -> Growth:
    """Σ m_i θ_i = m₁ (θ₁ + Σ θ_i m_i/m₁); every m_i/m₁ decreases on [R, ∞), so lies in [0, its value at R]."""
    together: dict[tuple[Fraction, tuple[tuple[int, Fraction], ...]], Growth] = {}
    for term in terms:
        key = (term.power, term.exponent)
        together[key] = _with(term, plus(together[key].factor, term.factor)) if key in together else term
    groups = list(together.values())
    for leader in groups:
        ratios = [(_ratio(other, leader), other) for other in groups if other is not leader]
        if all(_decreases(ratio) for ratio, _ in ratios):
            factor = leader.factor
            for ratio, other in ratios:
                factor = plus(factor, times(other.factor, (ZERO, _value(ratio).upper())))
            return _with(leader, factor)
    raise Undecided("no term of the tail dominates the others from there on.")


def _ratio(a: Growth, b: Growth) -> Growth:
    inverse = Growth(
        start=b.start, power=-b.power, exponent=tuple((k, -q) for k, q in b.exponent), factor=_ONE
    )
    return _product(_with(a, _ONE), inverse)


def _decreases(m: Growth) -> bool:
    mask = polynomial_sign(m.logarithmic_slope, m.start, None)
    return mask | NEGATIVE | NULL == NEGATIVE | NULL


def _value(m: Growth) -> arb:
    """m(start)."""
    x = to_arb(m.start)
    logarithm = to_arb(m.power) * x.log()
    for k, q in m.exponent:
        logarithm += to_arb(q) * x**k
    return logarithm.exp()


def _of_power(atom: Atom, exponent: Fraction, start: Fraction) -> Growth:
    if atom == ("x",):
        return Growth(start=start, power=exponent, exponent=(), factor=_ONE)
    if atom[0] == "exp":
        return _exponential({atom[1]: exponent}, start)
    try:
        return _power(_of_atom(atom, start), exponent)
    except Undecided:
        return _constant(to_the(_range(atom_tree(atom), start), exponent), start)


def _constant(factor: Interval, start: Fraction) -> Growth:
    if factor[0] == EVERYTHING[0] or factor[1] == INFINITY:
        raise Undecided("an unbounded factor in a tail.")
    return Growth(start=start, power=Fraction(0), exponent=(), factor=factor)


def _range(g: Expression, start: Fraction) -> Interval:
    return value_range(g, interval(start, None))


def _power(base: Growth, exponent: Fraction) -> Growth:
    factor = to_the(base.factor, exponent)
    if exponent.denominator > 1 and not base.factor[0] >= 0:
        raise Undecided("a root of a tail whose sign is not known.")
    return Growth(
        start=base.start,
        power=base.power * exponent,
        exponent=tuple((k, q * exponent) for k, q in base.exponent),
        factor=factor,
    )


def _polynomial(form: Form) -> dict[int, Fraction]:
    """The form as a polynomial in x over Q."""
    result: dict[int, Fraction] = {}
    for monomial, c in form.items():
        if monomial == ():
            result[0] = c
        elif (
            len(monomial) == 1
            and monomial[0][0] == ("x",)
            and monomial[0][1].denominator == 1
            and monomial[0][1] > 0
        ):
            result[int(monomial[0][1])] = c
        else:
            raise Undecided("not a polynomial over Q.")
    return result


def _exponential(argument: Form, start: Fraction) -> Growth:
    """exp(u): a monomial if u is a polynomial, a factor if u is bounded, a bound if u falls like -c x^k."""
    try:
        q = _polynomial(argument)
    except Undecided:
        return _exponential_of_tail(argument, start)
    constant = to_arb(q.pop(0, Fraction(0))).exp()
    return Growth(
        start=start,
        power=Fraction(0),
        exponent=tuple(sorted(q.items())),
        factor=(constant.lower(), constant.upper()),
    )


def _exponential_of_tail(argument: Form, start: Fraction) -> Growth:
    image = _range(tree(argument), start)
    if image[0].is_finite() and image[1].is_finite():
        return _constant((image[0].exp().lower(), image[1].exp().upper()), start)
    u = _of_form(argument, start)
    if u.exponent or u.power.denominator > 1 or u.power < 1 or not u.factor[1] < 0:
        raise Undecided("exp of a tail that is not known to fall.")
    # soundness: u ≤ c x^k with c < 0 rounded up, so 0 < exp(u) ≤ exp(c x^k)
    c = upper(u.factor[1])
    return Growth(start=start, power=Fraction(0), exponent=((int(u.power), c),), factor=(ZERO, arb(1)))


def _of_atom(atom: Atom, start: Fraction) -> Growth:
    match atom:
        case ("sum", form):
            return _of_form(dict(form), start)
        case ("call", name, argument):
            return _called(name, dict(argument), start)
    raise Undecided("a constant.")


def _called(name: str, u: Form, start: Fraction) -> Growth:
    if name == "erfc":
        return _complementary(u, start)
    if name in ("cosh", "sinh"):
        return _hyperbolic(name, u, start)
    if name in _SLOPE_AT_ZERO:
        return _nearly_linear(name, u, start)
    raise Undecided(f"the tail of {name}.")


def _complementary(u: Form, start: Fraction) -> Growth:
    """0 < erfc(u) ≤ exp(-u²) for u ≥ 0."""
    if not _range(tree(u), start)[0] >= 0:
        raise Undecided("erfc of a tail that is not known to be ≥ 0.")
    bound = _exponential({m: -c for m, c in raised(u, Fraction(2)).items()}, start)
    return _with(bound, hull((ZERO, ZERO), bound.factor))


def _hyperbolic(name: str, u: Form, start: Fraction) -> Growth:
    """cosh u = e^|u| (1 + e^(-2|u|))/2, and sinh u with a minus sign and the sign of u."""
    low, high = _range(tree(u), start)
    sign = 1 if low > 0 else -1
    if not (low > 0 or high < 0):
        raise Undecided(f"{name} of a tail that may vanish.")
    least = low if low > 0 else -high
    small = (-2 * least).exp()
    grown = _of_form(exponential({m: sign * c for m, c in u.items()}), start)
    half = arb(1) / 2
    factor = (half, ((1 + small) / 2).upper()) if name == "cosh" else (((1 - small) / 2).lower(), half)
    if name == "sinh" and sign < 0:
        factor = (-factor[1], -factor[0])
    return _with(grown, times(grown.factor, factor))


_SLOPE_AT_ZERO = frozenset({"tanh", "atan", "asinh", "erf", "log1p", "sin", "dilog"})


def _nearly_linear(name: str, u: Form, start: Fraction) -> Growth:
    """f(u) = u κ for u → 0, with κ near f'(0)."""
    inner = _of_form(u, start)
    if not inner.decays():
        raise Undecided(f"{name} of a tail that does not decay.")
    low, high = (inner.factor[0].lower(), inner.factor[1].upper())
    m = _value(inner)
    if not _decreases(inner):
        raise Undecided(f"{name} of a tail that is not falling yet.")
    size = (m * _absolute_bound((low, high))).upper()
    if not size < 1 / arb(4):
        raise Undecided(f"{name} of a tail that is not small yet.")
    return _with(inner, times(inner.factor, _quotient(name, size)))


def _absolute_bound(factor: Interval) -> arb:
    return factor[1] if factor[1] >= -factor[0] else -factor[0]


def _quotient(name: str, size: arb) -> Interval:
    """An interval that contains f(u)/u for 0 < |u| ≤ size < 1/4, from |f(u) - f'(0) u| ≤ |u|²."""
    slope = 2 / arb.pi().sqrt() if name == "erf" else arb(1)
    return ((slope - size).lower(), (slope + size).upper())


def tail_integral(growth: Growth) -> Interval:
    """An interval that contains ∫ u over [start, ∞) (enclosed).

    Raises:
        Undecided: the integral is not seen to converge.
    """
    R = to_arb(growth.start)
    if not growth.exponent:
        if growth.power >= -1:
            raise Undecided("a tail whose integral may diverge.")
        p = -growth.power - 1
        whole = R ** (-p.numerator) if p.denominator == 1 else (to_arb(-p) * R.log()).exp()
        mass = whole / to_arb(p)
        return times(growth.factor, (mass.lower(), mass.upper()))
    # x m'/m ≤ -s < -1 on [R, ∞) gives ∫ m ≤ m(R) R/(s - 1)
    slope = growth.logarithmic_slope
    s = -sum((c * growth.start**k for k, c in enumerate(slope)), Fraction(0))
    shifted = [slope[0] + s, *slope[1:]]
    if s <= 1 or polynomial_sign(shifted, growth.start, None) & ~(NEGATIVE | NULL):
        raise Undecided("a tail whose integral may diverge.")
    mass = (_value(growth) * R / to_arb(s - 1)).upper()
    return times(growth.factor, (ZERO, mass))
