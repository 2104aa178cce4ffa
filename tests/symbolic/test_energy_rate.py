"""sᵀWs is the zero polynomial for skew W, at every size and for every size."""

import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.symbolic.energy import (
    energy_rate,
    indexed_sum_is_alternating,
    quadratic_form,
    quadratic_form_is_alternating,
)
from gsdcheck.symbolic.ring import skew_ring


@pytest.mark.parametrize("n", range(1, 8))
def test_the_energy_rate_is_the_zero_polynomial(n: int) -> None:
    assert energy_rate(n).to_dict() == {}


@pytest.mark.parametrize("n", range(1, 7))
def test_a_symmetric_part_leaves_its_own_form(n: int) -> None:
    ring = skew_ring(n)
    mutant = [row[:] for row in ring.W]
    mutant[0][-1] = mutant[0][-1] + ring.d[0]
    assert quadratic_form(mutant, ring.s, ring.zero) == ring.d[0] * ring.s[0] * ring.s[-1] != 0


def test_the_form_of_a_full_matrix_has_one_term_for_each_pair() -> None:
    ring = skew_ring(4)
    squares = [[a * a for a in row] for row in ring.W]
    assert len(quadratic_form(squares, ring.s, ring.zero).to_dict()) == 6


def test_the_matrix_argument_holds_for_every_size_and_needs_skewness() -> None:
    assert quadratic_form_is_alternating()
    assert not quadratic_form_is_alternating(transpose_sign=1)


def test_the_indexed_sum_changes_sign_when_its_indices_are_exchanged() -> None:
    assert indexed_sum_is_alternating()
    assert not indexed_sum_is_alternating(transpose_sign=1)


def test_a_ring_without_units_is_refused() -> None:
    with pytest.raises(InvalidInput, match="n is 0"):
        skew_ring(0)
