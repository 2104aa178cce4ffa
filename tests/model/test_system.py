"""A system is exact: a float is the binary fraction it holds, a decimal text is what it says."""

from fractions import Fraction

import pytest

from gsdcheck.errors import InvalidInput
from gsdcheck.model.system import Case, Exact, Form, exact, exact_vector, system
from gsdcheck.model.verdict import MAY_PROVE, MAY_REFUTE, Evidence, weakest


@pytest.mark.parametrize(
    ("value", "rational"), [("0.1", Fraction(1, 10)), (0.5, Fraction(1, 2)), ("1/3", Fraction(1, 3)), (7, 7)]
)
def test_numbers_are_what_they_hold(value: Exact, rational: Fraction) -> None:
    assert exact(value) == rational


def test_a_float_is_not_the_decimal_it_prints_as() -> None:
    assert exact(0.1) != Fraction(1, 10)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "one", "1/0"])
def test_what_is_no_finite_number_is_refused(value: Exact) -> None:
    with pytest.raises(InvalidInput, match="not a finite number"):
        exact(value)


def test_a_system_fills_in_what_is_left_out() -> None:
    found = system([[0, 1], [-1, 0]])
    assert (found.n, found.form, found.leak, found.bias) == (2, Form.OUTER, 0, (0, 0))


@pytest.mark.parametrize(
    ("W", "options", "complaint"),
    [
        ([], {}, "not square"),
        ([[1, 2]], {}, "not square"),
        ([[1, 2], [3]], {}, "not square"),
        ([[0]], {"leak": -1}, "leak is -1"),
        ([[0]], {"bias": [1, 2]}, "bias has 2"),
    ],
)
def test_what_does_not_fit_is_refused(W: list[list[int]], options: dict[str, object], complaint: str) -> None:
    with pytest.raises(InvalidInput, match=complaint):
        system(W, **options)


def test_a_state_must_fit() -> None:
    with pytest.raises(InvalidInput, match="x0 has 1"):
        Case(system=system([[0, 1], [-1, 0]]), state=exact_vector([1]))


def test_an_argument_is_as_good_as_its_worst_step() -> None:
    assert weakest(Evidence.BALL, Evidence.EXACT) is Evidence.BALL
    assert weakest() is Evidence.EXACT
    assert Evidence.SAMPLED not in MAY_PROVE | MAY_REFUTE
    assert Evidence.WRITTEN in MAY_PROVE - MAY_REFUTE
