"""Family I: weighted energies, and what the inner form does not conserve (I2, I3, I4)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.certify.coq import coq_proof
from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.invariants import RATE_TOLERANCE, casimir_margin, converse_margin
from gsdcheck.claims.orbits import state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.library import BASIC_NAMES
from gsdcheck.model.system import Case, Exact, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network, preactivation, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

EQUAL_ROWS: list[list[Exact]] = [[1, -1], [1, -1]]
"""Not skew, and yet yᵀWy = 0 for every y in its range."""

LOPSIDED: list[list[Exact]] = [[0, 1], [-2, 0]]
"""diag(2, 1) times it is skew; it is not."""


def _inner_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, matrices, systems

    rising = activations(names=("tanh", "identity", "atan", "erf", "softsign"))
    return cases(systems=systems(matrices=matrices(), activations=rising, forms=(Form.INNER,)), magnitude=2)


INNER_CONSERVED_ENERGY_IMPLIES_SKEW = Entry(
    claim=Claim(
        id="inner-conserved-energy-implies-skew",
        row="I2",
        sentence="P1",
        title="Only skew weights conserve the inner energy",
        statement="Literal reading, inner form: if σ is continuous and not constant, and H is constant along every "
        "solution without leak, then W + Wᵀ = 0. For singular W it fails: [[1, -1], [1, -1]].",
        source="casoni2025",
        assumptions=("inner", "continuous", "strictly-increasing", "no-leak", "no-bias"),
        margin="the largest |dH/dt| over some states, or minus the distance to skewness where it vanishes",
        expected=Verdict.REFUTED,
        amended_by="conserved-energy-implies-skew",
    ),
    proposals=lambda: [
        coq_proof("inner-conserved-energy-implies-skew"),
        applied("inner-energy-without-skewness", system(EQUAL_ROWS, "tanh", form="inner")),
    ],
    cases=_inner_cases,
    margin=converse_margin,
    mutants=(
        Mutant(
            breaks="invertible",
            broken=case(EQUAL_ROWS, [1, 1], form="inner"),
            unbroken=case([[1, -1], [1, 0]], [1, 1], form="inner"),
        ),
    ),
)


def _symmetrizable_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, skew_symmetrizable_matrices, systems

    tame = activations(names=[name for name in BASIC_NAMES if name not in ("expm1", "sinh")])
    outer = systems(matrices=skew_symmetrizable_matrices(), forms=(Form.OUTER,))
    inner = systems(matrices=skew_symmetrizable_matrices(), activations=tame, forms=(Form.INNER,))
    return cases(systems=outer | inner, magnitude=20)


def _weighted_rate(given: Case) -> tuple[float, float]:
    """Σ d_i σ_i f_i (inner: Σ d_i σ_i (W f)_i) at x₀, and the sum of its terms' sizes; d = 1 without a symmetrizer."""
    net, x = network(given.system), state_of(given)
    d = np.array([float(v) for v in linear.skew_symmetrizer(given.system.W) or [Fraction(1)] * net.n])
    with np.errstate(all="ignore"):
        gradient, change = d * net.sigma(preactivation(net, x)), vector_field(net, x)
        sizes = np.abs(net.W) @ np.abs(net.sigma(x)) + np.abs(net.bias) + net.leak * np.abs(x)
        if net.form is Form.INNER:
            sizes = np.abs(net.W) @ np.abs(change)
            change = net.W @ change
        return float(gradient @ change), float(np.abs(gradient) @ sizes)


def _weighted_margin(given: Case) -> float:
    """RATE_TOLERANCE - |d/dt Σ d_i Φ_i|, relative to its terms; 0 where they overflow and floats see nothing."""
    rate, scale = _weighted_rate(given)
    if not np.isfinite(scale):
        return 0.0
    return RATE_TOLERANCE - (abs(rate) / scale if scale else 0.0)


