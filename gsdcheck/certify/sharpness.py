"""What refutes a claim once one of its assumptions is gone: rows of the table of theorems, as data.

Each is a case of the section "Sharpness" on the claim's page. The direct ones restate their premises; the others
join the premises of a theorem whose conclusion contradicts the claim with a state that the claim speaks of.
"""

from dataclasses import dataclass

_FREE = ("no-leak", "no-outer-bias")
_LEAK = ("leak", "skew", "continuous", "weak-sign", "confining", "no-bias")
_DAMPED = ("negative-definite", "continuous", "strict-sign", "infinite-escape-energy", *_FREE)
_SWINGS = ("skew", "invertible", "continuous", "strict-sign", "infinite-well-depth", *_FREE)
_BOUNDED = ("skew", "continuous", "weak-sign", "infinite-escape-energy", *_FREE)
_ONE_SIGNED = ("invertible", "continuous", "one-signed", *_FREE)
_RANK_TWO = (
    "inner",
    "skew",
    "rank-two",
    "odd",
    "strictly-increasing",
    "continuous",
    "bias-in-range",
    "no-leak",
)
_OUTSIDE = (
    "inner",
    "skew",
    "continuous",
    "strictly-increasing",
    "zero-at-origin-only",
    "no-leak",
    "bias-outside-range",
)
_DRIFTING = (
    "inner",
    "skew",
    "nonzero-weights",
    "positive-casimir",
    "continuous",
    "strictly-increasing",
    "zero-at-origin-only",
    "above-line",
    "no-leak",
)
_TO_ZERO = "every orbit goes to 0, this one as well: it has a limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharp:
    """One row: the theorem that refutes the claim, its premises, and whether it only restates them."""

    id: str
    claim: str
    premises: tuple[str, ...]
    says: str
    direct: bool = False


def _direct(id: str, claim: str, *premises: str, says: str) -> Sharp:
    return Sharp(id=id, claim=claim, premises=premises, says=says, direct=True)


def _against(by: str, claim: str, *premises: str, says: str) -> Sharp:
    return Sharp(id=f"{by}-against-{claim}", claim=claim, premises=premises, says=says)


_AT_A_POINT = (
    _direct(
        "energy-rate-differs",
        "energy-is-conserved",
        "continuous",
        "energy-changes",
        says="dH/dt ≠ 0 at x₀: H is not constant along the solution from there",
    ),
    _direct(
        "casimir-rate-differs",
        "casimirs-are-conserved",
        "continuous",
        "casimir-changes",
        says="k·f(x₀) ≠ 0 though kᵀW = 0: k·x is not constant along the solution from there",
    ),
    _direct(
        "no-casimir",
        "odd-size-has-a-casimir",
        "invertible",
        says="W is invertible: kᵀW = 0 only for k = 0",
    ),
    *(
        _direct(
            f"trace-against-{claim}",
            claim,
            "trace-differs",
            says="tr Df(x₀) ≠ 0: the eigenvalues at x₀ do not add up to 0",
        )
        for claim in ("jacobian-spectrum-is-imaginary", "jacobian-spectrum-is-symmetric")
    ),
    _direct(
        "norm-rate-differs",
        "linear-norm-is-conserved-iff-skew",
        "skew",
        "norm-changes",
        says="W is skew, and x₀·f(x₀) ≠ 0: ‖x‖ is not constant along the solution from x₀",
    ),
    _direct(
        "euler-norm-differs",
        "linear-euler-blows-up",
        "nonzero-step",
        "euler-norm-differs",
        says="‖x₁‖² is not ‖x₀‖² + h²‖Wx₀‖²",
    ),
    _direct(
        "euler-step-lowers-the-energy",
        "euler-energy-never-decreases",
        "continuous",
        "energy-falls",
        says="one step of forward Euler lowers H",
    ),
    _direct(
        "singular-rest",
        "oscillation-is-perpetual",
        "skew",
        "outer",
        *_FREE,
        "positive-energy",
        "nonzero-equilibrium",
        says="x₀ is an equilibrium with H(x₀) > 0: its orbit does not move",
    ),
    _direct(
        "rest-on-a-leaf",
        "leaves-hold-one-equilibrium",
        "skew",
        "invertible",
        "outer",
        *_FREE,
        "rests-at-zero",
        "nonzero-equilibrium",
        says="0 and x₀ ≠ 0 are equilibria on one leaf, which is ℝⁿ because W is invertible",
    ),
    _direct(
        "rest-against-one-signed-activations-unbound-orbits",
        "one-signed-activations-unbound-orbits",
        "outer",
        *_FREE,
        "nonzero-equilibrium",
        says="x₀ is an equilibrium: its orbit is bounded",
    ),
)

