"""Lanes are worlds apart: next to a lane that is nan every diagnostic says what it says of the lane alone."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics import (
    closure_defects,
    crossings,
    jacobian_spectra,
    lyapunov_exponents,
    orbit_frequencies,
    periods,
    poincare_section,
    recurrence_times,
    time_averages,
    windings,
)
from gsdcheck.numeric.lanes import Lanes

Diagnostic = Callable[[Lanes, FloatArray], Any]
GOOD = np.array([[1.0, -0.7], [0.2, 1.1]])
DIAGNOSTICS: dict[str, Diagnostic] = {
    "closure_defects": lambda lanes, x0: closure_defects(lanes, x0, 6.0),
    "crossings": lambda lanes, x0: crossings(lanes, x0, [1.0, 0.0], 0.1, 15.0).times,
    "jacobian_spectra": lambda lanes, x0: jacobian_spectra(lanes, x0[None]),
    "lyapunov_exponents": lambda lanes, x0: lyapunov_exponents(lanes, x0, 30.0),
    "orbit_frequencies": lambda lanes, x0: orbit_frequencies(lanes, x0, 100.0),
    "periods": lambda lanes, x0: periods(lanes, x0, 15.0).values,
    "poincare_section": lambda lanes, x0: poincare_section(lanes, x0, [1.0, 0.0], 0.1, 15.0).points,
    "recurrence_times": lambda lanes, x0: recurrence_times(lanes, x0, 0.05, 15.0).times,
    "time_averages": lambda lanes, x0: time_averages(lanes, x0, 100.0),
    "windings": lambda lanes, x0: windings(lanes, x0, 15.0),
}


def turning(x0: FloatArray, poison: str) -> tuple[Lanes, FloatArray]:
    """The lanes of x0 on one skew W, with a lane of nan between them, in x₀ or in W."""
    W = np.tile(np.array([[0.0, 1.0], [-1.0, 0.0]])[..., None], x0.shape[1])
    if poison:
        W, x0 = (
            np.insert(W, 1, np.nan if poison == "W" else W[..., 0], axis=-1),
            np.insert(x0, 1, 1.0, axis=-1),
        )
        if poison == "x0":
            x0[0, 1] = np.nan
    lanes = Lanes(
        W=W,
        bias=np.zeros((2, 1)),
        leak=0.0,
        form=Form.OUTER,
        sigma=np.tanh,
        slope=lambda x: 1 / np.cosh(x) ** 2,
    )
    return lanes, x0


def numbers(result: Any) -> list[FloatArray]:
    """The arrays of a record, the lanes last."""
    return [result] if isinstance(result, np.ndarray) else [getattr(result, f.name) for f in fields(result)]


@pytest.mark.parametrize("poison", ["x0", "W"])
@pytest.mark.parametrize("name", list(DIAGNOSTICS))
def test_a_lane_of_nan_changes_nothing_for_its_neighbours(name: str, poison: str) -> None:
    alone, together = (numbers(DIAGNOSTICS[name](*turning(GOOD, p))) for p in ("", poison))
    for a, b in zip(alone, together, strict=True):
        assert b.shape[-1] == 3
        assert b[..., [0, 2]] == pytest.approx(a, rel=1e-7, abs=1e-9, nan_ok=True)
        assert a.dtype == bool or np.isfinite(a).any()


@pytest.mark.parametrize("name", list(DIAGNOSTICS))
def test_a_batch_of_nothing_but_nan_is_all_flags(name: str) -> None:
    lanes, x0 = turning(GOOD, "")
    for array in numbers(DIAGNOSTICS[name](lanes, np.nan * x0)):
        assert array.shape[-1] == 2
        assert not np.nan_to_num(array, nan=0.0, posinf=0.0).any()  # no flag that is true, no number


def test_the_package_loads_neither_scipy_nor_anything_symbolic() -> None:
    code = "import sys, gsdcheck.numeric.diagnostics; print({'scipy', 'sympy', 'flint', 'mpmath'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
