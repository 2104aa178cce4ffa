"""The growth of energy under forward Euler for n = 2 and tanh: simulation and the two laws of row E4.

With x_{k+1} = x_k + h W tanh(x_k), W = [[0, ω], [-ω, 0]], only the product ωh matters.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray, finite_array

_LN4 = math.log(4)
_ASYMPTOTIC = 18.0
"""From here on 1 - e^(-2H) is 1 in float64, and K(m) = H + ln 4, 𝓔(m) = 1 up to (H + 1) e^(-2H)."""


def euler_energies(omega_h: float, energies: ArrayLike, steps: int, every: int) -> FloatArray:
    """H_k along x_{k+1} = x_k + ωh J tanh(x_k), J = [[0, 1], [-1, 0]], from x_0 = (arccosh e^(H_0), 0).

    Args:
        omega_h: ωh, any sign.
        energies: (m,) initial energies H_0 ≥ 0.
        steps: the number of Euler steps.
        every: record H at k = 0, every, 2·every, ... ≤ steps.

    Returns:
        (steps // every + 1, m) float64, rounded.

    Raises:
        InvalidInput: an energy is negative or not finite, steps < 0 or every < 1.
    """
    start = _energies(energies)
    if steps < 0 or every < 1:
        raise InvalidInput(f"steps is {steps} and every is {every}. steps ≥ 0 and every ≥ 1.")
    ks = [_energies_of_one_orbit(float(omega_h), float(h0), steps, every) for h0 in start]
    return np.asarray(ks, dtype=np.float64).reshape(start.size, -1).T


def _energies_of_one_orbit(omega_h: float, energy: float, steps: int, every: int) -> list[float]:
    # Plain floats: with two state variables a NumPy call costs more than the arithmetic it does.
    tanh = math.tanh
    x, y = energy + math.log1p(math.sqrt(-math.expm1(-2 * energy))), 0.0  # arccosh e^H without overflow
    recorded = [_log_cosh(x) + _log_cosh(y)]
    for _ in range(steps // every):
        for _ in range(every):
            x, y = x + omega_h * tanh(y), y - omega_h * tanh(x)
        recorded.append(_log_cosh(x) + _log_cosh(y))
    return recorded


def _log_cosh(x: float) -> float:
    r = abs(x)
    if r < 1:
        return math.log1p(math.sinh(r) ** 2) / 2
    return r + math.log1p(math.exp(-2 * r)) - math.log(2)


def elliptic_growth_rate(energies: FloatArray) -> FloatArray:
    """𝓔(m)/K(m) - e^(-2H), m = 1 - e^(-2H): the mean of dH/dk in units of (ωh)².

    Returns:
        The shape of `energies`, rounded; computed from the complementary parameter e^(-2H).
    """
    from scipy import special

    H = np.asarray(energies, dtype=np.float64)
    complement = np.exp(-2 * H)
    K = np.where(_ASYMPTOTIC < H, H + _LN4, special.ellipkm1(np.exp(-2 * np.minimum(H, _ASYMPTOTIC))))
    return np.asarray(special.ellipe(1 - complement) / K - complement)


def elliptic_growth_law(omega_h: float, energies: ArrayLike, ks: ArrayLike) -> FloatArray:
    """The solution of dH/dk = (ωh)² (𝓔(m)/K(m) - e^(-2H)), m = 1 - e^(-2H), at the given k.

    Args:
        omega_h: ωh.
        energies: (m,) initial energies H_0 ≥ 0.
        ks: (q,) increasing, ≥ 0; not necessarily integers.

    Returns:
        (q, m) float64, rounded; relative error about 1e-8.

    Raises:
        InvalidInput: an energy is negative, or ks is empty, negative or decreasing.
    """
    from scipy.integrate import solve_ivp

    start, s = _energies(energies), finite_array("ks", ks).reshape(-1) * omega_h**2
    if s.size == 0 or s[0] < 0 or (np.diff(s) < 0).any():
        raise InvalidInput(f"ks has {s.size} entries. It must be increasing, not empty, and ≥ 0.")
    if s[-1] == 0:
        return np.tile(start, (s.size, 1))
    # The logarithm of H is integrated, so that small energies keep their relative accuracy.
    alive = start > 0
    solution = solve_ivp(
        lambda _, u: elliptic_growth_rate(np.exp(u)) / np.exp(u),
        (0.0, float(s[-1])),
        np.log(start[alive]),
        method="DOP853",
        t_eval=s,
        rtol=1e-9,
        atol=1e-10,
    )
    law = np.zeros((s.size, start.size))
    law[:, alive] = np.exp(solution.y.T)
    return law


def root_law(omega_h: float, H0: ArrayLike, k: ArrayLike) -> FloatArray:
    """H_k ≈ -ln 4 + √((H_0 + ln 4)² + 2 (ωh)² k), the elliptic law for large energies.

    Returns:
        The broadcast shape of H0 and k, rounded.
    """
    start, steps = finite_array("H0", H0), finite_array("k", k)
    return np.asarray(-_LN4 + np.sqrt((start + _LN4) ** 2 + 2 * omega_h**2 * steps))


def _energies(values: ArrayLike) -> FloatArray:
    start = finite_array("energies", values).reshape(-1)
    if (start < 0).any():
        raise InvalidInput(f"energies has {start.min()}. An energy of the tanh network is ≥ 0.")
    return start
