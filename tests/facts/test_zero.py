"""The zero of an activation away from 0, its certificate, and the activation relative to it."""

import math

import pytest

from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.zeros import check_zeros
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.zero import shifted, zero_of
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.expression import number
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.library import find_activation
from gsdcheck.model.parser import parse

EXACT = {  # each is the one zero: the function is strictly monotone, or of one sign elsewhere
    "tanh(x - 1)": ("1", "tanh(x)"),
    "exp(x) - 2": ("log(2)", "exp(x+log(2))-2"),
    "x**3 - 2": ("2**(1/3)", "(x+2**(1/3))**3-2"),
    "tanh(x - 100000)": ("100000", "tanh(x)"),
    "tanh(x - 1) + tanh(1)": ("0", "tanh(x-1)+tanh(1)"),
    "exp(x + log(2)) - 2": ("0", "exp(x+log(2))-2"),
    "tanh(x - log(2))": ("log(2)", "tanh(x)"),
    "atan(x - pi)": ("pi", "atan(x)"),
    "Abs(x - 1) + x - 3": ("2", "Abs(x+1)+x-1"),  # 2 x - 4 right of 1, and -2 left of it
    "3*x + 1": ("-1/3", "3*(x-1/3)+1"),
}
ENCLOSED = {  # by mpmath.findroot at 40 digits
    "x - cos(x)": "0.739085133215160641655312087673873404013",
    "x - exp(-x)": "0.567143290409783872999968662210355549754",
    "sinh(x - 1/2) - 3": "2.318446459232066823483698963560708993786",
}


@pytest.mark.parametrize("text", EXACT)
def test_an_exact_zero_and_the_function_relative_to_it(text: str) -> None:
    activation = find_activation(text)
    zero = zero_of(activation)
    assert zero.only is True
    assert zero.value is not None
    moved = shifted(activation, zero.value)
    assert (format_expression(zero.value), moved.text) == EXACT[text]
    assert parse(moved.text) == moved.expression


@pytest.mark.parametrize("text", ENCLOSED)
def test_a_zero_that_is_only_enclosed(text: str) -> None:
    from mpmath import mp, mpf

    zero = zero_of(find_activation(text))
    assert zero.only is True
    assert zero.value is None
    assert zero.enclosure is not None
    with mp.workdps(40):
        low, high = map(mpf, zero.enclosure)
        assert low <= mpf(ENCLOSED[text]) <= high
        assert high - low <= mpf("1e-20")


@pytest.mark.parametrize(
    ("subject", "count"),
    [
        ("sigmoid", "none"),  # > 0
        ("softplus", "none"),
        ("sin", "several"),
        ("relu", "several"),  # zero on a half-line
        ("zero", "several"),
        ("x**2 - 2", "several"),
    ],
)
def test_none_or_several_zeros_are_no_zero(subject: str, count: str) -> None:
    zero = zero_of(find_activation(subject))
    assert (zero.value, zero.enclosure, zero.only) == (None, None, False)
    assert zero.certificate is not None
    assert check_zeros(zero.certificate) == count


def test_what_is_not_defined_on_the_line_has_no_known_zero() -> None:
    zero = zero_of(activation_from_expression("log(x)"))
    assert (zero.value, zero.enclosure, zero.only, zero.certificate) == (None, None, None, None)


LINE = [{"lo": "-oo", "hi": "oo", "rule": "monotone"}]
HALVES = [{"lo": "-oo", "hi": "0", "rule": "monotone"}, {"lo": "0", "hi": "oo", "rule": "monotone"}]


def claim(text: str, **data: object) -> dict[str, object]:
    head = {"kind": "activation-quantity", "expression": text, "quantity": "zero", "exact": None}
    return {**head, "enclosure": ["-9", "9"], **data}


def test_a_true_claim_of_this_form_is_accepted() -> None:
    check_quantity(claim("exp(x)-2", at=None, bracket=["0", "1"], segments=LINE))
    check_quantity(claim("exp(x)-2", at="log(2)", exact="log(2)", bracket=["0", "1"], segments=LINE))


@pytest.mark.parametrize(
    "wrong",
    [
        claim("exp(x)-2", at="log(3)", bracket=["0", "2"], segments=LINE),  # not a zero
        claim("exp(x)-2", at="log(2)", exact="log(3)", bracket=["0", "1"], segments=LINE),
        claim("exp(x)-2", at="log(2)", bracket=["1", "2"], segments=LINE),  # no change of sign
        claim("exp(x)-2", at=None, bracket=["0", "1"], segments=LINE, enclosure=["1/2", "9"]),
        claim("exp(x)-2", at=None, bracket=["0", "1"], segments=LINE, enclosure=["0.7", "9"]),
        claim("x**3-2*x+1/2", at=None, bracket=["1", "2"], segments=LINE),  # three zeros, not monotone
        claim("sin(x)", at="0", bracket=None, segments=HALVES),  # monotone is no sign
        claim("sin(x)", at="pi", bracket=["3", "4"], segments=LINE),
        claim("x", at="x", bracket=["-1", "1"], segments=LINE),  # no constant
        claim("x", at="0", bracket=["-1", "1"], segments=LINE),
        claim("1/x", at=None, bracket=["-1", "1"], segments=LINE),  # a pole, and no zero
    ],
)
def test_a_wrong_zero_is_rejected(wrong: dict[str, object]) -> None:
    with pytest.raises(CertificateRejected):
        check_quantity(wrong)


@pytest.mark.parametrize(
    "data",
    [
        {"count": "none", "segments": [{"lo": "-oo", "hi": "oo", "rule": "direct"}]},
        {"count": "none", "segments": LINE},
        {"count": "several", "witness": [["0", "0"], ["0", "0"]]},  # the same zero twice
        {"count": "several", "witness": [["-1", "1/2"], ["0", "1"]]},  # they overlap
        {"count": "several", "witness": [["-1", "1"], ["2", "3"]]},  # no second one
        {"count": "one", "witness": [["-1", "1"]]},
    ],
)
def test_a_wrong_number_of_zeros_is_rejected(data: dict[str, object]) -> None:
    with pytest.raises(CertificateRejected):
        check_zeros({"kind": "activation-zeros", "expression": "tanh(x)", **data})


def test_the_potential_relative_to_a_point_is_its_difference() -> None:
    moved = shifted(find_activation("xgauss"), number(2))  # Φ(x + 2) - Φ(2), with Φ = (1 - exp(-x²))/2
    from gsdcheck.certify.balls import enclose, to_arb

    assert moved.potential is not None
    at_one = float(enclose(moved.potential, to_arb(1)).mid())
    assert at_one == pytest.approx((math.exp(-4) - math.exp(-9)) / 2, rel=1e-12)
    assert parse(format_expression(moved.potential)) == moved.potential
