"""Rules for kinks that are not known exactly, for jumps and infinite slopes; and forgeries of each of them."""

from fractions import Fraction
from typing import Any

import pytest

from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.certify.algebra import EVEN, NEITHER, ODD, parity, trend
from gsdcheck.certify.branch_signs import tree_sign
from gsdcheck.certify.branches import alternatives, joined
from gsdcheck.certify.harmonics import has_products, linearised
from gsdcheck.certify.normal_form import is_zero, normal_form, tree
from gsdcheck.certify.polynomials import ANY, NEGATIVE, NULL, POSITIVE
from gsdcheck.certify.signs import sign_on
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.expression import add, negate
from gsdcheck.model.parser import parse

ONE, TWO = Fraction(1), Fraction(2)


def fact(expression: str, name: str, holds: bool, **ground: object) -> dict[str, Any]:
    return {"kind": "activation-fact", "expression": expression, "fact": name, "holds": holds, **ground}


def line(rule: str) -> list[dict[str, str]]:
    return [{"lo": "-oo", "hi": "oo", "rule": rule}]


def halves(rule: str) -> list[dict[str, str]]:
    return [{"lo": "-oo", "hi": "0", "rule": rule}, {"lo": "0", "hi": "oo", "rule": rule}]


def on(low: str, high: str, rule: str) -> list[dict[str, str]]:
    return [{"lo": low, "hi": high, "rule": rule}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abs(sin(x))", POSITIVE | NULL),
        ("-Max(Abs(x), 1)", NEGATIVE),
        ("Max(sin(x), -1/2)", ANY),
        ("Min(exp(x), 2)", POSITIVE),
        ("sign(sin(x))", ANY),
        ("Piecewise((2, x < sin(x)), (exp(x), True))", POSITIVE),
        ("Abs(x)*(1 - Abs(sign(x - 3)))", POSITIVE | NULL),
        ("Abs(sin(x)) - 2", NEGATIVE),
    ],
)
def test_the_sign_of_a_branching_expression_follows_from_its_structure(text: str, expected: int) -> None:
    assert tree_sign(parse(text), None, None) == expected


def test_too_many_alternatives_are_not_followed() -> None:
    text = "Abs(sin(x)) + Abs(sin(2*x)) + Abs(sin(3*x)) + Abs(sin(5*x))"  # sixteen
    with pytest.raises(Undecided):
        alternatives(parse(text), None, None)
    cover = line("branches-direct")
    with pytest.raises(CertificateRejected):
        check_fact(fact(f"{text} + 20*x", "nondecreasing", True, segments=cover))


def test_equal_branches_are_chosen_together() -> None:
    # |u| - |u| and |u| |u|: two alternatives, not four
    assert len(alternatives(parse("Abs(sin(x)) + x*Abs(sin(x))"), None, None)) == 2


@pytest.mark.parametrize("text", ["sign(sin(x))", "Piecewise((1, sin(x) < 0), (2, True))"])
def test_what_may_jump_is_defined_but_not_continuous(text: str) -> None:
    joined(parse(text), None, None, jumps=True)
    with pytest.raises(Undecided):
        joined(parse(text), None, None)


@pytest.mark.parametrize("text", ["Max(1/sin(x), 0)", "Abs(log(x))", "sign(sin(x))/sin(x)", "1/Abs(sin(x))"])
def test_a_branch_without_a_value_is_refused(text: str) -> None:
    for attempt in (joined, alternatives):
        with pytest.raises(Undecided):
            attempt(parse(text), -ONE, ONE)


@pytest.mark.parametrize(
    ("text", "name", "segments"),
    [
        (
            "x + Abs(sin(x))",
            "strictly_increasing",
            line("branches-direct"),
        ),  # slopes 1 ± cos x ≥ 0, not level
        ("2*x + Abs(sin(x))", "nondecreasing", line("branches-direct")),  # slopes 2 ± cos x > 0
        ("Abs(sin(x))", "continuous", line("branches")),
        ("Abs(sin(x))", "lipschitz", line("branches-range")),  # slopes ± cos x
        ("sign(sin(x))", "bounded", line("branches-range")),
        ("x*Max(1, Abs(sin(x)))", "sign_strict", halves("branches-direct")),
        ("tanh(x) + sign(x - 1)", "strictly_increasing", line("algebra")),
        ("sign(exp(x) - 2)", "nondecreasing", line("algebra")),
        ("sin(x)*Abs(x)", "odd", line("parity")),
        ("Min(1, Max(-1, x**3))", "odd", line("parity")),
    ],
)
def test_facts_across_kinks_that_are_not_cuts(text: str, name: str, segments: object) -> None:
    assert check_fact(fact(text, name, True, segments=segments))


