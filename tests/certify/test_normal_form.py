from fractions import Fraction

import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck.certify.balls import enclose, to_arb
from gsdcheck.certify.forms import factored
from gsdcheck.certify.normal_form import is_zero, normal_form, tree
from gsdcheck.errors import Undecided
from gsdcheck.model.parser import parse

ZERO = (
    "(1 + exp(-x))**(-1) - exp(x)/(1 + exp(x))",
    "sqrt(2/pi) - 2/sqrt(pi)*sqrt(1/2)",
    "tanh(-2*x) + tanh(2*x)",
    "x/(1 + x**2) - x**3/(1 + x**2)**2 - x/(1 + x**2)**2",
    "erfc(x) + erfc(-x) - 2",
    "log(4) - 2*log(2)",
    "expm1(x) + 1 - exp(2*x)*exp(-x)",
    "(x**2 + 1)**(3/2) - (x**2 + 1)*sqrt(x**2 + 1)",
    "atan(1) - pi/4",
)
NOT_ZERO = ("sqrt(x**2) - x", "sin(x) - x", "exp(x) - 1 - x", "erf(x) - tanh(x)", "x**2/(1 + x**2) - 1")


@pytest.mark.parametrize("text", ZERO)
def test_what_cancels_is_seen_to_cancel(text: str) -> None:
    assert is_zero(parse(text))


@pytest.mark.parametrize("text", NOT_ZERO)
def test_what_does_not_vanish_is_not_called_zero(text: str) -> None:
    assert not is_zero(parse(text))


def test_the_square_root_of_a_square_is_not_its_base() -> None:
    assert is_zero(parse("sqrt(x)**2 - x"))
    assert not is_zero(parse("sqrt(x**2) - x"))


def test_values_at_a_point_are_exact() -> None:
    assert normal_form(parse("cos(x)*exp(x) + erfc(x)"), Fraction(0)) == {(): Fraction(2)}
    with pytest.raises(Undecided):
        normal_form(parse("x*x**(-1)"), Fraction(0))


@pytest.mark.parametrize("text", ["(1 + x)**16*(2 + sin(x))**16*(cos(x) + exp(x))**16", "Abs(x)"])
def test_what_grows_or_branches_is_undecided(text: str) -> None:
    with pytest.raises(Undecided):
        normal_form(parse(text))


@given(st.fractions(min_value=Fraction(1, 100), max_value=4, max_denominator=100))
def test_the_normal_form_has_the_same_values(point: Fraction) -> None:
    x = to_arb(point)
    for text in (*ZERO, *NOT_ZERO, "(2*x + 2)**(-3)*(x - 1)", "sqrt(3*x*exp(x))", "exp(2*x + 1)*x**(2/3)"):
        form = normal_form(parse(text))
        monomial, rest = factored(form)
        product = enclose(tree({monomial: Fraction(1)}), x) * enclose(tree(rest), x)
        for value in (enclose(tree(form), x), product if rest else arb(0)):
            assert enclose(parse(text), x).overlaps(value)
