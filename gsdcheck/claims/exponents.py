"""Family O: Lyapunov exponents, 0 for at most three units, and not for four (O8)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import CROSS, Certificate, Entry, Mutant, applied, case, followed_along, general
from gsdcheck.claims.orbits import mild_cases, small_integers, state_of
from gsdcheck.facts.reversible_orbits import is_reversible
from gsdcheck.facts.unstable_orbits import unstable_orbit_data
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.closed_orbits import closed_orbit, near_returns
from gsdcheck.numeric.diagnostics import lyapunov_exponents
from gsdcheck.numeric.diagnostics.single import one_lane
from gsdcheck.numeric.field import network

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

PENDANT: list[list[Exact]] = [[0, 1, 1, 1], [-1, 0, 1, 0], [-1, -1, 0, 0], [-1, 0, 0, 0]]
"""A triangle, and a fourth unit that hangs on it: four entries ±1 above the diagonal."""

_SHARE = Fraction(1, 10)
_TURNS = 1_000.0
"""How long an orbit is followed, in radians of the largest frequency of W."""
_CLOSED = 1e-8
_LONGEST_PERIOD = 20
"""In turns of the largest frequency: longer unstable orbits take long to find, and longer to certify."""

_ORBIT = {
    "reversors": [[-1, 3, 2, 4], [-1, 3, 2, 4]],
    "start": ["0", "2/5", "2/5", "0"],
    "along": ["0", "0", "0", "1"],
    "parameter": ["-2431203381/1000000000", "-2431203379/1000000000"],
    "time": ["1057760767/100000000", "1057760769/100000000"],
    "trace": ["23/5", "49/10"],
}


def _cases(largest: int) -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=2, largest=largest), elements=small_integers())
    return mild_cases(weights, names=("tanh",), forms=(Form.OUTER,))


def _exponent_margin(given: Case) -> float:
    """The error of the largest exponent minus its size, per radian of the largest frequency of W; 0 at rest."""
    net = network(given.system)
    fastest = float(np.linalg.norm(net.W, 2))
    if fastest == 0:
        return 0.0
    lane, column = one_lane(net, state_of(given))
    found = lyapunov_exponents(lane, column, _TURNS / fastest, leading=1, rtol=1e-8)
    return float(found.errors[0, 0] - abs(found.values[0, 0])) / fastest


def instability_near(given: Case) -> Certificate | None:
    """A certificate of an unstable closed orbit, searched for from a chaotic one; None if none is found.

    An orbit in a chaotic sea comes back near to itself where it follows an unstable closed orbit for a turn. What
    is returned is a proposal; the trusted core decides.

    Args:
        given: outer form, tanh, n ≤ 6, no leak and no bias.
    """
    net = network(given.system)
    if np.linalg.matrix_rank(net.W) <= 2 or not is_reversible(given.system.W):
        return None  # at rank 2 every orbit closes, and all exponents are 0
    span = _LONGEST_PERIOD * 2 * np.pi / float(np.linalg.norm(net.W, 2))
    for guess, period in near_returns(net, state_of(given), span):
        found = closed_orbit(net, guess, period, iterations=12)
        data = unstable_orbit_data(given.system, found) if found.defect < _CLOSED else None
        if data is not None:
            return followed_along("unstable-orbit", given.system, None, {"closed-orbit-is-unstable": data})
    return None


LYAPUNOV_EXPONENTS_VANISH = Entry(
    claim=Claim(
        id="lyapunov-exponents-vanish",
        row="O8",
        sentence="P5",
        title="Skew tanh networks are never chaotic",
        statement="Literal reading, any n: for σ = tanh and W skew every Lyapunov exponent of every orbit is 0. True if W "
        "has rank at most 2 (n ≤ 3). False for n = 4 and entries 0, ±1: a closed orbit is unstable, and orbits near "
        "it are chaotic as far as floats see.",
        source="casoni2025",
        assumptions=("skew", "tanh", "outer", "no-leak", "no-outer-bias"),
        margin="the error of the largest exponent minus its size",
        expected=Verdict.REFUTED,
        amended_by="lyapunov-exponents-vanish-at-rank-two",
    ),
    proposals=lambda: [
        followed_along("unstable-orbit", system(PENDANT, "tanh"), None, {"closed-orbit-is-unstable": _ORBIT})
    ],
    cases=lambda: _cases(4),
    margin=_exponent_margin,
    mutants=(
        Mutant(
            breaks="rank-two",
            broken=case(PENDANT, [0, "2/5", "2/5", "-24312033801/10000000000"]),
            unbroken=case(
                [[0, 1, 1, 1], [-1, 0, 0, 0], [-1, 0, 0, 0], [-1, 0, 0, 0]],
                [0, "2/5", "2/5", "-24312033801/10000000000"],
            ),
        ),
    ),
    share=_SHARE,
)

LYAPUNOV_EXPONENTS_VANISH_AT_RANK_TWO = Entry(
    claim=Claim(
        id="lyapunov-exponents-vanish-at-rank-two",
        row="O8",
        sentence="P5",
        title="Skew tanh networks of rank two are never chaotic",
        statement="σ = tanh, W skew of rank at most 2, any n (so every n ≤ 3), outer form, no leak, no bias: every orbit is "
        "periodic or at rest, and every Lyapunov exponent of it is 0.",
        source="casoni2025",
        assumptions=("skew", "rank-two", "tanh", "outer", "no-leak", "no-outer-bias"),
        margin="the error of the largest exponent minus its size",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("lyapunov-exponents-vanish-at-rank-two"),
        applied("lyapunov-exponents-vanish-at-rank-two", system(CROSS, "tanh")),
    ],
    cases=lambda: _cases(3),
    margin=_exponent_margin,
    mutants=(
        Mutant(
            breaks="rank-two",
            broken=case(PENDANT, [0, "2/5", "2/5", "-24312033801/10000000000"]),
            unbroken=case(
                [[0, 1, 1, 1], [-1, 0, 0, 0], [-1, 0, 0, 0], [-1, 0, 0, 0]],
                [0, "2/5", "2/5", "-24312033801/10000000000"],
            ),
        ),
        Mutant(
            breaks="skew",
            broken=case([["-1/5", 1], [-1, "-1/5"]], ["1/100", 0]),
            unbroken=case([[0, 1], [-1, 0]], ["1/100", 0]),
        ),
        Mutant(
            breaks="no-leak",
            broken=case([[0, 1], [-1, 0]], [1, 0], leak="1/2"),
            unbroken=case([[0, 1], [-1, 0]], [1, 0]),
        ),
    ),
    share=_SHARE,
)

ENTRIES = (LYAPUNOV_EXPONENTS_VANISH, LYAPUNOV_EXPONENTS_VANISH_AT_RANK_TWO)
