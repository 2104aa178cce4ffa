"""The dominant frequency of a signal: a windowed FFT, then the maximum of the windowed Fourier integral."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.diagnostics.sampling import bump, enough_samples, pace, states_at
from gsdcheck.numeric.diagnostics.starts import counted, lane_states, positive, tolerance
from gsdcheck.numeric.lanes import Lanes
from gsdcheck.numeric.walks import Flags, Walk

_CYCLES = 8
"""Fewer cycles than these in the window, and the frequency is taken to be unresolved: it mixes with its mirror
image at -ω and with the mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """The dominant frequency of each lane, in radians per unit of time.

    Attributes:
        values: (B,) ω > 0, nan if there is none: a constant, a signal of under 8 cycles, or one not finite.
        errors: (B,) how far the frequencies of the two halves are from the whole one; inf with nan.
        amplitudes: (B,) a in a cos(ωt + φ), nan with nan.
    """

    values: FloatArray
    errors: FloatArray
    amplitudes: FloatArray


def orbit_frequencies(
    lanes: Lanes,
    x0: ArrayLike,
    t_end: ArrayLike,
    *,
    coordinate: int = 0,
    samples: int | None = None,
    rtol: float = 1e-12,
    max_steps: int = 1_000_000,
) -> Frequencies:
    """The dominant frequency of x_i(t), 0 ≤ t < t_end; for a periodic orbit mostly 2π/T.

    Args:
        x0: (n, B).
        t_end: a number or (B,), > 0. About 50 cycles give 8 digits, 100 give 10 and more.
        coordinate: i.
        samples: how many, ≥ 64; by default 3 in a time 1/(γ + ‖W‖_F), at least 256.
        rtol: relative tolerance of the orbit.

    Raises:
        InvalidInput: wrong shapes, t_end not in (0, ∞), i not in 0..n - 1, samples < 64.
    """
    start = lane_states(lanes, x0)
    T, i = positive("t_end", t_end, start.shape[1]), counted("coordinate", coordinate, 0)
    if i >= lanes.n:
        raise InvalidInput(f"coordinate is {i} but W is {lanes.n}x{lanes.n}. Count from 0.")
    count = enough_samples(lanes, T, 3.0, 256) if samples is None else counted("samples", samples, 64)
    walk = Walk(lanes, start, rtol=tolerance(rtol), max_steps=max_steps)
    signal = np.stack([x[i] for x in states_at(walk, T / count, count)])
    found = dominant_frequencies(signal, T / count)
    # both halves share the drift of the integrated orbit in its phase: a few tolerances a step
    return replace(found, errors=found.errors + 10 * rtol * pace(lanes))


def dominant_frequencies(signal: ArrayLike, interval: ArrayLike) -> Frequencies:
    """The ω > 0 that maximises |∫ w(t/T) s(t) e^(-iωt) dt|, w(u) = exp(-1/(u(1 - u))), lane by lane.

    The peak of the windowed FFT, interpolated, starts Newton's method on the square of that integral (the
    refinement of laskar1993, with a flatter window). For quasi-periodic signals the error falls faster than any
    power of the length; frequencies above the Nyquist frequency appear as their aliases.

    Args:
        signal: (q, B) equally spaced samples, q ≥ 64; a lane that is not finite gives nan.
        interval: between samples, a number or (B,), > 0.

    Raises:
        InvalidInput: wrong shapes, interval not in (0, ∞).
    """
    s = np.array(signal, dtype=np.float64)
    if s.ndim != 2 or s.shape[0] < 64:
        raise InvalidInput(f"signal has shape {s.shape}. Give at least 64 samples, time first: (q, B).")
    dt = positive("interval", interval, s.shape[1])
    finite = np.isfinite(s).all(axis=0)
    s = np.where(finite, s, 0.0)
    half = s.shape[0] // 2
    with np.errstate(all="ignore"):
        guess, prominent = _peak(s)
        omega, amplitude = _refined(s, guess)
        halves = np.stack([_refined(part, omega)[0] for part in (s[:half], s[-half:])])
        errors = abs(halves - omega).max(axis=0) + 1e-15 * omega
    enough = omega * s.shape[0] >= 2 * math.pi * _CYCLES
    resolved = np.logical_and.reduce([finite, prominent, np.isfinite(errors), enough])
    return Frequencies(
        values=np.where(resolved, omega / dt, np.nan),
        errors=np.where(resolved, errors / dt, math.inf),
        amplitudes=np.where(resolved, amplitude, np.nan),
    )


def _peak(s: FloatArray) -> tuple[FloatArray, Flags]:
    """(B,) the frequency of the highest peak, in radians a sample, and (B,) whether there is one at all."""
    q = s.shape[0]
    spectrum = abs(np.fft.rfft(_centred(s) * _window(q)[:, None], axis=0))
    top = np.clip(np.argmax(spectrum[1:], axis=0) + 1, 1, spectrum.shape[0] - 2)
    lanes = np.arange(s.shape[1])
    left, middle, right = (np.log(spectrum[top + k, lanes]) for k in (-1, 0, 1))
    shift = (left - right) / (2 * (left - 2 * middle + right))
    shift = np.where(np.isfinite(shift), np.clip(shift, -0.5, 0.5), 0.0)
    prominent: Flags = spectrum[top, lanes] > 1e-13 * q * abs(s).max(axis=0)
    return 2 * math.pi * (top + shift) / q, prominent


def _refined(s: FloatArray, guess: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The nearest maximum of |F(ω)|², F(ω) = Σ w_j s_j e^(-iωj), and the amplitude there."""
    q = s.shape[0]
    j = np.arange(q) - (q - 1) / 2  # centred, so that F turns little with ω
    w = _window(q)
    weighted = _centred(s) * w[:, None]
    omega, bin_width = guess.copy(), 2 * math.pi / q
    for _ in range(8):
        wave = weighted * np.exp(-1j * j[:, None] * omega)
        F, F1, F2 = wave.sum(axis=0), -1j * (j @ wave), -(j**2 @ wave)
        slope = 2 * (F.conj() * F1).real
        bend = 2 * ((F.conj() * F2).real + abs(F1) ** 2)
        step = np.where(bend < 0, -slope / bend, np.sign(slope) * bin_width / 4)  # uphill if not yet concave
        omega += np.clip(step, -bin_width / 2, bin_width / 2)
    F = (weighted * np.exp(-1j * j[:, None] * omega)).sum(axis=0)
    return omega, 2 * abs(F) / w.sum()


def _centred(s: FloatArray) -> FloatArray:
    """The signal without its weighted mean."""
    w = _window(s.shape[0])
    return np.asarray(s - (w @ s) / w.sum())


def _window(q: int) -> FloatArray:
    return bump((np.arange(q) + 0.5) / q)
