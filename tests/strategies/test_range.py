"""What the strategies promise of every example."""

from fractions import Fraction
from itertools import pairwise

import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from gsdcheck import strategies as gs
from gsdcheck.errors import InvalidInput, UnknownName
from gsdcheck.model.activation import Activation
from gsdcheck.model.library import NAMES, named_activation
from gsdcheck.model.system import Case, Form, Matrix, System


def _is_skew(W: Matrix) -> bool:
    return all(W[i][j] == -W[j][i] for i in range(len(W)) for j in range(len(W)))


def _determinant(W: Matrix) -> Fraction:
    d = fmpq_mat([[fmpq(a.numerator, a.denominator) for a in row] for row in W]).det()
    return Fraction(int(d.p), int(d.q))


@given(gs.skew_matrices())
def test_skew_matrices_are_exactly_skew(W: Matrix) -> None:
    assert 1 <= len(W) <= 6
    assert _is_skew(W)


@given(st.integers(1, 7).flatmap(lambda n: st.tuples(st.just(n), gs.skew_matrices(n=n))))
def test_skew_matrices_have_the_size_asked_for(drawn: tuple[int, Matrix]) -> None:
    n, W = drawn
    assert len(W) == n
    assert all(len(row) == n for row in W)


@given(gs.skew_matrices(n=gs.sizes(largest=5, parity="odd")))
def test_odd_skew_matrices_are_singular(W: Matrix) -> None:
    assert len(W) in {1, 3, 5}
    assert _determinant(W) == 0


@given(gs.invertible_skew_matrices())
def test_invertible_skew_matrices_are_skew_and_invertible(W: Matrix) -> None:
    assert _is_skew(W)
    assert _determinant(W) != 0


@given(gs.invertible_skew_matrices(n=4, elements=st.just(Fraction(0))))
def test_invertible_skew_matrices_need_no_luck(W: Matrix) -> None:
    assert _determinant(W) == 1


@given(gs.planar_skew_matrices())
def test_planar_skew_matrices_turn(W: Matrix) -> None:
    assert len(W) == 2
    assert _is_skew(W)
    assert W[0][1] != 0


@given(gs.skew_symmetrizable_matrices())
def test_skew_symmetrizable_matrices_are_skew_after_a_positive_scaling(W: Matrix) -> None:
    """Kolmogorov's conditions: zero diagonal, opposite signs, and equal products round every triangle."""
    n = range(len(W))
    assert all(W[i][j] * W[j][i] <= 0 and (W[i][j] == 0) == (W[j][i] == 0) for i in n for j in n)
    assert all(W[i][j] * W[j][k] * W[k][i] == -W[j][i] * W[k][j] * W[i][k] for i in n for j in n for k in n)


@given(gs.skew_matrices(n=4, elements=gs.elements("integers")))
def test_skew_matrices_of_integers_have_an_integer_pfaffian_square(W: Matrix) -> None:
    pfaffian = W[0][1] * W[2][3] - W[0][2] * W[1][3] + W[0][3] * W[1][2]
    assert _determinant(W) == pfaffian**2


@given(gs.elements())
def test_elements_are_zero_or_between_the_bounds(r: Fraction) -> None:
    assert r == 0 or Fraction(1, 10**8) <= abs(r) <= 10**8


@given(gs.elements("floats"))
def test_float_elements_are_floats(r: Fraction) -> None:
    assert Fraction(float(r)) == r != 0


@given(gs.elements("integers"))
def test_integer_elements_are_integers(r: Fraction) -> None:
    assert r.denominator == 1


@given(gs.elements("zero"))
def test_zero_elements_are_zero(r: Fraction) -> None:
    assert r == 0


@given(gs.positive_elements(largest="1/3"))
def test_positive_elements_are_positive_and_bounded(r: Fraction) -> None:
    assert 0 < r <= Fraction(1, 3)


@given(gs.steps(largest=2))
def test_steps_are_positive_and_bounded(h: Fraction) -> None:
    assert Fraction(1, 1000) <= h <= 2


@given(gs.states(n=gs.sizes(), magnitude=20))
def test_states_are_bounded_by_their_magnitude(x: tuple[Fraction, ...]) -> None:
    assert 1 <= len(x) <= 6
    assert max(map(abs, x)) <= 20


@given(gs.activations(names=("tanh", "elu")))
def test_activations_have_the_names_asked_for(activation: Activation) -> None:
    assert activation.name in {"tanh", "elu", "elu?alpha=1/2", "elu?alpha=2"}


@given(gs.activations())
def test_activations_are_those_of_the_library(activation: Activation) -> None:
    name = activation.name.partition("?")[0]
    assert name in NAMES
    assert activation == named_activation(name, **activation.parameters)


@given(gs.systems(n=3, activations=gs.activations(names=("sin",)), forms=(Form.INNER,)))
def test_systems_are_what_they_are_asked_to_be(system: System) -> None:
    assert (system.n, system.activation.name, system.form) == (3, "sin", Form.INNER)
    assert (system.leak, system.bias) == (0, (0, 0, 0))


@given(gs.cases(systems=gs.systems(matrices=gs.planar_skew_matrices()), magnitude=1))
def test_cases_fit_their_system(case: Case) -> None:
    assert len(case.state) == case.system.n == 2
    assert max(map(abs, case.state)) <= 1
    assert case.step is None


def test_sizes_of_a_parity_are_two_apart() -> None:
    found: set[int] = set()

    @given(gs.sizes(smallest=2, largest=9, parity="even"))
    def collect(n: int) -> None:
        found.add(n)

    collect()
    assert all(b - a == 2 for a, b in pairwise(sorted(found)))
    assert found == {2, 4, 6, 8}


def test_a_kind_that_does_not_exist_is_named() -> None:
    with pytest.raises(InvalidInput, match=r"'complex'.*zero, integers, rationals, floats"):
        gs.elements("complex")  # type: ignore[arg-type]


def test_an_odd_size_cannot_be_invertible() -> None:
    with pytest.raises(InvalidInput, match="n is 3"):
        gs.invertible_skew_matrices(n=3)


def test_an_activation_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownName, match="tanh"):
        gs.activations(names=("tahn",))


@pytest.mark.parametrize(
    "call", [lambda: gs.matrices(n=0), lambda: gs.elements(largest=0), lambda: gs.steps(largest=0)]
)
def test_impossible_ranges_are_refused(call: object) -> None:
    with pytest.raises(InvalidInput):
        call()  # type: ignore[operator]
