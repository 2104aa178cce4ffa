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
        return moved(x, h, tableau.weights, slopes(lanes, tableau, x, h))

    return step


def slopes(lanes: Lanes, tableau: Tableau, x: FloatArray, h: FloatArray | float) -> list[FloatArray]:
    """k_i = f(x + h Σ_j a_ij k_j), each (n, B)."""
    found: list[FloatArray] = []
    for row in tableau.stages:
        found.append(field(lanes, moved(x, h, row, found) if row else x))
    return found


def moved(
    x: FloatArray, h: FloatArray | float, row: Mapping[int, float], found: list[FloatArray]
) -> FloatArray:
    """x + h Σ_j row[j] k_j, a fresh array."""
    total = combination(row, found)
    total *= h
    total += x
    return total


def combination(row: Mapping[int, float], found: list[FloatArray]) -> FloatArray:
    """Σ_j row[j] k_j, a fresh array; the row is not empty."""
    (first, coefficient), *rest = row.items()
    total = found[first] * coefficient
    for j, weight in rest:
        total += found[j] * weight
    return total
