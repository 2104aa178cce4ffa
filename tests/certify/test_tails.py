from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.growth import Growth, tail_integral
from gsdcheck.certify.potential import smooth_integral
from gsdcheck.certify.tails import left_tail, right_tail
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse

R = Fraction(16)
TEXTS = (
    "x*exp(-x**2)", "x/(1 + exp(-x))", "x*erfc(-x/sqrt(2))/2", "x/(1 + x**2)**2", "sinh(x)", "x*tanh(log1p(exp(x)))",
    "exp(x) - 1", "x**3 - x", "dilog(-exp(x))", "sqrt(1 + x**2)*exp(-x)", "x + sin(x)", "x**(3/2)/(1 + x)",
)  # fmt: skip


def size(growth: Growth, x: Fraction) -> object:
    t = to_arb(x)
    power = t.log() * to_arb(growth.power)
    for k, q in growth.exponent:
        power += to_arb(q) * t**k
    return power.exp()


@given(st.fractions(min_value=16, max_value=200, max_denominator=8))
def test_the_quotient_is_in_its_interval_everywhere_on_the_tail(x: Fraction) -> None:
    for text in TEXTS:
        for tail, sign in ((right_tail, 1), (left_tail, -1)):
            try:
                growth = tail(parse(text), sign * R)
            except Undecided:
                continue
            theta = enclose(parse(text), to_arb(sign * x)) / size(growth, x)
            assert not theta < growth.factor[0]
            assert not theta > growth.factor[1]


@pytest.mark.parametrize(
    ("text", "bounded", "diverges", "outgrows"),
    [
        ("x*exp(-x**2)", True, False, False),
        ("x", False, True, False),
        ("x**(3/2)", False, True, True),
        ("exp(x)", False, True, True),
        ("tanh(x)", True, False, False),
        ("sqrt(1 + x**2)", False, True, False),
    ],
)
def test_growth_is_classified(text: str, bounded: bool, diverges: bool, outgrows: bool) -> None:
    growth = right_tail(parse(text), R)
    assert (growth.is_bounded(), growth.diverges(), growth.outgrows_line()) == (bounded, diverges, outgrows)


def test_an_oscillating_factor_is_not_said_to_diverge() -> None:
    assert not right_tail(parse("x*sin(x)"), R).diverges()


@pytest.mark.parametrize("text", ["x*exp(-x)", "x/(1 + x**2)**2", "x*erfc(x)", "x**(-2)"])
def test_a_tail_integral_contains_the_integral_up_to_any_point(text: str) -> None:
    low, high = tail_integral(right_tail(parse(text), R))
    partial = smooth_integral(parse(text), R, Fraction(4096))
    rest = tail_integral(right_tail(parse(text), Fraction(4096)))
    assert not partial + rest[1] < low
    assert not partial + rest[0] > high


def test_a_divergent_integral_has_no_enclosure() -> None:
    with pytest.raises(Undecided):
        tail_integral(right_tail(parse("1/(1 + x)"), R))


def test_a_tail_must_begin_beyond_zero() -> None:
    with pytest.raises(Undecided):
        right_tail(parse("x"), Fraction(0))
