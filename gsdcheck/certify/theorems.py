"""The table of theorems, which a reviewer holds against the proof pages, top to bottom."""

from collections.abc import Iterator

from gsdcheck.certify.flow_theorems import FLOW_THEOREMS
from gsdcheck.certify.followed_theorems import FOLLOWED_THEOREMS
from gsdcheck.certify.method_theorems import METHOD_THEOREMS
from gsdcheck.certify.premises import PREMISES
from gsdcheck.certify.sharpness import SHARPNESS
from gsdcheck.certify.theorem import DRIFT as _DRIFT
from gsdcheck.certify.theorem import FREE as _FREE
from gsdcheck.certify.theorem import TAME as _TAME
from gsdcheck.certify.theorem import Theorem
from gsdcheck.certify.theorem import proved as _proved
from gsdcheck.certify.theorem import refuted as _refuted

__all__ = ["THEOREMS", "Theorem"]

_DICHOTOMY = "leaves-oscillate-or-all-escape"

_INVARIANTS = (
    _proved(
        "energy-is-conserved",
        "skew",
        "continuous",
        *_FREE,
        says="H is constant along every solution",
        steps=("pair", "energy-rate"),
    ),
    _proved(
        "conserved-energy-implies-skew",
        "skew",
        "continuous",
        "strictly-increasing",
        "outer",
        *_FREE,
        says="a W for which H is constant along every solution is skew, as this one is",
        steps=("polarisation",),
    ),
    _proved(
        "casimirs-are-conserved",
        "outer",
        "continuous",
        *_FREE,
        says="k·x is constant along every solution for every k with kᵀW = 0",
        steps=("casimir-rate",),
    ),
    _proved(
        "odd-size-has-a-casimir",
        "skew",
        "odd-size",
        says="some k ≠ 0 has kᵀW = 0",
        steps=("odd-determinant",),
    ),
    _proved(
        "darboux-polynomials-give-first-integrals",
        "tanh",
        "skew",
        "outer",
        *_FREE,
        says="1 ± v_i, v = tanh(x), are Darboux polynomials with the cofactors ±(1 ∓ v_i)(Wv)_i, which give "
        "Σ log cosh x_i and k·x for every k with kᵀW = 0",
        steps=("tanh-darboux", "tanh-cofactors"),
    ),
    _refuted(
        "energy-without-oddness",
        "oddness-is-necessary-for-the-invariant",
        "skew",
        "nonzero-weights",
        "continuous",
        "not-odd",
        "energy-rate-vanishes",
        "no-leak",
        "no-bias",
        says="σ is not odd, and sᵀWs expands to 0, so that H is constant along every solution",
        direct=True,
    ),
    _refuted(
        "energy-without-boundedness",
        "boundedness-is-necessary-for-the-invariant",
        "skew",
        "nonzero-weights",
        "continuous",
        "unbounded",
        "energy-rate-vanishes",
        "no-leak",
        "no-bias",
        says="σ is unbounded, and sᵀWs expands to 0, so that H is constant along every solution",
        direct=True,
    ),
)

