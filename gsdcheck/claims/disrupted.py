"""Family O: where closed orbits are lost without oddness, and where they are not (O11)."""

from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import (
    CROSS,
    PLANAR,
    Certificate,
    Entry,
    Mutant,
    case,
    decimal_interval,
    followed_along,
    general,
)
from gsdcheck.claims.orbits import ORBIT_SHARE, followed, horizon, state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_HIGH_STATES = {"gelu": ([1, 1], [2, -1], [-1, 2]), "silu": ([2, 2], [2, -2]), "mish": ([2, 2], [-2, 2])}


def _high_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    places = [(name, state) for name, states in _HIGH_STATES.items() for state in states]
    return st.builds(
        lambda at, omega: case([[0, omega], [-omega, 0]], at[1], at[0]),
        st.sampled_from(places),
        st.sampled_from([-2, -1, 1, 3]),
    )


def _monotone_margin(given: Case) -> float:
    """How far a coordinate goes in the second half of 40 units, less 1; -1 if one changes its sign or its direction.

    A coordinate that has all but come to rest may step back by 1e-7: that is the error of the orbit.
    """
    _, path = followed(given, time=40.0, points=400)
    late = path.states[200:]
    keeps_side = all((row > 0).all() or (row < 0).all() for row in late.T)
    steps = np.diff(late, axis=0).T
    one_way = keeps_side and all((row > -1e-7).all() or (row < 1e-7).all() for row in steps)
    return float(np.max(np.abs(late[-1] - late[0]))) - 1.0 if one_way else -1.0


def _last_quadrants() -> list[Certificate]:
    """From (a, a) through the positive quadrant into the one where x₁ > 0 > x₂."""
    return [
        followed_along(
            "this-orbit-ends-in-its-quadrant",
            system(PLANAR, name),
            [start, start],
            {"last-quadrant": {"time": "3", "quadrant": [1, -1], "beyond": "6"}},
        )
        for name, start in (("gelu", "1"), ("silu", "2"), ("mish", "2"))
    ]


HIGH_ORBITS_END_IN_ONE_QUADRANT = Entry(
    claim=Claim(
        id="high-orbits-end-in-one-quadrant",
        row="O11",
        sentence="P2",
        title="Above the escape energy an orbit ends in one quadrant",
        statement="n = 2, outer form, W ≠ 0 skew, σ continuous, sσ(s) > 0 for s ≠ 0, H(x₀) > E*: from some time on the "
        "orbit is in one open quadrant, both coordinates are strictly monotone, and it is unbounded. So GELU, SiLU and "
        "Mish lose their closed orbits above E*.",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "nonzero-weights",
            "outer",
            "no-leak",
            "no-outer-bias",
            "continuous",
            "strict-sign",
            "above-escape",
        ),
        margin="how far the orbit goes one way in its second half, less 1; -1 if it turns",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [*general("high-orbits-end-in-one-quadrant"), *_last_quadrants()],
    cases=_high_cases,
    margin=_monotone_margin,
    mutants=(
        Mutant(
            breaks="above-escape",
            broken=case(PLANAR, ["1/4", "1/4"], "gelu"),
            unbroken=case(PLANAR, [1, 1], "gelu"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 1], "gelu", leak=1),
            unbroken=case(PLANAR, [1, 1], "gelu"),
        ),
    ),
    share=ORBIT_SHARE,
)


def _positive_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    return st.builds(
        lambda name, omega, k: case([[omega * w for w in row] for row in CROSS], [k, 0, 1 - k], name),
        st.sampled_from(["sigmoid", "softplus"]),
        st.sampled_from([-2, 1, 3]),
        st.sampled_from([-2, -1, 1, 2]),
    )


def _openness_margin(given: Case) -> float:
    """-1 if the orbit closes, else 1."""
    from gsdcheck.numeric.diagnostics import period

    net = network(given.system)
    closed = period(net, state_of(given), horizon=horizon(net, turns=60, most=4_000)).closed
    return -1.0 if closed else 1.0


CLOSED_ORBITS_NEED_A_ZERO = Entry(
    claim=Claim(
        id="closed-orbits-need-a-zero",
        row="O11",
        sentence="P2",
        title="Without a zero of the activation no orbit closes",
        statement="Literal reading, any n: if W ≠ 0 is skew and σ > 0 everywhere, as sigmoid and softplus are, no orbit "
        "is periodic. True for invertible W. With n = 3, W = (1, 1, 1)×, sigmoid, the orbit of (1, 0, 0) is periodic, "
        "of period 15.295141417...",
        source="casoni2025",
        assumptions=("skew", "nonzero-weights", "continuous", "one-signed", "no-leak", "no-bias"),
        margin="-1 if the orbit closes, else 1",
        expected=Verdict.REFUTED,
        amended_by="one-signed-activations-unbound-orbits",
    ),
    proposals=lambda: [
        followed_along(
            "closed-orbit-about-the-diagonal",
            system(CROSS, "sigmoid"),
            ["1", "0", "0"],
            {
                "returns-to-plane": {
                    "coordinate": 1,
                    "period": decimal_interval("15.295141417", "15.295141418"),
                }
            },
        )
    ],
    cases=_positive_cases,
    margin=_openness_margin,
    mutants=(
        Mutant(
            breaks="invertible",
            broken=case(CROSS, [1, 0, 0], "sigmoid"),
            unbroken=case(PLANAR, [1, 0], "sigmoid"),
        ),
    ),
    share=ORBIT_SHARE,
)

ENTRIES = (HIGH_ORBITS_END_IN_ONE_QUADRANT, CLOSED_ORBITS_NEED_A_ZERO)