_ALONG_ORBITS = (
    _direct(
        "straight-growth",
        "orbits-are-bounded",
        "outer",
        "no-leak",
        "feeds-forward",
        "not-an-equilibrium",
        says="x₀ + t f(x₀) is a solution, for no unit that moves acts on any, and f(x₀) ≠ 0: it is unbounded",
    ),
    *(
        _against(by, claim, *premises, *plane, "outer", "positive-energy", says=_TO_ZERO)
        for by, premises in (("leak", _LEAK), ("damping", _DAMPED))
        for claim, plane in (
            ("oscillation-is-perpetual", ()),
            ("leaves-oscillate-or-all-escape", ()),
            ("planar-orbits-are-closed", ("planar",)),
        )
    ),
    *(
        _against(
            "oscillation",
            claim,
            *_SWINGS,
            "positive-energy",
            says="E₀ = ∞ and H(x₀) > 0: this orbit oscillates for ever, and does not go to 0",
        )
        for claim in ("leak-stops-oscillation", "dissipative-weights-stop-oscillation")
    ),
    _against(
        "drift",
        "rank-two-inner-orbits-are-bounded",
        *_DRIFTING,
        "drive-differs",
        says="k·x grows at least linearly from x₀, where Wx₀ + b ≠ 0",
    ),
    *(
        _against(
            "bias",
            claim,
            *_OUTSIDE,
            says="b is outside range W: a straight orbit x₀ + t σ(y*) with W σ(y*) = 0 is unbounded",
        )
        for claim in ("inner-orbits-are-bounded", "rank-two-inner-orbits-are-bounded")
    ),
    _against(
        "symmetry",
        "inner-form-drifts",
        *_RANK_TWO,
        "positive-casimir",
        "drive-differs",
        says="every orbit x is bounded, this one as well, though Wx₀ + b ≠ 0",
    ),
    _against(
        "outer-form",
        "inner-form-drifts",
        "outer",
        "continuous",
        *_FREE,
        "positive-casimir",
        "drive-differs",
        says="k·x is constant along every solution for every k with kᵀW = 0, though Wx₀ ≠ 0",
    ),
    _against(
        "level-sets",
        "one-signed-activations-unbound-orbits",
        *_BOUNDED,
        "invertible",
        says="E* = ∞: every orbit is bounded (inner form: of y = Wx + b)",
    ),
    _against(
        "leak",
        "one-signed-activations-unbound-orbits",
        "leak",
        "bounded",
        "continuous",
        says="a leak and a bounded σ: every orbit enters a bounded set",
    ),
    _against(
        "one-signed-activation",
        "leaky-orbits-are-bounded",
        *_ONE_SIGNED,
        says="without a leak each coordinate of W⁻¹x is strictly monotone, and every orbit is unbounded",
    ),
    _against(
        "leak",
        "euler-iterates-diverge",
        "leak",
        "inner",
        "bounded",
        "continuous",
        "relaxing-step",
        "pushed",
        says="with |σ| ≤ M, |x_i| ≤ max(|x_i(0)|, M/γ) at every step: no iterate goes to infinity",
    ),
)

SHARPNESS: tuple[Sharp, ...] = (*_AT_A_POINT, *_ALONG_ORBITS)
