"""Facts of every small integer matrix, for every small witness, against NumPy and a search."""

from fractions import Fraction
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest

from gsdcheck.certify.first_integrals import _arguments
from gsdcheck.certify.linear_orbits import is_bounded_forward
from gsdcheck.certify.matrix_facts import check_matrix_fact, matrix_fact
from gsdcheck.certify.subject import read_subject, subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import system

Rows = tuple[tuple[int, ...], ...]
PLANAR: list[Rows] = [((a, b), (c, d)) for a, b, c, d in product((-2, 0, 1, 2), repeat=4)]
SPATIAL: list[Rows] = [
    ((0, a, b), (c, 0, d), (e, f, 0))
    for a, b, c, d, e, f in product((-1, 1, 2), repeat=6)
    if a * c <= 1 and e <= 1
][::7]


def holds(fact: str, W: Rows, value: bool, witness: dict[str, Any] | None = None) -> bool:
    exact = tuple(tuple(Fraction(entry) for entry in row) for row in W)
    try:
        check_matrix_fact(matrix_fact(fact, exact, value, witness))
    except CertificateRejected:
        return False
    return True


@pytest.mark.parametrize("diagonal", [(1, 1), (1, 2), (2, 1), (3, 2), (0, 1), (1, -1), (-1, -1), (0, 0)])
def test_a_diagonal_makes_the_matrix_skew_or_is_rejected(diagonal: tuple[int, int]) -> None:
    for W in PLANAR:
        scaled = np.diag(diagonal) @ np.array(W)
        expected = min(diagonal) > 0 and not (scaled + scaled.T).any()
        assert holds("skew_symmetrizable", W, True, {"diagonal": [str(d) for d in diagonal]}) is expected


def can_be_symmetrized(W: Rows) -> bool:
    """Whether some d > 0 with diag(d) W skew exists: d_1 = 1, and the others follow along edges or are free."""
    n = len(W)
    if any(W[i][i] for i in range(n)) or any(
        (W[i][j] == 0) != (W[j][i] == 0) for i in range(n) for j in range(n)
    ):
        return False
    candidates = sorted({Fraction(a, b) for a in (1, 2, 4) for b in (1, 2, 4)})
    return any(
        all(d[i] * W[i][j] == -d[j] * W[j][i] for i in range(n) for j in range(n))
        for d in product([Fraction(1)], *[candidates] * (n - 1))
    )


def test_a_cycle_refutes_only_what_no_diagonal_makes_skew() -> None:
    for W in (*PLANAR, *SPATIAL):
        n = len(W)
        cycles = [list(cycle) for size in range(2, n + 1) for cycle in permutations(range(n), size)]
        shown = [cycle for cycle in cycles if holds("skew_symmetrizable", W, False, {"cycle": cycle})]
        assert not (shown and can_be_symmetrized(W)), (W, shown)
        if not any(W[i][i] for i in range(n)):
            assert shown or can_be_symmetrized(W), W


@pytest.mark.parametrize("cycle", [[0], [0, 0], [0, 1, 0], [0, 2], [-1, 1], [True, 0], []])
def test_a_cycle_has_different_units(cycle: list[Any]) -> None:
    assert not holds("skew_symmetrizable", ((0, 1), (1, 0)), False, {"cycle": cycle})


@pytest.mark.parametrize("entry", list(product(range(2), range(2))))
def test_an_entry_shows_that_a_matrix_is_not_skew(entry: tuple[int, int]) -> None:
    i, j = entry
    for W in PLANAR:
        assert holds("skew", W, False, {"entry": [i, j]}) is (W[i][j] + W[j][i] != 0)
        assert holds("skew", W, True) is (not (np.array(W) + np.array(W).T).any())


@pytest.mark.parametrize("kernel", [(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (0, 0)])
def test_a_kernel_shows_that_a_matrix_is_singular(kernel: tuple[int, int]) -> None:
    for W in PLANAR:
        expected = any(kernel) and not (np.array(W) @ kernel).any()
        assert holds("invertible", W, False, {"kernel": [str(k) for k in kernel]}) is expected
        assert holds("invertible", W, True) is bool(round(np.linalg.det(np.array(W))))


def bounded_forward(W: Rows) -> bool:
    """By the trace and the determinant of a planar matrix: Re λ < 0, or on the axis and diagonalizable."""
    (a, b), (c, d) = W
    trace, determinant = a + d, a * d - b * c
    if trace > 0 or determinant < 0:
        return False
    if trace < 0:
        return True  # λ = 0 is simple if the determinant is 0
    return determinant > 0 or not any((a, b, c, d))


def test_planar_orbits_are_bounded_forward_by_trace_and_determinant() -> None:
    for W in PLANAR:
        exact = tuple(tuple(Fraction(entry) for entry in row) for row in W)
        assert is_bounded_forward(exact) is bounded_forward(W), W
        periodic = W[0][0] + W[1][1] == 0 and W[0][0] * W[1][1] - W[0][1] * W[1][0] > 0
        assert holds("linear_orbits_periodic", W, True) is (periodic or not any(map(any, W)))
        assert holds("linear_orbits_periodic", W, False) is not (periodic or not any(map(any, W)))


def test_the_argument_of_the_inner_form_is_that_of_sigma() -> None:
    W = [[0, 3, -1], [-3, 0, 2], [1, -2, 0]]
    x, b = [Fraction(1, 2), Fraction(-5), Fraction(7, 3)], [Fraction(1, 4), Fraction(2), Fraction(-1)]
    inner = read_subject(subject_data(system(W=W, form="inner", bias=b)))
    expected = [
        sum(Fraction(w) * v for w, v in zip(row, x, strict=True)) + c for row, c in zip(W, b, strict=True)
    ]
    assert _arguments(inner, x) == expected
    assert _arguments(read_subject(subject_data(system(W=W))), x) == x
