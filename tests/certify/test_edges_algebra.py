"""Forms, signs, tails and pieces at their edges: the limits of the algebra, and values that have closed forms."""

from fractions import Fraction

import pytest
from flint import arb

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.forms import Form, constant, factored, plus, raised
from gsdcheck.certify.growth import Growth
from gsdcheck.certify.intervals import INFINITY
from gsdcheck.certify.intervals import ZERO as BALL_ZERO
from gsdcheck.certify.lines import inner_points, require_odd, require_only_zero
from gsdcheck.certify.normal_form import is_zero, normal_form, tree
from gsdcheck.certify.pieces import smooth
from gsdcheck.certify.polynomials import NEGATIVE, NULL, POSITIVE, polynomial_sign
from gsdcheck.certify.segments import (
    MOST_SEGMENTS,
    MOST_WORK,
    Segment,
    read_segments,
    require_modest,
    require_rules,
)
from gsdcheck.certify.signs import direct_sign, limited_derivative, require_analytic, sign_at, sign_on
from gsdcheck.certify.tails import right_tail
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.parser import parse

ZERO, ONE, TWO = Fraction(0), Fraction(1), Fraction(2)


def segment(low: int | None, high: int | None, rule: str = "direct") -> Segment:
    return Segment(
        low=None if low is None else Fraction(low), high=None if high is None else Fraction(high), rule=rule
    )


def powers_of_x(count: int) -> Form:
    return {((("x",), Fraction(k)),): ONE for k in range(1, count + 1)}


def test_a_form_beyond_300_terms_or_4000_bits_is_refused() -> None:
    assert len(plus(powers_of_x(300))) == 300
    with pytest.raises(Undecided, match="301 terms"):
        plus(powers_of_x(301))
    for grow in (lambda: plus(constant(TWO**4001)), lambda: raised(constant(TWO), Fraction(5000))):
        with pytest.raises(Undecided, match="4000 bits"):
            grow()


def test_a_root_or_logarithm_of_a_number_beyond_64_bits_is_refused() -> None:
    assert raised(constant(TWO**62), Fraction(1, 2)) == constant(TWO**31)
    with pytest.raises(Undecided, match="a root of"):
        raised(constant(TWO**64), Fraction(1, 2))
    with pytest.raises(Undecided, match="log"):
        normal_form(parse("log(x)"), TWO**64)


def test_a_continued_fraction_keeps_its_value_when_factors_are_taken_out() -> None:
    text = "x"
    for _ in range(10):
        text = f"(x + 1/{text})"
    monomial, rest = factored(normal_form(parse(text)))
    value = enclose(tree({monomial: ONE}), arb(1)) * enclose(tree(rest), arb(1))
    assert value.overlaps(arb(144) / 89)  # quotients of Fibonacci numbers
    assert value.rad() < 1e-9


@pytest.mark.parametrize(
    "text", ["log(exp(x)) - x", "log(3*exp(2*x)) - log(3) - 2*x", "E - exp(1)", "2*log(x) - log(x) - log(x)"]
)
def test_logarithms_and_exponentials_undo_each_other(text: str) -> None:
    assert is_zero(parse(text))
    assert not is_zero(parse(f"{text} + 1/1000"))


def test_the_logarithm_of_zero_has_no_value() -> None:
    with pytest.raises(Undecided, match=r"log\(0\)"):
        normal_form(parse("log(x)"), ZERO)


def test_a_polynomial_that_touches_zero_from_below_is_not_positive() -> None:
    square = [Fraction(-1), TWO, Fraction(-1)]  # -(t - 1)^2
    assert polynomial_sign(square, ZERO, TWO) == NEGATIVE | NULL
    cubic = [ZERO, Fraction(-1), TWO, Fraction(-1)]  # -t (t - 1)^2
    assert polynomial_sign(cubic, ZERO, TWO) == NEGATIVE | NULL
    assert polynomial_sign([ZERO, ZERO], ZERO, ONE) == NULL


def test_a_sign_needs_a_value_a_half_line_and_an_analytic_function() -> None:
    with pytest.raises(Undecided, match="no finite value"):
        sign_at(parse("log(x)"), Fraction(-1))
    for low, high in ((ONE, TWO), (None, None)):
        with pytest.raises(Undecided, match="half-line"):
            sign_on(parse("x"), low, high, "tail")
    with pytest.raises(Undecided, match="touch 0"):
        require_analytic(parse("sqrt((x - 1)**2)"), ZERO, TWO)


def test_a_number_smaller_than_every_ball_has_no_sign() -> None:
    assert sign_at(parse("exp(-x) - exp(-x - 1/10**60)"), ZERO) == POSITIVE
    with pytest.raises(Undecided, match="the sign at 0"):
        sign_at(parse("exp(-x) - exp(-x - 1/10**64/10**64)"), ZERO)


