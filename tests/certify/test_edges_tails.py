"""Where expansions, frozen phases and tail integrals stop: every refusal, and the rules that few functions need."""

from fractions import Fraction
from itertools import permutations

import pytest
from flint import arb

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.expansions import (
    MOST_PRODUCTS,
    ONE,
    Expansion,
    Scale,
    at_most,
    ball,
    expansion,
    leading,
    one_bound,
    rational,
    times,
)
from gsdcheck.certify.forms import Form, constant, freeze
from gsdcheck.certify.freezing import frozen_tails
from gsdcheck.certify.harmonics import MOST_FACTORS, linearised
from gsdcheck.certify.normal_form import normal_form, tree
from gsdcheck.certify.segments import Segment
from gsdcheck.certify.tail_integrals import tail_mass
from gsdcheck.certify.tail_series import MOST_CALLS, _summed, expand
from gsdcheck.certify.tails import _absolute_bound, _complementary, _nearly_linear, right_tail
from gsdcheck.certify.taylor import at_zero, bounded_series, exp_of, one_plus_to_the, relative, to_the
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse

R = Fraction(16)


def power(a: int, log: int = 0, *exponent: tuple[int, int]) -> Scale:
    """x^a log(x)^b exp(Σ q_k x^k)."""
    return (Fraction(a), Fraction(log), tuple((k, Fraction(q)) for k, q in exponent))


INCOMPARABLE = {power(k, -5 * k): arb(1) for k in range(1, 12)}
"""(x/log(x)⁵)^k falls until log x = 5, far beyond R = 16, and rises from there: none bounds another on [R, ∞)."""


def test_a_constant_that_no_ball_holds_is_refused() -> None:
    assert ball(normal_form(parse("exp(2)"))).overlaps(arb(2).exp())
    with pytest.raises(Undecided, match="finite enclosure"):
        ball(normal_form(parse("exp(exp(exp(100)))")))


def test_a_remainder_needs_a_finite_bound_and_few_terms() -> None:
    with pytest.raises(Undecided, match="finite bound"):
        expansion(R, {}, {ONE: arb("inf")})
    with pytest.raises(Undecided, match="too many terms"):
        expansion(R, {}, INCOMPARABLE)


def test_a_product_of_long_sums_is_refused() -> None:
    terms = tuple((power(-k), freeze(constant(Fraction(1)))) for k in range(MOST_PRODUCTS // 10 + 1))
    long = Expansion(start=R, terms=terms, rest=())
    with pytest.raises(Undecided, match="too many terms"):
        times(long, Expansion(start=R, terms=terms[:10], rest=()))


def test_one_bound_needs_a_largest_monomial() -> None:
    m, C = one_bound(expansion(R, {}, {ONE: arb(2), power(-1): arb(32)}))
    assert (m, bool(C >= 4)) == (ONE, True)  # 32/x ≤ 2 from 16 on
    two = dict(list(INCOMPARABLE.items())[:2])
    with pytest.raises(Undecided, match="bounds the others"):
        one_bound(expansion(R, {}, two))


def test_a_remainder_alone_has_no_leading_term() -> None:
    assert leading(rational(3, R)) == (ONE, constant(Fraction(3)))
    with pytest.raises(Undecided, match="leading term"):
        leading(at_most(arb(1), R))


def test_a_leading_constant_that_may_be_0_is_no_leading_term() -> None:
    nothing = normal_form(parse("sin(1)**2 + cos(1)**2 - 1"))
    assert nothing  # for the algebra of forms knows no sines
    with pytest.raises(Undecided, match="may be 0"):
        relative(expansion(R, {ONE: nothing}, {}))


def test_a_binomial_series_needs_a_small_argument() -> None:
    with pytest.raises(Undecided, match="not small yet"):
        one_plus_to_the(at_most(arb("0.9"), R, power(-1, 1)), Fraction(40))


def test_the_rest_of_a_power_series_is_no_less_than_the_geometric_one() -> None:
    coefficients = [constant(Fraction(1))] * 3
    inverse = expand(parse("1/x"), Fraction(3))
    found = bounded_series(coefficients, inverse, arb(1))  # Σ u^n, u = 1/x ≤ 1/3
    ((monomial_of_rest, bound),) = found.rest
    assert monomial_of_rest == power(-3)
    assert bound >= to_arb(Fraction(3, 2))  # Σ_{n ≥ 3} u^n = u³/(1 - u), 3/2 u³ at u = 1/3
    assert bound < 2


def test_what_falls_faster_than_a_remainder_is_added_to_it_at_the_start_of_the_tail() -> None:
    hundred = constant(Fraction(100))
    for found in (
        expansion(R, {power(-2): hundred}, {power(-1): arb(1)}),
        expansion(R, {}, {power(-2): arb(100), power(-1): arb(1)}),
    ):
        ((m, bound),) = found.rest  # 1/x + 100/x² ≤ (1 + 100/16)/x
        assert (found.terms, m) == ((), power(-1))
        assert 7.25 <= bound < 7.26


def test_the_bounds_of_one_monomial_are_added() -> None:
    terms = ((power(-1), freeze(constant(Fraction(-3)))), (power(-2), freeze(constant(Fraction(9)))))
    u = Expansion(start=R, terms=terms, rest=((power(-1), arb(2)), (power(-3), arb(4))))
    assert {m: float(C) for m, C in _summed(u).items()} == {power(-1): 5.0, power(-3): 4.0}


@pytest.mark.parametrize(("low", "high", "bound"), [(-3, -1, 3), (-1, 2, 2), (-3, 1, 3), (1, 2, 2)])
def test_the_size_of_a_factor_is_that_of_its_larger_end(low: int, high: int, bound: int) -> None:
    assert _absolute_bound((arb(low), arb(high))) == bound


def test_the_fastest_term_leads_in_whatever_order_terms_come() -> None:
    scales = [power(1), (Fraction(1, 2), Fraction(0), ()), ONE]
    for order in permutations(scales):
        found = expansion(R, {m: constant(Fraction(1)) for m in order}, {})
        assert [m for m, _ in found.terms] == scales


def test_the_exponential_of_a_square_of_a_logarithm_is_outside_the_scale() -> None:
    with pytest.raises(Undecided, match="outside the scale"):
        exp_of(expand(parse("log(x)**2"), R))


def test_a_whole_power_may_be_one_of_a_negative_tail() -> None:
    found = to_the(expand(parse("-x"), R), Fraction(-3))
    assert [(m, dict(K)) for m, K in found.terms] == [(power(-3), constant(Fraction(-1)))]
    with pytest.raises(Undecided, match="root"):
        to_the(expand(parse("-x"), R), Fraction(-1, 3))


def test_a_function_is_nearly_linear_only_where_its_argument_is_small() -> None:
    start = Fraction(1, 10)  # where the argument is -0.905, and log1p(u)/u = 2.6 is no longer near 1
    with pytest.raises(Undecided, match="not small yet"):
        _nearly_linear("log1p", normal_form(parse("-exp(-x)")), start)
    low, high = _nearly_linear("log1p", normal_form(parse("-exp(-x)")), Fraction(2)).factor
    assert low < -arb(2).exp() * -(-arb(-2).exp()).log1p() < high


def test_functions_without_a_series_at_zero_are_refused_and_erfc_is_one_less_erf() -> None:
    small = expand(parse("1/x"), R)
    found, erf = at_zero("erfc", small), at_zero("erf", small)
    assert dict(found.terms)[ONE] == freeze(constant(Fraction(1)))
    assert {m: K for m, K in found.terms if m != ONE}.keys() == {m for m, _ in erf.terms}
    with pytest.raises(Undecided, match="decays"):
        at_zero("log", small)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("dilog(x)", "unbounded factor"),  # not defined beyond 1
        ("+".join(f"x**{k}" for k in range(1, MOST_CALLS + 2)), "too many terms"),
    ],
)
def test_what_has_no_expansion_is_refused(text: str, why: str) -> None:
    with pytest.raises(Undecided, match=why):
        expand(parse(text), R)


