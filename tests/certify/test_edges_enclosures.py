"""Balls, intervals and integrals at their edges: poles, infinite ends, branches, and what is no expression."""

from fractions import Fraction

import pytest
from flint import acb, arb

from gsdcheck.certify.balls import decimal_enclosure, enclose, to_arb
from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.intervals import EVERYTHING, INFINITY, Interval, interval, times, value_range
from gsdcheck.certify.periods import period_by_elliptic_integral, period_by_quadrature
from gsdcheck.certify.potential import _complex, potential, smooth_integral
from gsdcheck.errors import InvalidInput, Undecided
from gsdcheck.model.expression import Call, Expression, X
from gsdcheck.model.parser import parse

ZERO, ONE, TWO = Fraction(0), Fraction(1), Fraction(2)


def holds_tightly(ball: arb, value: arb) -> bool:
    return bool(ball.overlaps(value)) and bool(ball.rad() < 1e-9)


@pytest.mark.parametrize(
    ("low", "high", "bottom", "top"),
    [
        (-2, -1, -1, Fraction(-1, 2)),
        (None, -2, Fraction(-1, 2), 0),
        (-2, 0, None, Fraction(-1, 2)),
        (-1, 1, None, None),
    ],
)
def test_the_reciprocal_left_of_its_pole_is_negative_and_across_it_anything(
    low: Fraction | None, high: Fraction, bottom: Fraction | None, top: Fraction | None
) -> None:
    assert value_range(parse("1/x"), interval(low, high)) == interval(bottom, top)


def test_the_range_of_a_piecewise_function_is_around_all_its_branches() -> None:
    f = parse("Piecewise((x, x < 1), (3 - x, True))")
    low, high = value_range(f, interval(ZERO, TWO))
    assert low <= 0
    assert high >= 2  # the value at 1


@pytest.mark.parametrize("lost", [arb("nan"), arb("inf", "inf")])
def test_a_product_with_a_bound_that_is_lost_is_everything(lost: arb) -> None:
    assert times((lost, lost), (arb(1), arb(2))) == EVERYTHING
    assert times((arb(1), INFINITY), (arb(0), arb(2))) == (arb(0), INFINITY)


@pytest.mark.parametrize("strange", [Call("gamma", (X,)), "x"])
def test_what_is_not_in_the_grammar_has_no_value_and_no_range(strange: Expression) -> None:
    everything: Interval = EVERYTHING
    with pytest.raises(TypeError, match="not a"):
        enclose(strange, arb(1))
    with pytest.raises(TypeError, match="not a"):
        value_range(strange, everything)


@pytest.mark.parametrize("value", [Fraction(1, 3 * 2**200), Fraction(2**200, 3), Fraction(-1, 3 * 2**200)])
def test_a_decimal_enclosure_is_outward_at_every_size(value: Fraction) -> None:
    low, high = decimal_enclosure(to_arb(value), 12)
    assert "e" in low
    assert Fraction(low) < value < Fraction(high)


def test_an_integral_has_the_value_of_its_antiderivative() -> None:
    ln2, pi = arb(2).log(), arb.pi()
    half = Fraction(1, 2)
    assert holds_tightly(smooth_integral(parse("x**(1/3)"), ONE, Fraction(8)), arb(45) / 4)
    assert holds_tightly(smooth_integral(parse("log(x)"), ONE, TWO), 2 * ln2 - 1)
    # x Li2(x) - x - (1 - x) log(1 - x), and Li2(1/2) = pi^2/12 - log(2)^2/2
    dilogarithm = pi**2 / 24 - ln2**2 / 4 + ln2 / 2 - arb(1) / 2
    assert holds_tightly(smooth_integral(parse("dilog(x)"), ZERO, half), dilogarithm)


def test_an_integral_over_a_pole_does_not_converge() -> None:
    with pytest.raises(Undecided, match="does not converge"):
        smooth_integral(parse("1/x"), ZERO, ONE)


@pytest.mark.parametrize("text", ["Max(x, 1/2)", "Abs(x)", "Piecewise((x, x < 1), (1, True))"])
def test_a_branch_is_no_integrand(text: str) -> None:
    with pytest.raises(Undecided):
        _complex(parse(text), acb(1), analytic=True)


def test_a_potential_is_not_enclosed_where_the_ball_leaves_the_domain() -> None:
    assert holds_tightly(potential(parse("sqrt(x)"), ONE), arb(2) / 3)
    with pytest.raises(Undecided, match="no finite enclosure"):
        potential(parse("sqrt(x)"), arb(1, 2))


@pytest.mark.parametrize("text", ["sign(1/x)", "Abs(log(x))"])
def test_a_point_outside_the_domain_of_a_switch_is_proposed_as_a_cut(text: str) -> None:
    assert ZERO in breakpoints(parse(text))


@pytest.mark.parametrize(("energy", "omega"), [(0, 1), (-1, 1), (41, 1), (1, 0), (1, -1)])
def test_there_is_no_period_without_a_level_curve(energy: int, omega: int) -> None:
    for period in (period_by_quadrature, period_by_elliptic_integral):
        with pytest.raises(InvalidInput, match="0 < energy"):
            period(Fraction(energy), Fraction(omega))
