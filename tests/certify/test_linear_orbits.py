"""Linear orbits as a whole: against eigenvalues in floats, SymPy's minimal polynomials, and periods by hand."""

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from flint import fmpz_poly

from gsdcheck.certify.linear_orbits import (
    are_periodic,
    common_frequency_squared,
    is_bounded_forward,
    is_hurwitz,
    minimal_polynomial,
)
from gsdcheck.model.system import exact_matrix


@pytest.mark.parametrize("seed", range(60))
def test_a_polynomial_is_hurwitz_iff_its_roots_lie_left_of_the_axis(seed: int) -> None:
    rng = random.Random(seed)
    factors = [[1, rng.randint(-1, 5)] for _ in range(rng.randint(0, 3))]
    factors += [[1, rng.randint(-1, 4), rng.randint(1, 9)] for _ in range(rng.randint(0, 2))]
    p = [1]
    for factor in factors:
        p = np.convolve(p, factor).tolist()
    roots = np.concatenate([np.roots(factor) for factor in factors]) if factors else np.zeros(0)
    assert is_hurwitz(fmpz_poly([int(c) for c in reversed(p)])) is bool((roots.real < -1e-9).all())


@pytest.mark.parametrize("seed", range(40))
def test_bounded_orbits_are_those_of_the_blocks_a_matrix_is_made_of(seed: int) -> None:
    """P B P⁻¹ for a block matrix B whose orbits are known."""
    rng = random.Random(seed)
    kinds = [
        rng.choice(["decays", "turns", "rests", "grows", "slides", "spirals"])
        for _ in range(rng.randint(1, 3))
    ]
    blocks = {
        "decays": [[-1]],
        "turns": [[0, 2], [-2, 0]],
        "rests": [[0]],
        "grows": [[1]],
        "slides": [[0, 1], [0, 0]],
        "spirals": [[-1, 3], [-3, -1]],
    }
    B = sympy.diag(*(sympy.Matrix(blocks[kind]) for kind in kinds))
    n = B.shape[0]
    P = sympy.Matrix(n, n, lambda i, j: rng.randint(-2, 2) if i < j else int(i == j))
    W = exact_matrix([[Fraction(int(x.p), int(x.q)) for x in row] for row in (P * B * P.inv()).tolist()])
    assert is_bounded_forward(W) is not bool({"grows", "slides"} & set(kinds))
    assert are_periodic(W) is (set(kinds) <= {"turns", "rests"})


def test_what_grows_beside_turns_is_not_bounded() -> None:
    """The minimal polynomial is (λ² + 4)(λ - 1)(λ + 2), of which no root but ±2i has a mirror image."""
    W = [[0, 2, 0, 0], [-2, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, -2]]
    assert not is_bounded_forward(exact_matrix(W))
    W[2][2] = -1
    assert is_bounded_forward(exact_matrix(W))


def test_the_turns_of_a_path_are_bounded_whatever_the_degree_of_their_frequencies() -> None:
    path = [[(j == i + 1) - (j == i - 1) for j in range(6)] for i in range(6)]  # 2 cos(k pi/7): of degree 3
    leaky = [[entry - Fraction(i == j, 9) for j, entry in enumerate(row)] for i, row in enumerate(path)]
    raised = [[entry + Fraction(i == j, 9) for j, entry in enumerate(row)] for i, row in enumerate(path)]
    assert [is_bounded_forward(exact_matrix(W)) for W in (path, leaky, raised)] == [True, True, False]


def test_turns_that_share_a_frequency_in_one_block_are_not_bounded() -> None:
    W = exact_matrix([[0, 1, 1, 0], [-1, 0, 0, 1], [0, 0, 0, 1], [0, 0, -1, 0]])
    assert not is_bounded_forward(W)


PERIODS: list[tuple[list[list[Any]], Fraction | None]] = [
    ([[0]], Fraction(0)),
    ([[-1]], Fraction(0)),
    ([[0, 2], [-2, 0]], Fraction(4)),
    ([[0, 1], [-3, 0]], Fraction(3)),
    ([[0, "1/2"], ["-1/2", 0]], Fraction(1, 4)),
    ([[0, 4, 0, 0], [-4, 0, 0, 0], [0, 0, 0, 6], [0, 0, -6, 0]], Fraction(4)),  # 4 and 6: the unit is 2
    ([[0, 1, 0, 0], [-2, 0, 0, 0], [0, 0, 0, 1], [0, 0, -8, 0]], Fraction(2)),  # √2 and 2√2
    ([[0, 1, 0, 0], [-2, 0, 0, 0], [0, 0, 0, 1], [0, 0, -3, 0]], None),
    ([[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]], None),
    ([[0, 1, 0], [1, 0, 0], [0, 0, 0]], Fraction(0)),  # a saddle has no frequency
    # eigenvalues with λ⁴ = 2: two are real, two imaginary, and λ⁴ = -2: none is imaginary
    ([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [2, 0, 0, 0]], None),
    ([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [-2, 0, 0, 0]], Fraction(0)),
]


@pytest.mark.parametrize(("W", "square"), PERIODS)
def test_the_common_frequency_is_the_one_by_hand(W: list[list[Any]], square: Fraction | None) -> None:
    assert common_frequency_squared(exact_matrix(W)) == square


@pytest.mark.parametrize("seed", range(12))
def test_the_minimal_polynomial_annihilates_and_divides_the_characteristic_one(seed: int) -> None:
    rng = random.Random(seed)
    n = rng.randint(1, 4)
    rows = [[Fraction(rng.randint(-2, 2), rng.randint(1, 2)) for _ in range(n)] for _ in range(n)]
    if seed % 3 == 0:
        rows = [[rows[0][0] if i == j else Fraction(0) for j in range(n)] for i in range(n)]
    m = minimal_polynomial(exact_matrix(rows))
    A = sympy.Matrix(n, n, lambda i, j: sympy.Rational(rows[i][j].numerator, rows[i][j].denominator))
    value = sum((sympy.Rational(c.numerator, c.denominator) * A**k for k, c in enumerate(m)), sympy.zeros(n))
    assert m[-1] == 1
    assert value == sympy.zeros(n)
    if seed % 3 == 0:
        assert len(m) == 2  # a multiple of the identity
