"""The chain read off a tree: functions that come twice, opposite exponents, constants."""

from fractions import Fraction

import pytest

from gsdcheck.errors import Undecided
from gsdcheck.model.chain import Chain
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.parser import parse
from gsdcheck.symbolic import sparse
from gsdcheck.symbolic.chains import elementary_chain


def chain(text: str) -> Chain:
    return elementary_chain(parse(text))


def functions(text: str) -> list[str]:
    return [format_expression(g) for g in chain(text).generators]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x**3-x", []),
        ("exp(x)*exp(-x)", []),
        ("cosh(x)**2-sinh(x)**2", []),
        ("sin(x)**2+cos(x)**2+x", []),
        ("exp(x)+exp(3*x)", ["exp(x)"]),
        ("exp(x)+exp(-x)", ["exp(x)", "exp(-x)"]),
        ("1/(1+exp(-x))", ["(exp(-x)+1)**(-1)"]),
        ("(1+x**2)**(3/2)", ["(x**2+1)**(-1/2)"]),
        ("((1+x**2)**2)**(-1)", ["(x**2+1)**(-1)"]),
        ("x/sqrt(2)", ["2**(-1/2)"]),
        ("pi*x", ["pi"]),
        ("log(1+x**2)", ["(x**2+1)**(-1)", "log(x**2+1)"]),
        ("tanh(x)+tanh(x)**2", ["tanh(x)"]),
        ("sin(x)*sin(x)", ["sin(x)", "cos(x)"]),
        ("exp(x)**(-2)", ["exp(-2*x)"]),
    ],
)
def test_the_functions_of_a_chain_are_those_that_are_needed(text: str, expected: list[str]) -> None:
    assert sorted(functions(text)) == sorted(expected)


def test_what_opposite_exponents_multiply_to_is_a_relation() -> None:
    found = chain("exp(x)+exp(-x)")
    assert found.relations == (((0, 1, 1), {(0, 0, 0): 1}),)


def test_a_constant_has_the_slope_0_and_a_relation_of_its_own() -> None:
    found = chain("x/sqrt(2)")
    assert found.derivatives == ({},)
    assert found.relations == (((0, 2), {(0, 0): Fraction(1, 2)}),)
    assert found.sigma == {(1, 1): 1}


def test_a_division_by_zero_is_no_chain() -> None:
    with pytest.raises(Undecided, match="zero"):
        chain("x/(x-x)")


def test_a_polynomial_of_too_many_terms_is_no_chain() -> None:
    with pytest.raises(Undecided, match="terms"):
        chain("(1+x+exp(x)+atan(x)+tanh(x))**16")


def test_a_reduction_ends_or_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    square = (((0, 2),), {((1, 2),): Fraction(-1), (): Fraction(1)})  # z_0² = 1 - z_1²
    reduced = sparse.reduced({((0, 4),): Fraction(1)}, [square])
    assert reduced == {(): 1, ((1, 2),): -2, ((1, 4),): 1}
    monkeypatch.setattr(sparse, "MOST_STEPS", 2)
    with pytest.raises(Undecided):
        sparse.reduced({((0, 4),): Fraction(1)}, [square])
