"""Sturm's count and the enclosures of positive roots."""

from fractions import Fraction

import pytest
from flint import fmpz_poly

from gsdcheck.certify import sturm
from gsdcheck.certify.sturm import count_roots, positive_roots, sign_changes, sturm_chain
from gsdcheck.errors import Undecided


def with_roots(*roots: int) -> fmpz_poly:
    product = fmpz_poly([1])
    for root in roots:
        product *= fmpz_poly([-root, 1])
    return product


@pytest.mark.parametrize(
    ("lower", "upper", "count"), [(-5, None, 4), (0, None, 2), (-3, 1, 2), (1, 7, 1), (7, None, 0), (2, 6, 0)]
)
def test_sturm_counts_the_roots_of_a_known_product_in_a_half_open_interval(
    lower: int, upper: int | None, count: int
) -> None:
    chain = sturm_chain(with_roots(-3, -1, 1, 7))
    assert count_roots(chain, Fraction(lower), None if upper is None else Fraction(upper)) == count


def test_a_polynomial_without_real_roots_has_none() -> None:
    assert count_roots(sturm_chain(fmpz_poly([1, 0, 1])), Fraction(-100), None) == 0
    assert sturm_chain(fmpz_poly([5])) == (fmpz_poly([1]),)
    assert sign_changes(sturm_chain(fmpz_poly([-7])), None) == 0


def test_the_sign_of_the_head_is_kept_by_the_primitive_part() -> None:
    assert sturm_chain(fmpz_poly([6, -4])) == (fmpz_poly([3, -2]), fmpz_poly([-1]))


def test_integer_roots_are_exact_and_others_enclosed() -> None:
    three, root = positive_roots(with_roots(3) * fmpz_poly([-11, 0, 1]), 64)
    assert three == (3, 3)
    assert root[0] ** 2 < 11 < root[1] ** 2
    assert root[1] - root[0] < Fraction(1, 2**55)


def test_a_root_at_half_is_enclosed_and_negative_ones_left_out() -> None:
    ((lower, upper),) = positive_roots(fmpz_poly([-1, 2]) * with_roots(-4), 64)
    assert lower <= Fraction(1, 2) <= upper


def test_too_few_bits_leave_close_roots_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sturm, "_ends", lambda *_: (Fraction(1), Fraction(9)))
    with pytest.raises(Undecided, match="not isolated at 64 bits"):
        positive_roots(with_roots(3, 5), 64)


def test_two_enclosures_of_one_root_are_not_accepted_for_two_roots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sturm, "_ends", lambda *_: (Fraction(1), Fraction(4)))
    with pytest.raises(Undecided):
        positive_roots(with_roots(3, 5), 64)


def test_complex_roots_in_the_right_half_plane_are_no_positive_roots() -> None:
    assert positive_roots(fmpz_poly([2, -2, 1]) * with_roots(3), 64) == ((3, 3),)


def test_an_integer_beside_a_root_is_not_taken_for_it() -> None:
    root = 3 + Fraction(1, 2**200)
    ((lower, upper),) = positive_roots(fmpz_poly([-root.numerator, root.denominator]), 64)
    assert lower < root < upper


def test_an_enclosure_beside_the_root_is_not_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    for ends in ((Fraction(4), Fraction(9)), (Fraction(4), Fraction(4))):
        monkeypatch.setattr(sturm, "_ends", lambda *_, found=ends: found)
        with pytest.raises(Undecided):
            positive_roots(with_roots(3), 64)


def test_a_root_that_is_not_proposed_is_missed_by_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sturm, "count_roots", lambda *_: 2)
    with pytest.raises(Undecided):
        positive_roots(with_roots(3), 64)