_BOUNDEDNESS = (
    _proved(
        "orbits-are-bounded",
        "skew",
        "continuous",
        "weak-sign",
        *_FREE,
        says="every orbit with H(x₀) < E* is bounded (inner form: of y = Wx + b)",
        steps=("energy-rate",),
    ),
    _proved(
        "orbits-are-bounded",
        "skew",
        "continuous",
        "positive-escape-energy",
        *_FREE,
        says="every orbit from inside the well with H(x₀) < E* is bounded (inner form: of y = Wx + b)",
        steps=("energy-rate",),
        id="well-orbits-are-bounded",
    ),
    _proved(
        "orbits-are-bounded",
        "skew",
        "continuous",
        "weak-sign",
        "infinite-escape-energy",
        *_FREE,
        says="E* = ∞: every orbit is bounded (inner form: of y = Wx + b)",
        steps=("energy-rate",),
        id="all-orbits-are-bounded",
    ),
    _proved(
        "orbits-are-bounded",
        "skew",
        "continuous",
        "weak-sign",
        "below-escape",
        *_FREE,
        says="H(x₀) < E*: this orbit is bounded (inner form: y = Wx + b)",
        steps=("energy-rate",),
        id="this-orbit-is-bounded",
    ),
    _proved(
        "inner-orbits-are-bounded",
        "inner",
        "skew",
        "invertible",
        "odd",
        "strictly-increasing",
        "continuous",
        "no-leak",
        says="every orbit x is bounded, because y = Wx + b is and W is invertible",
        id="invertible-inner-orbits-are-bounded",
    ),
    _proved(
        "inner-orbits-are-bounded",
        "inner",
        "skew",
        "rank-two",
        "odd",
        "strictly-increasing",
        "continuous",
        "bias-in-range",
        "no-leak",
        says="every orbit x is bounded, and periodic unless it rests, because y runs round a symmetric curve",
        id="inner-orbits-are-bounded-at-rank-two",
    ),
    _proved(
        "rank-two-inner-orbits-are-bounded",
        "inner",
        "skew",
        "rank-two",
        "odd",
        "strictly-increasing",
        "continuous",
        "bias-in-range",
        "no-leak",
        says="every orbit x is bounded, and periodic unless it rests, because y runs round a symmetric curve",
    ),
    _proved(
        "inner-form-drifts",
        *_DRIFT,
        says="k·x grows at least linearly from every x₀ with Wx₀ + b ≠ 0",
    ),
    _proved(
        "one-signed-activations-unbound-orbits",
        "invertible",
        "continuous",
        "one-signed",
        *_FREE,
        says="σ keeps one strict sign: each coordinate of W⁻¹x is strictly monotone, and every orbit is "
        "unbounded (inner form: y = Wx + b)",
    ),
    _proved(
        "bias-outside-range-unbounds-the-inner-form",
        "inner",
        "skew",
        "continuous",
        "strictly-increasing",
        "zero-at-origin-only",
        "no-leak",
        "bias-outside-range",
        says="a straight orbit x = x₀ + t σ(y*) with W σ(y*) = 0 and σ(y*) ≠ 0 is unbounded",
    ),
    _proved(
        "leaky-orbits-are-bounded",
        "leak",
        "bounded",
        "continuous",
        says="every orbit enters a bounded set: with |σ| ≤ M, limsup |x_i| ≤ M/γ (inner form), whatever W is",
    ),
    _proved(
        "leaky-orbits-are-bounded",
        "leak",
        "inner",
        "bounded",
        "continuous",
        "relaxing-step",
        says="with |σ| ≤ M, forward Euler keeps |x_i| ≤ max(|x_i(0)|, M/γ) at this step, whatever W is",
        id="leaky-euler-iterates-are-bounded",
    ),
)

_OSCILLATION = (
    _proved(
        "oscillation-is-perpetual",
        "skew",
        "invertible",
        "continuous",
        "strict-sign",
        *_FREE,
        says="every orbit with 0 < H(x₀) < E₀ is bounded and has no limit as t → ∞ (inner form: y = Wx + b)",
        steps=("energy-rate",),
    ),
    _proved(
        "oscillation-is-perpetual",
        "skew",
        "invertible",
        "continuous",
        "positive-well-depth",
        *_FREE,
        says="every orbit from inside the well with 0 < H(x₀) < E₀ has no limit as t → ∞ (inner form: y = Wx + b)",
        steps=("energy-rate",),
        id="well-orbits-oscillate",
    ),
    _proved(
        "oscillation-is-perpetual",
        "skew",
        "invertible",
        "continuous",
        "strict-sign",
        "infinite-well-depth",
        *_FREE,
        says="E₀ = ∞: every orbit but the equilibrium oscillates for ever (inner form: y = Wx + b)",
        steps=("energy-rate",),
        id="all-orbits-oscillate",
    ),
    _proved(
        "oscillation-is-perpetual",
        "skew",
        "invertible",
        "continuous",
        "strict-sign",
        "positive-energy",
        "below-well-depth",
        *_FREE,
        says="0 < H(x₀) < E₀: this orbit oscillates for ever (inner form: y = Wx + b)",
        steps=("energy-rate",),
        id="this-orbit-oscillates",
    ),
    _proved(
        "leaves-hold-one-equilibrium",
        "skew",
        "outer",
        "continuous",
        "strictly-increasing",
        *_FREE,
        says="each leaf x₀ + range W holds at most one equilibrium, and an orbit converges only if it starts there",
    ),
    _proved(
        _DICHOTOMY,
        "skew",
        "outer",
        "continuous",
        "strictly-increasing",
        "no-leak",
        says="if an equilibrium exists all orbits are bounded, each leaf x₀ + range W holds one equilibrium and "
        "its other orbits oscillate for ever; if none exists every orbit is unbounded",
    ),
    _proved(
        "planar-orbits-are-closed",
        "planar",
        "skew",
        "nonzero-weights",
        "continuous",
        "strict-sign",
        *_FREE,
        says="every orbit with 0 < H(x₀) < E₀ is periodic",
    ),
    _proved(
        "planar-orbits-are-closed",
        "planar",
        "skew",
        "nonzero-weights",
        "continuous",
        "positive-well-depth",
        *_FREE,
        says="every orbit from inside the well with 0 < H(x₀) < E₀ is periodic",
        id="well-planar-orbits-are-closed",
    ),
    _proved(
        "planar-orbits-are-closed",
        "planar",
        "skew",
        "nonzero-weights",
        "continuous",
        "strict-sign",
        "infinite-well-depth",
        *_FREE,
        says="E₀ = ∞: every orbit but the equilibrium is periodic",
        id="all-planar-orbits-are-closed",
    ),
    _proved(
        "tanh-period-is-elliptic",
        "planar",
        "skew",
        "nonzero-weights",
        "tanh",
        "outer",
        *_FREE,
        says="the period at energy E is (4/|ω|) K(1 - exp(-2E)), |ω| = |W[0, 1]|",
    ),
    _proved(
        "linear-oscillation-iff-similar-to-skew",
        "linear",
        "similar-to-skew",
        "no-leak",
        "no-bias",
        says="W is similar to a skew matrix: all orbits are bounded and none but equilibria converge",
    ),
    _proved(
        "leak-stops-oscillation",
        "leak",
        "skew",
        "continuous",
        "weak-sign",
        "confining",
        "no-bias",
        says="every orbit goes to 0",
        steps=("leak-rate",),
    ),
    _proved(
        "dissipative-weights-stop-oscillation",
        "negative-definite",
        "continuous",
        "strict-sign",
        "infinite-escape-energy",
        *_FREE,
        says="H falls until the orbit rests: x → 0 (inner form: y = Wx + b → 0)",
    ),
)

