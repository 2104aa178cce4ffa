"""m θ on [R, ∞): a monomial m = x^a log(x)^b exp(Σ q_k x^k) times a quotient θ in a known interval, and their algebra."""

from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb

from gsdcheck.certify.balls import to_arb, upper
from gsdcheck.certify.intervals import ZERO, Interval, interval, plus, times, to_the
from gsdcheck.certify.polynomials import NEGATIVE, NULL, polynomial_sign
from gsdcheck.errors import Undecided

UNIT: Interval = (arb(1), arb(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """u(x) = x^power · log(x)^log · exp(Σ q_k x^k) · θ, θ in `factor`, for all x ≥ start > 0 (enclosed).

    Where log ≠ 0, start ≥ 2.
    """

    start: Fraction
    power: Fraction
    exponent: tuple[tuple[int, Fraction], ...]
    factor: Interval
    log: Fraction = Fraction(0)

    @property
    def logarithmic_slope(self) -> list[Fraction]:
        """A polynomial ≥ x m'(x)/m(x) = a + b/log x + Σ k q_k x^k, as coefficients; equal where b = 0."""
        degree = max((k for k, _ in self.exponent), default=0)
        # soundness: 0 < 1/log x ≤ 1/log R, so b/log x ≤ max(0, b/log R)
        extra = upper(to_arb(self.log) / to_arb(self.start).log()) if self.log > 0 else Fraction(0)
        coefficients = [self.power + extra] + [Fraction(0)] * degree
        for k, q in self.exponent:
            coefficients[k] = k * q
        return coefficients

    def is_bounded(self) -> bool:
        """Whether m stays bounded on [start, ∞) and θ is bounded."""
        if not (self.factor[0].is_finite() and self.factor[1].is_finite()):
            return False
        leading = leading_coefficient(self)
        return leading is None or leading < 0

    def decays(self) -> bool:
        """Whether u → 0."""
        leading = leading_coefficient(self)
        return self.is_bounded() and leading is not None and leading < 0

    def diverges(self) -> bool:
        """Whether |u| → ∞."""
        leading = leading_coefficient(self)
        return leading is not None and leading > 0 and self.keeps_sign()

    def outgrows_line(self) -> bool:
        """Whether |u|/x → ∞."""
        top = max((k for k, _ in self.exponent), default=0)
        return self.diverges() and (top > 0 or self.power > 1 or (self.power == 1 and self.log > 0))

    def range(self) -> Interval:
        """An interval that contains u(x) for every x ≥ start; `Undecided` where m is not falling."""
        if leading_coefficient(self) is None:
            return self.factor
        if not decreases(self):
            raise Undecided("a tail that is not falling yet.")
        return times(self.factor, (ZERO, value_at_start(self).upper()))

    def keeps_sign(self) -> bool:
        """Whether θ stays away from 0."""
        return bool(self.factor[0] > 0 or self.factor[1] < 0)

    def integral_diverges(self) -> bool:
        """Whether |∫ u| = ∞ over [start, ∞)."""
        leading_is_power = not self.exponent
        return self.keeps_sign() and (
            self.power > -1 or (self.power == -1 and self.log >= -1)
            if leading_is_power
            else bool((leading_coefficient(self) or 0) > 0)
        )


def leading_coefficient(growth: Growth) -> Fraction | None:
    """The coefficient that decides whether m grows (> 0) or decays (< 0); None if m = 1."""
    if growth.exponent:
        return max(growth.exponent)[1]
    return growth.power or growth.log or None


def scaled(growth: Growth, c: Fraction) -> Growth:
    """c · u."""
    return with_factor(growth, times(growth.factor, interval(c, c)))


def with_factor(growth: Growth, factor: Interval) -> Growth:
    """The same monomial with another interval for θ."""
    return replace(growth, factor=factor)


def product(a: Growth, b: Growth) -> Growth:
    """u v."""
    exponent = dict(a.exponent)
    for k, q in b.exponent:
        exponent[k] = exponent.get(k, Fraction(0)) + q
    kept = tuple(sorted((k, q) for k, q in exponent.items() if q))
    return Growth(
        start=a.start,
        power=a.power + b.power,
        log=a.log + b.log,
        exponent=kept,
        factor=times(a.factor, b.factor),
    )


def dominated_sum(terms: list[Growth]) -> Growth:
    """Σ m_i θ_i = m₁ (θ₁ + Σ θ_i m_i/m₁); every m_i/m₁ decreases on [R, ∞), so lies in [0, its value at R]."""
    together: dict[tuple[Fraction, Fraction, tuple[tuple[int, Fraction], ...]], Growth] = {}
    for term in terms:
        key = (term.power, term.log, term.exponent)
        together[key] = (
            with_factor(term, plus(together[key].factor, term.factor)) if key in together else term
        )
    groups = list(together.values())
    for leader in groups:
        ratios = [(quotient(other, leader), other) for other in groups if other is not leader]
        if all(decreases(ratio) for ratio, _ in ratios):
            factor = leader.factor
            for ratio, other in ratios:
                factor = plus(factor, times(other.factor, (ZERO, value_at_start(ratio).upper())))
            return with_factor(leader, factor)
    raise Undecided("no term of the tail dominates the others from there on.")


def quotient(a: Growth, b: Growth) -> Growth:
    """The quotient of the monomials, without the factors θ."""
    return product(with_factor(a, UNIT), power_of(with_factor(b, UNIT), Fraction(-1)))


def decreases(m: Growth) -> bool:
    """Whether the monomial does not increase on [start, ∞): x m'/m ≤ 0 there, by Sturm."""
    mask = polynomial_sign(m.logarithmic_slope, m.start, None)
    return mask | NEGATIVE | NULL == NEGATIVE | NULL


def value_at_start(m: Growth) -> arb:
    """m(start)."""
    x = to_arb(m.start)
    logarithm = to_arb(m.power) * x.log()
    if m.log:
        logarithm += to_arb(m.log) * x.log().log()
    for k, q in m.exponent:
        logarithm += to_arb(q) * x**k
    return logarithm.exp()


def power_of(base: Growth, exponent: Fraction) -> Growth:
    """u ** exponent; `Undecided` for a root of a tail whose sign is not known."""
    factor = to_the(base.factor, exponent)
    if exponent.denominator > 1 and not base.factor[0] >= 0:
        raise Undecided("a root of a tail whose sign is not known.")
    return Growth(
        start=base.start,
        power=base.power * exponent,
        log=base.log * exponent,
        exponent=tuple((k, q * exponent) for k, q in base.exponent),
        factor=factor,
    )


def tail_integral(growth: Growth) -> Interval:
    """An interval that contains ∫ u over [start, ∞) (enclosed).

    Raises:
        Undecided: the integral is not seen to converge.
    """
    R = to_arb(growth.start)
    if not growth.exponent and not growth.log:
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
    mass = (value_at_start(growth) * R / to_arb(s - 1)).upper()
    return times(growth.factor, (ZERO, mass))
