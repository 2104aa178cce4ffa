"""Family O: with a bias, either all orbits are bounded or none is (O13)."""

from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import PLANAR, Entry, Mutant, case, general
from gsdcheck.claims.orbits import (
    ORBIT_SHARE,
    RISING,
    followed,
    horizon,
    mild_cases,
    small_integers,
    state_of,
    swing,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _leaf_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=1, largest=4), elements=small_integers())
    # Leaky ReLU turns a hundred times more slowly on one side: six turns of W are not one of its orbit.
    quick = tuple(name for name in RISING if name != "leaky_relu")
    return mild_cases(weights, names=quick, forms=(Form.OUTER,))


def _dichotomy_margin(given: Case) -> float:
    """0 is an equilibrium here: no orbit grows by half from early to late, and none that moves comes to rest.

    The smaller of 1.5 (early reach) + 1 - (late reach) and (late swing) - (early swing)/50; 1 at an equilibrium.
    """
    net = network(given.system)
    if np.linalg.norm(vector_field(net, state_of(given))) < 1e-12:
        return 1.0
    net, path = followed(given, time=horizon(net, turns=6))
    third = len(path.states) // 3
    if not path.complete or third < 2:
        return -1.0
    early, late = slice(0, third), slice(-third, None)
    reach = [float(np.max(np.abs(path.states[part]))) for part in (early, late)]
    return min(1.5 * reach[0] + 1.0 - reach[1], swing(net, path, late) - 0.02 * swing(net, path, early))


LEAVES_OSCILLATE_OR_ALL_ESCAPE = Entry(
    claim=Claim(
        id="leaves-oscillate-or-all-escape",
        row="O13",
        sentence="P3",
        title="Every orbit oscillates or rests, or all orbits escape",
        statement="Outer form, W skew, σ continuous and strictly increasing, any n and b, no leak. If an equilibrium "
        "exists, all orbits are bounded, each leaf x₀ + range W holds exactly one equilibrium and its other orbits "
        "have no limit; if none exists, every orbit is unbounded.",
        source="casoni2025",
        assumptions=("skew", "outer", "continuous", "strictly-increasing", "no-leak"),
        margin="growth and loss of swing, from the first third of an orbit to the last, that are short of what counts",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("leaves-oscillate-or-all-escape"),
    cases=_leaf_cases,
    margin=_dichotomy_margin,
    mutants=(
        Mutant(
            breaks="strictly-increasing",
            broken=case(PLANAR, [1, 2], "relu"),
            unbroken=case(PLANAR, [1, 2]),
        ),
        Mutant(
            breaks="skew", broken=case([[-1, 1], [-1, -1]], [1, 1]), unbroken=case([[0, 1], [-1, 0]], [1, 1])
        ),
        Mutant(breaks="no-leak", broken=case(PLANAR, [1, 1], leak=1), unbroken=case(PLANAR, [1, 1])),
    ),
    share=ORBIT_SHARE,
)

ENTRIES = (LEAVES_OSCILLATE_OR_ALL_ESCAPE,)