_OF_ALL_ORBITS = ("orbits-are-bounded", "planar-orbits-are-closed", "oscillation-is-perpetual")
_PLANE = ("planar", "skew", "nonzero-weights", "outer", *_FREE)


def _against_all_orbits() -> Iterator[Theorem]:
    """One orbit each, against what is claimed of all orbits of one σ; H > 0 where the claim speaks of H > 0.

    The dichotomy O13 says more: where 0 rests, no orbit on its leaf is unbounded or rests besides.
    """
    for claim in (*_OF_ALL_ORBITS, _DICHOTOMY):
        rests = ("rests-at-zero",) if claim == _DICHOTOMY else ()
        yield _refuted(
            f"escape-against-{claim}",
            claim,
            *_PLANE,
            "continuous",
            "strict-sign",
            "above-escape",
            says="H(x₀) > E*: the orbit cannot turn for ever, and is unbounded",
        )
        yield _refuted(
            f"straight-orbit-against-{claim}",
            claim,
            *_PLANE,
            *rests,
            *(("positive-energy",) if claim in _OF_ALL_ORBITS[1:] else ()),
            "runs-straight",
            says="one coordinate stays, the other runs along a half-line on which σ = 0: the orbit is unbounded",
        )
    for claim in (*_OF_ALL_ORBITS[1:], _DICHOTOMY):
        rests = ("rests-at-zero",) if claim == _DICHOTOMY else ()
        yield _refuted(
            f"mirror-line-against-{claim}",
            claim,
            *_PLANE,
            "continuous",
            "lipschitz",
            *rests,
            "positive-energy",
            "mirror-line",
            says="the line x₁ + x₂ = 2c is invariant and the orbit runs along it one way, to an equilibrium or "
            "without bound",
        )
    for claim in (_OF_ALL_ORBITS[2], _DICHOTOMY):
        rests = ("rests-at-zero",) if claim == _DICHOTOMY else ("positive-energy",)
        yield _refuted(
            f"rest-against-{claim}",
            claim,
            "skew",
            "invertible",
            "outer",
            *_FREE,
            *rests,
            "nonzero-equilibrium",
            says="x₀ ≠ 0 is an equilibrium, on the leaf of 0 because W is invertible",
            direct=True,
        )
    for claim in _OF_ALL_ORBITS:
        yield _refuted(
            f"one-signed-activation-against-{claim}",
            claim,
            *(("planar",) if claim == _OF_ALL_ORBITS[1] else ()),
            "skew",
            "invertible",
            "continuous",
            "one-signed",
            *_FREE,
            says="σ keeps one strict sign: each coordinate of W⁻¹x is strictly monotone, and every orbit is "
            "unbounded (inner form: y = Wx + b)",
        )
    yield _refuted(
        "gliding-orbit",
        "orbits-are-bounded",
        "skew",
        "outer",
        *_FREE,
        "glides",
        says="x(t) = x₀ + t w σ(x₃) (1, -1, 0) is a solution, and unbounded",
    )


