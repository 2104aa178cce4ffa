"""The first zero of a polynomial in an interval, to the working precision."""

import pytest
from flint import arb, arb_poly

from gsdcheck.numeric.taylor_kinks import first_root
from gsdcheck.numeric.taylor_numbers import to_arb, working

TINY = arb(2) ** -100


def from_roots(*roots: str) -> arb_poly:
    """Π (1 - t/r)."""
    product = arb_poly([1])
    for root in roots:
        product *= arb_poly([1, -1 / to_arb("root", root)])
    return product


@pytest.mark.parametrize(
    ("roots", "first"),
    [
        (["1/3", "2/3"], "1/3"),
        (["0.7", "0.70000001", "-1"], "0.7"),
        (["1e-30", "1/2"], "1e-30"),
        (["-1/2", "1"], "1"),
        (["0.9", "5", "-3", "7", "11"], "0.9"),
    ],
)
def test_the_first_root_is_found_to_the_working_precision(roots: list[str], first: str) -> None:
    with working(250, 10):
        found = first_root(from_roots(*roots), arb(1), TINY)
        assert found is not None
        assert abs(found / to_arb("first", first) - 1) < arb(2) ** -180


@pytest.mark.parametrize("roots", [["-1", "-2"], ["1.000001", "3"], []])
def test_no_root_is_none(roots: list[str]) -> None:
    with working(250, 10):
        assert first_root(from_roots(*roots), arb(1), TINY) is None


def test_a_touch_ends() -> None:
    with working(250, 10):
        found = first_root(from_roots("1/3", "1/3"), arb(1), TINY)
        assert found is None or abs(found - to_arb("", "1/3")) < 2 * TINY
