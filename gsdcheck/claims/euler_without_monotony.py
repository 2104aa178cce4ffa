"""Family E: where forward Euler lowers the energy (E5)."""

from fractions import Fraction
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import PLANAR, Certificate, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import energy, network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

NOT_MONOTONE = (
    *("sin", "serpentine", "xgauss", "gaussian", "rational_hump", "lisht"),
    *("silu", "quick_gelu", "gelu", "gelu_tanh", "mish", "hard_swish"),
)
"""The activations of the library that are known not to be nondecreasing."""

_PLACES = tuple(Fraction(k, 4) for k in range(-16, 17))
_VISIBLE = 1e-9


@cache
def falling_places(name: str) -> tuple[tuple[Fraction, Fraction], ...]:
    """(p, h): one step of forward Euler from (p, p) lowers H visibly; the shortest rationals first, then the most fall."""
    net = network(system(PLANAR, name))
    found = []
    for p, h in product(_PLACES, (Fraction(1), Fraction(1, 4), Fraction(1, 20), Fraction(-1, 4))):
        x = np.array([float(p), float(p)])
        fall = float(energy(net, x) - energy(net, x + float(h) * vector_field(net, x)))
        if fall > _VISIBLE:
            found.append((p.denominator * h.denominator, -fall, p, h))
    return tuple((p, h) for _, _, p, h in sorted(found))


def _falling_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    return st.sampled_from(NOT_MONOTONE).flatmap(
        lambda name: st.sampled_from(falling_places(name)).map(
            lambda place: case(PLANAR, [place[0], place[0]], name, step=place[1])
        )
    )


def _witness(name: str) -> Certificate:
    p, h = falling_places(name)[0]
    return applied("euler-energy-falls-without-monotony", system(PLANAR, name), [p, p], h)


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
        *map(_witness, NOT_MONOTONE),
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
