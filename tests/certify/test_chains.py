"""Chains in certificates: what calculus says is accepted, and every identity that does not hold is rejected."""

import copy
from fractions import Fraction
from typing import Any

import pytest

from gsdcheck.certify.chains import chain_data, in_exponentials, read_chain, vanishes
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.library import find_activation
from gsdcheck.model.parser import parse
from tests.certify.derived_by_hand import ATAN, IDENTITY, SIN, SOFTPLUS, TANH, Data, power

REJECTED = (CertificateRejected, Undecided)
CHAINS = {"tanh": TANH, "identity": IDENTITY, "sin": SIN, "atan": ATAN, "softplus": SOFTPLUS}


def read(name: str, data: Data) -> Any:
    return read_chain(data, find_activation(name).expression)


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_from_calculus_is_accepted_and_spelled_in_one_way(name: str) -> None:
    chain = read(name, CHAINS[name])
    assert chain.is_closed
    assert chain_data(chain) == CHAINS[name]
    assert chain.width == 1 + len(CHAINS[name]["generators"])


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("tanh", "derivatives", [[["-1", power(1, 2)], ["2", []]]]),
        ("tanh", "derivatives", [[["1", power(1, 2)], ["1", []]]]),
        ("tanh", "derivatives", []),
        ("tanh", "sigma", [["2", power(1)]]),
        ("tanh", "sigma", [["1", power(1)], ["1", []]]),
        ("tanh", "generators", ["tanh( x)"]),
        ("tanh", "generators", ["atan(x)"]),
        ("tanh", "relations", [[power(1, 2), [["1", []]]]]),
        ("tanh", "relations", [[power(1, 1), [["1", power(1, 2)]]]]),
        ("tanh", "cuts", ["1", "0"]),
        ("tanh", "cuts", ["0"] * 5),
        ("tanh", "relations", [[power(1, 2), []]] * 7),
        ("tanh", "generators", ["tanh(x)"] * 7),
        ("sin", "derivatives", [[["1", power(2)]], [["1", power(1)]]]),
        ("sin", "relations", [[power(1, 2), [["-1", power(2, 2)]]]]),
        ("atan", "relations", [[[[0, 2], [1, 1]], [["-1", power(1)]]]]),
        ("softplus", "cuts", []),
        ("softplus", "cuts", ["1"]),
        ("softplus", "sigma", [["1", power(2)]]),
    ],
)
def test_an_identity_that_does_not_hold_is_rejected(name: str, key: str, value: object) -> None:
    with pytest.raises(REJECTED):
        read(name, {**copy.deepcopy(CHAINS[name]), key: value})


@pytest.mark.parametrize("key", TANH)
def test_a_chain_has_exactly_its_keys(key: str) -> None:
    with pytest.raises(CertificateRejected, match="keys"):
        read("tanh", {k: v for k, v in TANH.items() if k != key})
    with pytest.raises(CertificateRejected, match="keys"):
        read("tanh", {**TANH, "more": []})


def one(generator: str, slope: list[Any]) -> Data:
    return {**TANH, "generators": [generator], "derivatives": [slope]}


@pytest.mark.parametrize(
    ("generator", "slope"),
    [
        ("Abs(x)", [["1", []]]),  # slope 1 on one side only
        ("Max(x, -1)", [["1", []]]),
        ("x**(-1)", [["-1", power(1, 2)]]),  # a pole
        ("log(x)", [["1", []]]),
        ("sqrt(x**2)", [["1", []]]),  # |x| without a branch to be seen
    ],
)
def test_a_generator_is_continuously_differentiable_on_the_whole_line(
    generator: str, slope: list[Any]
) -> None:
    with pytest.raises(REJECTED):
        read_chain(one(generator, slope), parse(generator))


def test_a_sum_of_absolute_values_that_is_no_kink_is_still_a_branch() -> None:
    text = "Max(exp(x), -1)"  # equal to exp(x), but its tree has a branch
    with pytest.raises(CertificateRejected, match="branches"):
        read_chain(one(text, [["1", power(1)]]), parse(text))


def test_a_function_with_an_isolated_value_is_not_its_polynomial() -> None:
    sigma = parse("Piecewise((5, x**2 <= 0), (tanh(x), True))")
    with pytest.raises(CertificateRejected, match="at 0"):
        read_chain({**TANH, "cuts": ["0"]}, sigma)
    same = parse("Piecewise((0, x**2 <= 0), (tanh(x), True))")
    assert read_chain({**TANH, "cuts": ["0"]}, same).cuts == (Fraction(0),)


def test_equal_slopes_are_not_enough() -> None:
    sigma = parse("Piecewise((log1p(exp(x)), x > 0), (log1p(exp(x))+1, True))")
    with pytest.raises(CertificateRejected):
        read_chain(SOFTPLUS, sigma)


@pytest.mark.parametrize(
    ("text", "zero"),
    [
        ("cosh(x)**(-2) - 1 + tanh(x)**2", True),
        ("sinh(2*x) - 2*sinh(x)*cosh(x)", True),
        ("cos(2*x) - 1 + 2*sin(x)**2", True),
        ("tanh(x+1) - (tanh(x)+tanh(1))/(1+tanh(x)*tanh(1))", True),
        ("cosh(x)**2 - sinh(x)**2", False),
        ("sin(x)**2 + cos(x)**2", False),
        ("Abs(x) - x", False),
    ],
)
def test_what_vanishes_by_algebra_is_seen_to_vanish(text: str, zero: bool) -> None:
    assert vanishes(parse(text)) is zero


def test_hyperbolic_functions_by_exponentials_keep_their_values() -> None:
    for text, value in (("tanh(x)", 0), ("sinh(3*x)", 0), ("cosh(x)", 1), ("2*x*cosh(x)**2+exp(tanh(x))", 1)):
        assert vanishes(parse(f"{text}-{value}"), Fraction(0))
        assert in_exponentials(parse(text)) != parse(text)
