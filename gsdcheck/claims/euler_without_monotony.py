"""Family E: where forward Euler lowers the energy (E5)."""

from fractions import Fraction
from typing import TYPE_CHECKING

from gsdcheck.claims.entry import PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import energy, network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# Points at which the slope is negative: sin on (π/2, 3π/2), x/(1 + x²) beyond 1, x exp(-x²) beyond 1/√2.
_FALLING = {"sin": (2, "5/2", 3), "serpentine": (2, 3, 4), "xgauss": (1, "3/2")}


def _falling_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    places = [(name, p) for name, points in _FALLING.items() for p in points]
    steps = st.sampled_from([Fraction(1, 10), Fraction(1, 20), Fraction(-1, 10)])
    return st.builds(
        lambda at, h: case(PLANAR, [at[1], at[1]], at[0], step=h), st.sampled_from(places), steps
    )


def _fall(given: Case) -> float:
    """H(x₀) - H(x₀ + h f(x₀)), rounded."""
    net, x = network(given.system), state_of(given)
    moved = x + float(given.step or 0) * vector_field(net, x)
    return float(energy(net, x) - energy(net, moved))


EULER_ENERGY_FALLS_WITHOUT_MONOTONY = Entry(
    claim=Claim(
        id="euler-energy-falls-without-monotony",
        row="E5",
        sentence="P4",
        title="Forward Euler lowers the energy where the activation falls",
        statement="If σ is continuous and not nondecreasing, there are a skew 2×2 matrix W, a state x and a step h with "
        "H(x + h Wσ(x)) < H(x): for W = [[0, 1], [-1, 0]] and x = (p, p), p between two points at which σ falls.",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "continuous",
            "not-nondecreasing",
            "no-leak",
            "no-outer-bias",
            "energy-falls",
        ),
        margin="H before the step minus H after it",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("euler-energy-falls-without-monotony"),
        applied("euler-energy-falls-without-monotony", system(PLANAR, "sin"), ["3", "3"], "1"),
        applied("euler-energy-falls-without-monotony", system(PLANAR, "serpentine"), ["2", "2"], "1"),
    ],
    cases=_falling_cases,
    margin=_fall,
    mutants=(
        Mutant(
            breaks="not-nondecreasing",
            broken=case(PLANAR, [2, 2], step="1/10"),
            unbroken=case(PLANAR, [2, 2], "sin", step="1/10"),
        ),
    ),
)

ENTRIES = (EULER_ENERGY_FALLS_WITHOUT_MONOTONY,)
