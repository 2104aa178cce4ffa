"""The families: each has, exactly, what its name says; the expected values come from exact linear algebra."""

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest

from gsdcheck.certify import linear
from gsdcheck.engine.hunt.families.other_weights import ANY, negative_definite
from gsdcheck.engine.hunt.families.skew_weights import SKEW
from gsdcheck.engine.hunt.families.states import STATES
from gsdcheck.engine.hunt.families.steps import steps
from gsdcheck.engine.hunt.landmarks import Landmarks
from gsdcheck.model.system import Matrix

MARKS = Landmarks(points=np.array([0.0, 7.5]), widths=np.array([1.0, 1e-6]))


def exact(W: np.ndarray) -> Matrix:
    return tuple(tuple(map(Fraction, row)) for row in W.tolist())


def drawn(family: str, n: int, size: int = 20) -> list[Matrix]:
    return [exact(W) for W in {**SKEW, **ANY}[family](np.random.default_rng(3), size, n)]


@pytest.mark.parametrize("family", SKEW)
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 8])
def test_skew_families_are_skew_to_the_last_bit(family: str, n: int) -> None:
    W = SKEW[family](np.random.default_rng(0), 50, n)
    assert W.shape == (50, n, n)
    assert (-W.transpose(0, 2, 1) == W).all()


@pytest.mark.parametrize("family", [*SKEW, *ANY])
def test_a_family_is_the_same_for_the_same_seed(family: str) -> None:
    first, again = ({**SKEW, **ANY}[family](np.random.default_rng(5), 9, 4) for _ in range(2))
    assert (first == again).all()


@pytest.mark.parametrize("n", [4, 5, 6, 8])
def test_repeated_frequencies_are_repeated_exactly(n: int) -> None:
    for W in drawn("repeated frequencies", n):
        positive = [f for f in linear.frequencies(W) if f.lower > 0]
        assert len(positive) <= 1
        assert all(f.multiplicity == n // 2 for f in positive)


def test_near_singular_weights_have_one_frequency_far_below_the_others() -> None:
    for W in drawn("near-singular", 4):
        low, high = linear.frequencies(W)
        assert 0 < low.upper < high.lower / 100


@pytest.mark.parametrize("n", [2, 3, 4])
def test_reversible_weights_have_a_mirror_in_which_time_runs_backwards(n: int) -> None:
    mirrors = [
        np.diag(signs)[list(order)]
        for order in permutations(range(n))
        for signs in product((1.0, -1.0), repeat=n)
    ]
    involutions = [R for R in mirrors if (np.eye(n) == R @ R).all()]
    for W in SKEW["reversible"](np.random.default_rng(4), 30, n):
        assert any((R @ W @ R.T == -W).all() for R in involutions)
        assert abs(W).max() <= 2


def test_rank_two_weights_have_at_most_rank_two() -> None:
    ranks = {linear.rank(W) for W in drawn("rank two", 5)}
    assert ranks <= {0, 2}
    assert 2 in ranks


@pytest.mark.parametrize("n", [3, 4, 5])
def test_ones_in_the_kernel_are_in_the_kernel(n: int) -> None:
    for W in drawn("ones in the kernel", n):
        assert all(sum(row) == 0 for row in W)


def test_a_tiny_asymmetry_is_one_entry_and_not_zero() -> None:
    off = [linear.distance_to_skew_squared(W) for W in drawn("tiny asymmetry", 4, 200)]
    assert all(d > 0 for d in off)
    assert min(off) < Fraction(1, 10**20)


def test_matrices_similar_to_skew_ones_are_similar_to_skew_ones() -> None:
    found = drawn("similar to skew", 4)
    assert all(linear.is_similar_to_skew(W) for W in found)
    assert not all(linear.is_skew(W) for W in found)


def test_symmetrizable_matrices_have_a_symmetrizer() -> None:
    assert all(linear.skew_symmetrizer(W) is not None for W in drawn("skew-symmetrizable", 3))


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_defective_matrices_have_their_spectrum_on_the_axis_and_are_not_similar_to_skew_ones(n: int) -> None:
    for W in drawn("defective", n, 3):
        assert linear.is_imaginary_spectrum(W)
        assert not linear.is_diagonalizable(W)


def test_negative_definite_weights_are_negative_definite() -> None:
    for W in negative_definite(np.random.default_rng(1), 30, 4):
        assert np.linalg.eigvalsh(W + W.T).max() < 0


@pytest.mark.parametrize("family", STATES)
def test_states_are_finite_and_have_their_shape(family: str) -> None:
    x = STATES[family](np.random.default_rng(2), 100, 3, MARKS)
    assert x.shape == (100, 3)
    assert np.isfinite(x).all()


def test_special_points_are_hit_exactly_and_on_both_sides_within_their_width() -> None:
    x = STATES["one special point"](np.random.default_rng(2), 400, 2, MARKS) - 7.5
    assert (x == 0).any()
    for side in (-1, 1):
        assert ((side * x > 0) & (side * x < 2e-6)).sum() > 20


def test_huge_and_tiny_states_are_huge_and_tiny() -> None:
    rng = np.random.default_rng(2)
    assert np.abs(STATES["huge states"](rng, 400, 2, MARKS)).max() > 1e6
    assert np.abs(STATES["tiny states"](rng, 400, 2, MARKS)).min() < 1e-8


def test_steps_are_positive_of_every_scale_and_match_widths_and_thresholds() -> None:
    speeds, pace = np.full(4_000, 2.0), np.full(4_000, 3.0)
    h = steps(np.random.default_rng(4), speeds, pace, MARKS)
    assert (h > 0).all()
    assert h.min() < 1e-5
    assert h.max() > 10
    assert ((h * 2.0 < 2e-6) & (h * 2.0 > 1e-8)).sum() > 100  # as long as the needle is wide
    near = np.abs(h * 3.0 / (2 * np.sqrt(2)) - 1)
    assert ((near > 0) & (near < 1e-3)).any()  # RK4 loses its stability at 2√2
