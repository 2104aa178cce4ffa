"""A normal form has the value of its expression, and what is equal by algebra is seen to be."""

from fractions import Fraction

import pytest

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.normal_form import is_zero, normal_form, tree, without_erfc
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse

TEXTS = (
    "log(2/3)", "log(12/35)*x", "log(6) - log(3)", "exp(log(5) + x)", "exp(2*log(x + 3))", "exp(-log1p(x**2)/2)",
    "expm1(x)*expm1(-x)", "log1p(1/3)", "log1p(x)", "sqrt(12)*x", "12**(1/3)", "(18*x**2 + 9)**(1/2)", "pi**2*x/3",
    "dilog(-1)*x", "atan(1) + atan(-1)*x", "tanh(-x)", "cos(-2*x + 1)", "erf(1 - x)", "sinh(-x - 1)", "cosh(-x)",
    "erfc(x) + erf(x)", "x*(x + 1)*(x - 2)", "(x + 1)**3", "(x + 2)**(-2)", "x**2/(1 + x**2)", "exp(x)*exp(-2*x)",
    "exp(x/2)**4", "exp(1)*exp(x)", "E**2*x", "log(exp(3))*x", "log(exp(2)*5)", "sin(0)*x + cos(0)", "erfc(0)*x",
    "log(1/1024)", "asinh(-x)*2", "(2*x + 4)**3/8", "sqrt(exp(2*x))", "8**(2/3)", "(4/9)**(3/2)*x", "log(exp(1)/2)",
)  # fmt: skip
POINTS = [Fraction(1, 3), Fraction(7, 5), Fraction(5)]


@pytest.mark.parametrize("text", TEXTS)
def test_the_form_has_the_value_of_the_expression(text: str) -> None:
    expression = parse(text)
    with precision(128):
        for x in POINTS:
            here = enclose(expression, to_arb(x))
            general, special = tree(normal_form(expression)), tree(normal_form(expression, x))
            for found in (enclose(general, to_arb(x)), enclose(special, to_arb(0))):
                assert here.is_finite()
                assert found.overlaps(here)
                assert float((found - here).abs_upper()) < 1e-25 * (1 + abs(float(here)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("log(6)", "log(2) + log(3)"),
        ("log(2/3)", "log(2) - log(3)"),
        ("log(1/8)", "-3*log(2)"),
        ("exp(x + log(3))", "3*exp(x)"),
        ("exp(-log1p(x))", "1/(1 + x)"),
        ("sqrt(12)", "2*sqrt(3)"),
        ("tanh(-x)", "-tanh(x)"),
        ("cos(1 - x)", "cos(x - 1)"),
        ("erfc(x)", "1 - erf(x)"),
        ("x*erfc(x) + x*erf(x)", "x"),
        ("(x + 1)**2", "x**2 + 2*x + 1"),
        ("expm1(2*x)", "exp(x)**2 - 1"),
        ("4*atan(1)", "pi"),
        ("dilog(-1)", "-pi**2/12"),
        ("log(exp(1)*3)", "1 + log(3)"),
        ("8**(2/3)", "4"),
        ("1/sqrt(2)", "sqrt(2)/2"),
    ],
)
def test_what_is_equal_by_algebra_is_seen_to_be(left: str, right: str) -> None:
    assert is_zero(parse(f"({left}) - ({right})"))
    assert not is_zero(parse(f"({left}) - 2*({right})"))
    assert not is_zero(parse(f"({left}) + ({right})"))


@pytest.mark.parametrize(
    "text", ["erfc(x)", "erfc(2*x)**2", "tanh(erfc(x))", "x - 3*erfc(1 - x)", "1/erfc(x)", "exp(x)"]
)
def test_erfc_is_written_as_one_minus_erf(text: str) -> None:
    found = without_erfc(parse(text))
    assert "erfc" not in repr(found)
    for x in POINTS:
        assert enclose(found, to_arb(x)).overlaps(enclose(parse(text), to_arb(x)))


@pytest.mark.parametrize("text", ["log(x - x)", "Abs(x)", "Max(x, 1)", "sign(x)", "log(3**50)"])
def test_what_has_no_form_is_undecided(text: str) -> None:
    with pytest.raises(Undecided):
        normal_form(parse(text))
