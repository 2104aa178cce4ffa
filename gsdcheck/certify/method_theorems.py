"""Theorems about integrators: forward Euler, Poisson splitting, implicit rules, Runge-Kutta."""

from gsdcheck.certify.theorem import FREE, proved

_RISING = ("continuous", "strictly-increasing", "zero-at-origin-only")
_LINEAR = ("linear", "skew", "no-leak", "no-bias")

EULER_THEOREMS = (
    proved(
        "closed-orbits-never-survive-euler",
        "skew",
        "continuous",
        "strictly-increasing",
        "nonzero-step",
        *FREE,
        says="no orbit of forward Euler returns to its start unless Wσ(x₀) = 0 (inner form: y does not)",
        steps=("energy-rate",),
    ),
    proved(
        "energy-never-falls-iff-nondecreasing",
        "planar",
        "skew",
        "nonzero-weights",
        "continuous",
        *FREE,
        says="H never decreases, for all x and h, iff σ is nondecreasing",
        steps=("energy-rate",),
    ),
    proved(
        "euler-step-gains-at-most-quadratically",
        "skew",
        "lipschitz",
        *FREE,
        says="|H(x_{k+1}) - H(x_k)| ≤ (L h²/2) ‖Wσ‖²",
        steps=("energy-rate",),
    ),
    proved(
        "euler-step-bound-is-attained",
        *_LINEAR,
        says="H(x_{k+1}) - H(x_k) = (h²/2) ‖Wx_k‖²: the bound with L = 1, attained at every step",
        steps=("euler-norm",),
    ),
    proved(
        "euler-energy-diverges",
        "skew",
        *_RISING,
        "nonzero-step",
        *FREE,
        says="H_k → ∞ unless Wσ(x₀) = 0 (inner form: unless Wσ(y₀) = 0)",
        steps=("energy-rate",),
    ),
    proved(
        "euler-energy-falls-at-negative-curvature",
        "skew",
        *FREE,
        "negative-curvature",
        says="H falls at the first step for every small h ≠ 0",
        steps=("energy-rate",),
    ),
    proved(
        "leaky-linear-euler-is-stable",
        "linear",
        "skew",
        "leak",
        "no-bias",
        "stable-step",
        says="‖x_k‖ → 0 at this step",
        steps=("leaky-euler-norm", "leaky-euler-factor"),
    ),
    proved(
        "leaky-euler-keeps-its-bound",
        "leak",
        "bounded",
        "relaxing-step",
        says="|x_k,i| ≤ max(|x_0,i|, R_i) at this step, R_i = M/γ (inner) or (M Σ|w_ij| + |b_i|)/γ (outer), |σ| ≤ M",
    ),
)

_SPLIT = ("zero-diagonal", "no-leak")

REMEDY_THEOREMS = (
    proved(
        "splitting-substeps-are-exact",
        *_SPLIT,
        says="each substep is the exact flow of its part of the field, and the parts add up to the field",
        steps=("substep-argument",),
    ),
    proved(
        "splitting-keeps-casimirs",
        *_SPLIT,
        "outer",
        "no-outer-bias",
        says="a step keeps k·x for every k with kᵀW = 0, in exact arithmetic",
        steps=("substep-casimir",),
    ),
    proved(
        "splitting-is-symmetric",
        *_SPLIT,
        says="the step with -h undoes the step with h",
        steps=("substep-argument",),
    ),
    proved(
        "splitting-preserves-volume",
        *_SPLIT,
        "continuous",
        says="a step preserves volume",
        steps=("substep-determinant",),
    ),
    proved(
        "splitting-is-second-order",
        *_SPLIT,
        "analytic",
        says="a step errs by O(h³), the method by O(h²)",
        steps=("sweep-pairs", "substep-argument"),
    ),
    proved(
        "compositions-raise-the-order",
        *_SPLIT,
        "analytic",
        says="symmetric compositions with Σγ = 1 and Σγ³ = 0 have order 4, and so on to any even order",
        steps=("sweep-pairs", "substep-argument"),
    ),
    proved(
        "midpoint-keeps-linear-norm",
        *_LINEAR,
        says="the implicit midpoint rule has one solution at every h, and keeps ‖x‖",
        steps=("midpoint-norm",),
    ),
    proved(
        "discrete-gradients-keep-energy",
        "skew",
        "continuous",
        *FREE,
        says="a step with a discrete gradient keeps H",
        steps=("energy-rate",),
    ),
    proved(
        "discrete-gradient-steps-are-unique",
        "lipschitz",
        "no-leak",
        "contractive-step",
        says="|h| L ‖W‖ < 2: the step with a discrete gradient, and the midpoint rule, have one solution",
    ),
    proved(
        "rk4-is-bounded-within-its-stability-interval",
        *_LINEAR,
        "rk4-stable-step",
        says="|h| ω ≤ 2√2 for every frequency: ‖x_k‖ ≤ ‖x₀‖ under RK4",
        steps=("rk4-amplification",),
    ),
)

METHOD_THEOREMS = (*EULER_THEOREMS, *REMEDY_THEOREMS)
"""Rows E2 to E6, O16 (Euler) and R1 to R3 of THEORY.md, as far as `theorems` has not got them."""
