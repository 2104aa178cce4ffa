"""Polynomial identities of the proofs, expanded again from nothing but their names and a size.

Each identity is a function of n that builds `left - right` in a polynomial ring over ℤ with one symbol for
every free entry (python-flint), for a skew-symmetric W unless it says otherwise. It holds at n when every
polynomial it returns is the zero polynomial: an identity over ℤ, hence for all real values of the symbols.
"""

from functools import cache

from flint import fmpz_mpoly

from gsdcheck.certify.flow_identities import FLOW_IDENTITIES
from gsdcheck.certify.identity import Identity, Polynomials
from gsdcheck.certify.identity import Ring as _Ring
from gsdcheck.certify.method_identities import METHOD_IDENTITIES
from gsdcheck.errors import CertificateRejected


def _pair(_: int) -> Polynomials:
    ring = _Ring(1, scalars="wst")
    w, s, t = (ring.symbols[letter] for letter in "wst")
    return [s * w * t + t * (-w) * s]


def _energy_rate(n: int) -> Polynomials:
    ring = _Ring(n, vectors="s", pairs="w")
    s = ring.vector("s")
    return [ring.dot(s, ring.apply(ring.skew("w"), s))]


def _polarisation(n: int) -> Polynomials:
    """Q(a + eᵢ + eⱼ) - Q(a + eᵢ) - Q(a + eⱼ) + Q(a) = Aᵢⱼ + Aⱼᵢ for Q(s) = sᵀAs and any A."""
    ring = _Ring(n, vectors="a", pairs="m")
    A, a = ring.matrix("m"), ring.vector("a")

    def form(*shifts: int) -> fmpz_mpoly:
        s = [entry + shifts.count(i) for i, entry in enumerate(a)]
        return ring.dot(s, ring.apply(A, s))

    return [
        form(i, j) - form(i) - form(j) + form() - A[i][j] - A[j][i] for i in range(n) for j in range(i, n)
    ]


def _casimir_rate(n: int) -> Polynomials:
    """k·(W s) = (Wᵀk)·s for any W, so that kᵀW = 0 kills the rate of k·x."""
    ring = _Ring(n, vectors="ks", pairs="w")
    W, k, s = ring.matrix("w"), ring.vector("k"), ring.vector("s")
    columns = [ring.dot(k, [row[j] for row in W]) for j in range(n)]
    return [ring.dot(k, ring.apply(W, s)) - ring.dot(columns, s)]


def _odd_determinant(n: int) -> Polynomials:
    ring = _Ring(n, pairs="w")
    return [ring.determinant(ring.skew("w"))]


def _jacobian_parity(n: int) -> Polynomials:
    """The sums of principal minors of odd size of W·diag(d) vanish."""
    ring = _Ring(n, vectors="d", pairs="w")
    d = ring.vector("d")
    J = [[entry * d[j] for j, entry in enumerate(row)] for row in ring.skew("w")]
    return ring.characteristic(J)[1::2]


def _jacobian_similarity(n: int) -> Polynomials:
    """W·diag(e²) and the skew matrix diag(e)·W·diag(e) have the same characteristic polynomial."""
    ring = _Ring(n, vectors="e", pairs="w")
    W, e = ring.skew("w"), ring.vector("e")
    scaled = [[entry * e[j] * e[j] for j, entry in enumerate(row)] for row in W]
    symmetric = [[e[i] * entry * e[j] for j, entry in enumerate(row)] for i, row in enumerate(W)]
    skewness = [symmetric[i][j] + symmetric[j][i] for i in range(n) for j in range(n)]
    pairs = zip(ring.characteristic(scaled), ring.characteristic(symmetric), strict=True)
    return [a - b for a, b in pairs] + skewness


def _norm_rate(n: int) -> Polynomials:
    """2 x·(W x) = xᵀ(W + Wᵀ)x for any W."""
    ring = _Ring(n, vectors="x", pairs="w")
    W, x = ring.matrix("w"), ring.vector("x")
    symmetric = [[W[i][j] + W[j][i] for j in range(n)] for i in range(n)]
    return [2 * ring.dot(x, ring.apply(W, x)) - ring.dot(x, ring.apply(symmetric, x))]


def _euler_norm(n: int) -> Polynomials:
    """‖x + hWx‖² = ‖x‖² + h²‖Wx‖²."""
    ring = _Ring(n, vectors="x", pairs="w", scalars="h")
    x, h = ring.vector("x"), ring.symbols["h"]
    v = ring.apply(ring.skew("w"), x)
    y = [a + h * b for a, b in zip(x, v, strict=True)]
    return [ring.dot(y, y) - ring.dot(x, x) - h * h * ring.dot(v, v)]


def _euler_planar_factor(_: int) -> Polynomials:
    """n = 2: ‖x + hWx‖² = (1 + h²ω²)‖x‖²."""
    ring = _Ring(2, vectors="x", scalars="hw")
    (a, b), h, w = ring.vector("x"), ring.symbols["h"], ring.symbols["w"]
    new = [a + h * w * b, b - h * w * a]
    return [ring.dot(new, new) - (1 + h * h * w * w) * (a * a + b * b)]


def _leak_rate(n: int) -> Polynomials:
    """s·(-g x + W s) = -g x·s."""
    ring = _Ring(n, vectors="xs", pairs="w", scalars="g")
    x, s, g = ring.vector("x"), ring.vector("s"), ring.symbols["g"]
    f = [-g * a + b for a, b in zip(x, ring.apply(ring.skew("w"), s), strict=True)]
    return [ring.dot(s, f) + g * ring.dot(x, s)]


