"""Exact linear algebra: values from mathematics, SymPy as a second method, and mutants."""

import random
from fractions import Fraction

import pytest
import sympy
from flint import arb

from gsdcheck.certify import linear
from gsdcheck.certify.linear import (
    characteristic_polynomial,
    determinant,
    distance_to_skew,
    distance_to_skew_squared,
    frequencies,
    in_range,
    is_diagonalizable,
    is_imaginary_spectrum,
    is_similar_to_skew,
    is_skew,
    jacobian_leaves_axis,
    kernel,
    left_kernel,
    rank,
    skew_symmetrizer,
)
from gsdcheck.errors import InvalidInput, Undecided
from gsdcheck.model.system import Matrix, Vector, exact_matrix, exact_vector

CROSS = exact_matrix([[0, -3, 2], [3, 0, -1], [-2, 1, 0]])  # k×, k = (1, 2, 3)
ROTATION = exact_matrix([[0, 2], [-2, 0]])
CLOSED = exact_matrix([[1, -2], [1, -1]])
JORDAN = exact_matrix([[0, 1], [0, 0]])
SADDLE = exact_matrix([[0, 1], [1, 0]])
IMAGINARY_JORDAN = exact_matrix([[0, 1, 1, 0], [-1, 0, 0, 1], [0, 0, 0, 1], [0, 0, -1, 0]])
TWO = exact_vector([2, 2])
SEEDS = range(12)


def random_matrix(seed: int, *, skew: bool = False, low: bool = False) -> Matrix:
    """Small rationals, n from 2 to 7; of rank n - 1 at most if `low`."""
    rng = random.Random(seed)
    n = 2 + seed % 6
    rows = [[Fraction(rng.randint(-4, 4), rng.randint(1, 3)) for _ in range(n)] for _ in range(n)]
    if skew:
        return tuple(tuple(rows[i][j] - rows[j][i] for j in range(n)) for i in range(n))
    if low:
        rows[-1] = [a - 2 * b for a, b in zip(rows[0], rows[1 % (n - 1)], strict=True)]
    return exact_matrix(rows)


def sympy_matrix(W: Matrix) -> sympy.Matrix:
    return sympy.Matrix([[sympy.Rational(x.numerator, x.denominator) for x in row] for row in W])


def conjugate(W: Matrix, seed: int) -> Matrix:
    """P W P⁻¹ for P unit triangular, in exact arithmetic."""
    rng = random.Random(seed)
    n = len(W)
    P = sympy.Matrix(n, n, lambda i, j: rng.randint(-3, 3) if i < j else int(i == j))
    return exact_matrix(
        [[Fraction(int(x.p), int(x.q)) for x in row] for row in (P * sympy_matrix(W) * P.inv()).tolist()]
    )


def perturbed(W: Matrix, i: int, j: int, by: Fraction = Fraction(1, 10**12)) -> Matrix:
    return tuple(
        tuple(x + by if (r, c) == (i, j) else x for c, x in enumerate(row)) for r, row in enumerate(W)
    )


def times(W: Matrix, x: Vector) -> Vector:
    return tuple(sum((a * b for a, b in zip(row, x, strict=True)), Fraction(0)) for row in W)


def transposed(W: Matrix) -> Matrix:
    return tuple(zip(*W, strict=True))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_skew_matrix_is_skew_until_one_entry_moves_by_a_trillionth(seed: int) -> None:
    W = random_matrix(seed, skew=True)
    assert is_skew(W)
    assert not is_skew(perturbed(W, 0, 1))
    assert not is_skew(perturbed(W, 1, 1))


def test_the_cross_product_with_k_has_kernel_k() -> None:
    assert kernel(CROSS) == left_kernel(CROSS) == (exact_vector([1, 2, 3]),)
    assert rank(CROSS) == 2
    assert kernel(perturbed(CROSS, 0, 0)) == ()


