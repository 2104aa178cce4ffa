"""Units that never move in a derivation: listed, since the search counts every function of theirs as known."""

from typing import Any

import pytest

from gsdcheck.engine.derive import derive
from gsdcheck.report.derivation_text import derivation_sections
from gsdcheck.report.latex import derivation_latex

CHAIN = "[[0, 1], [0, 0]]"


def lines(record: dict[str, Any]) -> list[str]:
    return dict(derivation_sections(record))["First integrals"]


@pytest.mark.parametrize(
    ("spec", "options", "units"),
    [
        (CHAIN, {}, [2]),
        ("[[0]]", {}, [1]),
        ("[[0, 0], [0, 0]]", {}, [1, 2]),
        ("[[0, 0, 0], [0, 0, 1], [0, -1, 0]]", {}, [1]),
        (CHAIN, {"activation": "relu"}, [2]),  # without a chain
        (CHAIN, {"form": "inner", "bias": "1,2"}, [2]),  # y₂ = b₂
        (CHAIN, {"bias": "0,1"}, []),  # x₂' = 1
        (CHAIN, {"leak": "1"}, []),  # x₂' = -x₂
        ("[[0, 1], [-1, 0]]", {}, []),
    ],
)
def test_a_unit_is_at_rest_iff_its_row_and_bias_are_zero_and_nothing_leaks(
    spec: str, options: dict[str, Any], units: list[int]
) -> None:
    record = derive(spec, degree=1, **options)
    assert record["derivation"]["at_rest"] == units
    shown = [line for line in lines(record) if "at rest" in line]
    assert shown == [
        f"every function of {record['derivation']['variable']}{i}   (unit {i} is at rest)" for i in units
    ]


def test_latex_names_every_function_of_a_unit_at_rest() -> None:
    assert r"x_{2}, v_{2} &= \mathrm{const}" in derivation_latex(derive(CHAIN, degree=1))
    assert r"x_{2} &= \mathrm{const}" in derivation_latex(derive(CHAIN, activation="relu", degree=1))
    assert r"v_{2} &= \mathrm{const}" not in derivation_latex(derive(CHAIN, bias="0,1", degree=1))


def test_none_is_said_only_where_no_unit_is_at_rest() -> None:
    inner = derive("[[0]]", activation="relu", form="inner", degree=1)
    assert lines(inner) == ["every function of y1   (unit 1 is at rest)"]
    assert lines(derive("[[-1]]", degree=1)) == ["none"]
