"""Family O: what stops an oscillation (O10, O17)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    ORBIT_SHARE,
    TAME_RISING,
    followed,
    initial_energy,
    mild_cases,
    small_integers,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, exact_matrix, system
from gsdcheck.model.verdict import Verdict

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _leaky_skew_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=1, largest=4), elements=small_integers())
    rates = st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(2)])
    return mild_cases(weights, names=(*TAME_RISING, "identity", "elu", "cube"), leak=rates)


def _decay_margin(given: Case) -> float:
    """A tenth of |x₀| minus |x| after 30/γ units of time; without a leak, after 30 + 4H(x₀).

    Without a leak, the cases here lose H at the rate |σ|², which stays above 1/4 until H has come down to order 1.
    """
    leak = float(given.system.leak)
    _, path = followed(given, time=30.0 / leak if leak else 30.0 + 4 * initial_energy(given), rtol=1e-7)
    start, end = path.states[0], path.states[-1]
    return 0.1 * float(np.linalg.norm(start)) - float(np.linalg.norm(end)) if path.complete else -1.0


LEAK_STOPS_OSCILLATION = Entry(
    claim=Claim(
        id="leak-stops-oscillation",
        row="O10",
        sentence="P3",
        title="A leak stops the oscillation",
        statement="If γ > 0, b = 0, W is skew, σ continuous, sσ(s) ≥ 0, and on each side of 0 Φ is unbounded or σ bounded, "
        "then H' = -γ Σ x_i σ(x_i) ≤ 0 (inner form: at Wx) and every orbit goes to 0: the leaky RNN with skew weights "
        "does not oscillate for ever.",
        source="casoni2025",
        assumptions=("leak", "skew", "continuous", "weak-sign", "confining", "no-bias"),
        margin="a tenth of |x₀| minus |x| after thirty relaxation times",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("leak-stops-oscillation"),
        applied("leak-stops-oscillation", system(PLANAR, "tanh", leak=1)),
    ],
    cases=_leaky_skew_cases,
    margin=_decay_margin,
    mutants=(
        Mutant(breaks="leak", broken=case(PLANAR, [1, 1]), unbroken=case(PLANAR, [1, 1], leak=1)),
        Mutant(
            breaks="skew",
            broken=case([[2, -2], [2, 2]], [1, 1], leak=1),
            unbroken=case([[0, -2], [2, 0]], [1, 1], leak=1),
        ),
        Mutant(
            breaks="no-bias",
            broken=case(PLANAR, [1, 1], leak=1, bias=[1, 0]),
            unbroken=case(PLANAR, [1, 1], leak=1),
        ),
    ),
    share=ORBIT_SHARE,
)


def _dissipative_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=1, largest=4), elements=small_integers())
    damped = weights.map(
        lambda W: exact_matrix([[w - (i == j) for j, w in enumerate(row)] for i, row in enumerate(W)])
    )
    # In the outer form |x| ≤ 3 keeps H small; the inner form is conjugate to it, with |Wx| and H in the hundreds.
    return mild_cases(damped, names=("tanh", "softsign", "atan", "erf", "identity"), forms=(Form.OUTER,))


DISSIPATIVE_WEIGHTS = Entry(
    claim=Claim(
        id="dissipative-weights-stop-oscillation",
        row="O17",
        sentence="P1",
        title="Weights with a negative symmetric part stop it",
        statement="If W + Wᵀ is negative definite, σ continuous with sσ(s) > 0 for s ≠ 0 and E* = ∞, then without leak (and "
        "in the outer form without bias) H falls along every orbit and x → 0 (inner form: y = Wx + b → 0).",
        source="chang2019",
        assumptions=(
            "negative-definite",
            "continuous",
            "strict-sign",
            "infinite-escape-energy",
            "no-leak",
            "no-outer-bias",
        ),
        margin="a tenth of |x₀| minus |x| after 30 + 4H(x₀) units of time",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("dissipative-weights-stop-oscillation"),
        applied("dissipative-weights-stop-oscillation", system([[-1, 2], [-2, -1]], "tanh")),
    ],
    cases=_dissipative_cases,
    margin=_decay_margin,
    mutants=(
        Mutant(
            breaks="negative-definite",
            broken=case(PLANAR, [1, 1]),
            unbroken=case([[-1, 1], [-1, -1]], [1, 1]),
        ),
    ),
    share=ORBIT_SHARE,
)


ENTRIES = (LEAK_STOPS_OSCILLATION, DISSIPATIVE_WEIGHTS)