@pytest.mark.parametrize(
    ("text", "name", "segments"),
    [
        ("x/2 + Abs(sin(x))", "nondecreasing", line("branches-direct")),  # slope 1/2 - cos 0 < 0 beside 0
        ("sign(sin(x))", "continuous", line("branches")),
        ("x + sign(sin(x))", "nondecreasing", line("branches-direct")),  # slopes 1, but jumps down at pi
        ("x + sign(sin(x))", "lipschitz", line("branches-range")),
        ("Abs(x**2 - 2)", "lipschitz", line("branches-range")),  # slopes ± 2 x
        ("Abs(x**2 - 2)", "bounded", line("branches-range")),
        ("Max(x, 0)", "strictly_increasing", line("branches-direct")),  # 0 for x ≤ 0
        ("Max(x, 0)", "strictly_increasing", line("algebra")),
        ("sign(x)", "strictly_increasing", line("algebra")),
        ("x*(x - 1)", "nondecreasing", line("algebra")),  # factors rise, but not both are ≥ 0
        ("-tanh(x)", "nondecreasing", line("algebra")),
        ("-1/(2 + x)", "nondecreasing", line("algebra")),  # no value at -2
        ("Abs(x)", "nondecreasing", line("algebra")),
        ("sin(x)", "nondecreasing", line("algebra")),  # x rises beyond pi/2
        ("Min(-1, Max(1, x))", "odd", line("parity")),  # the constant -1
        ("Min(1, Max(-2, x))", "odd", line("parity")),
        ("Max(x, 2*x)", "odd", line("parity")),
        ("x + 1", "odd", line("parity")),
        ("1/x", "odd", line("parity")),  # odd where it is defined
        ("Piecewise((x, x > 0), (x, True))*x", "odd", line("parity")),
        ("x*Abs(sin(x))", "sign_strict", halves("branches-direct")),  # 0 at pi
        ("x*(Abs(sin(x)) - 1/2)", "sign_weak", halves("branches-direct")),
        ("tanh(x)", "nondecreasing", line("branches-sampling")),
        ("x*Abs(x)", "sign_weak", halves("branches-sampling")),
        ("tanh(x)", "continuous", line("apart")),
        ("Piecewise((x, x < sqrt(2)), (0, True))", "continuous", line("branches")),
    ],
)
def test_what_is_false_across_kinks_is_not_established(text: str, name: str, segments: object) -> None:
    with pytest.raises(CertificateRejected):
        check_fact(fact(text, name, True, segments=segments))


@pytest.mark.parametrize(
    ("text", "name", "ground"),
    [
        ("sign(exp(x) - 2)", "continuous", {"segments": on("69/100", "7/10", "leap")}),  # log 2 = 0.6931…
        ("x + sign(x**2 - 2)", "lipschitz", {"segments": on("7/5", "3/2", "leap")}),
        ("sign(x)*sqrt(Abs(x))", "lipschitz", {"segments": on("0", "1", "steep-lo")}),  # x^(-1/2)/2
        ("sqrt(Abs(tanh(x)))", "lipschitz", {"segments": on("-1", "0", "steep-hi")}),
        ("x*(x**2 - 2)**2", "sign_strict", {"witness": ["1", "2"]}),  # 0 at √2
        ("1 + cos(x)", "zero_only_at_origin", {"witness": ["3", "4"]}),  # 0 at pi
        ("1 - sin(x)", "zero_only_at_origin", {"witness": ["1", "2"]}),  # 0 at pi/2
        ("x*Abs(sin(x))", "sign_strict", {"witness": ["3", "4"]}),
        ("Abs(x**2 - 2)", "bounded", {"segments": on("2", "oo", "branches-tail")}),
    ],
)
def test_refutations_at_places_that_are_not_known_exactly(
    text: str, name: str, ground: dict[str, object]
) -> None:
    assert check_fact(fact(text, name, False, **ground))


