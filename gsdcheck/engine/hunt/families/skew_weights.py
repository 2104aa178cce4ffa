"""Skew matrices of every structure, B at a time; exactly skew, for every entry is mirrored."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
from numpy.random import Generator

from gsdcheck.numeric.arrays import FloatArray

Weights: TypeAlias = Callable[[Generator, int, int], FloatArray]
"""(rng, B, n) ↦ (B, n, n)."""


def mirrored(upper: FloatArray) -> FloatArray:
    """The skew matrices with these strict upper triangles; (B, n, n), what is below is not read."""
    U = np.triu(upper, 1)
    return np.asarray(U - U.transpose(0, 2, 1))


def integers(rng: Generator, size: int, n: int) -> FloatArray:
    """Entries from -4 to 4."""
    return mirrored(rng.integers(-4, 5, (size, n, n)).astype(float))


def units(rng: Generator, size: int, n: int) -> FloatArray:
    """Entries -1, 0, 1."""
    return mirrored(rng.integers(-1, 2, (size, n, n)).astype(float))


def gaussian(rng: Generator, size: int, n: int) -> FloatArray:
    """Normal entries."""
    return mirrored(rng.normal(size=(size, n, n)))


def sparse(rng: Generator, size: int, n: int) -> FloatArray:
    """A few entries ±1, ±2, ±3, one of them at least."""
    values = rng.integers(1, 4, (size, n, n)) * rng.choice([-1.0, 1.0], (size, n, n))
    kept = rng.random((size, n, n)) < 1.5 / n
    if n > 1:
        i = rng.integers(0, n - 1, size)
        kept[np.arange(size), i, i + 1] = True
    return mirrored(values * kept)


def tridiagonal(rng: Generator, size: int, n: int) -> FloatArray:
    """A chain: only neighbours act on each other, with -2 to 2 but not 0."""
    bonds = rng.integers(1, 3, (size, n, n)) * rng.choice([-1.0, 1.0], (size, n, n))
    return mirrored(bonds * np.eye(n, k=1))


def repeated_frequencies(rng: Generator, size: int, n: int) -> FloatArray:
    """One frequency, twice or more, exactly: equal blocks, or for n = 4 m quaternions, with units renamed."""
    W = blocks(np.repeat(rng.integers(1, 4, (size, 1)).astype(float), n // 2, axis=1), n)
    if n % 4 == 0:
        a, b, c = rng.integers(-3, 4, (3, size)).astype(float)
        quaternion = np.zeros((size, 4, 4))
        for (i, j), value in zip(
            ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)), (a, b, c, c, -b, a), strict=True
        ):
            quaternion[:, i, j], quaternion[:, j, i] = value, -value
        dense = np.zeros((size, n, n))
        for k in range(0, n, 4):
            dense[:, k : k + 4, k : k + 4] = quaternion
        W = np.where((rng.random(size) < 0.5)[:, None, None], dense, W)
    return renamed(rng, W)


def near_singular(rng: Generator, size: int, n: int) -> FloatArray:
    """One frequency 1e-3 to 1e-12 of the others."""
    frequencies = rng.uniform(0.5, 3.0, (size, n // 2))
    if n >= 2:
        frequencies[:, -1] *= 10 ** rng.uniform(-12, -3, size)
    return renamed(rng, blocks(frequencies, n))


def rank_two(rng: Generator, size: int, n: int) -> FloatArray:
    """uvᵀ - vuᵀ with small integers."""
    u, v = rng.integers(-2, 3, (2, size, n)).astype(float)
    return np.asarray(u[:, :, None] * v[:, None, :] - v[:, :, None] * u[:, None, :])


def ones_in_kernel(rng: Generator, size: int, n: int) -> FloatArray:
    """W (1, …, 1) = 0, with integers: nA - (A1)1ᵀ + 1(A1)ᵀ."""
    A = mirrored(rng.integers(-2, 3, (size, n, n)).astype(float))
    row = A.sum(axis=2)
    W = n * A - row[:, :, None] + row[:, None, :]
    return np.asarray(W / n if n & (n - 1) == 0 else W)


def wide_scales(rng: Generator, size: int, n: int) -> FloatArray:
    """DAD with D from 1e-2 to 1e2: entries of very different sizes."""
    d = 10 ** rng.uniform(-2, 2, (size, n))
    return mirrored(gaussian(rng, size, n) * d[:, :, None] * d[:, None, :])


def reversible(rng: Generator, size: int, n: int) -> FloatArray:
    """A - RARᵀ for an involution R that swaps units and signs, so that RWRᵀ = -W; entries from -2 to 2.

    For an odd σ the network then looks the same in the mirror R when time runs backwards, and closed orbits that
    are their own mirror images can be certified.
    """
    R = np.stack([_involution(rng, n) for _ in range(size)])
    A = units(rng, size, n)
    W = A - R @ A @ R.transpose(0, 2, 1)
    even = (W % 2 == 0).all(axis=(1, 2))
    return np.asarray(np.where(even[:, None, None], W / 2, W))


def _involution(rng: Generator, n: int) -> FloatArray:
    """Some disjoint pairs of units change places, with one sign for both; the others keep or change theirs."""
    image, order = np.arange(n), rng.permutation(n)
    for i, j in zip(order[::2], order[1::2], strict=False):
        if rng.random() < 0.5:
            image[i], image[j] = j, i
    signs = rng.choice([-1.0, 1.0], n)
    R = np.zeros((n, n))
    R[np.arange(n), image] = signs[np.minimum(np.arange(n), image)]
    return R


def blocks(frequencies: FloatArray, n: int) -> FloatArray:
    """diag([[0, ω], [-ω, 0]], …, 0) for frequencies (B, n // 2)."""
    W = np.zeros((len(frequencies), n, n))
    for k in range(n // 2):
        W[:, 2 * k, 2 * k + 1], W[:, 2 * k + 1, 2 * k] = frequencies[:, k], -frequencies[:, k]
    return W


def renamed(rng: Generator, W: FloatArray) -> FloatArray:
    """PWPᵀ with a signed permutation P: the same dynamics for an odd σ, and not a block to be seen."""
    size, n, _ = W.shape
    order = np.argsort(rng.random((size, n)), axis=1)
    signs = rng.choice([-1.0, 1.0], (size, n))
    mixed = W[np.arange(size)[:, None, None], order[:, :, None], order[:, None, :]]
    return np.asarray(mixed * signs[:, :, None] * signs[:, None, :])


SKEW: Mapping[str, Weights] = {
    "integer weights": integers,
    "unit weights": units,
    "Gaussian": gaussian,
    "sparse": sparse,
    "tridiagonal": tridiagonal,
    "repeated frequencies": repeated_frequencies,
    "near-singular": near_singular,
    "rank two": rank_two,
    "ones in the kernel": ones_in_kernel,
    "wide scales": wide_scales,
    "reversible": reversible,
}
"""Every family of skew matrices, by the name that reports use."""