def test_both_half_lines_have_a_mass_and_a_segment_has_none() -> None:
    for low, high, text in ((R, None, "1/x**2"), (None, -R, "1/x**2")):
        bottom, top = tail_mass(parse(text), Segment(low=low, high=high, rule="tail"))
        assert bottom <= to_arb(Fraction(1, 16)) <= top  # ∫ x⁻² over [16, ∞)
    for low, high in ((R, R + 1), (None, None)):
        with pytest.raises(Undecided, match="half-line"):
            tail_mass(parse("1/x**2"), Segment(low=low, high=high, rule="tail"))


def test_a_phase_without_a_tail_is_left_out() -> None:
    # at w = 0 and π the exponent is 0; at π/2 it is x², and at 3π/2 the argument of the logarithm is negative
    tails = list(frozen_tails(parse("log(sin(x) + 1/2)*x"), R))
    assert 0 < len(tails) < 4


def value_of(form: Form, x: Fraction) -> arb:
    return enclose(tree(form), to_arb(x))


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    "text", ["sin(x)*cos(2*x)", "sin(x)*sin(3*x)", "cos(x)*cos(2*x)", "sin(x)**2*cos(x)"]
)
def test_a_product_of_waves_is_a_sum_of_waves_whatever_the_order_of_its_factors(
    text: str, order: int
) -> None:
    form = {tuple(monomial[::order]): c for monomial, c in normal_form(parse(text)).items()}
    for x in (Fraction(1, 3), Fraction(-7, 5)):
        difference = value_of(linearised(form), x) - enclose(parse(text), to_arb(x))
        assert difference.contains(0)
        assert abs(difference) < 1e-12


def test_a_high_power_of_a_wave_is_left_as_it_is() -> None:
    high = normal_form(parse(f"sin(x)**{MOST_FACTORS + 1}"))
    assert linearised(high) == high
    assert linearised(normal_form(parse(f"sin(x)**{MOST_FACTORS}"))) != high


def test_the_complementary_error_function_is_small_only_where_its_argument_grows() -> None:
    assert right_tail(parse("erfc(x)"), R).decays()
    for text in ("erfc(-x)", "erfc(5 - x)"):  # → 2
        found = right_tail(parse(text), R)
        assert not found.decays()
        assert found.factor[1] >= 2
    with pytest.raises(Undecided, match="≥ 0"):  # exp(-u²) bounds erfc(u) for u ≥ 0 only
        _complementary(normal_form(parse("-x")), R)
