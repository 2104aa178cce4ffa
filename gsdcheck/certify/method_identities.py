"""Identities of the integrators: leaky Euler, Poisson splitting, the midpoint rule, Runge-Kutta."""

from gsdcheck.certify.identity import Identity, Polynomials, Ring, Square, one

_SIZES = (2, 3, 4, 5, 6)


def _leaky_euler_norm(n: int) -> Polynomials:
    """‖(1 - hg)x + hWx‖² = (1 - hg)²‖x‖² + h²‖Wx‖²."""
    ring = Ring(n, vectors="x", pairs="w", scalars="hg")
    x, (h, g) = ring.vector("x"), (ring.symbols[c] for c in "hg")
    v = ring.apply(ring.skew("w"), x)
    y = [(1 - h * g) * a + h * b for a, b in zip(x, v, strict=True)]
    return [ring.dot(y, y) - (1 - h * g) ** 2 * ring.dot(x, x) - h * h * ring.dot(v, v)]


def _leaky_euler_factor(_: int) -> Polynomials:
    """(1 - hg)² + h²w² = 1 - h(2g - h(g² + w²))."""
    ring = Ring(1, scalars="hgw")
    h, g, w = (ring.symbols[c] for c in "hgw")
    return [(1 - h * g) ** 2 + h * h * w * w - 1 + h * (2 * g - h * (g * g + w * w))]


def _substep_argument(n: int) -> Polynomials:
    """What σ is applied to does not change in its own substep: x_i (outer) and (Wx)_i (inner)."""
    ring = Ring(n, vectors="x", pairs="w", scalars="st")
    x, W, move = ring.vector("x"), ring.skew("w"), ring.symbols["s"] * ring.symbols["t"]
    found = []
    for i in range(n):
        outer = [a + move * row[i] for a, row in zip(x, W, strict=True)]
        inner = [a + move * (j == i) for j, a in enumerate(x)]
        found += [outer[i] - x[i], ring.dot(W[i], inner) - ring.dot(W[i], x)]
    return found


def _substep_casimir(n: int) -> Polynomials:
    """k·(x + t W_{·i} s) = k·x + t s (Wᵀk)_i for any W and every i."""
    ring = Ring(n, vectors="kx", pairs="w", scalars="st")
    k, x, W = ring.vector("k"), ring.vector("x"), ring.matrix("w")
    move = ring.symbols["s"] * ring.symbols["t"]
    columns = [[row[i] for row in W] for i in range(n)]
    return [
        ring.dot(k, [a + move * w for a, w in zip(x, column, strict=True)])
        - ring.dot(k, x)
        - move * ring.dot(k, column)
        for column in columns
    ]


def _substep_determinant(n: int) -> Polynomials:
    """det(I + t d W_{·i} e_iᵀ) = 1 (outer) and det(I + t d e_i W_{i·}) = 1 (inner), for every i."""
    ring = Ring(n, pairs="w", scalars="td")
    W, move = ring.skew("w"), ring.symbols["t"] * ring.symbols["d"]

    def moved(i: int, outer: bool) -> Square:
        return [
            [one(ring) * (a == b) + (move * W[a][b] if (b if outer else a) == i else 0) for b in range(n)]
            for a in range(n)
        ]

    return [ring.determinant(moved(i, outer)) - 1 for i in range(n) for outer in (True, False)]


def _sweep_pairs(n: int) -> Polynomials:
    """Σ_{l<k} g_(i_k)(i_l) = 2 Σ g_ij over the sweep 1..n, n..1, where g_ii = 0."""
    ring = Ring(n, pairs="g")
    g = [
        [entry if i != j else ring.zero for j, entry in enumerate(row)]
        for i, row in enumerate(ring.matrix("g"))
    ]
    sweep = [*range(n), *reversed(range(n))]
    pairs = sum((g[i][j] for k, i in enumerate(sweep) for j in sweep[:k]), ring.zero)
    return [pairs - 2 * sum((entry for row in g for entry in row), ring.zero)]


def _midpoint_norm(n: int) -> Polynomials:
    """With z = x + y: ‖y‖² - ‖x‖² = z·(y - x), which the midpoint rule makes (h/2) z·Wz = 0."""
    ring = Ring(n, vectors="xy", pairs="w")
    x, y = ring.vector("x"), ring.vector("y")
    z = [a + b for a, b in zip(x, y, strict=True)]
    moved = [b - a for a, b in zip(x, y, strict=True)]
    polar = ring.dot(y, y) - ring.dot(x, x) - ring.dot(z, moved)
    return [polar, ring.dot(z, ring.apply(ring.skew("w"), z))]


def _rk4_amplification(_: int) -> Polynomials:
    """576 |R(iu)|² = 576 - 8u⁶ + u⁸ for R(z) = 1 + z + z²/2 + z³/6 + z⁴/24."""
    ring = Ring(1, scalars="u")
    u = ring.symbols["u"]
    real, imaginary = 24 - 12 * u**2 + u**4, 24 * u - 4 * u**3
    return [real**2 + imaginary**2 - (576 - 8 * u**6 + u**8)]


METHOD_IDENTITIES = (
    Identity(
        name="leaky-euler-norm",
        claim="leaky-linear-euler-is-stable",
        says="‖(1 - hγ)x + hWx‖² = (1 - hγ)²‖x‖² + h²‖Wx‖²",
        sizes=_SIZES,
        residuals=_leaky_euler_norm,
    ),
    Identity(
        name="leaky-euler-factor",
        claim="leaky-linear-euler-is-stable",
        says="(1 - hγ)² + h²ω² = 1 - h(2γ - h(γ² + ω²))",
        sizes=(1,),
        residuals=_leaky_euler_factor,
    ),
    Identity(
        name="substep-argument",
        claim="splitting-substeps-are-exact",
        says="a substep does not change what its σ is applied to",
        sizes=_SIZES,
        residuals=_substep_argument,
    ),
    Identity(
        name="substep-casimir",
        claim="splitting-keeps-casimirs",
        says="k·(x + t W_{·i} s) = k·x + t s (Wᵀk)_i",
        sizes=_SIZES,
        residuals=_substep_casimir,
    ),
    Identity(
        name="substep-determinant",
        claim="splitting-preserves-volume",
        says="the Jacobian of a substep has determinant 1",
        sizes=(2, 3, 4, 5),
        residuals=_substep_determinant,
    ),
    Identity(
        name="sweep-pairs",
        claim="splitting-is-second-order",
        says="the pairs of a sweep up and down count every g_ij, i ≠ j, twice",
        sizes=_SIZES,
        residuals=_sweep_pairs,
    ),
    Identity(
        name="midpoint-norm",
        claim="midpoint-keeps-linear-norm",
        says="‖y‖² - ‖x‖² = (x + y)·(y - x), and (x + y)·W(x + y) = 0",
        sizes=_SIZES,
        residuals=_midpoint_norm,
    ),
    Identity(
        name="rk4-amplification",
        claim="rk4-is-bounded-within-its-stability-interval",
        says="|R(iu)|² = 1 - u⁶/72 + u⁸/576",
        sizes=(1,),
        residuals=_rk4_amplification,
    ),
)
