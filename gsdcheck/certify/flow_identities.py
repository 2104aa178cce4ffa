"""Identities of the flow: weighted and tilted energies, the Jacobian."""

from math import prod

from gsdcheck.certify.identity import Identity, Polynomials, Ring, one

_SIZES = (2, 3, 4, 5, 6)


def _weighted_energy_rate(n: int) -> Polynomials:
    """Σ d_i s_i (W s)_i for W = (Π d) D⁻¹A, A skew: the entries of W are Π_{j≠i} d_j · a_ij."""
    ring = Ring(n, vectors="ds", pairs="a")
    d, s, A = ring.vector("d"), ring.vector("s"), ring.skew("a")
    cofactors = [prod((d[j] for j in range(n) if j != i), start=one(ring)) for i in range(n)]
    field = [e * v for e, v in zip(cofactors, ring.apply(A, s), strict=True)]
    return [sum((a * b * v for a, b, v in zip(d, s, field, strict=True)), ring.zero)]


def _tilted_energy_rate(n: int) -> Polynomials:
    """(s + c)·(W s + b) with b = W c."""
    ring = Ring(n, vectors="sc", pairs="w")
    s, c, W = ring.vector("s"), ring.vector("c"), ring.skew("w")
    gradient = [a + b for a, b in zip(s, c, strict=True)]
    field = [a + b for a, b in zip(ring.apply(W, s), ring.apply(W, c), strict=True)]
    return [ring.dot(gradient, field)]


def _jacobian_trace(n: int) -> Polynomials:
    """The trace of W diag(d), which is that of diag(d) W."""
    ring = Ring(n, vectors="d", pairs="w")
    W, d = ring.skew("w"), ring.vector("d")
    return [sum((W[i][i] * d[i] for i in range(n)), ring.zero)]


def _odd_jacobian(n: int) -> Polynomials:
    """det(W diag(d)), n odd."""
    ring = Ring(n, vectors="d", pairs="w")
    d = ring.vector("d")
    return [ring.determinant([[entry * d[j] for j, entry in enumerate(row)] for row in ring.skew("w")])]


def _planar_jacobian(_: int) -> Polynomials:
    """n = 2: det(λ - W diag(d)) = λ² + ω² d₁ d₂, coefficient by coefficient."""
    ring = Ring(2, vectors="d", pairs="w")
    W, d = ring.skew("w"), ring.vector("d")
    found = ring.characteristic([[entry * d[j] for j, entry in enumerate(row)] for row in W])
    return [found[0] - 1, found[1], found[2] - W[0][1] * W[0][1] * d[0] * d[1]]


FLOW_IDENTITIES = (
    Identity(
        name="weighted-energy-rate",
        claim="skew-symmetrizable-weights-conserve-an-energy",
        says="Σ d_i s_i (Ws)_i = 0 for W = D⁻¹A, A skew",
        sizes=_SIZES,
        residuals=_weighted_energy_rate,
    ),
    Identity(
        name="tilted-energy-rate",
        claim="bias-tilts-the-energy",
        says="(s + c)·(Ws + Wc) = 0",
        sizes=_SIZES,
        residuals=_tilted_energy_rate,
    ),
    Identity(
        name="jacobian-trace",
        claim="flow-preserves-volume",
        says="the trace of W diag(d) is 0",
        sizes=_SIZES,
        residuals=_jacobian_trace,
    ),
    Identity(
        name="odd-jacobian",
        claim="odd-jacobian-is-singular",
        says="det(W diag(d)) = 0",
        sizes=(1, 3, 5),
        residuals=_odd_jacobian,
    ),
    Identity(
        name="planar-jacobian",
        claim="planar-jacobian-has-opposite-eigenvalues",
        says="det(λ - W diag(d)) = λ² + ω² d₁ d₂",
        sizes=(2,),
        residuals=_planar_jacobian,
    ),
)
