"""Family I: what stays constant along the flow."""

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.certify.coq import coq_proof
from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.model.claim import Claim
from gsdcheck.model.library import BASIC_NAMES
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import energy_rate, energy_scale, network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

RATE_TOLERANCE = 1e-12
"""How far |dH/dt| may lie from 0, relative to the sum of its terms' sizes: rounding is a few n ulp."""


def skew_cases() -> "SearchStrategy[Case]":
    """Any skew W, any activation of the library, both forms, no leak and no bias.

    In the inner form Wx reaches 1e10, so that activations that grow exponentially would leave the floats.
    """
    from gsdcheck.strategies import activations, cases, systems

    tame = [name for name in BASIC_NAMES if name not in ("expm1", "sinh")]
    outer = systems(forms=(Form.OUTER,))
    return cases(
        systems=outer | systems(activations=activations(names=tame), forms=(Form.INNER,)), magnitude=20
    )


def energy_rate_margin(given: Case) -> float:
    """RATE_TOLERANCE - |dH/dt| / Σ|terms of dH/dt| at x₀; 0 where the terms overflow and floats see nothing."""
    net, x = network(given.system), np.array([float(v) for v in given.state])
    with np.errstate(all="ignore"):
        scale, rate = float(energy_scale(net, x)), float(energy_rate(net, x))
    if not np.isfinite(scale):
        return 0.0
    return RATE_TOLERANCE - (abs(rate) / scale if scale else 0.0)