SKEW_SYMMETRIZABLE = Entry(
    claim=Claim(
        id="skew-symmetrizable-weights-conserve-an-energy",
        row="I3",
        sentence="P1",
        title="Skew-symmetrizable weights conserve a weighted energy",
        statement="If DW is skew for a positive diagonal D and σ is continuous, then Σ d_i Φ(x_i) (inner form: Σ d_i "
        "Φ((Wx + b)_i)) is constant along every C¹ solution without leak (outer form: and bias), for every n.",
        source="casoni2025",
        assumptions=("skew-symmetrizable", "continuous", "no-leak", "no-outer-bias"),
        margin="1e-12 minus |d/dt Σ d_i Φ_i|, relative to the size of its terms",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("skew-symmetrizable-weights-conserve-an-energy"),
        applied("skew-symmetrizable-weights-conserve-an-energy", system(LOPSIDED, "tanh")),
    ],
    cases=_symmetrizable_cases,
    margin=_weighted_margin,
    mutants=(
        Mutant(
            breaks="skew-symmetrizable",
            broken=case([[0, 1], [2, 0]], [1, 1]),
            unbroken=case(LOPSIDED, [1, 1]),
        ),
        Mutant(breaks="no-leak", broken=case(LOPSIDED, [1, 1], leak="1/10"), unbroken=case(LOPSIDED, [1, 1])),
        Mutant(
            breaks="no-outer-bias",
            broken=case(LOPSIDED, [1, 2], bias=["1/10", 0]),
            unbroken=case(LOPSIDED, [1, 2]),
        ),
    ),
)


def _necessity_margin(given: Case) -> float:
    """Minus the squared distance to skewness where a weighted energy is conserved at x₀, else 0."""
    conserved = linear.skew_symmetrizer(given.system.W) is not None and _weighted_margin(given) >= 0
    return -float(linear.distance_to_skew_squared(given.system.W)) if conserved else 0.0


SKEWNESS_IS_NECESSARY_FOR_AN_INVARIANT = Entry(
    claim=Claim(
        id="skewness-is-necessary-for-an-invariant",
        row="I3",
        sentence="P1",
        title="Only skew weights have an invariant of motion",
        statement="Literal reading: if Σ d_i Φ(x_i), d_i > 0, is constant along every solution, then W is skew. [[0, "
        "1], [-2, 0]] is not, and conserves 2Φ(x₁) + Φ(x₂).",
        source="casoni2025",
        assumptions=("continuous", "strictly-increasing", "no-leak", "no-outer-bias"),
        margin="minus the squared distance to skewness, where a weighted energy is conserved",
        expected=Verdict.REFUTED,
        amended_by="skew-symmetrizable-weights-conserve-an-energy",
    ),
    proposals=lambda: [
        coq_proof("skewness-is-necessary-for-an-invariant"),
        *(applied("weighted-energy-without-skewness", system(LOPSIDED, name)) for name in ("tanh", "expm1")),
    ],
    cases=_symmetrizable_cases,
    margin=_necessity_margin,
    mutants=(Mutant(breaks="skew", broken=case(LOPSIDED, [1, 1]), unbroken=case(PLANAR, [1, 1])),),
)


def _singular_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, sizes, skew_matrices, systems

    tame = activations(names=("tanh", "identity", "atan", "erf", "softsign"))
    odd = skew_matrices(n=sizes(parity="odd"))
    return cases(systems=systems(matrices=odd, activations=tame, forms=(Form.INNER,)), magnitude=2)


CASIMIRS_IN_THE_INNER_FORM = Entry(
    claim=Claim(
        id="casimirs-are-conserved-in-the-inner-form",
        row="I4",
        sentence="P2",
        title="Casimirs are conserved in the inner form",
        statement="Literal reading: if kᵀW = 0, then k·x is constant along every solution of x' = σ(Wx + b). For W = "
        "(1, 1, 1)× and σ = tanh it moves from (3, 1, 0).",
        source="chang2019",
        assumptions=("inner", "continuous", "no-leak"),
        margin="1e-12 minus |k·f|, relative to the size of its terms",
        expected=Verdict.REFUTED,
        amended_by="casimirs-are-conserved",
    ),
    proposals=lambda: [
        coq_proof("casimirs-are-conserved-in-the-inner-form"),
        applied("inner-casimir-moves", system(CROSS, "tanh", form="inner"), ["3", "1", "0"]),
    ],
    cases=_singular_cases,
    margin=casimir_margin,
    mutants=(
        Mutant(breaks="outer", broken=case(CROSS, [3, 1, 0], form="inner"), unbroken=case(CROSS, [3, 1, 0])),
    ),
)

ENTRIES = (
    INNER_CONSERVED_ENERGY_IMPLIES_SKEW,
    SKEW_SYMMETRIZABLE,
    SKEWNESS_IS_NECESSARY_FOR_AN_INVARIANT,
    CASIMIRS_IN_THE_INNER_FORM,
)
