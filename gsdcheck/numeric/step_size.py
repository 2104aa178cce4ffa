"""The first step of each lane, from ‖W‖₂ and the slope of σ, and the next one after a check failed."""

import numpy as np
from numpy.typing import NDArray

from gsdcheck.model.system import Form
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.lanes import preactivation
from gsdcheck.numeric.methods.registry import Method
from gsdcheck.numeric.problem import Problem

_ITERATIONS = 8
_SAMPLES = 9
_PART = 0.6
_BLOCK = 2**14
_SMALL, _FEW = 24, 64
"""Larger matrices, and few of them, are LAPACK's."""
_SAFETY = 0.85
_FASTEST = 1e300
"""The least rate is that of a few steps, but no step may be 0."""
_LONGEST = 1.5
"""No first step beyond this h L‖W‖₂, whatever the tolerance allows."""


def first_steps(problem: Problem, method: Method, span: float, tolerance: float) -> FloatArray:
    """h = c / r with the rate r = L‖W‖₂ + γ, and c for which c^p r·span is about the tolerance.

    L is the greatest |σ'| found on [-R, R], R the norm of the initial preactivation. A guess, which the
    check afterwards corrects: the constant of c is measured on random tanh networks.

    Returns:
        (B,), positive, at most the span.
    """
    steps = np.empty(problem.size)
    for start in range(0, problem.size, _BLOCK):  # blocks, so that a million systems need no copies
        block = np.arange(start, min(start + _BLOCK, problem.size))
        with np.errstate(all="ignore"):
            rates = spectral_norms(problem.weights(block)) * _steepness(problem, block)
            rates = np.maximum(rates + problem.leak, min(1e-12 / span, _FASTEST))
            c = method.reach * (tolerance / (span * rates)) ** (1 / method.order)
            steps[block] = np.clip(c, 1e-6, _LONGEST) / rates
    return np.where(np.isfinite(steps), np.minimum(steps, span), span / 1000)


def next_steps(steps: FloatArray, errors: FloatArray, tolerance: float, order: int) -> FloatArray:
    """h (tol/error)^(1/p) with a margin, between h/32 and 3h/4; h/8 where the error is no number."""
    with np.errstate(all="ignore"):
        factor = _SAFETY * (tolerance / errors) ** (1 / order)
    factor = np.where(np.isfinite(errors), np.clip(factor, 1 / 32, 0.75), 1 / 8)
    return np.asarray(steps * factor)


def spectral_norms(W: FloatArray) -> FloatArray:
    """‖W‖₂ of each matrix by power iteration on WᵀW; (B, n, n) to (B,), a few per cent low at worst."""
    n = W.shape[-1]
    if n > _SMALL or W.shape[0] < _FEW:
        return np.asarray(np.linalg.norm(W, 2, axis=(1, 2)))
    lanes = np.ascontiguousarray(W.transpose(1, 2, 0))
    vector = 1.0 + 0.1 * np.sin(np.arange(1, n + 1))[:, None] * np.ones(lanes.shape[2])
    norm = np.zeros(lanes.shape[2])
    for _ in range(_ITERATIONS):
        image = sum(lanes[:, j] * vector[j] for j in range(n))
        vector = sum(lanes[i] * image[i] for i in range(n))
        norm = np.sqrt((vector**2).sum(axis=0))
        vector /= np.maximum(norm, 1e-300)
    return np.sqrt(norm)


def _steepness(problem: Problem, block: NDArray[np.intp]) -> FloatArray:
    """The greatest |σ'| on [-R, R] of each lane, R a part of the norm of its preactivation at the start; (k,)."""
    if problem.slope is None:
        return np.ones(block.size)
    start = problem.x0[block].T
    if problem.form is Form.INNER:
        start = preactivation(problem.lanes(block), start)
    reach = np.sqrt((start**2).sum(axis=0))
    fractions = np.linspace(-_PART, _PART, _SAMPLES)[:, None]
    slopes = np.abs(problem.slope(fractions * reach))
    slopes[~np.isfinite(slopes)] = 0.0
    return np.asarray(slopes.max(axis=0))
