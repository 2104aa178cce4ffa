"""Expansions against mpmath far out: the exact terms plus the remainder must contain the value."""

import re
from collections.abc import Callable
from fractions import Fraction

import mpmath
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.expansions import Expansion, ball, monomial
from gsdcheck.certify.forms import constant
from gsdcheck.certify.growth import tail_integral, value_at_start
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.certify.tail_integrals import limit_at_infinity, series_integral
from gsdcheck.certify.tail_series import expand
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse

R = Fraction(16)
FACTORS = (1, 2, 10, 1000)


def wave(f: Callable[[mpmath.mpf], mpmath.mpf], z: mpmath.mpf) -> mpmath.mpf:
    """sin or cos, refused where mpmath would need pi to millions of digits."""
    if abs(z) > mpmath.mpf(10) ** 500:
        raise OverflowError
    return f(z)


def value(text: str, x: Fraction) -> mpmath.mpf:
    names = {name: getattr(mpmath, name) for name in ("exp", "log", "log1p", "sqrt", "atan", "asinh", "tanh")}
    names |= {name: getattr(mpmath, name) for name in ("sinh", "cosh", "erf", "erfc", "pi")}
    names |= {"sin": lambda z: wave(mpmath.sin, z), "cos": lambda z: wave(mpmath.cos, z)}
    names |= {"dilog": lambda z: mpmath.polylog(2, z), "x": mpmath.mpf(x.numerator) / x.denominator}
    exact = re.sub(r"\b\d+\b", r"mpf(\g<0>)", text)  # 2/7 would be a float
    return eval(exact, {"__builtins__": {}}, names | {"mpf": mpmath.mpf})  # noqa: S307 - texts of this file only


def at(u: Expansion, x: Fraction, *, remainder: bool = True) -> arb:
    """Σ K m(x) ± Σ C m(x)."""
    total = arb(0)
    for m, K in u.terms:
        total += ball(K) * value_at_start(monomial(m, x))
    for m, C in u.rest if remainder else ():
        total += arb(0, C * value_at_start(monomial(m, x)))
    return total


def contains(found: arb, expected: mpmath.mpf) -> bool:
    """Up to the 1e-200 of mpmath's rounding, relative and absolute."""
    slack = abs(found) * arb("1e-200") + arb("1e-1000")
    return bool(abs(found - arb(mpmath.nstr(expected, 230))).lower() <= slack.upper())


