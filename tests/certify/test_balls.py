from fractions import Fraction
from math import factorial

import pytest
from flint import arb, ctx
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck.certify.balls import decimal_enclosure, enclose, holds, lower, precision, to_arb, upper
from gsdcheck.errors import Undecided
from gsdcheck.model.expression import Condition, X, number
from gsdcheck.model.parser import parse

RATIONALS = st.fractions(min_value=-5, max_value=5, max_denominator=1000)


def test_precision_is_restored_after_an_error() -> None:
    before = ctx.prec
    with pytest.raises(Undecided), precision(200):
        raise Undecided(ctx.prec)
    assert ctx.prec == before


def test_ends_enclose_a_third_within_one_unit() -> None:
    third = to_arb(Fraction(1, 3))
    assert lower(third) <= Fraction(1, 3) <= upper(third)
    assert upper(third) - lower(third) < Fraction(1, 2**50)


@given(RATIONALS)
def test_decimals_are_rounded_outward(value: Fraction) -> None:
    low, high = decimal_enclosure(to_arb(value), 12)
    assert Fraction(low) <= value <= Fraction(high)
    assert Fraction(high) - Fraction(low) <= abs(value) / 10**10


def test_decimals_of_infinity_are_oo() -> None:
    assert decimal_enclosure(arb("inf")) == ("oo", "oo")
    assert decimal_enclosure(arb("nan")) == ("-oo", "oo")


def test_ends_of_nan_are_undecided() -> None:
    with pytest.raises(Undecided):
        lower(arb("nan"))


def test_erf_agrees_with_its_power_series() -> None:
    x = Fraction(3, 4)  # alternating series: the error is at most the first term left out
    terms = [Fraction((-1) ** k) * x ** (2 * k + 1) / (factorial(k) * (2 * k + 1)) for k in range(30)]
    series = to_arb(sum(terms)) * 2 / arb.pi().sqrt()
    assert abs(enclose(parse("erf(x)"), to_arb(x)) - series) < arb(10) ** -14


def test_dilog_at_minus_one_is_minus_pi_squared_over_twelve() -> None:
    assert enclose(parse("dilog(x) + pi**2/12"), arb(-1)).contains(0)


@pytest.mark.parametrize("text", ["log(x)", "1/(1 + x)", "sqrt(x)", "log1p(x)", "dilog(-2*x)"])
def test_outside_the_domain_no_ball_is_finite(text: str) -> None:
    assert not enclose(parse(text), arb(-1)).is_finite()


def test_a_kink_inside_the_ball_gives_both_branches() -> None:
    ball = arb(0, 1)
    for text, ends in (("Abs(x)", (0, 1)), ("sign(x)", (-1, 1)), ("Max(x, 2*x)", (-1, 2))):
        assert all(enclose(parse(text), ball).contains(end) for end in ends)
    step = enclose(parse("Piecewise((5, x < 0), (7, True))"), ball)
    assert step.contains(5)
    assert step.contains(7)


def test_a_comparison_is_exact_at_its_bound() -> None:
    assert enclose(parse("Piecewise((5, x < 1), (7, True))"), arb(1)) == 7


@given(RATIONALS, st.fractions(min_value=-1, max_value=1, max_denominator=50))
def test_a_wide_ball_contains_the_values_of_its_points(centre: Fraction, shift: Fraction) -> None:
    ball = arb(to_arb(centre), 1)
    for text in ("tanh(x)", "x*exp(-x**2)", "erfc(x)", "Abs(x)*sin(x)", "x/(1 + Abs(x))", "dilog(-exp(x))"):
        assert enclose(parse(text), ball).contains(enclose(parse(text), to_arb(centre + shift)).mid())


@pytest.mark.parametrize("power", [1, 2, 3, 7])
def test_a_power_of_a_ball_around_zero_is_a_ball(power: int) -> None:
    found = enclose(parse(f"1 + x**{power}"), arb(0, 0.5))
    assert found.contains(1 + arb(0.5) ** power)
    assert found.contains(1 + (-arb(0.5)) ** power)
    assert found.rad() < 0.51**power


@pytest.mark.parametrize(
    ("relation", "below", "at", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
    ],
)
def test_a_condition_is_open_where_the_ball_holds_points_of_both_kinds(relation, below, at, above):
    test = Condition(X, relation, number(2))
    assert [holds(test, arb(x)) for x in (1, 2, 3)] == [below, at, above]
    for open_one in (arb(2, 1), arb("1.5", "0.5") if below != at else arb("2.5", "0.5")):
        assert holds(test, open_one) is None
    assert holds(test, arb("1.5", "0.25")) is below
    assert holds(test, arb("2.5", "0.25")) is above
