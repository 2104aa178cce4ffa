"""What a derivation says of equilibria: "the" one only where there is one, none only where there is none."""

from fractions import Fraction
from typing import Any

import mpmath
import pytest

from gsdcheck.engine.derive import derive
from gsdcheck.report.derivation_text import derivation_sections

PLANAR = "[[0, 1], [-1, 0]]"
CROSS = "[[0, -1, 1], [1, 0, -1], [-1, 1, 0]]"
TILTED = "[[3, -6], [1, -2]]"
TRIANGLE = "[[1, 2], [3, 4]]"
SCALED = "[[0, 1, 0], [-3, 0, 0], [0, 0, 0]]"


def found(spec: str, **options: Any) -> dict[str, Any]:
    """Of degree 0: equilibria need no search of integrals."""
    return derive(spec, degree=0, **options)


def lines(record: dict[str, Any]) -> list[str]:
    return dict(derivation_sections(record)).get("Equilibria", [])


def test_a_leaf_with_three_equilibria_is_said_to_hold_more_than_the_enclosed_one() -> None:
    """Of TILTED the leaf of 0 is x₁ = 3 x₂, and σ(x₁) = 2 σ(x₂): tanh 3y = 2 tanh y has three solutions."""
    y = mpmath.findroot(lambda y: mpmath.tanh(3 * y) - 2 * mpmath.tanh(y), 0.48)
    assert y > 0.4
    record = found(TILTED, state="0,0")
    assert "an equilibrium on the leaf of x₀ = (0, 0); there may be others:" in lines(record)
    assert record["derivation"]["equilibria"]["unique"] is None


def test_an_equilibrium_that_was_not_found_may_exist() -> None:
    """(2.6272, 0.5424) is on the leaf x₁ - 3 x₂ = 1 of TILTED, and was lost on the way there."""
    y = mpmath.findroot(lambda y: mpmath.tanh(3 * y + 1) - 2 * mpmath.tanh(y), 0.54)
    assert mpmath.almosteq(3 * y + 1, 2.62720, abs_eps=1e-4)
    shown = lines(found(TILTED, state="1,0"))
    assert shown[-1] == "on the leaf of x₀ = (1, 0) none was found, which says nothing"


def test_the_equilibrium_of_a_leaf_is_the_only_one_where_that_is_proved() -> None:
    for spec, state in ((CROSS, "3,1,0"), (SCALED, "1,1,1"), (TRIANGLE, "1,2")):
        record = found(spec, state=state)
        assert record["derivation"]["equilibria"]["unique"] is True
        assert f"on the leaf of x₀ = ({state.replace(',', ', ')}):" in lines(record)


@pytest.mark.parametrize(
    ("spec", "options", "value"),
    [
        (PLANAR, {"activation": "exp"}, "σ(x1) = 0"),
        (PLANAR, {"activation": "logistic"}, "σ(x1) = 0"),
        (PLANAR, {"bias": "1,1/2"}, "σ(x2) = -1"),
        (PLANAR, {"bias": "2,0", "activation": "exp(x)-1"}, "σ(x2) = -2"),
        (TRIANGLE, {"bias": "0,-8"}, "σ(x1) = 8"),  # -W⁻¹b = (8, -4)
        ("[[1, 0], [0, 1]]", {"bias": "2,1", "activation": "sin"}, "σ(x1) = -2"),
        ("[[0, 1, 0], [-1, 0, 0], [0, 0, 0]]", {"activation": "exp"}, "σ(x1) = 0"),
    ],
)
def test_no_equilibrium_exists_where_a_determined_value_is_never_taken(
    spec: str, options: dict[str, Any], value: str
) -> None:
    record = found(spec, **options)
    resting = record["derivation"]["equilibria"]
    assert resting["empty"] is True
    assert f"{value}, a value that σ never takes: no equilibrium exists" in resting["says"]
    assert not any("leaf of x₀ = " in line or line.startswith("x1 in") for line in lines(record))


@pytest.mark.parametrize(
    ("spec", "options", "says"),
    [
        (TRIANGLE, {}, "exactly one exists"),
        (PLANAR, {"bias": "1/3,1/2"}, "exactly one exists"),
        ("[[1, 0], [0, -1]]", {"activation": "relu", "bias": "-1,2"}, "exactly one exists"),
        (TRIANGLE, {"activation": "sin"}, "several exist"),
        ("[[1, 0], [0, 1]]", {"activation": "sin", "bias": "1,1"}, "none, one or several may exist"),
        ("[[1, 0], [0, 1]]", {"activation": "sin", "bias": "0,1"}, "none, one or several may exist"),
        ("[[0, 0], [0, 0]]", {"activation": "sin"}, "every state is an equilibrium"),
        (SCALED, {}, "holds at most one equilibrium"),
        (
            CROSS,
            {"activation": "x+sign(x)"},
            "W is skew and σ is strictly increasing: a leaf x₀ + range W holds at most",
        ),
        (CROSS, {}, "has a zero: every leaf x₀ + range W holds exactly one"),
    ],
)
def test_how_many_equilibria_exist_is_said_as_it_is(spec: str, options: dict[str, Any], says: str) -> None:
    record = found(spec, **options)
    assert says in record["derivation"]["equilibria"]["says"]
    assert record["derivation"]["equilibria"]["empty"] is None


def test_of_float_weights_a_value_out_of_range_is_said_in_a_few_digits() -> None:
    """-W⁻¹b = (b₂/w, -b₁/w) = (0, -3/w), w = 0.1 + 2⁻⁵⁰⁰ with 500 binary digits."""
    w = Fraction(1, 10) + Fraction(1, 2**500)
    says = found(f"[[0, {w}], [-{w}, 0]]", bias="3,0")["derivation"]["equilibria"]["says"]
    assert "σ(x2) ≈ -30.0000, a value that σ never takes" in says


def test_of_values_that_are_not_looked_for_no_more_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gsdcheck.engine.resting_leaves.MOST_VALUES", 0)
    says = [
        found(PLANAR, **options)["derivation"]["equilibria"]["says"]
        for options in (
            {"activation": "exp"},
            {"bias": "1/3,1/2"},
            {"activation": "sin", "bias": "1/3,1/2"},
        )
    ]
    assert says[0].endswith("strictly increasing: exactly one exists, or none.")
    assert says[1].endswith("strictly increasing: exactly one exists, and was enclosed.")
    assert says[2].endswith("one was enclosed, others may exist.")


def test_without_a_state_nothing_is_said_of_the_leaf_on_which_none_was_found() -> None:
    record = found(TILTED, bias="6,2")  # σ(x) = (0, 1) + t (2, 1)
    assert record["subject"]["state"] is None
    assert "equilibrium" not in record["quantities"]
    enclosed = found(PLANAR, bias="1/3,1/2")
    low, high = map(Fraction, enclosed["quantities"]["equilibrium"]["enclosure"][0])
    with mpmath.workdps(30):
        assert low < Fraction(str(mpmath.log(3) / 2)) < high  # artanh(1/2)
    assert "on the leaf of 0:" in lines(enclosed)