TEXTS = (
    "pi/2 - atan(x)", "sqrt(1 + x**2) - x", "x*tanh(x) - x", "asinh(x)", "x/(1 + x**2)**(3/2)", "log(2 + x**2)",
    "x*tanh(log(1 + exp(x)))", "x/((1 + x**2)*log(2 + x**2))", "atan(x)**3", "x*erf(log(1 + exp(x)))", "sin(x)/x",
    "1/(3 + sin(x))", "x + sin(x)**2", "erfc(sqrt(x))", "erf(1 + 1/x)", "tanh(2 + 1/x)", "sin(1/x)", "cosh(x)*exp(-x)",
    "exp(1/x) - 1", "log1p(exp(-x))", "log1p(x)*asinh(x)", "x**(1/3)*log(x)", "exp(sqrt(1 + x**2) - x)", "dilog(1/x)",
    "dilog(-x)", "sinh(1/x)", "1 - tanh(sqrt(2)*x)", "exp(2*log(x) - x)", "cos(1/x)", "sqrt(x + sqrt(x))",
    "tanh(1/x)", "atan(1/x)", "asinh(1/x)", "erf(1/x)", "erfc(1/x)", "cosh(1/x)", "log1p(1/x)", "log(1 - 1/x)",
    "(1 + 1/x)**(1/3)", "(1 - 2/x)**(-5/2)", "exp(-3/x)", "dilog(-1/x)", "atan(2 - 1/x)", "exp(-x*log(x))*x",
    "tanh(-x/2)", "atan(-x/3)", "asinh(-x/2)", "erf(-x/4)", "erfc(-x/3)", "sinh(-x/2)*exp(-x/3)",
    "exp(-x*sqrt(x)*(2 + sin(x)))", "erfc(-x)", "erf(-x)", "sinh(x)*exp(x)", "sinh(-x)*exp(x)", "cosh(x)*exp(x)",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_the_expansion_contains_the_function_far_out(text: str) -> None:
    with precision(96):
        u = expand(parse(text), R)
    with precision(4000), mpmath.workdps(1200):
        for factor in FACTORS:
            assert contains(at(u, factor * R), value(text, factor * R))


@pytest.mark.parametrize("text", ["pi/2 - atan(x)", "x/(1 + x**2)**(3/2)", "asinh(x)", "x + sin(x)"])
def test_a_dropped_remainder_is_caught(text: str) -> None:
    with precision(96):
        u = expand(parse(text), R)
    with precision(2000), mpmath.workdps(500):
        assert contains(at(u, R), value(text, R))
        assert not contains(at(u, R, remainder=False), value(text, R))


_LEAVES = st.sampled_from(["x", "1/x", "2", "x**2", "sqrt(x)", "exp(-x)", "log(x)", "sin(x)", "-x"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    names = st.sampled_from(["tanh", "atan", "asinh", "erf", "exp", "sin", "cos", "log1p", "sinh"])
    return st.one_of(
        st.builds("({} + {})".format, inner, inner),
        st.builds("({})*({})".format, inner, inner),
        st.builds("{}({})".format, names, inner),
        st.builds("({})/(3 + ({})**2)".format, inner, inner),
        st.builds("sqrt(1 + ({})**2)".format, inner),
    )


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.recursive(_LEAVES, _larger, max_leaves=4))
def test_no_random_expansion_misses_the_function(text: str) -> None:
    with precision(96):
        try:
            u = expand(parse(text), R)
        except Undecided:
            return
    with precision(2000), mpmath.workdps(600):
        for factor in FACTORS:
            try:
                expected = value(text, factor * R)
            except (OverflowError, ValueError):  # exp(exp(16000)) is beyond mpmath
                continue
            if not isinstance(expected, mpmath.mpf) or abs(expected) > mpmath.mpf(10) ** 500:
                continue  # log1p of less than -1 is complex: outside the domain nothing is claimed
            assert contains(at(u, factor * R), expected)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("atan(x)", "pi/2"),  # by definition
        ("-1/sqrt(1 + x**2)", "0"),
        ("sqrt(x**2 + x) - x", "1/2"),  # x (sqrt(1 + 1/x) - 1) -> 1/2
        ("asinh(x) - log(x)", "log(2)"),  # asinh x = log(x + sqrt(x^2 + 1))
        ("sqrt(pi)/2*erf(x)", "sqrt(pi)/2"),
        ("x**2/2 + dilog(-exp(x)) + log1p(x) - log(x)", "-pi**2/6"),  # Li2(-e^x) + x^2/2 -> -pi^2/6
        ("exp(atan(x))", "exp(pi/2)"),
    ],
)
def test_limits_are_exact(text: str, limit: str) -> None:
    with precision(96):
        assert limit_at_infinity(parse(text), R) == normal_form(parse(limit))


@pytest.mark.parametrize("text", ["sin(x)", "x", "log(x)", "2 + cos(x)"])
def test_what_does_not_converge_has_no_limit(text: str) -> None:
    with precision(96), pytest.raises(Undecided):
        limit_at_infinity(parse(text), R)


def test_the_integral_of_an_expansion_is_that_of_the_function() -> None:
    with precision(96):
        low, high = series_integral(expand(parse("x/(1 + x**2)**(3/2)"), R))
        exact = 1 / (1 + to_arb(R) ** 2).sqrt()  # -1/sqrt(1 + x^2) is an antiderivative
        assert low <= exact.lower()
        assert exact.upper() <= high
        assert high - low < arb("1e-14")


@pytest.mark.parametrize("text", ["1/x", "1/(x*log(x))", "log(x)/x", "sin(x)/x"])
def test_a_divergent_or_unknown_integral_has_no_enclosure(text: str) -> None:
    with precision(96), pytest.raises(Undecided):
        series_integral(expand(parse(text), R))


def test_a_logarithm_in_a_bound_is_only_used_where_it_falls() -> None:
    """log(x)^40/x rises until e^40: no bound by its value at 16, whatever the power of x promises."""
    with precision(96), pytest.raises(Undecided):
        tail_integral(monomial((Fraction(-3, 2), Fraction(40), ()), R))


def test_a_constant_is_its_own_expansion() -> None:
    with precision(96):
        u = expand(parse("7/3"), R)
        assert u.limit() == constant(Fraction(7, 3))
        assert enclose(parse("7/3"), arb(0)).overlaps(at(u, R))