_AGAINST_ONE_ACTIVATION = (
    _refuted(
        "real-eigenvalue-against-jacobian-spectrum-is-imaginary",
        "jacobian-spectrum-is-imaginary",
        "planar",
        "skew",
        "outer",
        "no-leak",
        "jacobian-leaves-the-axis",
        says="det(W D) < 0 at x₀: the Jacobian has the real eigenvalues ±√(-det(W D))",
        direct=True,
    ),
    _refuted(
        "euler-energy-falls",
        "euler-energy-never-decreases",
        "skew",
        *_FREE,
        "energy-falls",
        says="one step of forward Euler lowers the energy",
        direct=True,
    ),
    _refuted(
        "linear-euler-outgrows",
        "euler-growth-is-at-most-linear",
        "linear",
        "skew",
        "nonzero-weights",
        *_FREE,
        says="H_{k+1} = H_k + h²‖Wx_k‖²/2 grows exponentially unless Wx₀ = 0",
    ),
    _refuted(
        "steep-euler-outgrows",
        "euler-growth-is-at-most-linear",
        "planar",
        "skew",
        "nonzero-weights",
        "continuous",
        "strict-sign",
        "steep",
        *_FREE,
        says="H_{k+1} ≥ (1 + m²h²ω²) H_k: the energy grows exponentially, for every step h ≠ 0",
    ),
    _refuted(
        "euler-overflows",
        "euler-does-not-overflow",
        "skew",
        *_FREE,
        "euler-overflows",
        says="an iterate leaves the range of float64",
        direct=True,
    ),
    _refuted(
        "drift-against-inner-orbits-are-bounded",
        "inner-orbits-are-bounded",
        *_DRIFT,
        says="k·x grows at least linearly from every x₀ with Wx₀ + b ≠ 0",
    ),
)


_COUNTEREXAMPLES = (
    _refuted(
        "rest",
        "odd-bounded-continuous-suffices",
        "skew",
        "invertible",
        *_TAME,
        "nonzero-equilibrium",
        says="x₀ is an equilibrium: its orbit does not move, let alone oscillate",
        direct=True,
    ),
    _refuted(
        "planar-escape",
        "odd-bounded-continuous-suffices",
        "planar",
        "skew",
        "nonzero-weights",
        *_TAME,
        "strict-sign",
        "outer",
        *_FREE,
        "above-escape",
        says="H(x₀) > E*: the orbit stays in one quadrant, both coordinates are monotone, and it is unbounded",
    ),
    _refuted(
        "mirror-line",
        "odd-bounded-continuous-suffices",
        "planar",
        "skew",
        "nonzero-weights",
        *_TAME,
        "lipschitz",
        "outer",
        *_FREE,
        "mirror-line",
        says="the line x₁ + x₂ = 2c is invariant and the orbit runs along it into an equilibrium",
    ),
    _refuted(
        "rest-away-from-zero",
        "zero-is-the-only-fixed-point",
        "skew",
        "nonzero-weights",
        *_TAME,
        "strictly-increasing",
        "nonzero-equilibrium",
        says="x₀ ≠ 0 is an equilibrium",
        direct=True,
    ),
    _refuted(
        "planar-centre",
        "limit-cycles-exist",
        "planar",
        "skew",
        "nonzero-weights",
        *_TAME,
        "strictly-increasing",
        "no-leak",
        "no-bias",
        says="every orbit but the equilibrium is periodic, so that no closed orbit is isolated",
    ),
    _refuted(
        "closed-orbits-without-oddness",
        "oddness-is-necessary-for-closed-orbits",
        "planar",
        "skew",
        "nonzero-weights",
        "continuous",
        "not-odd",
        "strict-sign",
        "infinite-well-depth",
        "no-leak",
        "no-bias",
        says="σ is not odd, and every orbit but the equilibrium is closed, since E₀ = ∞",
    ),
    _refuted(
        "rotation-without-skewness",
        "skewness-is-necessary-for-oscillation",
        "linear",
        "not-skew",
        "rotation",
        "no-leak",
        "no-bias",
        says="W² = -q I with q > 0: every orbit but 0 is periodic, and W is not skew",
        direct=True,
    ),
    _refuted(
        "real-eigenvalue",
        "jacobian-spectrum-is-always-imaginary",
        "planar",
        "skew",
        *_TAME,
        "outer",
        "no-leak",
        "jacobian-leaves-the-axis",
        says="det(W D) < 0 at x₀: the Jacobian has the real eigenvalues ±√(-det(W D))",
        direct=True,
    ),
    _refuted(
        "euler-diverges-though-bounded",
        "bounded-activations-bound-euler",
        "skew",
        *_TAME,
        "strictly-increasing",
        "outer",
        *_FREE,
        "nonzero-step",
        "not-an-equilibrium",
        says="σ is bounded, and ‖x_k‖ → ∞",
    ),
)