def test_the_kernel_of_zero_is_everything_and_of_a_rotation_nothing() -> None:
    assert kernel(exact_matrix([[0, 0], [0, 0]])) == (exact_vector([1, 0]), exact_vector([0, 1]))
    assert kernel(ROTATION) == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_rank_kernel_and_determinant_agree_with_sympy(seed: int) -> None:
    W = random_matrix(seed, low=seed % 2 == 0)
    second = sympy_matrix(W)
    assert rank(W) == second.rank()
    assert determinant(W) == Fraction(int(second.det().p), int(second.det().q))
    assert len(kernel(W)) == len(left_kernel(W)) == len(W) - rank(W)
    assert all(not any(times(W, k)) for k in kernel(W))
    assert all(not any(times(transposed(W), k)) for k in left_kernel(W))


def test_left_and_right_kernels_differ_where_the_matrix_is_not_normal() -> None:
    assert kernel(JORDAN) == (exact_vector([1, 0]),)
    assert left_kernel(JORDAN) == (exact_vector([0, 1]),)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_range_holds_what_w_reaches_and_not_what_a_casimir_sees(seed: int) -> None:
    W = random_matrix(seed, low=True)
    reached = times(W, exact_vector(range(1, len(W) + 1)))
    outside = tuple(a + b for a, b in zip(reached, left_kernel(W)[0], strict=True))
    assert in_range(W, reached)
    assert not in_range(W, outside)


@pytest.mark.parametrize("n", [3, 5, 7])
def test_an_odd_skew_matrix_is_singular_and_a_mutant_is_not(n: int) -> None:
    W = tuple(tuple(Fraction((j > i) - (j < i)) for j in range(n)) for i in range(n))
    assert determinant(W) == 0
    assert determinant(perturbed(W, 0, 0)) != 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_characteristic_polynomial_agrees_with_sympy(seed: int) -> None:
    W = random_matrix(seed)
    second = sympy_matrix(W).charpoly().all_coeffs()
    assert characteristic_polynomial(W) == tuple(Fraction(int(c.p), int(c.q)) for c in reversed(second))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_conjugate_of_a_skew_matrix_is_similar_to_skew(seed: int) -> None:
    W = random_matrix(seed, skew=True)
    for similar in (W, conjugate(W, seed)):
        assert is_imaginary_spectrum(similar)
        assert is_diagonalizable(similar)
        assert is_similar_to_skew(similar)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_trillionth_on_the_diagonal_leaves_the_imaginary_axis(seed: int) -> None:
    W = conjugate(random_matrix(seed, skew=True), seed)
    assert not is_imaginary_spectrum(perturbed(W, 0, 0))  # the trace is not 0
    assert not is_similar_to_skew(perturbed(W, 0, 0))


@pytest.mark.parametrize(
    ("W", "imaginary", "diagonalizable"),
    [
        (CLOSED, True, True),
        (JORDAN, True, False),
        (SADDLE, False, True),
        (IMAGINARY_JORDAN, True, False),
        (exact_matrix([[1, 1], [0, 1]]), False, False),
        (exact_matrix([[0, 0], [0, 0]]), True, True),
        (exact_matrix([[0, 1, 0], [0, 0, 1], [1, 0, 0]]), False, True),  # the cube roots of 1
        (exact_matrix([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [-1, 0, 0, 0]]), False, True),  # λ⁴ = -1
        (exact_matrix([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0]]), False, True),  # λ⁴ = 1
        (exact_matrix([[1, 0, 0], [0, -1, 0], [0, 0, 0]]), False, True),
    ],
)
def test_spectrum_and_jordan_structure_are_decided_apart(
    W: Matrix, imaginary: bool, diagonalizable: bool
) -> None:
    assert is_imaginary_spectrum(W) is imaginary
    assert is_diagonalizable(W) is diagonalizable
    assert is_similar_to_skew(W) is (imaginary and diagonalizable)


