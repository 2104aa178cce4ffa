"""What a certificate states must be what was computed, and what is kept of a bounded factor must hold it."""

from fractions import Fraction
from typing import Any

import pytest
from flint import arb

from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.expansions import as_growth
from gsdcheck.certify.intervals import INFINITY
from gsdcheck.certify.linear_orbits import common_frequency_squared
from gsdcheck.certify.tail_series import _within
from gsdcheck.errors import CertificateRejected, Undecided

DIVERGES = {"end": "diverges", "antiderivative": None, "limit": None}
LINE = [{"lo": "0", "hi": "1", "rule": "direct"}, {"lo": "1", "hi": "oo", "rule": "direct"}]
SIDE = {"segments": LINE, **DIVERGES}


def infinite(**changes: Any) -> dict[str, Any]:
    head = {"kind": "activation-quantity", "expression": "x", "quantity": "escape_energy", "exact": "oo"}
    return {**head, "enclosure": ["oo", "oo"], "left": SIDE, "right": SIDE, **changes}


def test_an_infinite_energy_is_stated_as_infinite() -> None:
    assert check_quantity(infinite()) == (INFINITY, INFINITY)


@pytest.mark.parametrize(
    "changes",
    [
        {"enclosure": ["1", "2"]},
        {"enclosure": ["1", "oo"]},
        {"enclosure": ["zz", "zz"]},
        {"enclosure": ["oo"]},
        {"exact": None},
        {"exact": "1"},
        {"exact": "zz"},
    ],
)
def test_an_infinite_energy_that_is_stated_otherwise_is_rejected(changes: dict[str, Any]) -> None:
    with pytest.raises(CertificateRejected):
        check_quantity(infinite(**changes))


@pytest.mark.parametrize(
    ("low", "high"),
    [("1", "2"), ("-2", "-1"), ("-1", "1"), ("0", "3"), ("-5", "1"), ("-1", "4"), ("1/3", "1/3")],
)
def test_what_is_kept_of_a_bounded_factor_holds_it(low: str, high: str) -> None:
    ends = [arb(Fraction(end).numerator) / Fraction(end).denominator for end in (low, high)]
    growth = as_growth(_within((ends[0], ends[1]), Fraction(16)))
    assert (growth.power, growth.log, growth.exponent) == (0, 0, ())
    assert float(growth.factor[0]) <= float(Fraction(low)) + 1e-12
    assert float(growth.factor[1]) >= float(Fraction(high)) - 1e-12
    size = max(abs(Fraction(low)), abs(Fraction(high)))
    assert float(growth.factor[1] - growth.factor[0]) <= 2 * float(size) + 1e-6


@pytest.mark.parametrize("image", [(arb(0), INFINITY), (-INFINITY, arb(0))])
def test_an_unbounded_factor_is_not_kept(image: tuple[arb, arb]) -> None:
    with pytest.raises(Undecided):
        _within(image, Fraction(16))


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (([0, 1], [-1, 0]), 1),
        (([0, 2], [-2, 0]), 4),
        (([0, 1], [1, 0]), 0),  # real eigenvalues only
        (([0, 2], [-1, 0]), 2),
        (([1, 0], [0, -1]), 0),
        (([0, Fraction(3, 2)], [Fraction(-3, 2), 0]), Fraction(9, 4)),
    ],
)
def test_the_common_frequency_of_a_planar_matrix_is_its_own(
    blocks: tuple[list[Any], list[Any]], expected: Any
) -> None:
    W = tuple(tuple(Fraction(entry) for entry in row) for row in blocks)
    assert common_frequency_squared(W) == expected


@pytest.mark.parametrize(
    ("first", "second", "unit"), [(2, 3, 1), (4, 6, 2), (1, 5, 1), (6, 6, 6), (10, 4, 2)]
)
def test_the_common_frequency_is_the_largest_of_which_all_are_multiples(
    first: int, second: int, unit: int
) -> None:
    W = [[0, first, 0, 0], [-first, 0, 0, 0], [0, 0, 0, second], [0, 0, -second, 0]]
    assert common_frequency_squared(tuple(tuple(map(Fraction, row)) for row in W)) == unit**2
