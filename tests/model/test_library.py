"""Names are found however they are spelled, parameters are exact, and a wrong one says what is near."""

from fractions import Fraction

import pytest

from gsdcheck.errors import ExpressionError, InvalidInput, UnknownName
from gsdcheck.model.library import NAMES, find_activation, named_activation

ISSUED = (
    "identity", "tanh", "relu", "leaky_relu", "elu", "gelu", "silu", "softplus", "sigmoid", "softsign", "hardtanh",
    "sin", "atan", "erf", "xgauss", "expm1",
)  # fmt: skip

WITHOUT_CLOSED_FORM = (
    "gelu_tanh",  # the exponential of a cubic
    "mish",  # dilogarithms at complex points: 1/(exp(2x) + 2 exp(x) + 2) has complex poles in exp(x)
)


def test_the_library_holds_what_it_promises() -> None:
    assert set(ISSUED) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_activation_carries_slope_and_potential(name: str) -> None:
    activation = named_activation(name)
    assert activation.name == name
    assert (activation.potential is None) == (name in WITHOUT_CLOSED_FORM)


@pytest.mark.parametrize("spelling", ["leaky_relu", "LeakyReLU", "leaky-relu", "LEAKYRELU"])
def test_names_ignore_case_and_separators(spelling: str) -> None:
    assert find_activation(spelling).name == "leaky_relu"


def test_parameters_are_exact() -> None:
    assert find_activation("leaky_relu?negative_slope=0.2").parameters == {"negative_slope": Fraction(1, 5)}
    assert find_activation("hardtanh?min_val=-2&max_val=1/3").parameters["max_val"] == Fraction(1, 3)


def test_a_default_that_is_spelled_out_changes_nothing() -> None:
    assert find_activation("elu?alpha=1.0") == find_activation("elu")


@pytest.mark.parametrize(
    ("subject", "error", "complaint"),
    [
        ("tahn", UnknownName, "'tanh'"),
        ("gleu", UnknownName, "'gelu'"),
        ("elu?beta=1", UnknownName, "alpha"),
        ("elu?alpha=abc", InvalidInput, "abc"),
        ("elu?alpha=1/0", InvalidInput, "1/0"),
        ("x+1?alpha=1", ExpressionError, "belong to a name"),
        ("3*4", InvalidInput, "does not depend on x"),
        ("tanh(y)", ExpressionError, "unknown name 'y'"),
    ],
)
def test_what_is_no_activation_is_refused(subject: str, error: type[Exception], complaint: str) -> None:
    with pytest.raises(error, match=complaint):
        find_activation(subject)


def test_an_expression_is_an_activation() -> None:
    found = find_activation("x/(1+Abs(x))")
    assert (found.text, found.potential) == ("x/(Abs(x)+1)", None)