def test_diagonalizability_agrees_with_sympy_on_matrices_of_both_kinds() -> None:
    rng = random.Random(1)
    rows = [
        [[rng.choice([0, 1, -1]) if i <= j else 0 for j in range(3)] for i in range(3)] for _ in range(20)
    ]
    answers = [is_diagonalizable(exact_matrix(W)) for W in rows]
    assert answers == [sympy.Matrix(W).is_diagonalizable() for W in rows]
    assert set(answers) == {True, False}


def test_a_repeated_frequency_is_diagonalizable_until_it_is_coupled() -> None:
    block = exact_matrix([[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1], [0, 0, -1, 0]])
    assert is_similar_to_skew(block)
    assert not is_diagonalizable(perturbed(perturbed(block, 0, 2), 1, 3))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_symmetrizer_makes_w_skew(seed: int) -> None:
    S = random_matrix(seed, skew=True)
    W = tuple(tuple(x / (i + 2) for x in row) for i, row in enumerate(S))
    d = skew_symmetrizer(W)
    assert d is not None
    assert min(d) > 0
    assert is_skew(tuple(tuple(d[i] * x for x in row) for i, row in enumerate(W)))


@pytest.mark.parametrize(
    "W",
    [
        SADDLE,  # mirrored entries of one sign
        JORDAN,  # an entry without its mirror
        CLOSED,  # a diagonal
        exact_matrix([[0, 1, -1], [-1, 0, 2], [1, -1, 0]]),  # a cycle that does not close
        exact_matrix([[0, 1, 1], [1, 0, -1], [1, 1, 0]]),  # negative weights along the tree
    ],
)
def test_what_no_diagonal_makes_skew_has_no_symmetrizer(W: Matrix) -> None:
    assert skew_symmetrizer(W) is None


def test_a_cycle_that_closes_has_the_symmetrizer_of_the_textbook() -> None:
    assert skew_symmetrizer(exact_matrix([[0, 1, -1], [-2, 0, 2], [4, -4, 0]])) == (
        1,
        Fraction(1, 2),
        Fraction(1, 4),
    )


def test_frequencies_of_exact_blocks_are_exact_with_their_multiplicity() -> None:
    zero = exact_matrix([[0] * 5] * 5)
    W = zero
    for i, j, w in ((0, 1, Fraction(3, 2)), (2, 3, Fraction(3, 2))):
        W = perturbed(perturbed(W, i, j, w), j, i, -w)
    found = [(f.exact, f.square, f.multiplicity) for f in frequencies(W)]
    assert found == [(0, 0, 1), (Fraction(3, 2), Fraction(9, 4), 2)]
    assert [(f.exact, f.multiplicity) for f in frequencies(zero)] == [(0, 5)]


def test_frequencies_of_the_tridiagonal_matrix_are_the_golden_ratios() -> None:
    W = exact_matrix([[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]])
    low, high = frequencies(W)
    root = arb(5).sqrt()
    assert low.enclosure.overlaps((root - 1) / 2)
    assert high.enclosure.overlaps((root + 1) / 2)
    assert low.exact is None
    assert high.upper - high.lower < Fraction(1, 2**120)


def test_the_frequency_of_k_cross_is_the_length_of_k() -> None:
    zero, length = frequencies(CROSS)
    assert (zero.exact, zero.multiplicity) == (0, 1)
    assert length.square == 14
    assert length.exact is None
    assert length.lower**2 < 14 < length.upper**2


@pytest.mark.parametrize("seed", SEEDS)
def test_frequencies_of_a_skew_matrix_are_its_singular_values(seed: int) -> None:
    W = random_matrix(seed, skew=True)
    found = [f for f in frequencies(W) for _ in range(f.multiplicity * (2 if f.upper else 1))]
    gram = (sympy_matrix(W).T * sympy_matrix(W)).charpoly()
    assert len(found) == len(W)
    squares = sum((f.enclosure**2 for f in found), arb(0))
    assert squares.overlaps(arb(-int(gram.all_coeffs()[1].p)) / int(gram.all_coeffs()[1].q))


