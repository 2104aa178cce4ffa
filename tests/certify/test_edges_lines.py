"""Where the analysis of a function on the line stops: every refusal, and the last way out, has a function that meets it."""

from fractions import Fraction
from typing import Any

import pytest

from gsdcheck.certify import breaks
from gsdcheck.certify.algebra import EVEN, NEITHER, ODD, Trend, parity, trend
from gsdcheck.certify.branches import alternatives, require_defined, sign_of_branches, tree_sign
from gsdcheck.certify.line_facts import sides
from gsdcheck.certify.lines import require_odd, slope_sign
from gsdcheck.certify.pieces import patient_sign
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.signs import direct_sign
from gsdcheck.certify.vanishing import vanishes_between
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse

ZERO, ONE, TWO = Fraction(0), Fraction(1), Fraction(2)
NO_FORM = "log(18446744073709551617)"
"""44.36…: a constant that the algebra of forms refuses, for 2⁶⁴ + 1 has more than 64 bits."""
UNKNOWN = Trend(rises=False, falls=False, strict=False)


def segment(low: int | None, high: int | None, rule: str = "direct") -> Segment:
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    return Segment(low=ends[0], high=ends[1], rule=rule)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"x + {NO_FORM}", NEITHER),
        (f"Max(-{NO_FORM}, Min(1, x))", NEITHER),  # clamped to [-44, 1]
        ("Max(-1, Min(1, x))", ODD),
        ("x*((x + 1)**2 - x**2 - 2*x - 1)", EVEN | ODD),  # 0
        ("x*Abs(x)", ODD),
    ],
)
def test_the_parity_is_what_the_algebra_can_show(text: str, expected: int) -> None:
    assert parity(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("log(x) + sin(x)", UNKNOWN),  # not defined on the line
        ("x*Abs(sin(1)**2 + cos(1)**2 - 1)", Trend(rises=True, falls=False, strict=False)),  # 0, or a rise
        ("x*Abs(sin(1)**2 + cos(1)**2)", Trend(rises=True, falls=False, strict=True)),
        (
            "x*(pi - 3.14159265358979323846264338327951)",
            UNKNOWN,
        ),  # falls, but no ball of 53 bits sees the sign
        ("sin(2*x)", UNKNOWN),
        ("sin(tanh(x))", Trend(rises=True, falls=False, strict=True)),
    ],
)
def test_the_trend_is_strict_only_where_no_factor_may_vanish(text: str, expected: Trend) -> None:
    assert trend(parse(text)) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (1, 2, POSITIVE),
        (-2, -1, NEGATIVE),
        (6, 7, NULL),
        (-1, 1, POSITIVE | NEGATIVE),
        (1, 7, POSITIVE | NULL),
    ],
)
def test_the_signs_of_branches_are_those_that_are_met(low: int, high: int, expected: int) -> None:
    steps = parse("Piecewise((-1, x < 0), (1, x < 5), (0, True))")
    assert tree_sign(steps, Fraction(low), Fraction(high)) == expected


def test_a_jump_inside_a_segment_is_allowed_only_if_asked_for() -> None:
    require_defined(parse("sign(x)"), -ONE, ONE, jumps=True)
    with pytest.raises(Undecided, match="may jump"):
        require_defined(parse("sign(x)"), -ONE, ONE, jumps=False)


def test_with_too_many_alternatives_the_sign_is_that_of_the_structure() -> None:
    kinks = "*".join(f"(1 + Abs(x - {k}))" for k in range(9))
    assert sign_of_branches(parse(kinks), -ONE, Fraction(10), "direct") == POSITIVE
    slanted = "+".join(f"Abs(x - {k})" for k in range(9))
    assert sign_of_branches(parse(f"{slanted} - 1"), -ONE, Fraction(10), "direct") & POSITIVE


def test_a_slope_grows_towards_an_end_only_if_the_segment_has_it() -> None:
    assert breaks.is_steep(parse("sqrt(x)"), segment(0, 1, "steep-lo"))
    assert not breaks.is_steep(parse("sqrt(x)"), segment(None, 1, "steep-lo"))


def test_a_base_without_a_value_at_the_end_is_refused() -> None:
    breaks._require_value(parse("x"))
    with pytest.raises(Undecided, match="without a value"):
        breaks._require_value(parse("1/x"))


