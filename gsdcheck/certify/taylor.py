"""f(u) for an expansion u: Taylor series with a proved remainder, powers, exp and log, on [R, ∞)."""

from fractions import Fraction
from math import factorial

from flint import arb

from gsdcheck.certify.balls import to_arb
from gsdcheck.certify.expansions import (
    ONE,
    Expansion,
    Scale,
    at_most,
    ball,
    exactly,
    expansion,
    falls,
    leading,
    monomial,
    one_bound,
    plus,
    power_scale,
    product_scale,
    rational,
    times,
)
from gsdcheck.certify.forms import Form, constant, raised
from gsdcheck.certify.forms import times as form_product
from gsdcheck.certify.growth import decreases, value_at_start
from gsdcheck.certify.normal_form import applied, exponential
from gsdcheck.errors import Undecided

ORDER = 6
"""Taylor series are cut before this power."""


def small(u: Expansion) -> tuple[Scale, arb, arb]:
    """(m, C, s) with |u| ≤ C m ≤ s < 1/2 on [R, ∞).

    Raises:
        Undecided: u is not shown to be that small.
    """
    m, C = one_bound(u)
    fall = monomial(m, u.start)
    if not decreases(fall):
        raise Undecided("a tail that is not falling yet.")
    s = (C * value_at_start(fall)).upper()
    if not s < arb(1) / 2:
        raise Undecided("a tail that is not small yet.")
    return m, C, s


def taylor(coefficients: list[Form], u: Expansion, bound: arb) -> Expansion:
    """Σ c_n u^n + r with |r| ≤ bound · |u|^N, N the number of coefficients; |u| < 1/2."""
    m, C, _ = small(u)
    N = len(coefficients)
    result = exactly(coefficients[0], u.start)
    power = rational(1, u.start)
    for c in coefficients[1:]:
        power = times(power, u)
        if c:
            result = plus(result, times(exactly(c, u.start), power))
    return plus(result, at_most((bound * C**N).upper(), u.start, power_scale(m, Fraction(N))))


def bounded_series(coefficients: list[Form], u: Expansion, largest: arb) -> Expansion:
    """Σ c_n u^n of a power series whose later coefficients are of size ≤ largest."""
    s = small(u)[2]
    return taylor(coefficients, u, largest / (1 - s))  # Σ_{n ≥ N} |c_n| s^(n-N)


def _binomial(exponent: Fraction, n: int) -> Fraction:
    result = Fraction(1)
    for k in range(n):
        result *= (exponent - k) / (k + 1)
    return result


def one_plus_to_the(u: Expansion, exponent: Fraction) -> Expansion:
    """(1 + u)^q: |C(q, n+1)/C(q, n)| ≤ ρ = max(1, (|q| + N)/(N + 1)) from n = N on."""
    rho = max(Fraction(1), (abs(exponent) + ORDER) / (ORDER + 1))
    room = 1 - to_arb(rho) * small(u)[2]
    if not room > 0:
        raise Undecided("a tail that is not small yet.")
    first = to_arb(abs(_binomial(exponent, ORDER)))
    return taylor([constant(_binomial(exponent, n)) for n in range(ORDER)], u, first / room)


def relative(u: Expansion) -> tuple[Scale, Form, Expansion]:
    """(m, K, ε) with u = K m (1 + ε)."""
    m, K = leading(u)
    if not abs(ball(K)) > 0:
        raise Undecided("a leading constant that may be 0.")
    inverse = exactly(raised(K, Fraction(-1)), u.start, power_scale(m, Fraction(-1)))
    others = Expansion(start=u.start, terms=u.terms[1:], rest=u.rest)
    return m, K, times(inverse, others)


def to_the(u: Expansion, exponent: Fraction) -> Expansion:
    """u^q; a root only of what is shown to be positive."""
    if exponent.denominator == 1 and 0 <= exponent <= 6:
        result = rational(1, u.start)
        for _ in range(exponent.numerator):
            result = times(result, u)
        return result
    m, K, epsilon = relative(u)
    if exponent.denominator > 1 and not ball(K) > 0:
        raise Undecided("a root of a tail that is not shown to be positive.")
    head = exactly(raised(K, exponent), u.start, power_scale(m, exponent))
    return times(head, one_plus_to_the(epsilon, exponent))


