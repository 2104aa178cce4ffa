"""Theorems about orbits that are followed with proof, and about frequencies that are known exactly."""

from gsdcheck.certify.theorem import FREE, proved, refuted

_PLANE = ("planar", "skew", "nonzero-weights", "outer", *FREE)
_HIGH = (*_PLANE, "continuous", "strict-sign", "above-escape")
_LEAKY_SOURCE = ("planar", "outer", "leak", "bounded", "lipschitz", "one-source")

FOLLOWED_THEOREMS = (
    proved(
        "planar-orbits-are-closed",
        *_PLANE,
        "continuous",
        "strict-sign",
        "positive-energy",
        "below-well-depth",
        "returns-to-axis",
        says="0 < H(x₀) < E₀: this orbit is periodic, and meets each half axis once a period",
        id="this-planar-orbit-is-closed",
    ),
    proved(
        "tanh-period-is-elliptic",
        *_PLANE,
        "tanh",
        "positive-energy",
        "elliptic-return",
        says="the orbit is periodic; its first return and the elliptic integral lie in the same interval",
        id="this-tanh-period-is-elliptic",
    ),
    refuted(
        "incommensurate-orbit",
        "orbits-close-in-every-dimension",
        "linear",
        "skew",
        "no-leak",
        "no-bias",
        "never-closes",
        says="x₀ excites two frequencies whose quotient is irrational: x(t) = x₀ for no t ≠ 0",
        direct=True,
    ),
    proved(
        "tanh-pairs-close-iff-commensurate",
        "two-rotations",
        "tanh",
        "outer",
        *FREE,
        says="an orbit with E₁, E₂ > 0 closes iff T(E₁)/|ω₁| and T(E₂)/|ω₂| have a rational quotient, which takes "
        "irrational values",
    ),
    refuted(
        "orbit-outlasts-the-planar-period",
        "planar-period-holds-in-every-dimension",
        "skew",
        "invertible",
        "tanh",
        "outer",
        *FREE,
        "outlasts-the-planar-period",
        says="the orbit has not come back after (4/ω) K(1 - exp(-2H)), ω the smallest frequency of W",
        direct=True,
    ),
    refuted(
        "attracting-cycle-without-skewness",
        "limit-cycles-need-skewness",
        "not-skew",
        "contracting-return",
        says="W is not skew, and the return map contracts a box to the crossing of one periodic orbit, which attracts",
        direct=True,
    ),
    proved(
        "leaky-sources-have-limit-cycles",
        *_LEAKY_SOURCE,
        says="every orbit but the equilibrium tends to a periodic one (Poincaré and Bendixson)",
    ),
    proved(
        "leaky-sources-have-limit-cycles",
        *_LEAKY_SOURCE,
        "contracting-return",
        says="every orbit but the equilibrium tends to a periodic one, and the return map contracts to such an orbit: "
        "a limit cycle that attracts",
        id="this-limit-cycle-attracts",
    ),
    proved(
        "high-orbits-end-in-one-quadrant",
        *_HIGH,
        says="H(x₀) > E*: from some time on the orbit is in one quadrant, monotone, and it is unbounded",
    ),
    proved(
        "high-orbits-end-in-one-quadrant",
        *_HIGH,
        "last-quadrant",
        says="the orbit comes to a quadrant that it never leaves; both coordinates are monotone there, and it is "
        "unbounded",
        id="this-orbit-ends-in-its-quadrant",
    ),
    refuted(
        "closed-orbit-about-the-diagonal",
        "closed-orbits-need-a-zero",
        "skew",
        "outer",
        *FREE,
        "continuous",
        "strictly-increasing",
        "one-signed",
        "turns-about-the-diagonal",
        "returns-to-plane",
        says="σ has no zero, and the level sets of H on the leaf of x₀ are closed convex curves: the orbit is periodic",
    ),
    refuted(
        "drifting-orbit-against-inner-orbits-are-bounded",
        "inner-orbits-are-bounded",
        "inner",
        "skew",
        "no-leak",
        "no-bias",
        "continuous",
        "odd",
        "strictly-increasing",
        "lipschitz",
        "closed-orbit-drifts",
        says="y runs round a closed orbit and k·x changes by the same number every time: x is unbounded",
    ),
    refuted(
        "unstable-orbit",
        "lyapunov-exponents-vanish",
        "skew",
        "tanh",
        "outer",
        *FREE,
        "closed-orbit-is-unstable",
        says="the return of a closed orbit has an eigenvalue beyond 1: an exponent of that orbit is > 0",
    ),
)