def test_a_sign_stands_without_the_algebra() -> None:
    assert direct_sign(parse(f"{NO_FORM} - x"), ZERO, Fraction(44)) == POSITIVE
    assert direct_sign(parse(f"x - {NO_FORM}"), ZERO, Fraction(45)) == POSITIVE | NEGATIVE | NULL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x - 1", True),
        (f"1 + x**2 + {NO_FORM}", False),
        ("1 + x**2", False),
        ("1 - cos(2*pi*x - 2*pi)", True),  # a zero of even order at 1
        ("1 + cos(pi*x)", True),
        ("1 + sin(pi*x - pi/2)", False),  # zero at 0 and at 2
        ("1 + cos(pi*x - pi/2)", False),  # zero at 3/2, the end
        ("1 + cos(pi*x + pi/2)", False),  # zero at 1/2 and at 5/2
        ("1 - sin(pi*x - pi/2)", True),
        ("1 - sin(pi*x/2)*(2 + x)", False),  # below -1/2 on (1/2, 3/2): a factor is no wave
        ("1 - sin(pi*x/2)*exp(x)", False),
    ],
)
def test_a_zero_is_seen_by_a_change_of_sign_of_what_carries_it(text: str, expected: bool) -> None:
    assert vanishes_between(parse(text), Fraction(1, 2), Fraction(3, 2)) is expected


def test_what_is_not_odd_is_not_found_odd() -> None:
    require_odd(parse("x**3 - x"), (segment(0, None, "mirror"),))
    with pytest.raises(Undecided, match="on a segment"):
        require_odd(parse("x + 1"), (segment(0, None, "mirror"),))


def test_each_piece_is_compared_with_the_one_across_0() -> None:
    """x³ on (-1, 0) and x elsewhere: the same at 0 and ±1, and odd but for (-1, 1)."""
    bent = parse("Piecewise((x, x <= -1), (x**3, x < 0), (x, True))")
    with pytest.raises(Undecided, match="on a segment"):
        require_odd(bent, (segment(0, 1, "mirror"), segment(1, None, "mirror")))


def test_an_odd_function_with_cuts_is_compared_piece_by_piece() -> None:
    cover = (segment(0, 1, "mirror"), segment(1, None, "mirror"))
    require_odd(parse("Max(-1, Min(1, x))"), cover)
    with pytest.raises(Undecided):
        require_odd(parse("Max(-2, Min(1, x))"), cover)


def test_the_signs_at_cuts_count_on_their_side_of_0() -> None:
    parts = ((None, -1), (-1, 0), (0, 1), (1, None))
    found = sides(parse("x"), tuple(segment(low, high) for low, high in parts))
    assert found == {-1: [NEGATIVE] * 3, 1: [POSITIVE] * 3}


@pytest.mark.parametrize(("rule", "decided"), [("branches-tail", True), ("tail", False)])
def test_a_slope_may_be_decided_without_the_rule_that_another_branch_needs(rule: str, decided: bool) -> None:
    bounded: Any = segment(0, 1, rule)  # a tail is a half-line
    if decided:
        assert slope_sign(parse("x"), bounded) == POSITIVE
    else:
        with pytest.raises(Undecided):
            slope_sign(parse("x"), bounded)


def test_either_side_of_a_condition_is_an_alternative() -> None:
    step = parse("Piecewise((exp(x), x < 0), (x + 1, True))")
    assert set(alternatives(step, -ONE, ONE)) == {parse("exp(x)"), parse("x + 1")}
    assert alternatives(step, ONE, TWO) == (parse("x + 1"),)


def test_the_sign_of_a_large_expression_is_not_looked_for_at_its_ends() -> None:
    few, many = "x - atan(x)", "+".join(f"({k}*x - atan({k}*x))" for k in range(1, 60))
    assert patient_sign(parse(few), ZERO, ONE) == POSITIVE  # by the order of the zero at 0
    assert patient_sign(parse(many), ZERO, ONE) == POSITIVE | NEGATIVE | NULL


def test_a_root_is_no_part_of_a_polynomial() -> None:
    assert direct_sign(parse("x - 2*sqrt(x)"), ZERO, ONE) & NEGATIVE  # √x (√x - 2)
    assert direct_sign(parse("2*sqrt(x) - x"), Fraction(5), Fraction(9)) & NEGATIVE
