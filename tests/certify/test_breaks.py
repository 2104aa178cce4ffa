"""Jumps, steep ends and points where branches meet, of functions where they are known by hand."""

from fractions import Fraction

import pytest

from gsdcheck.certify.breakpoints import breakpoints
from gsdcheck.certify.breaks import is_steep, leaps
from gsdcheck.certify.segments import Segment
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse


def segment(low: str | None, high: str | None, rule: str) -> Segment:
    ends = (None if end is None else Fraction(end) for end in (low, high))
    return Segment(low=next(ends), high=next(ends), rule=rule)


@pytest.mark.parametrize(
    ("text", "low", "high", "leap"),
    [
        ("sign(x)", "-1/8", "1/8", True),
        ("-sign(x)", "-1/8", "1/8", True),
        ("sign(x - 1/3) + x", "0", "1/2", True),
        ("x - 3*sign(x)", "-1", "1", True),
        ("Piecewise((x, x < 2), (x + 1, True))", "1", "3", True),
        ("Piecewise((x, x < 2), (2*x - 2, True))", "1", "3", False),
        ("Abs(x)", "-1", "1", False),
        ("Max(x, 3*x)", "-1", "2", False),
        ("tanh(x)", "-1", "1", False),
    ],
)
def test_a_jump_is_steeper_than_every_branch(text: str, low: str, high: str, leap: bool) -> None:
    assert leaps(parse(text), segment(low, high, "leap")) is leap


@pytest.mark.parametrize(("low", "high"), [(None, "1"), ("-1", None), (None, None)])
def test_a_jump_or_a_steep_end_is_on_a_finite_segment(low: str | None, high: str | None) -> None:
    assert leaps(parse("sign(x)"), segment(low, high, "leap")) is False
    assert is_steep(parse("sqrt(Abs(x))"), segment(low, high, "steep-lo")) is False
    assert is_steep(parse("sqrt(Abs(x))"), segment(low, high, "steep-hi")) is False


@pytest.mark.parametrize(
    ("text", "low", "high", "rule", "steep"),
    [
        ("sqrt(x)", "0", "1", "steep-lo", True),
        ("x**(1/3)", "0", "1/2", "steep-lo", True),
        ("sqrt(1 - x)", "0", "1", "steep-hi", True),
        ("x**(2/5) + x", "0", "1/64", "steep-lo", True),
        ("sqrt(x)*exp(x)", "0", "1/8", "steep-lo", True),
        ("x**(3/2)", "0", "1", "steep-lo", False),
        ("x**2", "0", "1", "steep-lo", False),
        ("sqrt(1 - x)", "0", "1", "steep-lo", False),
        ("sqrt(x)", "1", "2", "steep-hi", False),
        ("exp(x)", "-1", "1", "steep-hi", False),
    ],
)
def test_a_slope_grows_at_the_end_that_is_named(
    text: str, low: str, high: str, rule: str, steep: bool
) -> None:
    try:
        assert is_steep(parse(text), segment(low, high, rule)) is steep
    except Undecided:
        assert not steep


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Abs(x)", [0]),
        ("sign(2*x - 3)", [Fraction(3, 2)]),
        ("Abs(x**2 - 4)", [-2, 2]),
        ("Abs(x**2 - 9/4)", [Fraction(-3, 2), Fraction(3, 2)]),
        ("Abs(x**2 - 2)", []),
        ("Abs(x**2 + 4)", []),
        ("Max(x, 1)", [1]),
        ("Min(2*x, x + 5)", [5]),
        ("Max(x, 1, 3 - x)", [1, Fraction(3, 2), 2]),
        ("Piecewise((x, x < 7), (-x, 2*x <= 18), (1, True))", [7, 9]),
        ("Abs(tanh(x - 4))", [4]),
        ("Abs(Abs(x) - 3)", [-3, 0, 3]),
        ("Abs(Max(x, 2) - 5)", [0, 2, 5]),
        ("tanh(x)", []),
    ],
)
def test_branches_meet_where_they_are_equal(text: str, points: list[Fraction]) -> None:
    assert set(points) - {0} <= set(breakpoints(parse(text)))
    assert set(breakpoints(parse(text))) <= {*points, 0}
