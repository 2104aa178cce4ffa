"""Formulas and what is measured of them: forward Euler's growth (E1, E4) and the period of the tanh network (O6)."""

import numpy as np

from gsdcheck.engine.pictures.arrays import Picture, listed, named_series, short
from gsdcheck.model.system import system
from gsdcheck.numeric.diagnostics import periods
from gsdcheck.numeric.elliptic import tanh_period_float
from gsdcheck.numeric.growth import elliptic_growth_law, euler_energies, root_law
from gsdcheck.numeric.problem import problem

_ROTATION = [[0, 1], [-1, 0]]
_STEP, _ENERGY, _STEPS, _POINTS = 0.1, 0.5, 20_000, 81
_CEILING = 30.0
_CURVE, _MARKS = 61, 5
_DIGITS = 9


def euler_growth() -> Picture:
    """H_k under forward Euler at ωh = 1/10 from H₀ = 1/2: identity (exact factor), tanh, and the two laws."""
    k = np.unique(np.round(np.geomspace(1, _STEPS, _POINTS)))
    linear = _ENERGY * np.exp(np.minimum(k * np.log1p(_STEP**2), 9.0))  # drawn only while it fits the picture
    simulated = euler_energies(_STEP, [_ENERGY], _STEPS, 1)[k.astype(int), 0]
    law = elliptic_growth_law(_STEP, [_ENERGY], k)[:, 0]
    apart = float(np.abs(law / simulated - 1).max())
    return named_series(
        "growth",
        "Forward Euler at ωh = 0.1: the identity blows up, tanh grows like √k",
        "step k",
        "energy H",
        {
            "k": listed(k),
            "identity: (1 + ω²h²)ᵏ": listed(np.where(linear < _CEILING, linear, np.nan), _DIGITS),
            "tanh, simulated": listed(simulated, _DIGITS),
            "elliptic law": listed(law, _DIGITS),
            "root law": listed(root_law(_STEP, _ENERGY, k), _DIGITS),
        },
        caption=f"Without the bound the energy gains the factor 1.01 at every step; with tanh it follows the elliptic "
        f"law to {100 * apart:.1f} % and, from large k on, the root law, so that it neither overflows nor stays bounded.",
    )


def tanh_periods() -> Picture:
    """T(E) for tanh, ω = 1: the formula, its two limits, and periods measured on orbits."""
    energies = np.linspace(0.05, 4.0, _CURVE)
    exact = np.array([tanh_period_float(float(e), 1.0) for e in energies])
    some = np.arange(0, _CURVE, _MARKS)
    starts = np.zeros((some.size, 2))
    starts[:, 0] = np.arccosh(np.exp(energies[some]))
    lanes = problem(system(_ROTATION, "tanh"), starts).lanes(np.arange(some.size))
    measured = np.full(_CURVE, np.nan)
    measured[some] = periods(lanes, starts.T, np.inf, rtol=1e-11).values
    apart = float(np.nanmax(np.abs(measured / exact - 1)))
    return named_series(
        "period",
        "The period of the planar tanh network, ω = 1",
        "energy E",
        "period T",
        {
            "E": listed(energies, _DIGITS),
            "exact: 4 K(1 − e⁻²ᴱ)": listed(exact, _DIGITS),
            "measured on orbits": listed(measured, _DIGITS),
            "limit for small E: 2π": listed(np.where(energies < 1.0, 2 * np.pi, np.nan), _DIGITS),
            "for large E: 4 (E + ln 4)": listed(
                np.where(energies > 0.5, 4 * (energies + np.log(4)), np.nan), _DIGITS
            ),
        },
        caption=f"Periods measured on orbits agree with the elliptic formula to {short(apart)}, relatively; the larger "
        "the orbit, the longer a turn takes.",
    )