@pytest.mark.parametrize(
    ("text", "name", "ground"),
    [
        ("tanh(1000*x)", "continuous", {"segments": on("-1", "1", "leap")}),  # steep, but slopes up to 1000
        ("Abs(x**2 - 2)", "continuous", {"segments": on("1", "2", "leap")}),
        ("sign(exp(x) - 2)", "continuous", {"segments": on("1", "2", "leap")}),  # no jump there
        ("sign(exp(x) - 2)", "bounded", {"segments": on("69/100", "7/10", "leap")}),
        ("sign(exp(x) - 2)", "continuous", {"segments": line("leap")}),
        ("x*sqrt(Abs(x))", "lipschitz", {"segments": on("0", "1", "steep-lo")}),  # slope 3/2 √x
        ("sqrt(Abs(x))", "lipschitz", {"segments": on("0", "1", "steep-hi")}),  # the wrong end
        ("sqrt(Abs(x))", "lipschitz", {"segments": on("1", "2", "steep-lo")}),
        ("sqrt(Abs(x))", "continuous", {"segments": on("0", "1", "steep-lo")}),
        ("sqrt(Abs(x))*x*cosh(x)", "lipschitz", {"segments": on("0", "1", "steep-lo")}),
        ("Abs(sin(x))", "bounded", {"segments": on("1", "oo", "branches-tail")}),
        ("Max(-x, 0)", "bounded", {"segments": on("1", "oo", "tail")}),
        ("Min(x, sin(x))", "bounded", {"segments": on("1", "oo", "branches-tail")}),  # sin x there
        ("1 + cos(x)", "zero_only_at_origin", {"witness": ["1", "2"]}),
        ("1 + cos(x)", "zero_only_at_origin", {"witness": ["-4", "4"]}),  # both sides of 0
        ("1 + 2*cos(x/4)", "zero_only_at_origin", {"witness": ["6", "7"]}),  # cos(x/8) is not 0 there either
        ("x*(x**2 - 2)**2", "sign_weak", {"witness": ["1", "2"]}),
        ("(x**2 - 2)**(-2)", "zero_only_at_origin", {"witness": ["1", "2"]}),
    ],
)
def test_a_refutation_of_what_is_true_is_rejected(text: str, name: str, ground: dict[str, object]) -> None:
    with pytest.raises(CertificateRejected):
        check_fact(fact(text, name, False, **ground))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x*Abs(sin(x))", ODD), ("cos(x)*sign(x)**2", EVEN), ("sinh(Abs(x))", EVEN), ("0*x", EVEN | ODD),
        ("x + x**2", NEITHER), ("exp(x) - exp(-x)", ODD), ("exp(Max(x, 0))", NEITHER),
        ("Piecewise((x, Abs(x) < 1), (x**3, True))", ODD),
        ("Piecewise((x, x < 1), (x, True))", NEITHER),  # odd, but its structure does not show it
        ("sqrt(x)", NEITHER), ("sinh(x)**3", ODD), ("sinh(x)**2", EVEN), ("pi + cosh(x)", EVEN),
        ("Max(1, Min(-1, x))", NEITHER), ("Max(Min(x, 2), -2)", ODD),
    ],
)  # fmt: skip
def test_parity_is_that_of_the_structure(text: str, expected: int) -> None:
    assert parity(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "rises", "falls", "strict"),
    [
        ("tanh(x)**3 + atan(x)", True, False, True),
        ("exp(-x)", False, True, True),
        ("1/(1 + exp(-x))", True, False, True),
        ("exp(x)*(2 + tanh(x))", True, False, True),  # both positive and rising
        ("Max(x, 0)*exp(x)", True, False, False),  # 0 for x < 0
        ("cos(atan(x)/2 + 1)", False, True, True),  # the angle stays within (0.2, 1.8)
        ("cosh(exp(x))", True, False, True),
        ("sign(x)*exp(-x)", False, False, False),
        ("x**2", False, False, False),
        ("3 + pi", True, True, False),
        ("(-exp(-x))**2", False, True, True),
        ("(-exp(-x))**(-1)", False, True, True),  # -exp(x)
        ("erfc(x)*Max(-x, 0)", False, True, False),
        ("sin(tanh(x))", True, False, True),  # the angle stays within ±1
        ("cos(atan(x)/2 - 1)", True, False, True),  # within (-1.8, -0.2)
        ("sin(x)", False, False, False),
        ("sqrt(exp(x))", True, False, True),
        ("Abs(-exp(x))", True, False, True),
        ("x*exp(x)", False, False, False),
    ],
)
def test_the_trend_is_that_of_the_structure(text: str, rises: bool, falls: bool, strict: bool) -> None:
    found = trend(parse(text))
    assert (found.rises, found.falls, found.strict) == (rises, falls, strict)


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        ("sin(x)*cos(x)", "sin(2*x)/2"),
        ("sin(x)**2", "1/2 - cos(2*x)/2"),
        ("cos(x)*cos(3*x)", "cos(2*x)/2 + cos(4*x)/2"),
        ("sin(x)*sin(3*x)*exp(x)", "exp(x)*cos(2*x)/2 - exp(x)*cos(4*x)/2"),
        ("x*cos(x)**3", "3*x*cos(x)/4 + x*cos(3*x)/4"),
    ],
)
def test_products_of_waves_are_sums_of_waves(product: str, expected: str) -> None:
    form = normal_form(parse(product))
    assert has_products(form)
    assert is_zero(add(tree(linearised(form)), negate(parse(expected))))


@pytest.mark.parametrize(
    ("text", "low", "high", "rule", "expected"),
    [
        ("1 + 2*sin(x)*cos(x)", None, None, "direct", POSITIVE | NULL),
        ("exp(x/(1 + x**2)) - 1", Fraction(0), None, "direct", POSITIVE),
        ("exp(x) - x - 2", TWO, Fraction(9, 4), "mean", POSITIVE),
        ("x*(1 - x)", Fraction(1, 4), Fraction(3, 4), "mean", POSITIVE),
    ],
)
def test_signs_by_products_of_waves_exponentials_and_means(
    text: str, low: Fraction | None, high: Fraction | None, rule: str, expected: int
) -> None:
    assert sign_on(parse(text), low, high, rule) == expected


def test_the_mean_value_form_needs_a_finite_segment_without_a_kink() -> None:
    for text, low in (("x", None), ("sqrt((x - 1)**2)", Fraction(0))):
        with pytest.raises(Undecided):
            sign_on(parse(text), low, TWO, "mean")
