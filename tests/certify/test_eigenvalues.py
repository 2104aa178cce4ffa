"""Enclosures of eigenvalues: they contain the true ones, and say "on the axis" only where that is so."""

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import acb, arb

from gsdcheck.certify.balls import precision, to_arb
from gsdcheck.certify.eigenvalues import jacobian_eigenvalues
from gsdcheck.errors import InvalidInput, Undecided
from gsdcheck.model.system import exact_matrix

PLANAR = exact_matrix([[0, 3], [-3, 0]])
FOUR = exact_matrix([[0, 1, 0, 2], [-1, 0, 1, 0], [0, -1, 0, 1], [-2, 0, -1, 0]])
FIVE = exact_matrix(
    [[0, 1, 2, 0, 1], [-1, 0, 1, 0, 3], [-2, -1, 0, 1, 0], [0, 0, -1, 0, 1], [-1, -3, 0, -1, 0]]
)
QUADRUPLE = exact_matrix(
    [[0, -1, 0, 1, -2], [1, 0, -3, 1, 0], [0, 3, 0, 1, -2], [-1, -1, -1, 0, 0], [2, 0, 2, 0, 0]]
)
CALM = ["1/2", "1/3", "1", "1/5", "2"]
MIXED = ["1/2", "-1/3", "1", "1/5", "-2"]


def slopes(values):
    return [to_arb(Fraction(v)) for v in values]


def by_mpmath(W, values):
    """The eigenvalues of W diag(d) to 40 digits."""
    with mpmath.workdps(40):
        d = [mpmath.mpf(Fraction(v).numerator) / Fraction(v).denominator for v in values]
        J = mpmath.matrix([[mpmath.mpf(int(w)) * x for w, x in zip(row, d, strict=True)] for row in W])
        return list(mpmath.eig(J, left=False, right=False))


def holds(ball, value):
    """Whether the ball, a little wider than the error of the 40 digits, contains the number."""
    near = arb(0, 1e-30)
    real, imag = (arb(mpmath.nstr(part, 38)) + near for part in (value.real, value.imag))
    return ball.overlaps(acb(real, imag))


@pytest.mark.parametrize("values", [CALM, MIXED])
@pytest.mark.parametrize("W", [PLANAR, FOUR, FIVE])
def test_every_eigenvalue_lies_in_a_ball_of_its_own(W, values):
    values = values[: len(W)]
    with precision(128):
        found = jacobian_eigenvalues(W, slopes(values))
        places = [[i for i, ball in enumerate(found) if holds(ball, value)] for value in by_mpmath(W, values)]
    assert sorted(place for (place,) in places) == list(range(len(W)))


@pytest.mark.parametrize("W", [PLANAR, FOUR, FIVE])
def test_slopes_that_are_not_negative_put_all_of_them_on_the_axis_exactly(W):
    assert all(ball.real == 0 for ball in jacobian_eigenvalues(W, slopes(CALM[: len(W)])))


@pytest.mark.parametrize(
    ("W", "values", "off"), [(FOUR, MIXED[:4], 2), (QUADRUPLE, ["2", "1", "-2", "2", "-2"], 4)]
)
def test_mixed_slopes_leave_the_axis_just_where_numbers_say(W, values, off):
    found = jacobian_eigenvalues(W, slopes(values))
    assert sum(abs(value.real) > 1e-20 for value in by_mpmath(W, values)) == off
    assert sum(not ball.real.contains(0) for ball in found) == off
    assert sum(bool(ball.real == 0) for ball in found) == len(W) - off  # by the symmetry of the spectrum


def test_a_quadruple_off_both_axes_is_not_forced_onto_one():
    found = jacobian_eigenvalues(QUADRUPLE, slopes(["2", "1", "-2", "2", "-2"]))
    assert sum(not ball.real.contains(0) and not ball.imag.contains(0) for ball in found) == 4
    assert all(any(holds(b, v) for b in found) for v in by_mpmath(QUADRUPLE, ["2", "1", "-2", "2", "-2"]))


