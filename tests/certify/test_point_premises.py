"""What changes at a state: rates whose values are known by hand, and states at which nothing is shown."""

from fractions import Fraction
from typing import Any

import pytest
from flint import arb

from gsdcheck.certify.balls import precision
from gsdcheck.certify.point_premises import POINT_PREMISES, STEPPING_PREMISES, energy_rate
from gsdcheck.certify.premise import Known
from gsdcheck.certify.subject import Subject, read_subject, subject_data
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import system

PLANAR = [[0, 1], [-1, 0]]
CROSS = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
PREMISES = {premise.name: premise for premise in (*POINT_PREMISES, *STEPPING_PREMISES)}


def subject(W: list[list[Any]], state: list[str], activation: str = "identity", **options: Any) -> Subject:
    step = options.pop("step", None)
    data = subject_data(system(W, activation, **options), state)
    return read_subject({**data, "step": step})


def margin(premise: str, of: Subject) -> arb:
    found = PREMISES[premise].decide(of, Known()).margin
    assert found is not None
    return found


def test_the_rate_of_the_energy_is_that_of_half_the_square_of_the_norm() -> None:
    # σ(s) = s, outer: dH/dt = xᵀWx - γ‖x‖² + b·x = -1·2·3 - 13 + 2 at x = (2, 3).
    with precision(128):
        rate = energy_rate(subject([[0, 1], [-2, 0]], ["2", "3"], leak=1, bias=[1, 0]))
    assert rate.contains(-6 - 13 + 2)
    assert rate.rad() < 1e-30


def test_the_rate_of_the_energy_in_the_inner_form_is_that_at_the_argument() -> None:
    # y = Wx, σ(s) = s: dH/dt = yᵀW(y - γx) = -γ‖y‖² for skew W: -1·(3² + 2²) at x = (2, 3).
    with precision(128):
        assert energy_rate(subject(PLANAR, ["2", "3"], form="inner", leak=1)).contains(-13)


@pytest.mark.parametrize(
    ("premise", "of", "value"),
    [
        # (1, 1, 1)·tanh(Wx) with Wx = (-1, -2, 3): not 0, for tanh is not linear
        ("casimir-changes", subject(CROSS, ["3", "1", "0"], "tanh", form="inner"), None),
        ("trace-differs", subject([[2, 1], [5, 7]], ["3", "4"], leak=1), 2 + 7 - 2),
        ("trace-differs", subject([[2, 1], [5, 7]], ["3", "4"], "relu", form="inner", bias=[0, -100]), 2),
        ("norm-changes", subject([[0, 1], [-2, 0]], ["2", "3"]), 6),
        ("drive-differs", subject(PLANAR, ["0", "3"], form="inner", bias=[1, 0]), 4),
        ("pushed", subject(PLANAR, ["0", "3"], bias=[9, 9]), 3),
        # x₁ = (1 - h, h)ᵀ... at x = (1, 0), γ = 1, h = 1/2: (1/2, -1/2): 1/2 - 1 - 1/4 = -3/4
        ("euler-norm-differs", subject(PLANAR, ["1", "0"], leak=1, step="1/2"), Fraction(3, 4)),
    ],
)
def test_a_change_is_as_large_as_by_hand(premise: str, of: Subject, value: Fraction | None) -> None:
    found = margin(premise, of)
    assert found > 0
    if value is not None:
        assert found.contains(
            arb(value.numerator) / value.denominator if isinstance(value, Fraction) else value
        )


@pytest.mark.parametrize(
    ("premise", "of"),
    [
        ("energy-changes", subject(PLANAR, ["2", "3"], "tanh")),
        ("casimir-changes", subject(CROSS, ["3", "1", "0"], "tanh")),
        ("casimir-changes", subject(PLANAR, ["3", "1"], "tanh", leak=1)),
        ("trace-differs", subject([[1, 5], [5, -1]], ["3", "4"])),
        ("norm-changes", subject(PLANAR, ["2", "3"])),
        ("drive-differs", subject(CROSS, ["1", "1", "1"])),
        ("pushed", subject(CROSS, ["1", "1", "1"], "tanh")),
        ("euler-norm-differs", subject(PLANAR, ["1", "0"], step="1/2")),
        ("euler-norm-differs", subject(PLANAR, ["2", "3"], step="1/2")),
    ],
)
def test_where_nothing_changes_nothing_is_shown(premise: str, of: Subject) -> None:
    with pytest.raises(CertificateRejected, match="could not be shown to be > 0"):
        margin(premise, of)


def test_slopes_of_the_inner_form_are_read_at_rational_states() -> None:
    with pytest.raises(CertificateRejected, match="rational states"):
        margin("trace-differs", subject([[1, 0], [0, 1]], ["pi", "0"], form="inner"))
    assert margin("trace-differs", subject([[1, 0], [0, 1]], ["pi", "0"])).contains(2)
