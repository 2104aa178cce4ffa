"""`simulate(precision=…)`: fifty digits in, fifty digits out."""

from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest

from gsdcheck import simulate, system
from gsdcheck.errors import InvalidInput

J = [[0, 1], [-1, 0]]


def test_fifty_digits_of_the_tanh_oscillator() -> None:
    # sinh x₁ = U cn(t | m), m = 1 - e^(-2E), U² = e^(2E) - 1, from x = (arsinh U, 0)
    with mpmath.workdps(70):
        m, U = 1 - mpmath.exp(-2), mpmath.sqrt(mpmath.expm1(2))
        expected = [mpmath.asinh(U * mpmath.ellipfun("cn", t, m=m)) for t in (3, 10)]
        found = simulate(J, [mpmath.asinh(U), 0], 10, save_at=[3], precision=50)
        assert abs(found.states[0, 0, 0] - expected[0]) < mpmath.mpf(10) ** -48
        assert abs(found.final_state[0, 0] - expected[1]) < mpmath.mpf(10) ** -48
    assert found.met_tolerance.all()


def test_numbers_of_any_kind_are_taken_exactly() -> None:
    # linear: x(1) = x0 e^(1/3), for a weight that no float holds
    found = simulate(
        [[Fraction(1, 3)]], [["0.1"], [Fraction(1, 7)]], "1", activation="identity", precision=40
    )
    with mpmath.workdps(50):
        factor = mpmath.exp(mpmath.mpf(1) / 3)
        assert abs(found.final_state[0, 0] - factor / 10) < mpmath.mpf(10) ** -39
        assert abs(found.final_state[1, 0] - factor / 7) < mpmath.mpf(10) ** -39


def test_the_error_is_that_against_more_digits() -> None:
    W, x0 = [[0, 2, -1], [-2, 0, 3], [1, -3, 0]], [1, "0.5", -1]
    found, better = (simulate(W, x0, 5, activation="gelu", precision=p) for p in (25, 45))
    apart = max(abs(a - b) for a, b in zip(found.final_state[0], better.final_state[0], strict=True))
    assert float(apart) <= max(100 * float(found.error[0]), 1e-23)


def test_a_batch_of_systems_and_a_system() -> None:
    both = simulate([J, np.zeros((2, 2))], [1, 2], 1, precision=20).final_state
    alone = simulate(system(J), [1, 2], 1, precision=20).final_state
    assert both[0].tolist() == alone[0].tolist()
    assert both[1].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"precision": 10}, "precision is 10"),
        ({"t_end": 0}, "t_end is 0"),
        ({"t_end": "soon"}, "'soon' is not a finite number"),
        ({"save_at": [2]}, "save_at increasing within"),
        ({"x0": [1, 2, 3]}, r"x0 has shape \(3,\)"),
        ({"W": [[0, 1]]}, r"W has shape \(1, 2\)"),
        ({"W": [J, J], "x0": [[1, 2]] * 3}, "2 systems but x0 3 states"),
        ({"activation": np.tanh}, "needs the expression"),
        ({"form": "sideways"}, "form is 'sideways'"),
        ({"bias": 1}, "bias is 1"),
        ({"save_at": 0.5}, "save_at is 0.5"),
        ({"save_at": [0.5, 0.2]}, "save_at increasing within"),
        ({"t_end": "1/0"}, "'1/0' is not a finite number"),
        ({"W": np.zeros((0, 0)), "x0": []}, r"W has shape \(0, 0\)"),
        ({"x0": np.zeros((0, 2))}, r"x0 has shape \(0, 2\)"),
        ({"W": system(J), "leak": 1}, "brings its own"),
    ],
)
def test_bad_input_is_refused(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {"W": J, "x0": [1, 2], "t_end": 1, "precision": 20, **change}
    with pytest.raises(InvalidInput, match=message):
        simulate(**arguments)  # type: ignore[arg-type]


def test_digits_beyond_the_range_of_floats_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    # two runs 10^-330 apart are as good as 343 digits, and not as 400; as floats both distances are 0
    from gsdcheck.numeric import precise

    def shifted(*call: Any, precision: int) -> list[list[mpmath.mpf]]:
        return [[mpmath.mpf(10) ** -330 if precision < 391 else mpmath.mpf(0)] * 2 for _ in call[2]]

    monkeypatch.setattr(precise, "taylor_orbit", shifted)
    assert not simulate(J, [1, 2], 1, precision=400).met_tolerance.any()
    assert simulate(J, [1, 2], 1, precision=340).met_tolerance.all()
