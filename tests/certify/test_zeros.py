"""Zeros of an activation: a bracket without a change of sign holds none, whatever else is true of it."""

from typing import Any

import pytest

from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.zeros import check_zeros
from gsdcheck.errors import CertificateRejected

LINE = [{"lo": "-oo", "hi": "oo", "rule": "monotone"}]
ZERO = {
    "kind": "activation-quantity",
    "quantity": "zero",
    "exact": None,
    "enclosure": ["-9", "9"],
    "at": None,
}


def bracketed(text: str, low: str, high: str) -> dict[str, Any]:
    return {**ZERO, "expression": text, "segments": LINE, "bracket": [low, high]}


@pytest.mark.parametrize("text", ["x", "-x", "exp(x) - 1", "1 - exp(x)"])
def test_a_zero_is_in_the_bracket_that_has_both_signs(text: str) -> None:
    assert check_quantity(bracketed(text, "-1", "1"))
    for low, high in (("1", "2"), ("-2", "-1"), ("0", "1"), ("-1", "0"), ("0", "0"), ("1", "-1")):
        with pytest.raises(CertificateRejected):
            check_quantity(bracketed(text, low, high))


@pytest.mark.parametrize(("low", "high"), [("1", "2"), ("-2", "-1"), ("0", "1"), ("1", "1")])
def test_a_place_without_a_change_of_sign_is_no_zero(low: str, high: str) -> None:
    witness = [[low, high], ["7", "8"]] if low != "7" else []
    count = {"kind": "activation-zeros", "expression": "x", "count": "several", "witness": witness}
    with pytest.raises(CertificateRejected):
        check_zeros(count)


def test_sine_has_several_zeros_at_points_or_between_them() -> None:
    head = {"kind": "activation-zeros", "expression": "sin(x)", "count": "several"}
    assert check_zeros({**head, "witness": [["0", "0"], ["3", "4"]]}) == "several"
    assert check_zeros({**head, "witness": [["-1", "1"], ["3", "4"], ["6", "7"], ["9", "10"]]}) == "several"
    for witness in (
        [["3", "4"]],
        [["3", "4"], ["4", "7"]],
        [["1", "2"], ["3", "4"]],
        [["3", "4"], ["1/2", "1"]],
    ):
        with pytest.raises(CertificateRejected):
            check_zeros({**head, "witness": witness})