def _tanh_darboux(n: int) -> Polynomials:
    """v_i' = (1 - v_i²)(Wv)_i gives (1 ± v_i)' = ±(1 ∓ v_i)(Wv)_i (1 ± v_i)."""
    ring = _Ring(n, vectors="v", pairs="w")
    v = ring.vector("v")
    f = ring.apply(ring.skew("w"), v)
    return [
        sign * (1 - a * a) * b - sign * (1 - sign * a) * b * (1 + sign * a)
        for a, b in zip(v, f, strict=True)
        for sign in (1, -1)
    ]


def _tanh_cofactors(n: int) -> Polynomials:
    """The cofactors of all 1 ± v_i add up to 0, and Σ k_i (K_i⁺ - K_i⁻) = 2 (Wᵀk)·v."""
    ring = _Ring(n, vectors="kv", pairs="w")
    W, v, k = ring.skew("w"), ring.vector("v"), ring.vector("k")
    f = ring.apply(W, v)
    plus = [(1 - a) * b for a, b in zip(v, f, strict=True)]
    minus = [-(1 + a) * b for a, b in zip(v, f, strict=True)]
    columns = [ring.dot(k, [row[j] for row in W]) for j in range(n)]
    difference = ring.dot(k, [a - b for a, b in zip(plus, minus, strict=True)])
    return [sum(plus, ring.zero) + sum(minus, ring.zero), difference - 2 * ring.dot(columns, v)]


_SIZES = (2, 3, 4, 5, 6)
_ALL = (
    Identity(
        name="pair", claim="energy-is-conserved", says="s w t + t (-w) s = 0", sizes=(1,), residuals=_pair
    ),
    Identity(
        name="energy-rate", claim="energy-is-conserved", says="sᵀWs = 0", sizes=_SIZES, residuals=_energy_rate
    ),
    Identity(
        name="polarisation",
        claim="conserved-energy-implies-skew",
        says="the second difference of sᵀAs along eᵢ, eⱼ is Aᵢⱼ + Aⱼᵢ",
        sizes=_SIZES,
        residuals=_polarisation,
    ),
    Identity(
        name="casimir-rate",
        claim="casimirs-are-conserved",
        says="k·(Ws) = (Wᵀk)·s",
        sizes=_SIZES,
        residuals=_casimir_rate,
    ),
    Identity(
        name="odd-determinant",
        claim="odd-size-has-a-casimir",
        says="det W = 0",
        sizes=(1, 3, 5),
        residuals=_odd_determinant,
    ),
    Identity(
        name="jacobian-similarity",
        claim="jacobian-spectrum-is-imaginary",
        says="W diag(e²) and the skew matrix diag(e) W diag(e) have equal characteristic polynomials",
        sizes=(2, 3, 4, 5),
        residuals=_jacobian_similarity,
    ),
    Identity(
        name="jacobian-parity",
        claim="jacobian-spectrum-is-symmetric",
        says="the coefficients of λⁿ⁻ᵏ in det(λ - W diag(d)) vanish for odd k",
        sizes=_SIZES,
        residuals=_jacobian_parity,
    ),
    Identity(
        name="norm-rate",
        claim="linear-norm-is-conserved-iff-skew",
        says="2 x·(Wx) = xᵀ(W + Wᵀ)x",
        sizes=_SIZES,
        residuals=_norm_rate,
    ),
    Identity(
        name="euler-norm",
        claim="linear-euler-blows-up",
        says="‖x + hWx‖² = ‖x‖² + h²‖Wx‖²",
        sizes=_SIZES,
        residuals=_euler_norm,
    ),
    Identity(
        name="euler-planar-factor",
        claim="linear-euler-blows-up",
        says="‖x + hWx‖² = (1 + h²ω²)‖x‖² for W = [[0, ω], [-ω, 0]]",
        sizes=(2,),
        residuals=_euler_planar_factor,
    ),
    Identity(
        name="tanh-darboux",
        claim="darboux-polynomials-give-first-integrals",
        says="(1 ± v_i)' = ±(1 ∓ v_i)(Wv)_i (1 ± v_i) for v_i' = (1 - v_i²)(Wv)_i",
        sizes=_SIZES,
        residuals=_tanh_darboux,
    ),
    Identity(
        name="tanh-cofactors",
        claim="darboux-polynomials-give-first-integrals",
        says="Σ (K_i⁺ + K_i⁻) = 0 and Σ k_i (K_i⁺ - K_i⁻) = 2 (Wᵀk)·v for K_i^± = ±(1 ∓ v_i)(Wv)_i",
        sizes=_SIZES,
        residuals=_tanh_cofactors,
    ),
    Identity(
        name="leak-rate",
        claim="leak-stops-oscillation",
        says="s·(-γx + Ws) = -γ x·s",
        sizes=_SIZES,
        residuals=_leak_rate,
    ),
)

IDENTITIES: dict[str, Identity] = {
    identity.name: identity for identity in (*_ALL, *FLOW_IDENTITIES, *METHOD_IDENTITIES)
}
"""The identities by name."""


@cache
def require_identity(name: str, n: int) -> Identity:
    """The identity, expanded and found to hold at size n.

    Raises:
        CertificateRejected: no such identity, a size it is not stated for, or a residual that is not zero.
    """
    identity = IDENTITIES.get(name)
    if identity is None:
        raise CertificateRejected(f"there is no identity {name!r}; known: {', '.join(IDENTITIES)}.")
    if n not in identity.sizes:
        raise CertificateRejected(f"{name} is stated for n in {identity.sizes}, not for n = {n}.")
    for residual in identity.residuals(n):  # soundness: every polynomial, each compared with zero exactly
        if residual != 0:
            raise CertificateRejected(f"{name} fails at n = {n}: {residual} is not zero.")
    return identity
