"""What a monomial x^a log(x)^b exp(Σ q x^k) does at infinity, by hand; and where it falls from, by calculus."""

from fractions import Fraction

import mpmath
import pytest
from flint import arb

from gsdcheck.certify.expansions import monomial
from gsdcheck.certify.growth import (
    Growth,
    decreases,
    dominated_sum,
    power_of,
    product,
    scaled,
    value_at_start,
)
from gsdcheck.certify.intervals import INFINITY, Interval
from gsdcheck.errors import Undecided

R = Fraction(64)
POSITIVE, NEGATIVE, MIXED = (arb(1), arb(2)), (arb(-2), arb(-1)), (arb(-1), arb(2))


def growth(
    power: str, log: str = "0", *exponent: tuple[int, str], factor: Interval = POSITIVE, start: Fraction = R
) -> Growth:
    return monomial(
        (Fraction(power), Fraction(log), tuple((k, Fraction(q)) for k, q in exponent)), start, factor
    )


TABLE = [  # a, b, exponents; bounded, decays, diverges, outgrows a line, ∫ diverges
    (("0",), "T F F F T"),
    (("1",), "F F T F T"),
    (("1", "1"), "F F T T T"),
    (("1", "-1"), "F F T F T"),
    (("3/2",), "F F T T T"),
    (("1/2", "9"), "F F T F T"),
    (("0", "1"), "F F T F T"),
    (("0", "-1"), "T T F F T"),
    (("-1/2",), "T T F F T"),
    (("-1",), "T T F F T"),
    (("-1", "-1"), "T T F F T"),  # log log x
    (("-1", "1"), "T T F F T"),
    (("-1", "-2"), "T T F F F"),  # -1/log x
    (("-3/2",), "T T F F F"),
    (("-3/2", "5"), "T T F F F"),
    (("5", "0", (1, "-1/9")), "T T F F F"),
    (("-5", "0", (1, "1/9")), "F F T T T"),
    (("0", "0", (1, "-3"), (2, "1/100")), "F F T T T"),
    (("0", "0", (1, "3"), (2, "-1/100")), "T T F F F"),
]


@pytest.mark.parametrize(("shape", "verdicts"), TABLE)
def test_what_a_monomial_does_at_infinity(shape: tuple[str, ...], verdicts: str) -> None:
    expected = [mark == "T" for mark in verdicts.split()]
    for factor in (POSITIVE, NEGATIVE):
        m = growth(*shape, factor=factor)
        found = [m.is_bounded(), m.decays(), m.diverges(), m.outgrows_line(), m.integral_diverges()]
        assert found == expected
        assert m.keeps_sign()


@pytest.mark.parametrize(("shape", "verdicts"), TABLE)
def test_what_may_vanish_neither_diverges_nor_has_a_divergent_integral(
    shape: tuple[str, ...], verdicts: str
) -> None:
    m = growth(*shape, factor=MIXED)
    assert not any([m.diverges(), m.outgrows_line(), m.integral_diverges(), m.keeps_sign()])
    assert m.is_bounded() is verdicts.startswith("T")


@pytest.mark.parametrize("factor", [(arb(0), arb(1)), (arb(-1), arb(0))])
def test_what_touches_zero_does_not_keep_its_sign(factor: Interval) -> None:
    assert not growth("1", factor=factor).keeps_sign()


@pytest.mark.parametrize("factor", [(arb(1), INFINITY), (-INFINITY, arb(1))])
def test_an_unbounded_factor_is_not_bounded(factor: Interval) -> None:
    assert not growth("-1", factor=factor).is_bounded()
    assert not growth("-1", factor=factor).decays()


def slope(m: Growth, x: float) -> float:
    """x m'/m."""
    return (
        float(m.power) + float(m.log) / float(mpmath.log(x)) + sum(k * float(q) * x**k for k, q in m.exponent)
    )


@pytest.mark.parametrize(("shape", "_"), TABLE)
def test_what_is_said_to_fall_falls_everywhere(shape: tuple[str, ...], _: str) -> None:
    for start in (Fraction(2), R, Fraction(1000)):
        m = growth(*shape, start=start)
        falls = all(
            slope(m, float(start) * factor) <= 0 for factor in (1, 1.01, 1.1, 1.5, 2, 5, 10, 100, 1000)
        )
        assert falls or not decreases(m)
        if m.log == 0:
            assert decreases(m) is falls


def test_a_range_of_what_falls_is_from_zero_to_its_start() -> None:
    low, high = growth("-2").range()
    assert (float(low), float(high)) == pytest.approx((0, 2 / 64**2))
    low, high = growth("-2", factor=MIXED).range()
    assert (float(low), float(high)) == pytest.approx((-1 / 64**2, 2 / 64**2))
    assert growth("0", factor=MIXED).range() == MIXED
    with pytest.raises(Undecided):
        growth("1").range()


def test_products_and_powers_add_and_multiply_what_is_in_the_exponent() -> None:
    m, n = growth("1/2", "1", (1, "2"), (2, "-1")), growth("3", "-1", (1, "-2"), (3, "1"), factor=NEGATIVE)
    both = product(m, n)
    assert (both.power, both.log, both.exponent) == (Fraction(7, 2), 0, ((2, -1), (3, 1)))
    assert tuple(map(float, both.factor)) == (-4, -1)
    cube = power_of(m, Fraction(3))
    assert (cube.power, cube.log, cube.exponent) == (Fraction(3, 2), 3, ((1, 6), (2, -3)))
    assert tuple(map(float, cube.factor)) == (1, 8)
    assert tuple(map(float, scaled(m, Fraction(-3)).factor)) == (-6, -3)


def test_a_sum_is_led_by_the_term_that_the_others_fall_below() -> None:
    total = dominated_sum(
        [growth("1"), growth("3"), growth("3", factor=NEGATIVE), growth("2", factor=(arb(4), arb(4)))]
    )
    assert (total.power, total.log, total.exponent) == (3, 0, ())
    low, high = map(float, total.factor)
    assert low == pytest.approx(-1)
    assert high == pytest.approx(1 + 2 / 64**2 + 4 / 64)
    with pytest.raises(Undecided):
        dominated_sum([growth("0", "0", (1, "1")), growth("100", start=R)])


@pytest.mark.parametrize(("shape", "_"), TABLE)
def test_the_value_at_the_start(shape: tuple[str, ...], _: str) -> None:
    m = growth(*shape, start=Fraction(3))
    expected = 3 ** float(m.power) * float(mpmath.log(3)) ** float(m.log)
    expected *= float(mpmath.exp(sum(float(q) * 3**k for k, q in m.exponent)))
    assert float(value_at_start(m)) == pytest.approx(expected)
