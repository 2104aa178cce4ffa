"""Shrinking: to the smallest case of which the property is known by hand, by steps that each get simpler."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from gsdcheck.certify import linear
from gsdcheck.claims.entry import CROSS, PLANAR, case
from gsdcheck.engine.hunt.plain import plain_case, read_case, spelled
from gsdcheck.engine.hunt.shrinking.complexity import complexity
from gsdcheck.engine.hunt.shrinking.passes import PASSES, Pass, proposals
from gsdcheck.engine.hunt.shrinking.shrink import about_one_activation, shrunk
from gsdcheck.model.system import Case, System


def messy(n: int = 4, activation: str = "gelu", form: str = "inner", **options: object) -> Case:
    rng = np.random.default_rng(1)
    U = np.triu(rng.normal(size=(n, n)), 1)
    W = (U - U.T).tolist()
    return case(W, rng.normal(size=n).tolist(), activation, form=form, step=0.3127, **options)


@pytest.mark.parametrize("one", PASSES, ids=lambda one: one.__name__)
def test_a_pass_proposes_simpler_cases_of_the_right_shape(one: Pass) -> None:
    given = messy(bias=[0.3, 1, 0, 2], leak=0.3)
    found = list(proposals(given, one))
    assert found or one.__name__ == "famous_weights"  # which fit two units and three
    for simpler in found:
        assert complexity(simpler) < complexity(given)
        assert len(simpler.state) == simpler.system.n == len(simpler.system.bias)


@pytest.mark.parametrize("one", PASSES, ids=lambda one: one.__name__)
def test_no_pass_breaks_the_skewness_of_weights(one: Pass) -> None:
    assert all(linear.is_skew(simpler.system.W) for simpler in proposals(messy(3), one))


@pytest.mark.parametrize(
    ("simpler", "than"),
    [
        (case([[0]], [1]), case(PLANAR, [0, 0], "identity")),
        (case(PLANAR, [5, 5], "identity"), case(PLANAR, [0, 0], "gelu")),
        (case(PLANAR, [1, 1]), case([[0, 2], [-2, 0]], [0, 0])),
        (case(PLANAR, [1, 1]), case(PLANAR, [0, 0], form="inner")),
        (case(PLANAR, [0, 1]), case(PLANAR, [1, 1])),
        (case(PLANAR, [1, 1]), case(PLANAR, [1, -1])),
        (case(PLANAR, [3, 1]), case(PLANAR, ["1/7", 1])),
        (case(PLANAR, [1, 1], step=1), case(PLANAR, [1, 1], step="1/3")),
    ],
)
def test_fewer_units_simpler_activations_zeros_and_short_numbers_are_simpler(
    simpler: Case, than: Case
) -> None:
    assert complexity(simpler) < complexity(than)


def test_everything_shrinks_to_one_unit_at_rest() -> None:
    small = shrunk(messy(), lambda _: True, most=400)
    assert small.system == System(W=((Fraction(0),),), activation=small.system.activation)
    assert small.system.activation.name == "identity"
    assert small.state == (0,)


def test_what_must_not_change_stays() -> None:
    given = messy()
    small = shrunk(
        given, lambda c: c.system.n == 4 and c.state[1] != 0, most=800, fixed=about_one_activation()
    )
    assert small.system.activation.name == "gelu"
    assert [bool(v) for v in small.state] == [False, True, False, False]
    assert small.state[1] == 1


def test_a_skew_matrix_of_full_rank_shrinks_to_the_rotation_of_the_plane() -> None:
    def full(c: Case) -> bool:
        return linear.is_skew(c.system.W) and linear.rank(c.system.W) == c.system.n

    small = shrunk(messy(6), full, most=400)
    assert [[int(w) for w in row] for row in small.system.W] == [[0, 1], [-1, 0]]


def test_a_singular_skew_matrix_without_a_zero_row_shrinks_to_three_units() -> None:
    def wanted(c: Case) -> bool:
        W = c.system.W
        return linear.is_skew(W) and all(any(row) for row in W) and linear.rank(W) < len(W)

    small = shrunk(messy(5), wanted, most=400)
    assert small.system.n == 3
    assert max(abs(w) for row in small.system.W for w in row) == 1


def test_a_threshold_is_approached_from_the_failing_side() -> None:
    small = shrunk(
        case(PLANAR, [12.345, 0]), lambda c: c.system.n == 2 and c.state[0] > Fraction(7, 2), most=400
    )
    assert small.state == (4, 0)


def test_the_outcome_does_not_depend_on_the_sieve() -> None:
    def fails(c: Case) -> bool:
        return c.system.n >= 3 and sum(c.state) > 1

    plain = shrunk(replace(messy(), state=(Fraction(2),) * 4), fails, most=300)
    sieved = shrunk(
        replace(messy(), state=(Fraction(2),) * 4),
        fails,
        most=300,
        sift=lambda cs: [c for c in cs if fails(c)],
    )
    assert spelled(plain) == spelled(sieved)


def test_no_more_cases_are_tried_than_are_allowed() -> None:
    tried: list[Case] = []

    def fails(c: Case) -> bool:
        tried.append(c)
        return False

    shrunk(messy(), fails, most=37)
    assert len(tried) == 37
    assert len({spelled(c) for c in tried}) == 37  # none of them twice


def test_a_case_survives_its_plain_spelling() -> None:
    for given in (
        messy(),
        case(CROSS, [1, 0, 0], "elu?alpha=2", form="inner"),
        case(PLANAR, [1, 1], "x**3+x"),
    ):
        again = read_case(plain_case(given))
        assert spelled(again) == spelled(given)
        assert (again.system.activation.potential is None) == (
            given.system.activation.name == "x**3+x" or "alpha" in given.system.activation.parameters
        )


def test_a_state_that_is_no_rational_becomes_the_nearest_float() -> None:
    data = {**plain_case(case(PLANAR, [0, 0], "sin")), "state": ["pi/2", "0"]}
    assert float(read_case(data).state[0]) == pytest.approx(np.pi / 2, abs=1e-16)
