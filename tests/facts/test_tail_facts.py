"""Facts and energies that the tails decide, derived by hand."""

from fractions import Fraction

import pytest

from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.balls import precision
from gsdcheck.certify.freezing import is_unbounded, outgrows_lines
from gsdcheck.certify.segments import Segment
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.facts.quantities import quantity_proposals
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.parser import parse

GROWTH = {  # bounded, lipschitz
    "asinh(x)": (False, True),  # ~ log(2x), slope 1/sqrt(1 + x^2)
    "x/sqrt(1 + x**2)": (True, True),  # -> 1
    "log(1 + x**2)*atan(x)": (False, True),  # ~ pi log x, slope ~ pi/x
    "x*tanh(log(1 + exp(x)))": (False, True),  # mish ~ x, slope -> 1
    "sign(x)*log1p(Abs(x))": (False, True),  # slope 1/(1 + |x|)
    "x/((1 + x**2)*log(2 + x**2))": (True, True),  # -> 0, slope -> 0
    "atan(x)**3": (True, True),  # -> pi^3/8
    "x - tanh(x)": (False, True),  # slope tanh^2 <= 1
    "x + sin(x)": (False, True),  # slope 1 + cos x
    "x + sin(x)**2": (False, True),  # slope 1 + sin 2x
    "x*cos(x)": (False, False),  # slope cos x - x sin x = -(2n + 1/2) pi at (2n + 1/2) pi
    "x*sin(x)": (False, False),  # slope sin x + x cos x = 2 pi n at 2 pi n
    "sin(x**2)": (True, False),  # slope 2x cos x^2 = 2x where x^2 = 2 pi n
    "x*erf(log(1 + exp(x)))": (False, True),  # as mish
    "sqrt(1 + x**2) - 1": (False, True),  # ~ |x|
    "x/(1 + x**2)**(3/2)": (True, True),
    "x*exp(-Abs(x)/1000)": (True, True),
}


@pytest.mark.parametrize("text", GROWTH)
def test_boundedness_and_lipschitz_by_the_tails(text: str) -> None:
    facts = activation_facts(activation_from_expression(text))
    assert (facts["bounded"].holds, facts["lipschitz"].holds) == GROWTH[text]


INFINITE = (
    "asinh(x)",
    "x/sqrt(1 + x**2)",  # sqrt(1 + x^2) - 1
    "x/(1 + x**2)",  # log(1 + x^2)/2
    "x/(1 + Abs(x))**2",  # ~ log x
    "x/((1 + x**2)*log(2 + x**2))",  # ~ log(log x)/2, for the integrand is ~ 1/(2 x log x)
    "sign(x)*log1p(Abs(x))",
    "x/(1 + Abs(x))",
    "erf(x)",
)


@pytest.mark.parametrize("text", INFINITE)
def test_energies_that_diverge(text: str) -> None:
    quantities = activation_quantities(activation_from_expression(text))
    assert quantities["escape_energy"].exact == "oo"


FINITE = {
    "x/(1 + x**2)**(3/2)": 1.0,  # 1 - 1/sqrt(1 + x^2)
    "x*exp(-Abs(x))": 1.0,  # Gamma(2)
    "x/(1 + exp(-2*x))": 0.20561675835602830456,  # on the left x/(1 + e^(2x)): pi^2/48
    "x*tanh(log(1 + exp(x)))": 0.88362896010308608523,  # mpmath.quad on the left half-line, 30 digits
    "x/2*(1 + tanh(sqrt(2/pi)*(x + 0.044715*x**3)))": 0.249585767768426700,  # likewise
}


@pytest.mark.parametrize("text", FINITE)
def test_energies_that_converge(text: str) -> None:
    enclosure = activation_quantities(activation_from_expression(text))["escape_energy"].enclosure
    assert enclosure is not None
    low, high = map(float, enclosure)
    assert low - 1e-15 <= FINITE[text] <= high + 1e-15
    assert high - low < 2e-15


CLOSED = [  # sigma, a potential with F(0) = 0, the limit
    ("x/(1 + x**2)**(3/2)", "1 - 1/sqrt(1 + x**2)", "1"),
    ("x*exp(-x**2)", "(1 - exp(-x**2))/2", "1/2"),
    ("x/(1 + x**2)**2", "x**2/(2*(1 + x**2))", "1/2"),
]


@pytest.mark.parametrize(("text", "potential", "exact"), CLOSED)
def test_a_given_potential_gives_the_exact_energy(text: str, potential: str, exact: str) -> None:
    found = list(quantity_proposals(parse(text), parse(potential), ("escape_energy",)))
    assert found[0]["exact"] == exact
    check_quantity(found[0])


TAIL = Segment(low=Fraction(16), high=None, rule="tail")


@pytest.mark.parametrize(
    ("text", "unbounded", "steeper"),
    [
        ("x*cos(x)", True, True),
        ("x*sin(3*x)*cos(2*x)", True, True),
        ("sqrt(x)*sin(x)", True, True),  # slope ~ sqrt(x) cos x
        ("log(x)*sin(x)", True, True),
        ("sin(x)/x", False, False),
        ("x + sin(x)", True, False),
        ("sin(sqrt(x))", False, False),
        ("x*(sin(x)**2 + cos(x)**2 - 1)", False, False),  # 0
        ("sin(log(x))*x", True, False),  # slope sin(log x) + cos(log x)
    ],
)
def test_frozen_phases_refute_what_is_false_and_nothing_else(
    text: str, unbounded: bool, steeper: bool
) -> None:
    with precision(96):
        assert is_unbounded(parse(text), TAIL) is unbounded
        assert outgrows_lines(parse(text), TAIL) is steeper


def test_two_frequencies_without_a_common_measure_are_not_frozen() -> None:
    """x (sin(x) - sin(sqrt(2) x)) is unbounded, but not by one phase."""
    with precision(96):
        assert not is_unbounded(parse("x*(sin(x) - sin(sqrt(2)*x))"), TAIL)
