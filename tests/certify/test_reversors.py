"""Signed permutations: against matrices of integers."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.certify.reversors import Signed, inverse, is_reversor, moved, product_order, require_signed
from gsdcheck.errors import CertificateRejected

ALL = [
    tuple(s * p for s, p in zip(signs, places, strict=True))
    for places in itertools.permutations((1, 2, 3))
    for signs in itertools.product((1, -1), repeat=3)
]


def matrix(R: Signed) -> np.ndarray:
    return np.array([moved(R, tuple(Fraction(int(i == j)) for i in range(len(R)))) for j in range(len(R))]).T


def test_a_signed_permutation_acts_as_its_matrix() -> None:
    assert (matrix((2, -3, 1)) == [[0, 1, 0], [0, 0, -1], [1, 0, 0]]).all()
    assert moved((2, -3, 1), (Fraction(5), Fraction(6), Fraction(7))) == (6, -7, 5)


@pytest.mark.parametrize("R", ALL)
def test_the_inverse_is_the_transpose(R: Signed) -> None:
    assert (matrix(inverse(R)) == matrix(R).T).all()


@pytest.mark.parametrize("R", ALL)
def test_a_reversor_turns_the_weights_into_their_negative(R: Signed) -> None:
    for entries in ((1, 0, 0), (1, 1, 0), (1, 2, 3), (1, -1, 1)):
        a, b, c = entries
        W = np.array([[0, a, b], [-a, 0, c], [-b, -c, 0]])
        exact = tuple(tuple(map(Fraction, map(int, row))) for row in W)
        assert is_reversor(R, exact) is bool((matrix(R) @ W @ matrix(R).T == -W).all())


def test_the_order_of_a_product_is_that_of_its_matrix() -> None:
    for R, S in itertools.product(ALL, repeat=2):
        G, m = matrix(R) @ matrix(S), product_order(R, S)
        powers = [np.linalg.matrix_power(G.astype(int), j) for j in range(1, m + 1)]
        assert [(np.eye(3) == P).all() for P in powers] == [False] * (m - 1) + [True]


@pytest.mark.parametrize(
    "value", [[1, 2, 2], [1, 2], [1, 2, 4], [1, 2, 0], [1, True, 3], [1, "2", 3], "123", [1, 2.0, 3]]
)
def test_what_is_no_signed_permutation_is_rejected(value: object) -> None:
    with pytest.raises(CertificateRejected, match="R must"):
        require_signed(value, "R", 3)
