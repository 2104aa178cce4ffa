"""Lyapunov exponents by the variational equation with repeated orthonormalisation (benettin1980)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.sampling import bump, enough_samples, pace
from gsdcheck.numeric.diagnostics.starts import counted, lane_states, positive, tolerance
from gsdcheck.numeric.diagnostics.variational import orthonormalised, slope_of, variational
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.walks import Walk

_BLOCKS = 256
"""The time is cut into so many blocks; the second half of them is measured."""

_BATCHES = 8
_STUDENT = 2.365
"""The 97.5 % quantile of Student's distribution with 7 degrees of freedom, for eight batch means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LyapunovExponents:
    """The leading exponents of each lane, per unit of time.

    Attributes:
        values: (k, B), nan in a lane that could not be followed.
        errors: (k, B) half the width of an interval that is meant to hold the exponent; inf with nan.
        growth: (257, k, B) the summed logarithms of the stretching at 257 equally spaced times from 0 on.
    """

    values: FloatArray
    errors: FloatArray
    growth: FloatArray


def lyapunov_exponents(
    lanes: Lanes,
    x0: ArrayLike,
    t_end: ArrayLike,
    *,
    leading: int | None = None,
    seed: int = 0,
    rtol: float = 1e-9,
    max_steps: int = 1_000_000,
) -> LyapunovExponents:
    """λ_i = lim (1/t) log R_ii, QR = V(t), V' = Df(x) V: the mean rate over the second half of [0, t_end].

    The mean is weighted by exp(-1/(u(1 - u))), which averages oscillations of the growth out. The first half
    is left out: where the stretching grows like a power t^p, as about every orbit of a planar centre (p = 1),
    log R is p log t, and its mean slope over the second half is at most p · 2 ln 2 / t_end, not p log t / t.

    The error is a sum: (n - 1) · 2 ln 2 / t_end, for stretching like powers up to t^(n - 1); the change from
    the mean over the second quarter; and the larger of 2.365 standard errors of eight batch means and the
    distance of the weighted mean from the plain one. It is an estimate, wide rather than narrow: an orbit
    that changes its habits after t_end is not seen.

    Args:
        lanes: with their slope; a system a lane.
        x0: (n, B); an equilibrium is welcome, its exponents are the real parts of the eigenvalues.
        t_end: a number or (B,), > 0; also in units of 1/(γ + ‖W‖) it should be ≫ n.
        leading: how many exponents, 1 ≤ k ≤ n; all by default.
        seed: of the first tangent vectors. Chosen ones might span an invariant subspace.
        rtol: relative tolerance of a step.

    Raises:
        InvalidInput: wrong shapes, no slope, t_end not in (0, ∞), leading not in 1..n.
    """
    start = lane_states(lanes, x0)
    n, B = start.shape
    T, k = positive("t_end", t_end, B), counted("leading", n if leading is None else leading)
    slope_of(lanes)
    if k > n:
        raise InvalidInput(f"leading is {k} but W is {n}x{n}. There are n exponents.")
    growth = _growth(lanes, start, T, k, seed, tolerance(rtol), max_steps)
    values, errors = _measured(growth, T, n)
    errors += rtol * pace(lanes)
    known = np.isfinite(values) & np.isfinite(errors)
    return LyapunovExponents(
        values=np.where(known, values, np.nan), errors=np.where(known, errors, math.inf), growth=growth
    )


def _growth(
    lanes: Lanes, x0: FloatArray, T: FloatArray, k: int, seed: int, rtol: float, max_steps: int
) -> FloatArray:
    """(257, k, B) log R_ii at the ends of the blocks; nan from the failure of a lane on."""
    n, B = x0.shape
    frame = np.linalg.qr(np.random.default_rng(seed).normal(size=(n, k)))[0]
    V = np.broadcast_to(frame.reshape(-1, 1), (n * k, B))
    walk = Walk(lanes, np.concatenate([x0, V]), rtol=rtol, rate=variational(n, k), max_steps=max_steps)
    # a frame lives about four time scales: it shears by e⁸ or so, which is far from losing its digits
    each = -(-enough_samples(lanes, T, 0.25, _BLOCKS) // _BLOCKS)
    growth = np.zeros((_BLOCKS + 1, k, B))
    with np.errstate(all="ignore"):
        for j in range(_BLOCKS * each):
            walk.advance((j + 1) * (T / (_BLOCKS * each)))
            Q, sizes = orthonormalised(walk.x[n:].reshape(n, k, B))
            walk.x[n:] = Q.reshape(n * k, B)
            growth[j // each + 1] += np.where(walk.alive, np.log(sizes), np.nan)
    return np.cumsum(growth, axis=0)


def _measured(growth: FloatArray, T: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    """The smooth mean of the rates over the second half, and its error without that of the integration."""
    half, quarter = _BLOCKS // 2, _BLOCKS // 4
    rates = np.diff(growth, axis=0) / (T / _BLOCKS)
    late = rates[half:]
    values, weights = _smooth_mean(late)
    batches = late.reshape(_BATCHES, -1, *late.shape[1:]).mean(axis=1)
    spread = math.sqrt(half * (weights**2).sum())  # weights that differ leave less than all of the sample
    statistical = _STUDENT * spread * batches.std(axis=0, ddof=1) / math.sqrt(_BATCHES)
    drift = abs(values - _smooth_mean(rates[quarter:half])[0])
    bias = (n - 1) * 2 * math.log(2) / T
    return values, bias + drift + np.maximum(statistical, abs(values - late.mean(axis=0)))


def _smooth_mean(rates: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Σ w_j r_j over the first axis, w a normalised bump: oscillations average out; and w."""
    w = bump((np.arange(rates.shape[0]) + 0.5) / rates.shape[0])
    w = w / w.sum()
    return np.tensordot(w, rates, 1), w
