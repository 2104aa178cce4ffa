"""Equilibria on leaves: boxes around solutions known by hand are accepted, boxes beside them are not."""

from typing import Any

import mpmath
import pytest

from gsdcheck.certify.equilibria import check_equilibrium
from gsdcheck.certify.subject import subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import system
from tests.certify.derived_by_hand import CROSS, PLANAR, Data


def box(*centres: Any, width: str = "1e-9") -> list[list[str]]:
    return [[str(mpmath.mpf(c) - mpmath.mpf(width)), str(mpmath.mpf(c) + mpmath.mpf(width))] for c in centres]


def equilibrium(
    W: list[list[Any]], state: list[str], enclosure: list[list[str]], activation: str = "tanh", **options: Any
) -> Data:
    subject = subject_data(system(W, activation, **options), state)
    head = {"kind": "equilibrium", "quantity": "equilibrium", "exact": None}
    return {**head, "subject": subject, "enclosure": enclosure}


THIRDS = equilibrium(CROSS, ["3", "1", "0"], box("1.3333333333", "1.3333333333", "1.3333333333"))
"""tanh x = t (1, 1, 1) and x_1 + x_2 + x_3 = 4: all coordinates are 4/3."""


def test_the_equilibrium_of_a_leaf_is_where_all_coordinates_agree() -> None:
    check_equilibrium(THIRDS)
    check_equilibrium(equilibrium(CROSS, ["3", "1", "0"], box(1.33, 1.33, 1.33, width="0.1"), "expm1"))


def test_the_equilibrium_with_a_bias_is_the_inverse_of_what_weights_cancel() -> None:
    """W tanh(x) = -b for W = [[0, 1], [-1, 0]], b = (1/2, 1/3): tanh x = (1/3, -1/2)."""
    with mpmath.workdps(30):
        x = [mpmath.atanh(mpmath.mpf(1) / 3), mpmath.atanh(-mpmath.mpf(1) / 2)]
    check_equilibrium(equilibrium(PLANAR, ["0", "0"], box(*x), bias=["1/2", "1/3"]))
    with pytest.raises(CertificateRejected, match="inside"):
        check_equilibrium(equilibrium(PLANAR, ["0", "0"], box(x[0], -x[1]), bias=["1/2", "1/3"]))


def test_a_box_of_which_an_end_is_the_equilibrium_is_not_enough() -> None:
    enclosure = [["0", "0.1"], ["-0.1", "0.1"]]
    with pytest.raises(CertificateRejected, match="inside"):
        check_equilibrium(equilibrium(PLANAR, ["1", "1"], enclosure))
    check_equilibrium(equilibrium(PLANAR, ["1", "1"], [["-0.1", "0.1"], ["-0.1", "0.1"]]))


REJECTED: dict[str, Data] = {
    "beside-it": {**THIRDS, "enclosure": box("1.34", "1.33", "1.33", width="1e-3")},
    "an-empty-interval": {**THIRDS, "enclosure": [["2", "1"]] * 3},
    "a-point": {**THIRDS, "enclosure": [["1", "1"]] * 3},
    "no-decimal": {**THIRDS, "enclosure": [["1", "4/3"]] * 3},
    "a-huge-exponent": {**THIRDS, "enclosure": [["0", "1e99999"]] * 3},
    "two-intervals": {**THIRDS, "enclosure": box("1.3333", "1.3333")},
    "an-exact-value": {**THIRDS, "exact": "4/3"},
    "another-kind": {**THIRDS, "kind": "activation-quantity"},
    "another-key": {**THIRDS, "name": "x"},
    "no-state": {**THIRDS, "subject": {**THIRDS["subject"], "state": None}},
    "no-point": {**THIRDS, "subject": {**THIRDS["subject"], "state": ["log(-1)", "1", "0"]}},
    "inner": {**THIRDS, "subject": {**THIRDS["subject"], "form": "inner"}},
    "a-leak": {**THIRDS, "subject": {**THIRDS["subject"], "leak": "1"}},
    "a-bias-outside-the-range": {**THIRDS, "subject": {**THIRDS["subject"], "bias": ["1", "0", "0"]}},
    "a-flat-activation": {**THIRDS, "subject": {**THIRDS["subject"], "activation": "0"}},
    "a-kink-in-the-box": equilibrium(PLANAR, ["1", "1"], [["-0.1", "0.1"]] * 2, "relu"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_encloses_no_equilibrium_is_rejected(name: str) -> None:
    with pytest.raises(CertificateRejected):
        check_equilibrium(REJECTED[name])


def test_the_leaf_is_that_of_the_state() -> None:
    """x_1 + x_2 + x_3 = 9/2 instead of 4."""
    moved = {**THIRDS, "subject": {**THIRDS["subject"], "state": ["3", "1", "1/2"]}}
    with pytest.raises(CertificateRejected, match="inside"):
        check_equilibrium(moved)
    check_equilibrium({**moved, "enclosure": [["1.4", "1.6"]] * 3})