def test_a_derivative_beyond_1500_nodes_is_refused() -> None:
    product = parse("*".join(f"tanh({k}*x + {k})" for k in range(1, 40)))  # its derivative has 39² factors
    assert limited_derivative(parse("x**2")) == parse("2*x")
    with pytest.raises(Undecided, match="nodes"):
        limited_derivative(product)


def test_sums_that_cancel_have_no_sign_but_zero() -> None:
    assert direct_sign(parse("x/(x + 1) + 1/(x + 1) - 1"), ZERO, ONE) == NULL
    assert direct_sign(parse("x/(x + 1) + 1/(x + 1) - 1/2"), ZERO, ONE) == POSITIVE
    assert direct_sign(parse("sinh((x + 1)**2 - x**2 - 2*x - 1)"), ZERO, ONE) == NULL


def test_a_wrong_value_at_the_cut_refutes_oddness() -> None:
    cover = (segment(0, None, "mirror"),)
    require_odd(parse("sign(x)"), cover)
    with pytest.raises(Undecided, match="at 0"):
        require_odd(parse("Piecewise((-1, x < 0), (1, True))"), cover)


def test_the_only_zero_is_looked_for_at_a_cut() -> None:
    with pytest.raises(Undecided, match="0 must be a cut"):
        require_only_zero(parse("x"), (segment(None, 1), segment(1, None)))


@pytest.mark.parametrize(("low", "high"), [(0, 1), (None, -3), (5, None), (None, None)])
def test_inner_points_are_inside(low: int | None, high: int | None) -> None:
    points = inner_points(segment(low, high))
    assert len(set(points)) == 2
    assert all((low is None or low < p) and (high is None or p < high) for p in points)


def test_a_condition_that_changes_inside_a_segment_is_not_resolved() -> None:
    f = parse("Piecewise((x, x < 1), (2*x - 1, True))")
    assert smooth(f, ZERO, ONE) == parse("x")
    with pytest.raises(Undecided, match="changes inside"):
        smooth(f, ZERO, TWO)


def test_a_rule_that_was_not_asked_for_is_rejected() -> None:
    with pytest.raises(CertificateRejected, match="none of mirror"):
        require_rules((segment(0, 1),), "mirror")


def test_segments_that_overlap_or_leave_a_gap_are_rejected() -> None:
    for after in (segment(1, 3), segment(3, 4), segment(0, 1)):
        with pytest.raises(CertificateRejected, match="a gap or an overlap"):
            read_segments([segment(0, 2).as_json(), after.as_json()])
    assert len(read_segments([segment(0, 2).as_json(), segment(2, 3).as_json()])) == 2


def test_a_reciprocal_is_defined_on_either_side_of_0() -> None:
    for low, high in ((ONE, TWO), (-TWO, -ONE)):
        assert smooth(parse("1/x"), low, high) == parse("1/x")
    with pytest.raises(Undecided, match="domain"):
        smooth(parse("1/x"), -ONE, ONE)


def test_more_segments_than_allowed_are_rejected() -> None:
    cover = [segment(k, k + 1).as_json() for k in range(MOST_SEGMENTS + 1)]
    assert len(read_segments(cover[:-1])) == MOST_SEGMENTS
    for beyond in (cover, [], "direct"):
        with pytest.raises(CertificateRejected, match=f"1 to {MOST_SEGMENTS}"):
            read_segments(beyond)


def test_more_work_than_seconds_is_rejected() -> None:
    cover = tuple(segment(k, k + 1) for k in range(MOST_SEGMENTS))
    require_modest(parse("tanh(x)"), cover)
    with pytest.raises(CertificateRejected, match=f"> {MOST_WORK}"):
        require_modest(parse("tanh(1 + tanh(1 + tanh(1 + tanh(1 + tanh(1 + x)))))"), cover)


def test_a_factor_without_bound_is_not_bounded() -> None:
    assert not Growth(start=ONE, power=Fraction(-1), exponent=(), factor=(BALL_ZERO, INFINITY)).is_bounded()


def test_a_hyperbolic_sine_of_what_is_negative_is_negative_on_its_tail() -> None:
    growth = right_tail(parse("sinh(tanh(x) - 2)"), Fraction(16))
    low, high = growth.range()
    assert high < 0
    for x in (16, 50):
        value = (to_arb(x).tanh() - 2).sinh()
        assert not value < low
        assert not value > high


def test_a_bump_that_still_rises_is_not_said_to_decay() -> None:
    growth = right_tail(parse("tanh(x*exp(-x))"), Fraction(1, 2))
    assert not growth.decays()
    assert growth.range()[1] >= (-arb(1)).exp().tanh()  # the value at 1, the top of the bump
