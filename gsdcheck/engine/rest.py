"""Numbers about the states x = 0 and y = 0: the energy of a roll-out, what forward Euler does there."""

import math
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.certify.balls import decimal_enclosure, precision
from gsdcheck.certify.state_premises import energy
from gsdcheck.certify.subject import read_subject, subject_data
from gsdcheck.engine.measured import spectral_radius
from gsdcheck.engine.rollout import Rollout
from gsdcheck.engine.structure import BITS, DIGITS, exact_quantity
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.system import Form, System

Quantities = dict[str, dict[str, Any]]


def rest_quantities(
    system: System,
    step: Fraction | None,
    theorems: Collection[str],
    known: Mapping[str, Any],
    floats: Rollout,
) -> Quantities:
    """The quantities of the rest states that make sense for this network."""
    found: Quantities = {}
    if system.form is Form.INNER and "energy-is-conserved" in theorems and any(system.bias):
        found.update(_energy_at_rest(system))
    if step is not None:
        found["euler_spectral_radius_at_0"] = _rounded(spectral_radius(floats, np.zeros(system.n)))
        if "dissipative-weights-stop-oscillation" in theorems:
            found.update(_determinant_at_rest(system, step, known["slope_at_zero"]["exact"]))
    return found


def _energy_at_rest(system: System) -> Quantities:
    """H(0) = Σ Φ(b_i), enclosed: a roll-out of the inner form starts at x = 0."""
    try:
        ball = energy(read_subject(subject_data(system, ["0"] * system.n)))
    except CertificateRejected:  # Φ(b) could not be enclosed
        return {}
    with precision(BITS):
        return {"energy_at_rest": {"enclosure": list(decimal_enclosure(ball, DIGITS)), "exact": None}}


def _determinant_at_rest(system: System, step: Fraction, slope: str | None) -> Quantities:
    """det(I + hσ'(0)W), exactly: the Jacobian of forward Euler where y = 0; γ = 0, σ'(0) rational."""
    try:
        factor = step * Fraction(slope or "")
    except ValueError:
        return {}
    shifted = [tuple(int(i == j) + factor * w for j, w in enumerate(row)) for i, row in enumerate(system.W)]
    return {"euler_determinant": exact_quantity(linear.determinant(tuple(shifted)))}


def _rounded(value: float) -> dict[str, Any]:
    from gsdcheck.record.canonical import float_number

    return {"enclosure": None, "exact": None, **(float_number(value) if math.isfinite(value) else {})}
