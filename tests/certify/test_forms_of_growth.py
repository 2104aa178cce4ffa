"""Definite matrices, suprema of wells, roots and growths, against a second way to say the same."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from flint import arb, arb_mat

from gsdcheck.certify.balls import enclose, precision, to_arb
from gsdcheck.certify.cycle_premises import _require_growth
from gsdcheck.certify.expansions import as_growth
from gsdcheck.certify.linear import _root
from gsdcheck.certify.tail_series import expand
from gsdcheck.certify.wells import FOREVER, Side, escape_energy, well_depth
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.model.parser import parse

R = Fraction(64)


def is_definite(S: np.ndarray) -> bool:
    return bool(min(np.linalg.eigvalsh(S)) > 1e-9)


@pytest.mark.parametrize(
    "metric", [(1, 0, 1), (2, 1, 1), (3, -1, 2), (1, 1, 1), (1, 2, 1), (-1, 0, 1), (1, 0, -1), (-2, 0, -1)]
)
def test_an_orbit_is_driven_away_where_two_forms_are_definite(metric: tuple[int, int, int]) -> None:
    p, q, r = metric
    P = np.array([[p, q], [q, r]], dtype=float)
    rows = [[Fraction(p), Fraction(q)], [Fraction(q), Fraction(r)]]
    for a in product((-1, 0, 1, 2), repeat=4):
        A = np.array(a, dtype=float).reshape(2, 2)
        expected = is_definite(P) and is_definite(P @ A + A.T @ P)
        matrix = arb_mat([[arb(a[0]), arb(a[1])], [arb(a[2]), arb(a[3])]])
        try:
            _require_growth(rows, matrix)
        except CertificateRejected:
            assert not expected
        else:
            assert expected


def test_a_metric_that_is_not_symmetric_is_none() -> None:
    with pytest.raises(CertificateRejected, match="P is not"):
        _require_growth(
            [[Fraction(2), Fraction(1)], [Fraction(0), Fraction(2)]],
            arb_mat([[arb(1), arb(0)], [arb(0), arb(1)]]),
        )


def side(height: str | None, zero: str | None = "oo", *, exact: bool = True) -> Side:
    def at(text: str) -> tuple[arb, arb]:
        return FOREVER if text == "oo" else (to_arb(Fraction(text)), to_arb(Fraction(text)))

    value = {} if height == "0" else {(): Fraction(height)} if exact and height not in (None, "oo") else None
    return Side(supremum=at(height or "oo"), first_zero=None if zero is None else at(zero), exact=value)


@pytest.mark.parametrize(
    ("left", "right", "energy", "exact"),
    [
        (side("1"), side("2"), 1, 1),
        (side("2"), side("1"), 1, 1),
        (side("1"), side("1"), 1, 1),
        (side("1"), side("oo"), 1, 1),
        (side("2", exact=False), side("1"), 1, 1),
        (side("1", exact=False), side("2"), 1, None),
        (side("2"), side("1", exact=False), 1, None),
        (side("0"), side("3"), 0, 0),
        (side("oo"), side("oo"), float("inf"), None),
    ],
)
def test_an_orbit_escapes_over_the_lower_side(
    left: Side, right: Side, energy: float, exact: int | None
) -> None:
    (low, high), form = escape_energy((left, right))
    assert float(low) == float(high) == energy
    assert (None if form is None else form.get((), Fraction(0))) == exact


@pytest.mark.parametrize(
    ("left", "right", "depth", "exact"),
    [
        (side("3", "2"), side("5"), 2, None),
        (side("5"), side("3", "2"), 2, None),
        (side("3", "4"), side("5"), 3, 3),
        (side("3", "3"), side("5"), 3, 3),
        (side("oo", "7"), side("oo", "6"), 6, None),
        (side("0", None), side("5", None), 0, 0),
    ],
)
def test_a_well_is_as_deep_as_its_first_zero_or_its_lower_side(
    left: Side, right: Side, depth: float, exact: int | None
) -> None:
    (low, high), form = well_depth((left, right))
    assert float(low) == float(high) == depth
    assert (None if form is None else form.get((), Fraction(0))) == exact


def test_a_zero_that_may_be_anywhere_leaves_no_depth() -> None:
    for sides in ((side("3", None), side("5")), (side("5"), side("3", None))):
        with pytest.raises(Undecided):
            well_depth(sides)


@pytest.mark.parametrize(
    "text",
    ["0", "1", "4", "2", "9/4", "1/3", "10/7", "12345678901234567890123456789", "1/10000000001", "49/25"],
)
def test_a_root_is_between_its_rationals(text: str) -> None:
    square = Fraction(text)
    low, high = _root(square)
    assert 0 <= low <= high
    assert low**2 <= square <= high**2
    assert high - low <= high * Fraction(1, 2**120)
    if square.denominator == 1 and float(square) ** 0.5 == int(float(square) ** 0.5) and square < 100:
        assert low == high


@pytest.mark.parametrize(
    "text",
    [
        "x**2 + 5*x", "x**2 - 5*x + 1", "3*x + log(x)", "3*x - sqrt(x)", "1 - 1/x", "1 + 2/x", "exp(x) + x**3*exp(x/2)",
        "atan(x)", "x*atan(x)", "sqrt(x**2 + x)", "log(x + 1)", "-x + sin(x)", "2*x**2 + x*sin(x)", "1/(x + 3)", "sin(x)/x",
    ],
)  # fmt: skip
def test_a_growth_holds_all_terms_of_the_expansion(text: str) -> None:
    with precision(96):
        growth = as_growth(expand(parse(text), R))
        for x in (R, R + 1, 2 * R, 5 * R):
            t = to_arb(x)
            m = t.log() * to_arb(growth.power) + (
                t.log().log() * to_arb(growth.log) if growth.log else arb(0)
            )
            m += sum((to_arb(c) * t**k for k, c in growth.exponent), arb(0))
            quotient = enclose(parse(text), t) / m.exp()
            assert not quotient < growth.factor[0]
            assert not quotient > growth.factor[1]
