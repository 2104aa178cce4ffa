"""Matrices that need not be skew, B at a time: any, nearly skew, and relatives of skew ones."""

from collections.abc import Mapping

import numpy as np
from numpy.random import Generator

from gsdcheck.engine.hunt.families.skew_weights import Weights, blocks, gaussian, integers, sparse
from gsdcheck.numeric.arrays import FloatArray


def dense_integers(rng: Generator, size: int, n: int) -> FloatArray:
    """Any integers from -3 to 3."""
    return rng.integers(-3, 4, (size, n, n)).astype(float)


def dense_gaussian(rng: Generator, size: int, n: int) -> FloatArray:
    """Normal entries."""
    return rng.normal(size=(size, n, n))


def tiny_asymmetry(rng: Generator, size: int, n: int) -> FloatArray:
    """Skew but for one entry, which is off by 1e-1 to 1e-14."""
    W = integers(rng, size, n)
    i, j = rng.integers(0, n, (2, size))
    W[np.arange(size), i, j] += rng.choice([-1.0, 1.0], size) * 10.0 ** -rng.integers(1, 15, size)
    return W


def one_entry_off(rng: Generator, size: int, n: int) -> FloatArray:
    """Skew but for one entry, which is off by an integer."""
    W = sparse(rng, size, n)
    i, j = rng.integers(0, n, (2, size))
    W[np.arange(size), i, j] += rng.choice([-2.0, -1.0, 1.0, 2.0], size)
    return W


def symmetrizable(rng: Generator, size: int, n: int) -> FloatArray:
    """AD with A skew and D a positive diagonal: DW is skew."""
    return np.asarray(integers(rng, size, n) * rng.integers(1, 4, (size, 1, n)))


def similar_to_skew(rng: Generator, size: int, n: int) -> FloatArray:
    """S⁻¹KS with K skew and S = I + a e_i e_jᵀ, several times: integers, with a spectrum on the axis."""
    W = integers(rng, size, n)
    lanes = np.arange(size)
    for _ in range(2 if n > 1 else 0):
        i = rng.integers(0, n, size)
        j = (i + rng.integers(1, n, size)) % n
        a = rng.integers(-2, 3, size).astype(float)
        W[lanes, :, j] += a[:, None] * W[lanes, :, i]
        W[lanes, i, :] -= a[:, None] * W[lanes, j, :]
    return W


def damped(rng: Generator, size: int, n: int) -> FloatArray:
    """Skew minus c I, or plus: c from 1e-4 to 2."""
    c = rng.choice([-1.0, 1.0], size) * 10 ** rng.uniform(-4, 0.3, size)
    return np.asarray(integers(rng, size, n) + c[:, None, None] * np.eye(n))


def defective(rng: Generator, size: int, n: int) -> FloatArray:
    """A pair of equal imaginary eigenvalues with one eigenvector, where n ≥ 4; else a nilpotent matrix."""
    W = blocks(np.repeat(rng.integers(1, 4, (size, 1)).astype(float), n // 2, axis=1), n)
    for k in range(0, n - 3, 4):
        W[:, k, k + 2], W[:, k + 1, k + 3] = 1.0, 1.0
    return W if n >= 4 else np.broadcast_to(np.eye(n, k=1), (size, n, n)).copy()


def rank_one(rng: Generator, size: int, n: int) -> FloatArray:
    """uvᵀ with small integers."""
    u, v = rng.integers(-2, 3, (2, size, n)).astype(float)
    return np.asarray(u[:, :, None] * v[:, None, :])


def symmetric(rng: Generator, size: int, n: int) -> FloatArray:
    """W = Wᵀ with small integers."""
    A = rng.integers(-2, 3, (size, n, n)).astype(float)
    return np.asarray(np.triu(A) + np.triu(A, 1).transpose(0, 2, 1))


def negative_definite(rng: Generator, size: int, n: int) -> FloatArray:
    """Skew minus a positive diagonal: W + Wᵀ < 0."""
    diagonal = rng.choice([0.25, 0.5, 1.0, 2.0], (size, n))
    skew = np.where((rng.random(size) < 0.5)[:, None, None], integers(rng, size, n), gaussian(rng, size, n))
    return np.asarray(skew - diagonal[:, :, None] * np.eye(n))


ANY: Mapping[str, Weights] = {
    "dense integers": dense_integers,
    "dense Gaussian": dense_gaussian,
    "tiny asymmetry": tiny_asymmetry,
    "one entry off": one_entry_off,
    "skew-symmetrizable": symmetrizable,
    "similar to skew": similar_to_skew,
    "damped": damped,
    "defective": defective,
    "rank one": rank_one,
    "symmetric": symmetric,
}
"""Every family of matrices that are not skew as a rule."""
