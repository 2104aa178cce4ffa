"""Frozen phases: sines and cosines of k w at w = 0, π/2, π, 3π/2 are the numbers that they are."""

import math
from fractions import Fraction

import pytest

from gsdcheck.certify.freezing import frozen_tails, is_unbounded, outgrows_lines
from gsdcheck.certify.growth import power_of
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.tails import right_tail
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse

START = Fraction(8)
RIGHT = Segment(low=START, high=None, rule="tail")
LEFT = Segment(low=None, high=-START, rule="tail")


@pytest.mark.parametrize(
    ("a", "k", "b", "m"), [(1, 1, 0, 1), (0, 1, 1, 1), (1, 2, 5, 3), (2, 6, 3, 4), (1, -1, 3, 2)]
)
def test_the_frozen_function_grows_like_its_values_at_the_phase(a: int, k: int, b: int, m: int) -> None:
    g = parse(f"x*({a}*sin({k}*x) + {b}*cos({m}*x) + 20)")
    used = [n for n, c in ((k, a), (m, b)) if c]
    step = math.gcd(*used)
    quarters = [math.pi / 2 * quarter / step for quarter in range(4)]
    expected = sorted(20 + a * math.sin(k * w) + b * math.cos(m * w) for w in quarters)
    tails = sorted(frozen_tails(g, START), key=lambda growth: float(growth.factor[0]))
    for growth, factor in zip(tails, expected, strict=True):
        assert (growth.power, growth.log, growth.exponent) == (1, 0, ())
        assert float(growth.factor[0]) - 1e-9 <= factor <= float(growth.factor[1]) + 1e-9


@pytest.mark.parametrize("text", ["sin(x) + sin(x**2)", "sin(1/x)*x", "x*sin(x + 1) + sin(x)", "x"])
def test_phases_without_a_common_measure_that_grows_are_not_frozen(text: str) -> None:
    assert list(frozen_tails(parse(text), START)) == []


@pytest.mark.parametrize(
    ("text", "unbounded", "steep"),
    [
        ("x*sin(x)", True, True),
        ("x*cos(x)", True, True),
        ("sin(x**2)", False, True),
        ("x + sin(x)", True, False),
        ("sin(x)", False, False),
        ("x**2", True, True),
        ("x", True, False),
    ],
)
def test_what_oscillates_is_unbounded_or_steep_on_either_half_line(
    text: str, unbounded: bool, steep: bool
) -> None:
    for segment in (RIGHT, LEFT):
        assert is_unbounded(parse(text), segment) is unbounded
        assert outgrows_lines(parse(text), segment) is steep


@pytest.mark.parametrize("low_high", [(None, None), (Fraction(1), Fraction(2))])
def test_a_phase_is_frozen_on_a_half_line_only(low_high: tuple[Fraction | None, Fraction | None]) -> None:
    segment = Segment(low=low_high[0], high=low_high[1], rule="tail")
    with pytest.raises(Undecided):
        outgrows_lines(parse("sin(x**2)"), segment)


@pytest.mark.parametrize("text", ["-x", "-1 - 1/x", "-exp(x)"])
def test_a_tail_that_is_negative_has_no_root(text: str) -> None:
    with pytest.raises(Undecided):
        power_of(right_tail(parse(text), START), Fraction(1, 2))


def test_the_root_of_a_positive_tail_has_half_its_power() -> None:
    growth = power_of(right_tail(parse("4*x**3"), START), Fraction(1, 2))
    assert growth.power == Fraction(3, 2)
    assert float(growth.factor[0]) == pytest.approx(2)
