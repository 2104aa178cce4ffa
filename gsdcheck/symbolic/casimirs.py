"""Casimirs k·x: the left kernel of W, for one matrix and for the generic skew one."""

from fractions import Fraction
from math import gcd, lcm

from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz_mat, fmpz_mpoly

from gsdcheck.model.system import Matrix, Vector
from gsdcheck.symbolic.ring import dot, pfaffian, skew_ring


def casimirs(W: Matrix) -> tuple[Vector, ...]:
    """A basis of {k : kᵀW = 0}, exactly, as primitive integer vectors whose first nonzero entry is positive.

    n - rank W vectors of length n; none where W is invertible.
    """
    scale = lcm(*(a.denominator for row in W for a in row))
    transposed = fmpz_mat([[int(row[i] * scale) for row in W] for i in range(len(W))])
    kernel, dimension = transposed.nullspace()
    columns = ([int(kernel[i, j]) for i in range(len(W))] for j in range(dimension))
    return tuple(map(_primitive, columns))


def _primitive(k: list[int]) -> Vector:
    sign = next(1 if entry > 0 else -1 for entry in k if entry)
    return tuple(Fraction(entry, sign * gcd(*k)) for entry in k)


def casimir_rates(W: Matrix) -> tuple[fmpq_mpoly, ...]:
    """d(k·x)/dt = kᵀWs in ℚ[s] for each of the Casimirs k of W: zero polynomials (outer form, b = 0)."""
    return tuple(linear_rate(k, W) for k in casimirs(W))


def linear_rate(k: Vector, W: Matrix) -> fmpq_mpoly:
    """d(k·x)/dt = kᵀWs in ℚ[s], s = σ(x), for any vector k (outer form, b = 0)."""
    context = fmpq_mpoly_ctx.get([f"s{i}" for i in range(len(W))], "degrevlex")
    weights = [sum((a * row[j] for a, row in zip(k, W, strict=True)), Fraction(0)) for j in range(len(W))]
    terms = (fmpq(c.numerator, c.denominator) * s for c, s in zip(weights, context.gens(), strict=True))
    return sum(terms, context.constant(0))


def pfaffian_vector(n: int) -> tuple[fmpz_mpoly, ...]:
    """k_i = (-1)^i Pf(W without row and column i): a Casimir of the generic skew W, 0 for even n."""
    ring = skew_ring(n)
    return tuple((-1) ** i * pfaffian(ring.W, [j for j in range(n) if j != i], ring.zero) for i in range(n))


def pfaffian_vector_rate(n: int) -> fmpz_mpoly:
    """d(k·x)/dt = kᵀWs in ℤ[w, s] for k the Pfaffian vector: the zero polynomial.

    References:
        proofs/odd-size-has-a-casimir.md.
    """
    ring = skew_ring(n)
    velocity = [dot(row, ring.s, ring.zero) for row in ring.W]
    return dot(pfaffian_vector(n), velocity, ring.zero)