ENERGY_IS_CONSERVED = Entry(
    claim=Claim(
        id="energy-is-conserved",
        row="I1",
        sentence="P2",
        title="Skew weights conserve the energy",
        statement="If W is skew and σ continuous, then H(x) = Σ Φ(x_i) (outer form, b = 0) or Σ Φ((Wx + b)_i) "
        "(inner form) is constant along every C¹ solution without leak, for every n. Neither oddness nor "
        "boundedness of σ is used.",
        source="casoni2025",
        assumptions=("skew", "continuous", "no-leak", "no-outer-bias"),
        margin="1e-12 minus |dH/dt|, relative to the size of its terms",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("energy-is-conserved"),
    cases=skew_cases,
    margin=energy_rate_margin,
    mutants=(
        Mutant(breaks="skew", broken=case([[0, 1], [-2, 0]], [1, 1]), unbroken=case(PLANAR, [1, 1])),
        Mutant(breaks="no-leak", broken=case(PLANAR, [1, 1], leak="1/10"), unbroken=case(PLANAR, [1, 1])),
        Mutant(
            breaks="no-outer-bias",
            broken=case(PLANAR, [1, 2], bias=["1/10", 0]),
            unbroken=case(PLANAR, [1, 2]),
        ),
    ),
)


def _matrix_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, matrices, systems

    rising = activations(names=("tanh", "identity", "atan", "expm1", "sigmoid", "softsign"))
    return cases(systems=systems(matrices=matrices(), activations=rising, forms=(Form.OUTER,)), magnitude=2)


def _polarised_rates(given: Case) -> list[Fraction]:
    """dH/dt exactly, with σ at two levels a ≠ b: b on no coordinate, on one, on two."""
    net, n = network(given.system), given.system.n
    low, high = (Fraction(float(v)) for v in net.sigma(np.array([-0.5, 1.0])))
    lifted = [S for k in (0, 1, 2) for S in combinations(range(n), k)]
    states = [[high if i in S else low for i in range(n)] for S in lifted]
    W = given.system.W
    if (
        given.system.form is Form.INNER
    ):  # only the values of σ(Wx) that states reach: here along the first axis
        y = [[row[0] * t for row in W] for t in (Fraction(1, 2), Fraction(1))]
        states = [[Fraction(float(net.sigma(np.array(float(v))))) for v in values] for values in y]
    return [sum((s[i] * W[i][j] * s[j] for i in range(n) for j in range(n)), Fraction(0)) for s in states]


def converse_margin(given: Case) -> float:
    """The largest |dH/dt| over probing states, or minus the distance to skewness if all vanish exactly."""
    if linear.is_skew(given.system.W):
        return 0.0
    largest = max(map(abs, _polarised_rates(given)))
    return float(largest) if largest else -float(abs(linear.distance_to_skew(given.system.W).mid()))


CONSERVED_ENERGY_IMPLIES_SKEW = Entry(
    claim=Claim(
        id="conserved-energy-implies-skew",
        row="I2",
        sentence="P1",
        title="Only skew weights conserve the energy",
        statement="If σ is continuous and not constant, and H is constant along every solution of the outer form "
        "(of the inner form with W invertible) without leak and bias, then W + Wᵀ = 0, for every n.",
        source="casoni2025",
        assumptions=("continuous", "strictly-increasing", "outer", "no-leak", "no-outer-bias"),
        margin="the largest |dH/dt| over states that polarise the quadratic form, if W is not skew",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("conserved-energy-implies-skew"),
    cases=_matrix_cases,
    margin=converse_margin,
    mutants=(
        Mutant(
            breaks="strictly-increasing",
            broken=case([[1, 2], [3, 4]], [1, 1], "zero"),
            unbroken=case([[1, 2], [3, 4]], [1, 1]),
        ),
        Mutant(
            breaks="outer",
            broken=case([[1, -1], [1, -1]], [1, 1], form="inner"),
            unbroken=case([[1, -1], [1, -1]], [1, 1]),
        ),
    ),
)


def _outer_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import cases, systems

    return cases(systems=systems(forms=(Form.OUTER,)), magnitude=20)


def casimir_margin(given: Case) -> float:
    """RATE_TOLERANCE - |k·f| / Σ|k_i f_i terms|, the worst over a basis of {k: kᵀW = 0}."""
    net, x = network(given.system), np.array([float(v) for v in given.state])
    basis = linear.left_kernel(given.system.W)
    if not basis:
        return 0.0
    k = np.array([[float(v) for v in vector] for vector in basis])
    terms = np.abs(net.W) @ np.abs(net.sigma(x)) if net.form is Form.OUTER else np.abs(vector_field(net, x))
    terms = terms + net.leak * np.abs(x) + np.abs(net.bias)
    scale = np.abs(k) @ terms
    rates = np.abs(k @ vector_field(net, x))
    return RATE_TOLERANCE - float(np.max(np.divide(rates, scale, out=np.zeros_like(rates), where=scale > 0)))


CASIMIRS_ARE_CONSERVED = Entry(
    claim=Claim(
        id="casimirs-are-conserved",
        row="I4",
        sentence="P2",
        title="Casimirs are conserved in the outer form",
        statement="If kᵀW = 0, then k·x is constant along every solution of the outer form without leak and bias, "
        "for every n, every W and every σ. In the inner form it is not.",
        source="hairer2006",
        assumptions=("outer", "continuous", "no-leak", "no-outer-bias"),
        margin="1e-12 minus |k·f|, relative to the size of its terms",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("casimirs-are-conserved"),
    cases=_outer_cases,
    margin=casimir_margin,
    mutants=(
        Mutant(breaks="outer", broken=case(CROSS, [3, 1, 0], form="inner"), unbroken=case(CROSS, [3, 1, 0])),
        Mutant(breaks="no-leak", broken=case(CROSS, [3, 1, 0], leak=1), unbroken=case(CROSS, [3, 1, 0])),
        Mutant(
            breaks="no-outer-bias",
            broken=case(CROSS, [3, 1, 0], bias=[1, 0, 0]),
            unbroken=case(CROSS, [3, 1, 0]),
        ),
    ),
)


def _odd_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import cases, sizes, skew_matrices, systems

    return cases(systems=systems(matrices=skew_matrices(n=sizes(parity="odd"))), magnitude=1)


ODD_SIZE_HAS_A_CASIMIR = Entry(
    claim=Claim(
        id="odd-size-has-a-casimir",
        row="I4",
        sentence="P5",
        title="Odd networks have a Casimir",
        statement="If W is skew and n is odd, then kᵀW = 0 for some k ≠ 0.",
        source="hairer2006",
        assumptions=("skew", "odd-size"),
        margin="the dimension of {k: kᵀW = 0} minus 1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("odd-size-has-a-casimir"),
    cases=_odd_cases,
    margin=lambda given: float(len(linear.left_kernel(given.system.W)) - 1),
    mutants=(
        Mutant(breaks="odd-size", broken=case(PLANAR, [0, 0]), unbroken=case(CROSS, [0, 0, 0])),
        Mutant(
            breaks="skew",
            broken=case([[1, -1, 1], [1, 0, -1], [-1, 1, 0]], [0, 0, 0]),
            unbroken=case(CROSS, [0, 0, 0]),
        ),
    ),
)


def _oddness_margin(given: Case) -> float:
    """If H is conserved at x₀, minus the largest |σ(s) + σ(-s)| on a grid; else 0."""
    if energy_rate_margin(given) < 0:
        return 0.0
    sigma, s = network(given.system).sigma, np.linspace(0.0, 3.0, 13)
    return -float(np.max(np.abs(sigma(s) + sigma(-s))))


def _boundedness_margin(given: Case) -> float:
    """If H is conserved at x₀, 10 minus the largest |σ| on [-50, 50]; else 0."""
    if energy_rate_margin(given) < 0:
        return 0.0
    return 10.0 - float(np.max(np.abs(network(given.system).sigma(np.linspace(-50.0, 50.0, 101)))))


ODDNESS_IS_NECESSARY = Entry(
    claim=Claim(
        id="oddness-is-necessary-for-the-invariant",
        row="I6",
        sentence="P2",
        title="Only odd activations keep the invariant",
        statement="Literal reading: if H is constant along every solution for a skew W ≠ 0, then σ is odd. "
        "σ = exp(x) - 1 is not odd and keeps H (Lotka-Volterra).",
        source="casoni2025",
        assumptions=("skew", "continuous", "no-leak", "no-bias"),
        margin="minus the largest |σ(s) + σ(-s)|, where H is conserved",
        expected=Verdict.REFUTED,
        amended_by="energy-is-conserved",
    ),
    proposals=lambda: [
        coq_proof("oddness-is-necessary-for-the-invariant"),
        applied("energy-without-oddness", system(PLANAR, "expm1")),
    ],
    cases=skew_cases,
    margin=_oddness_margin,
    mutants=(Mutant(breaks="odd", broken=case(PLANAR, [1, 1], "expm1"), unbroken=case(PLANAR, [1, 1])),),
)

BOUNDEDNESS_IS_NECESSARY = Entry(
    claim=Claim(
        id="boundedness-is-necessary-for-the-invariant",
        row="I7",
        sentence="P2",
        title="Only bounded activations keep the invariant",
        statement="Literal reading: if H is constant along every solution for a skew W ≠ 0, then σ is bounded. "
        "The identity, sinh and x³ are unbounded and keep H.",
        source="casoni2025",
        assumptions=("skew", "continuous", "no-leak", "no-bias"),
        margin="10 minus the largest |σ| on [-50, 50], where H is conserved",
        expected=Verdict.REFUTED,
        amended_by="energy-is-conserved",
    ),
    proposals=lambda: [
        coq_proof("boundedness-is-necessary-for-the-invariant"),
        *(
            applied("energy-without-boundedness", system(PLANAR, name))
            for name in ("identity", "sinh", "cube")
        ),
    ],
    cases=skew_cases,
    margin=_boundedness_margin,
    mutants=(Mutant(breaks="bounded", broken=case(PLANAR, [1, 1], "cube"), unbroken=case(PLANAR, [1, 1])),),
)

ENTRIES = (
    ENERGY_IS_CONSERVED,
    CONSERVED_ENERGY_IMPLIES_SKEW,
    CASIMIRS_ARE_CONSERVED,
    ODD_SIZE_HAS_A_CASIMIR,
    ODDNESS_IS_NECESSARY,
    BOUNDEDNESS_IS_NECESSARY,
)