_SPECTRA_AND_EULER = (
    _proved(
        "jacobian-spectrum-is-imaginary",
        "skew",
        "nondecreasing",
        "no-leak",
        says="wherever σ is differentiable, the Jacobian's eigenvalues lie on the imaginary axis",
        steps=("jacobian-similarity",),
    ),
    _proved(
        "jacobian-spectrum-is-symmetric",
        "skew",
        "no-leak",
        says="wherever σ is differentiable, the Jacobian's spectrum is symmetric under λ → -λ",
        steps=("jacobian-parity",),
    ),
    _proved(
        "linear-norm-is-conserved-iff-skew",
        "linear",
        "skew",
        "no-leak",
        "no-bias",
        says="W is skew: ‖x‖ is constant along every solution",
        steps=("norm-rate",),
    ),
    _proved(
        "linear-euler-blows-up",
        "linear",
        "skew",
        "nonzero-weights",
        "no-leak",
        "no-bias",
        says="‖x + hWx‖² = ‖x‖² + h²‖Wx‖²: forward Euler grows exponentially for every h ≠ 0 unless Wx₀ = 0",
        steps=("euler-norm", "euler-planar-factor"),
    ),
    _proved(
        "euler-energy-never-decreases",
        "skew",
        "nondecreasing",
        "continuous",
        *_FREE,
        says="H(x_{k+1}) ≥ H(x_k) at every step of every size",
    ),
    _proved(
        "euler-energy-falls-without-monotony",
        "planar",
        "skew",
        "continuous",
        "not-nondecreasing",
        *_FREE,
        "energy-falls",
        says="σ is not nondecreasing, and this step of forward Euler lowers the energy",
    ),
    _proved(
        "euler-growth-is-at-most-linear",
        "skew",
        "lipschitz",
        "bounded",
        *_FREE,
        says="H(x_{k+1}) - H(x_k) ≤ (L h²/2) ‖Wσ‖², which is bounded: H grows at most linearly in k",
    ),
    _proved(
        "euler-does-not-overflow",
        "bounded",
        "no-leak",
        says="‖x_k‖ grows at most linearly in k: no overflow",
    ),
    _proved(
        "euler-iterates-diverge",
        "skew",
        "continuous",
        "strictly-increasing",
        "nonzero-step",
        *_FREE,
        says="‖x_k‖ → ∞ unless Wσ(x₀) = 0 (inner form: ‖y_k‖ → ∞, y = Wx + b, unless Wσ(y₀) = 0)",
    ),
)

_SHARP = tuple(_refuted(s.id, s.claim, *s.premises, says=s.says, direct=s.direct) for s in SHARPNESS)

THEOREMS: dict[str, Theorem] = {
    theorem.id: theorem
    for theorem in (
        *_INVARIANTS,
        *_BOUNDEDNESS,
        *_OSCILLATION,
        *_COUNTEREXAMPLES,
        *_against_all_orbits(),
        *_AGAINST_ONE_ACTIVATION,
        *_SPECTRA_AND_EULER,
        *FLOW_THEOREMS,
        *METHOD_THEOREMS,
        *FOLLOWED_THEOREMS,
        *_SHARP,
    )
}
"""The theorems by id."""

if unknown := {p for t in THEOREMS.values() for p in t.premises} - set(PREMISES):
    raise RuntimeError(f"theorems name premises that do not exist: {sorted(unknown)}")
