"""Family E: forward Euler with a leak (E6, O16)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.boundedness import leaky_cases
from gsdcheck.claims.entry import CROSS, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import largest_value, mild_cases, small_integers, state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import network
from gsdcheck.numeric.integrators import euler_orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _leaky_linear_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    from gsdcheck.strategies import sizes, skew_matrices

    return mild_cases(
        skew_matrices(n=sizes(smallest=1, largest=4), elements=small_integers()),
        names=("identity",),
        forms=(Form.OUTER,),
        leak=st.sampled_from([Fraction(1, 4), Fraction(1), Fraction(2)]),
        step=st.sampled_from([Fraction(1, 20), Fraction(1, 5), Fraction(1, 2), Fraction(1)]),
    )


def grows(iterates: FloatArray) -> bool:
    """Whether the iterates from the unit vectors, (3, n, n) at k = 0, 100, 200, are larger at 200 than at 100."""
    with np.errstate(all="ignore"):
        sizes = np.linalg.norm(iterates, axis=-1).max(axis=-1)
    return not bool(sizes[2] <= sizes[1] * (1 + 1e-9))


def _stability_margin(given: Case) -> float:
    """1 if h(γ² + ‖W‖²) < 2γ exactly where Euler's iterates from the unit vectors do not grow, else -1; 0 near equality."""
    net, h = network(given.system), float(given.step or 0)
    excess = h * (net.leak**2 + float(np.linalg.norm(net.W, 2)) ** 2) - 2 * net.leak
    if abs(h * excess) < 1e-3:
        return 0.0
    with np.errstate(all="ignore"):
        iterates = euler_orbit(net, np.eye(net.n), h, 200, every=100)
    return 1.0 if grows(iterates) == (excess > 0) else -1.0


LEAKY_LINEAR_EULER = Entry(
    claim=Claim(
        id="leaky-linear-euler-is-stable",
        row="E6",
        sentence="P4",
        title="Leaky linear Euler is stable iff h(γ² + ω²) < 2γ",
        statement="x' = -γx + Wx, W skew, γ > 0, h > 0: forward Euler is asymptotically stable iff h(γ² + ω²) < 2γ "
        "for every eigenvalue iω of W, 0 included, and bounded iff ≤. Any n.",
        source="hairer2006",
        assumptions=("linear", "skew", "leak", "no-bias", "stable-step"),
        margin="1 if the criterion agrees with the growth of the iterates from the unit vectors, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("leaky-linear-euler-is-stable"),
        applied("leaky-linear-euler-is-stable", system(CROSS, "identity", leak=1), step="2/5"),
    ],
    cases=_leaky_linear_cases,
    margin=_stability_margin,
    mutants=(
        Mutant(
            breaks="skew",
            broken=case([[0, 5], [0, 0]], [1, 1], "identity", leak=1, step="1/5"),
            unbroken=case([[0, 5], [-5, 0]], [1, 1], "identity", leak=1, step="1/5"),
        ),
        Mutant(
            breaks="linear",
            broken=case([[0, "29/10"], ["-29/10", 0]], [1, 1], "sinh", leak=1, step="1/5"),
            unbroken=case([[0, "29/10"], ["-29/10", 0]], [1, 1], "identity", leak=1, step="1/5"),
        ),
    ),
)


def _bound_margin(given: Case) -> float:
    """The least of max(|x_i(0)|, R_i) - |x_i| along 200 Euler steps, R_i by the largest |σ| on a wide grid."""
    net, x, h = network(given.system), state_of(given), float(given.step or 0)
    largest = 1.001 * largest_value(net)  # the grid may miss the supremum
    drive = np.full(net.n, largest)
    if net.form is Form.OUTER:
        drive = np.abs(net.W).sum(axis=1) * largest + np.abs(net.bias)
    bound = np.maximum(np.abs(x), drive / net.leak if net.leak else 0.0) * (1 + 1e-9)
    with np.errstate(all="ignore"):
        states = euler_orbit(net, x, h, 200)
    return float(np.min(bound - np.abs(states)))


LEAKY_EULER_KEEPS_ITS_BOUND = Entry(
    claim=Claim(
        id="leaky-euler-keeps-its-bound",
        row="O16",
        sentence="P4",
        title="Leaky Euler keeps the bound of the flow",
        statement="γ > 0, |σ| ≤ M, 0 < hγ ≤ 1, W and b any: forward Euler keeps |x_i| ≤ max(|x_i(0)|, R_i), R_i = "
        "M/γ (inner form) or (M Σ|w_ij| + |b_i|)/γ (outer form). Any n.",
        source="hopfield1984",
        assumptions=("leak", "bounded", "relaxing-step"),
        margin="max(|x(0)|, R) minus the largest coordinate along 200 Euler steps",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("leaky-euler-keeps-its-bound"),
        applied(
            "leaky-euler-keeps-its-bound", system([[5, 1], [3, 4]], "sin", leak=2, bias=[1, 0]), step="1/2"
        ),
    ],
    cases=leaky_cases,
    margin=_bound_margin,
    mutants=(
        Mutant(
            breaks="bounded",
            broken=case([[9, 0], [0, 9]], [60, 60], "identity", form="inner", step="1/10", leak=1),
            unbroken=case([[9, 0], [0, 9]], [60, 60], form="inner", step="1/10", leak=1),
        ),
        Mutant(
            breaks="relaxing-step",
            broken=case([[0, 0], [0, 0]], [60, 60], form="inner", step=3, leak=1),
            unbroken=case([[0, 0], [0, 0]], [60, 60], form="inner", step=1, leak=1),
        ),
    ),
)

ENTRIES = (LEAKY_LINEAR_EULER, LEAKY_EULER_KEEPS_ITS_BOUND)