def test_the_planar_ones_are_the_roots_of_minus_the_determinant():
    up, down = jacobian_eigenvalues(PLANAR, slopes(["1/2", "2"]))
    assert (up.real, down.real) == (0, 0)
    assert (up.imag - 3).contains(0)
    right, left = jacobian_eigenvalues(PLANAR, slopes(["1/2", "-2"]))
    assert (right.imag, left.imag) == (0, 0)
    assert (left.real + 3).contains(0)


@pytest.mark.parametrize("W", [PLANAR, FOUR])
def test_wide_slopes_are_meant_point_by_point(W):
    with precision(128):
        wide = [to_arb(Fraction(v)) + arb(0, 1e-6) for v in MIXED[: len(W)]]
        found = jacobian_eigenvalues(W, wide)
    rng = np.random.default_rng(0)
    for _ in range(20):
        d = [
            Fraction(v) + Fraction(float(e))
            for v, e in zip(MIXED[: len(W)], rng.uniform(-1e-6, 1e-6, len(W)), strict=True)
        ]
        for value in by_mpmath(W, d):
            assert any(holds(ball, value) for ball in found)


def test_slopes_that_may_be_negative_prove_nothing():
    with pytest.raises(Undecided, match="told apart"):
        jacobian_eigenvalues(PLANAR, [arb(1), arb(0, 1)])
    with pytest.raises(Undecided, match="told apart"):
        jacobian_eigenvalues(FOUR, [arb(1), arb(1), arb(1), arb(0, 2)])


def test_a_multiple_eigenvalue_is_undecided():
    with pytest.raises(Undecided, match="told apart"):
        jacobian_eigenvalues(FOUR, slopes(["0", "0", "0", "1"]))


def test_weights_that_are_not_skew_are_enclosed_without_symmetry():
    W = exact_matrix([[1, -2], [1, 1]])  # 1 ± i√2: on no axis, whatever mirrors what
    found = jacobian_eigenvalues(W, slopes(["1", "1"]))
    assert all((ball.real - 1).contains(0) and not ball.real.contains(0) for ball in found)
    assert sorted(float(ball.imag.mid()) for ball in found) == pytest.approx([-(2**0.5), 2**0.5])


def test_the_general_way_proves_no_axis_where_weights_are_not_skew():
    W = exact_matrix([[1, -2], [1, -1]])  # ±i, though W is not skew: a ball around 0 is all that is known
    found = jacobian_eigenvalues(W, slopes(["1", "1"]))
    assert all(ball.real.contains(0) and not ball.real == 0 for ball in found)  # noqa: SIM201


@pytest.mark.parametrize("bad", [["1"], ["1", "1", "1"]])
def test_as_many_slopes_as_units(bad):
    with pytest.raises(InvalidInput, match="slopes"):
        jacobian_eigenvalues(PLANAR, slopes(bad))


def test_slopes_are_finite_and_weights_square():
    with pytest.raises(InvalidInput, match="finite"):
        jacobian_eigenvalues(PLANAR, [arb(1), arb("nan")])
    with pytest.raises(InvalidInput):
        jacobian_eigenvalues(exact_matrix([[0, 1], [1]]), slopes(["1", "1"]))


def test_the_precision_of_the_caller_is_left_alone():
    from flint import ctx

    before = ctx.prec
    jacobian_eigenvalues(FOUR, slopes(CALM[:4]))
    assert ctx.prec == before


def test_planar_slopes_of_two_signs_give_real_eigenvalues_however_small():
    """W D = [[0, 1/2], [1/2, 0]] up to signs: λ² = 1/4."""
    turn = exact_matrix([[0, 1], [-1, 0]])
    found = jacobian_eigenvalues(turn, slopes(["1/2", "-1/2"]))
    assert sorted(float(value.real) for value in found) == [-0.5, 0.5]
    assert [float(value.imag) for value in found] == [0.0, 0.0]