def exp_of(u: Expansion) -> Expansion:
    """e^u: monomials for c x^k and c log x with rational c, e^K for a constant, a series for what decays.

    Where u falls like -c x^k with another c, 0 < e^u ≤ e^(-q x^k) for a rational q ≤ c is all that is kept.
    """
    scale, K, decaying = ONE, {}, {}
    for m, frozen in u.terms:
        c = dict(frozen)
        growing = _exponential_scale(m, c)
        if growing is not None:
            scale = product_scale(scale, growing)
        elif m == ONE:
            K = c
        elif falls(m):
            decaying[m] = c
        else:
            raise Undecided("exp of a tail outside the scale.")
    if not all(falls(m) for m, _ in u.rest):
        raise Undecided("exp of a remainder that does not decay.")
    epsilon = expansion(u.start, decaying, dict(u.rest))
    coefficients = [constant(Fraction(1, factorial(n))) for n in range(ORDER)]
    return times(exactly(exponential(K), u.start, scale), bounded_series(coefficients, epsilon, arb(1)))


def _exponential_scale(m: Scale, c: Form) -> Scale | None:
    """exp(c m) as a monomial."""
    a, b, q = m
    if q or set(c) != {()}:
        return None
    if b == 0 and a > 0 and a.denominator == 1:
        return Fraction(0), Fraction(0), ((int(a), c[()]),)
    return (c[()], Fraction(0), ()) if a == 0 and b == 1 else None


def log_of(u: Expansion) -> Expansion:
    """log u = log K + a log x + Σ q_k x^k + log(1 + ε), for u > 0."""
    m, K, epsilon = relative(u)
    if m[1] or not ball(K) > 0:
        raise Undecided("log of a tail outside the scale, or not shown to be positive.")
    parts = [exactly(applied("log", K), u.start), log_one_plus(epsilon)]
    parts.append(exactly(constant(m[0]), u.start, (Fraction(0), Fraction(1), ())))
    parts += [exactly(constant(c), u.start, (Fraction(k), Fraction(0), ())) for k, c in m[2]]
    return plus(*parts)


def log_one_plus(u: Expansion) -> Expansion:
    """log(1 + u) for |u| < 1/2."""
    return bounded_series(
        _rationals([0] + [Fraction((-1) ** (n + 1), n) for n in range(1, ORDER)]), u, arb(1)
    )


def _rationals(values: list[Fraction | int]) -> list[Form]:
    return [constant(Fraction(v)) for v in values]


def _erf_coefficients() -> list[Form]:
    two_over_root_pi: Form = {((("pi",), Fraction(-1, 2)),): Fraction(2)}
    return [
        form_product(two_over_root_pi, c) for c in _rationals([0, 1, 0, Fraction(-1, 3), 0, Fraction(1, 10)])
    ]


_SERIES_AT_ZERO: dict[str, list[Form]] = {
    "sin": _rationals([0, 1, 0, Fraction(-1, 6), 0, Fraction(1, 120)]),
    "sinh": _rationals([0, 1, 0, Fraction(1, 6), 0, Fraction(1, 120)]),
    "cos": _rationals([1, 0, Fraction(-1, 2), 0, Fraction(1, 24), 0]),
    "cosh": _rationals([1, 0, Fraction(1, 2), 0, Fraction(1, 24), 0]),
    "tanh": _rationals([0, 1, 0, Fraction(-1, 3), 0, Fraction(2, 15)]),
    "atan": _rationals([0, 1, 0, Fraction(-1, 3), 0, Fraction(1, 5)]),
    "asinh": _rationals([0, 1, 0, Fraction(-1, 6), 0, Fraction(3, 40)]),
    "dilog": _rationals([0, 1, Fraction(1, 4), Fraction(1, 9), Fraction(1, 16), Fraction(1, 25)]),
    "erf": _erf_coefficients(),
}
"""Every later coefficient is of size ≤ 1: those of tanh are at most those of tan, whose value at 1 is 1.56."""

_SLOPE_AT_MOST_TWO = frozenset({"sin", "cos", "tanh", "atan", "asinh", "erf", "erfc"})


def at_zero(name: str, u: Expansion) -> Expansion:
    """f(u) for u → 0."""
    if name == "erfc":
        return plus(rational(1, u.start), times(rational(-1, u.start), at_zero("erf", u)))
    if name not in _SERIES_AT_ZERO:
        raise Undecided(f"{name} of a tail that decays.")
    return bounded_series(_SERIES_AT_ZERO[name], u, arb(1))


def at_constant(name: str, u: Expansion) -> Expansion:
    """f(u) for u → c ≠ 0: |f(c + ε) - f(c)| ≤ 2 |ε|, since |f'| ≤ 2 on the line."""
    if name not in _SLOPE_AT_MOST_TWO:
        raise Undecided(f"{name} of a tail that tends to a constant.")
    c = u.limit()
    away = plus(u, exactly({m: -k for m, k in c.items()}, u.start))
    m, C = one_bound(away)
    return plus(exactly(applied(name, c), u.start), at_most((2 * C).upper(), u.start, m))


def multiple(u: Expansion, by: int) -> Expansion:
    """An integer multiple."""
    return times(rational(by, u.start), u)
