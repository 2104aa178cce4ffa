"""Family O: orbits of the inner form along the kernel of W, and orbits of a σ of one sign (O7, O14, O15)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import ORBIT_SHARE, TAME_RISING, followed, mild_cases, small_integers
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, system
from gsdcheck.model.verdict import Verdict

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _rank_two_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=2, largest=3), elements=small_integers())
    # Small states: the period grows with the energy, and a long orbit must hold several of them.
    return mild_cases(weights, names=TAME_RISING, forms=(Form.INNER,), reach=Fraction(1, 4))


def _halves(given: Case) -> tuple[float, float]:
    """The largest |x| in the first and in the second half of a long orbit."""
    _, path = followed(given, time=120.0)
    sizes, half = np.linalg.norm(path.states, axis=1), len(path.states) // 2
    return float(np.max(sizes[:half])), float(np.max(sizes[half:]))


def _bounded_margin(given: Case) -> float:
    early, late = _halves(given)
    return 1.3 * early + 0.1 - late


def _unbounded_margin(given: Case) -> float:
    return -_bounded_margin(given)


RANK_TWO_INNER_ORBITS_ARE_BOUNDED = Entry(
    claim=Claim(
        id="rank-two-inner-orbits-are-bounded",
        row="O7",
        sentence="P5",
        title="Inner-form orbits are bounded if W has rank two",
        statement="Inner form, W skew of rank at most 2, any n, b in range W, σ continuous, odd and strictly "
        "increasing, no leak: every orbit x is bounded, and periodic unless it rests.",
        source="chang2019",
        assumptions=(
            "inner",
            "skew",
            "rank-two",
            "odd",
            "strictly-increasing",
            "continuous",
            "bias-in-range",
            "no-leak",
        ),
        margin="growth of the largest |x| that is short of a third, from the first half of a long orbit to the second",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("rank-two-inner-orbits-are-bounded"),
        applied("rank-two-inner-orbits-are-bounded", system(CROSS, "tanh", form="inner", bias=[1, -1, 0])),
    ],
    cases=_rank_two_cases,
    margin=_bounded_margin,
    mutants=(
        Mutant(
            breaks="odd",
            broken=case(CROSS, [1, 0, 0], "expm1", form="inner"),
            unbroken=case(CROSS, [1, 0, 0], form="inner"),
        ),
        Mutant(
            breaks="bias-in-range",
            broken=case(CROSS, [0, 0, 0], form="inner", bias=[1, 1, 1]),
            unbroken=case(CROSS, [0, 0, 0], form="inner", bias=[1, -1, 0]),
        ),
    ),
    share=ORBIT_SHARE,
)


def drifting_cases() -> "SearchStrategy[Case]":
    """Multiples of (1, 1, 1)× with activations above a line, in the inner form."""
    from hypothesis import strategies as st

    starts = st.sampled_from([[1, 0, 0], [1, -1, 0], [2, 0, -1], [0, "1/2", 0], [-1, -1, 1]])
    names = st.sampled_from(["elu", "leaky_relu", "isrlu"])
    return st.builds(
        lambda name, start, s: case(_cross(s), start, name, form="inner"), names, starts, st.integers(1, 3)
    )


def _cross(scale: int) -> list[list[Exact]]:
    """scale · (1, 1, 1)×."""
    return [[0, -scale, scale], [scale, 0, -scale], [-scale, scale, 0]]


def _casimir_margin(given: Case) -> float:
    """How much the mean of x₁ + x₂ + x₃ rises from the first third of 60 units of time to the last, less 1/2."""
    _, path = followed(given, time=60.0)
    total, third = path.states.sum(axis=1), len(path.states) // 3
    return float(total[-third:].mean() - total[:third].mean()) - 0.5


INNER_FORM_DRIFTS = Entry(
    claim=Claim(
        id="inner-form-drifts",
        row="O14",
        sentence="P5",
        title="A one-sided activation drifts in the inner form",
        statement="Inner form, W ≠ 0 skew, kᵀW = 0 and k·b = 0 for some k > 0, σ continuous, strictly increasing, "
        "zero at 0, σ(s) ≥ c s for some c > 0 and > c s on one whole side of 0, no leak: k·x grows at least "
        "linearly from every x₀ with Wx₀ + b ≠ 0.",
        source="chang2019",
        assumptions=(
            "inner",
            "skew",
            "nonzero-weights",
            "positive-casimir",
            "continuous",
            "strictly-increasing",
            "zero-at-origin-only",
            "above-line",
            "no-leak",
        ),
        margin="the rise of x₁ + x₂ + x₃ from the first third of an orbit to the last, less 1/2",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("inner-form-drifts"),
        applied("inner-form-drifts", system(CROSS, "expm1", form="inner")),
        applied("inner-form-drifts", system(CROSS, "leaky_relu", form="inner")),
    ],
    cases=drifting_cases,
    margin=_casimir_margin,
    mutants=(
        Mutant(
            breaks="above-line",
            broken=case(CROSS, [1, 0, 0], form="inner"),
            unbroken=case(CROSS, [1, 0, 0], "elu", form="inner"),
        ),
        Mutant(
            breaks="inner",
            broken=case(CROSS, [1, 0, 0], "elu"),
            unbroken=case(CROSS, [1, 0, 0], "elu", form="inner"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(CROSS, [1, 0, 0], "elu", form="inner", leak=1),
            unbroken=case(CROSS, [1, 0, 0], "elu", form="inner"),
        ),
    ),
    share=ORBIT_SHARE,
)


def _one_signed_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import planar_skew_matrices

    weights = planar_skew_matrices(elements=small_integers())
    return mild_cases(weights, names=("sigmoid", "softplus", "log_sigmoid"), forms=(Form.OUTER,))


ONE_SIGNED_ACTIVATIONS_UNBOUND_ORBITS = Entry(
    claim=Claim(
        id="one-signed-activations-unbound-orbits",
        row="O15",
        sentence="P2",
        title="An activation of one strict sign unbounds every orbit",
        statement="If W is invertible (skew or not), σ continuous and σ > 0 everywhere (or < 0 everywhere), no leak and "
        "in the outer form no bias, then every orbit is unbounded (inner form: of y = Wx + b). Any n.",
        source="casoni2025",
        assumptions=("invertible", "continuous", "one-signed", "no-leak", "no-outer-bias"),
        margin="growth of the largest |x| beyond a third, from the first half of a long orbit to the second",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("one-signed-activations-unbound-orbits"),
        applied("one-signed-activations-unbound-orbits", system(PLANAR, "sigmoid")),
    ],
    cases=_one_signed_cases,
    margin=_unbounded_margin,
    mutants=(
        Mutant(breaks="one-signed", broken=case(PLANAR, [1, 1]), unbroken=case(PLANAR, [1, 1], "sigmoid")),
        Mutant(
            breaks="invertible",
            broken=case([[0, 0], [0, 0]], [1, 1], "sigmoid"),
            unbroken=case(PLANAR, [1, 1], "sigmoid"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 1], "sigmoid", leak=1),
            unbroken=case(PLANAR, [1, 1], "sigmoid"),
        ),
    ),
    share=ORBIT_SHARE,
)

ENTRIES = (
    RANK_TWO_INNER_ORBITS_ARE_BOUNDED,
    INNER_FORM_DRIFTS,
    ONE_SIGNED_ACTIVATIONS_UNBOUND_ORBITS,
)