def test_eigenvalues_off_the_axis_have_no_frequency() -> None:
    W = exact_matrix([[0, 3, 0, 0], [-3, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, -1]])
    assert [f.exact for f in frequencies(W)] == [3]
    assert not is_imaginary_spectrum(W)
    assert frequencies(SADDLE) == ()


def test_the_frequency_of_floats_of_any_size_is_the_entry() -> None:
    for w in (1e-300, 1e-8, 0.1, 1e8, 1e300):
        W = exact_matrix([[0, w], [-w, 0]])
        assert [f.exact for f in frequencies(W)] == [Fraction(w)]


def test_distance_to_skew_is_that_to_the_nearest_skew_matrix() -> None:
    assert distance_to_skew_squared(CLOSED) == Fraction(1 + 1) + 2 * Fraction(1, 4)
    assert distance_to_skew(CLOSED).overlaps(arb("2.5").sqrt())
    assert distance_to_skew_squared(CROSS) == 0
    assert distance_to_skew(perturbed(CROSS, 0, 1)) > 0


def test_the_jacobian_leaves_the_axis_where_slopes_differ_in_sign() -> None:
    assert jacobian_leaves_axis(ROTATION, (Fraction(1), Fraction(-1)))
    assert not jacobian_leaves_axis(ROTATION, (Fraction(1), Fraction(1)))
    assert not jacobian_leaves_axis(ROTATION, (arb(0), arb(0)))
    assert jacobian_leaves_axis(ROTATION, (arb(1, 0.25), arb(-1, 0.25)))
    assert jacobian_leaves_axis(CLOSED, (Fraction(1), Fraction(2)))  # the trace is -1


@pytest.mark.parametrize("slope", [arb(0, 1), arb("nan"), arb(0, "inf")])
def test_a_ball_that_holds_both_signs_decides_nothing(slope: arb) -> None:
    with pytest.raises(Undecided, match="not decided"):
        jacobian_leaves_axis(ROTATION, (arb(1), slope))


def test_a_trace_that_may_be_zero_decides_nothing_although_the_determinant_is_positive() -> None:
    with pytest.raises(Undecided, match="not decided"):
        jacobian_leaves_axis(CLOSED, (arb(1, 0.125), arb(1, 0.125)))


@pytest.mark.parametrize(("W", "d"), [(CROSS, TWO), (ROTATION, exact_vector([1]))])
def test_the_planar_test_refuses_other_sizes(W: Matrix, d: Vector) -> None:
    with pytest.raises(InvalidInput, match="n = 2"):
        jacobian_leaves_axis(W, d)  # type: ignore[arg-type]


FUNCTIONS = (
    is_skew,
    distance_to_skew_squared,
    distance_to_skew,
    skew_symmetrizer,
    rank,
    determinant,
    kernel,
    left_kernel,
    characteristic_polynomial,
    is_imaginary_spectrum,
    is_diagonalizable,
    is_similar_to_skew,
    frequencies,
)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_refuses_what_is_not_square_empty_or_too_large(function: object) -> None:
    assert callable(function)
    large = exact_matrix([[0] * (linear.MAX_UNITS + 1)] * (linear.MAX_UNITS + 1))
    for W, words in (
        (large, "limited to n ≤ 64"),
        ((), "not empty"),
        (exact_matrix([[1, 2], [3]]), "square"),
    ):
        with pytest.raises(InvalidInput, match=words):
            function(W)


def test_numbers_too_long_for_exact_work_are_refused_with_the_limit() -> None:
    with pytest.raises(InvalidInput, match="262144 bits here"):
        rank(exact_matrix([[0, 2**300_000 + 1], [1, 0]]))


def test_a_vector_of_another_length_is_refused() -> None:
    for b in ([1, 2, 3], [1]):
        with pytest.raises(InvalidInput, match=f"{len(b)} entries but W is 2x2"):
            in_range(ROTATION, exact_vector(b))
