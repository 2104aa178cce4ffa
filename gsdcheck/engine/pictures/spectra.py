"""Spectra of the Jacobian along an orbit, enclosed (J1 to J3)."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from flint import acb, arb

from gsdcheck.certify.balls import enclose, lower, precision, to_arb, upper
from gsdcheck.certify.eigenvalues import BITS, jacobian_eigenvalues
from gsdcheck.engine.pictures.arrays import Picture, named_series
from gsdcheck.engine.pictures.sections import NETWORK
from gsdcheck.errors import InvalidInput, Undecided
from gsdcheck.model.system import Form, System, system
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import network
from gsdcheck.numeric.integrators import orbit

_STATES = 40
Columns = dict[str, list[float | None]]


def enclosed_spectra(given: System, states: FloatArray, radius: Fraction = Fraction(0)) -> Columns:
    """The columns of a series of kind spectrum: every eigenvalue of the Jacobian at every state, enclosed.

    Args:
        states: (q, n) float64, each taken as the exact number that it is.
        radius: the enclosures hold for every state whose coordinates are so near.

    Returns:
        Gaps for a state at which the eigenvalues are not told apart or σ' has no value.
    """
    columns: Columns = {"re": [], "im": [], "re radius": [], "im radius": []}
    for state in states:
        for ball in _eigenvalues(given, state, radius):
            for part, name in (("real", "re"), ("imag", "im")):
                middle, reach = (None, None) if ball is None else _enclosed(getattr(ball, part))
                columns[name].append(middle)
                columns[f"{name} radius"].append(reach)
    return columns


def _eigenvalues(given: System, state: FloatArray, radius: Fraction) -> Sequence[acb | None]:
    with precision(BITS):
        reach = to_arb(-radius).union(to_arb(radius))
        x = [to_arb(Fraction(float(v))) + reach for v in state]
        if given.form is Form.INNER:
            x = [
                sum((to_arb(w) * v for w, v in zip(row, x, strict=True)), to_arb(b))
                for row, b in zip(given.W, given.bias, strict=True)
            ]
        slopes = [enclose(given.activation.slope, v) for v in x]
        try:
            return [ball - to_arb(given.leak) for ball in jacobian_eigenvalues(given.W, slopes)]
        except (InvalidInput, Undecided):
            return [None] * given.n


def _enclosed(part: arb) -> tuple[float, float]:
    """A float and a radius whose interval contains the ball."""
    low, high = lower(part), upper(part)
    middle = float((low + high) / 2)
    away = max(high - Fraction(middle), Fraction(middle) - low)
    if away == 0:
        return middle, 0.0
    return middle, float(np.nextafter(float(away), np.inf))


def imaginary_spectrum() -> Picture:
    """tanh, four units: every eigenvalue along the orbit is proved to lie on the imaginary axis."""
    columns = enclosed_spectra(NETWORK, _along(NETWORK, [2.5, 0.5, -1.5, 0.3], 40.0))
    return named_series(
        "spectrum",
        "tanh, n = 4: the spectrum of the Jacobian along an orbit",
        "real part",
        "imaginary part",
        columns,
        caption="Where D = diag σ′ ≥ 0, W D has the spectrum of the skew matrix D^½ W D^½: all "
        f"{_count(columns)} eigenvalues at {_STATES} states lie exactly on the imaginary axis.",
    )


def symmetric_spectrum() -> Picture:
    """GELU, four units: σ' changes sign, the spectrum leaves the axis and stays symmetric."""
    given = system(NETWORK.W, "gelu")
    columns = enclosed_spectra(given, _along(given, [-1.2, 0.5, -0.8, 0.4], 30.0))
    return named_series(
        "spectrum",
        "GELU, n = 4: the spectrum of the Jacobian along an orbit",
        "real part",
        "imaginary part",
        columns,
        caption=f"Where σ′ has both signs eigenvalues leave the imaginary axis, {_off(columns)} of {_count(columns)} "
        "here for certain, but with λ there is always −λ.",
    )


def real_eigenvalues() -> Picture:
    """sin, n = 2: λ² = -σ'(x₁) σ'(x₂), real eigenvalues wherever the slopes have different signs."""
    given, radius = system([[0, 1], [-1, 0]], "sin"), Fraction(1, 64)
    columns = enclosed_spectra(given, _along(given, [0.3, 2.0], 7.4), radius)
    return named_series(
        "spectrum",
        "sin, n = 2: the spectrum of the Jacobian along an orbit through (0.3, 2)",
        "real part",
        "imaginary part",
        columns,
        caption=f"λ² = −cos x₁ cos x₂: {_off(columns)} of {2 * _STATES} eigenvalues are proved to lie off the axis. "
        f"Each box holds for every state within {radius} of one of {_STATES} on the orbit.",
    )


def _along(given: System, start: list[float], time: float) -> FloatArray:
    """States of the orbit in equal steps of time."""
    return orbit(network(given), start, np.linspace(0.0, time, _STATES), rtol=1e-8).states


def _count(columns: Columns) -> int:
    return sum(value is not None for value in columns["re"])


def _off(columns: Columns) -> int:
    pairs = zip(columns["re"], columns["re radius"], strict=True)
    return sum(re is not None and radius is not None and abs(re) > radius for re, radius in pairs)
