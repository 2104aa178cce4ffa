"""Explicit Runge–Kutta steps on lanes."""

from collections.abc import Mapping

from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import Lanes, Step, field
from gsdcheck.numeric.methods.tableaus import Tableau


def explicit_runge_kutta(lanes: Lanes, tableau: Tableau) -> Step:
    """(x, h) ↦ x + h Σ b_i k_i with k_i = f(x + h Σ_j a_ij k_j), of the order of the tableau.

    Returns:
        A step: x (n, B) and h, a number or (B,), to (n, B), rounded; after an overflow inf or nan.
    """

    def step(x: FloatArray, h: FloatArray | float) -> FloatArray:
        slopes: list[FloatArray] = []
        for row in tableau.stages:
            slopes.append(field(lanes, _moved(x, h, row, slopes)))
        return _moved(x, h, tableau.weights, slopes)

    return step


def _moved(
    x: FloatArray, h: FloatArray | float, row: Mapping[int, float], slopes: list[FloatArray]
) -> FloatArray:
    """x + h Σ_j row[j] · slopes[j]."""
    if not row:
        return x
    (first, coefficient), *rest = row.items()
    total = slopes[first] * coefficient
    for j, weight in rest:
        total += slopes[j] * weight
    total *= h
    total += x
    return total
