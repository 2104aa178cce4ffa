from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck.certify.pieces import smooth, value_sign
from gsdcheck.certify.polynomials import ANY, NEGATIVE, NULL, POSITIVE, polynomial_sign
from gsdcheck.certify.signs import direct_sign, sign_at, sign_on
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse

ZERO, ONE = Fraction(0), Fraction(1)


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=5), st.integers(-6, 6), st.integers(1, 6))
def test_sturm_agrees_with_the_roots_by_construction(roots: list[int], low: int, width: int) -> None:
    coefficients = [Fraction(1)]
    for root in roots:
        coefficients = [
            a - root * b for a, b in zip([ZERO, *coefficients], [*coefficients, ZERO], strict=True)
        ]
    mask = polynomial_sign(coefficients, Fraction(low), Fraction(low + width))
    inner = [Fraction(2 * k + 1, 2) for k in range(low, low + width)] + [
        Fraction(k) for k in range(low + 1, low + width)
    ]
    for point in inner:
        value = sum(c * point**k for k, c in enumerate(coefficients))
        assert mask & (POSITIVE if value > 0 else NEGATIVE if value < 0 else NULL)
    odd = any(roots.count(r) % 2 and low < r < low + width for r in roots)
    assert (mask & NEGATIVE and mask & POSITIVE) == (5 if odd else 0) or bool(mask & 1 and mask & 4) == odd


@pytest.mark.parametrize(
    ("text", "low", "high", "rule", "expected"),
    [
        ("x*erfc(-x/sqrt(2))/2", ZERO, None, "direct", POSITIVE),
        ("x*erfc(-x/sqrt(2))/2", None, ZERO, "direct", NEGATIVE),
        ("1 + cos(x)", None, None, "direct", POSITIVE | NULL),
        ("exp(2*x) - 3*exp(x) + 3", None, None, "direct", POSITIVE),
        ("exp(x**2 - x) - 1", ONE, None, "direct", POSITIVE),
        ("3 - 3*exp(x**2 - x)", ONE, None, "direct", NEGATIVE),
        ("exp(x**2 - x) - 1", ZERO, ONE, "direct", NEGATIVE),
        ("exp(x**2 + x) - 1", None, -ONE, "direct", POSITIVE),
        ("exp(x**2 + x) - 1", -ONE, ZERO, "direct", NEGATIVE),
        ("exp(x**2) - 2*exp(x)", ONE, None, "direct", ANY),
        ("exp(x) - exp(2*tanh(x))", None, ZERO, "direct", ANY),
        ("1 - exp(-x)", ZERO, None, "taylor-lo-1", POSITIVE),
        ("x - sin(x)", ZERO, ONE, "taylor-lo-3", POSITIVE),
        ("sin(x)", Fraction(2), Fraction(3), "taylor-hi-1", POSITIVE),
        ("x - 10 - sin(x)**2", Fraction(16), None, "tail", POSITIVE),
        ("x**2 - 2", ZERO, Fraction(2), "direct", ANY),
        ("x - x", None, None, "direct", NULL),
    ],
)  # fmt: skip
def test_signs_on_an_interval(text: str, low: Fraction, high: Fraction, rule: str, expected: int) -> None:
    assert sign_on(parse(text), low, high, rule) == expected


@pytest.mark.parametrize("rule", ["", "taylor-lo-9", "sampling", "taylor-lo-1"])
def test_a_rule_that_does_not_apply_decides_nothing(rule: str) -> None:
    with pytest.raises(Undecided):
        sign_on(parse("exp(x)"), None, ZERO, rule)


def test_the_sign_at_a_point_is_zero_only_by_algebra() -> None:
    assert sign_at(parse("x - 1/3"), Fraction(1, 3)) == NULL
    with pytest.raises(Undecided):
        sign_at(parse("cosh(x)*tanh(x) - sinh(x)"), ONE)  # zero, but not seen to be


def test_branches_are_resolved_where_they_do_not_change() -> None:
    assert direct_sign(smooth(parse("Max(tanh(x), 0)"), ZERO, None), ZERO, None) == POSITIVE
    with pytest.raises(Undecided):
        smooth(parse("Max(tanh(x), 0)"), Fraction(-1), ONE)


@pytest.mark.parametrize(
    "text", ["1/x", "log(x)", "sqrt(x)", "Max(0, 1/x)", "Piecewise((0, log(x) > 0), (1, True))"]
)
def test_a_domain_that_is_not_the_segment_is_refused(text: str) -> None:
    with pytest.raises(Undecided):
        smooth(parse(text), Fraction(-1), ONE)
    smooth(parse(text), Fraction(2), Fraction(3))


def test_zero_times_something_undefined_stays_undefined() -> None:
    text = "sign(Max(0, -x))*log(x)"
    with pytest.raises(Undecided):
        smooth(parse(text), None, ZERO)


def test_the_value_at_a_kink_is_that_of_its_branch() -> None:
    f = parse("Piecewise((-1, x < 1), (1, True))")
    assert value_sign(f, ONE) == POSITIVE
    assert value_sign(f, ZERO) == NEGATIVE
