"""The common period of the linear orbits in a derivation, whatever the size of the numbers it is made of."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
import pytest

from gsdcheck.engine.derive import derive

LONG = "1" + "0" * 59 + "7"
NOISY = [[0, 1, 0.3], [-1, 0, 1e-17], [-0.3, -1e-17, 0]]
PLANAR = [  # [[0, a], [-b, 0]] has the frequency √(ab)
    ("1e-35", "3e-35"),
    ("1e-300", "1e-300"),
    ("1e400", "1e400"),
    (LONG, LONG),
]


def holds_period(record: dict[str, Any], square: Fraction) -> bool:
    """Whether the recorded interval holds 2π/√square, by mpmath with 60 digits."""
    low, high = map(Fraction, record["quantities"]["linear_period"]["enclosure"])
    with mpmath.workdps(60):
        period = 2 * mpmath.pi / mpmath.sqrt(mpmath.mpf(square.numerator) / square.denominator)
        ends = [mpmath.mpf(end.numerator) / end.denominator for end in (low, high)]
        return bool(ends[0] <= period <= ends[1])


@pytest.mark.parametrize(("a", "b"), PLANAR)
def test_a_period_too_long_to_print_is_enclosed(a: str, b: str) -> None:
    record = derive(f"[[0, {a}], [-{b}, 0]]", degree=1)
    assert record["quantities"]["linear_period"]["exact"] is None
    assert holds_period(record, Fraction(a) * Fraction(b))
    low, high = record["quantities"]["linear_period"]["enclosure"]
    assert any(f"periodic, with a common period in [{low}, {high}]." in s for s in record["follows"])


def test_float_weights_with_rounding_noise_are_derived(tmp_path: Path) -> None:
    """Of a skew 3x3 matrix the frequency is the norm of its three entries."""
    np.save(tmp_path / "w.npy", NOISY)
    record = derive(str(tmp_path / "w.npy"), degree=1)
    assert holds_period(record, sum(Fraction(w) ** 2 for w in (1.0, 0.3, 1e-17)))
    assert [entry["name"] for entry in record["derivation"]["integrals"]] == ["C1", "H"]


def test_a_short_period_is_said_exactly_and_rest_is_no_period() -> None:
    assert any("the common period 2*pi." in s for s in derive("[[0, 1], [-1, 0]]", degree=1)["follows"])
    assert any("is at rest." in s for s in derive("[[0]]", degree=1)["follows"])
