"""Family O: which orbits escape (O1, O11, O15)."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import ORBIT_SHARE, followed, initial_energy, mild_cases, small_integers, state_of
from gsdcheck.claims.returns import rests, return_time
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network, preactivation, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

HUMP = "Max(0, x*(1-x))"
"""0 outside (0, 1): sσ(s) ≥ 0, E* = 0, and every (a, b) with a, b ≥ 1 rests."""

# States above E*: 1/4 for gelu, 1/2 for x exp(-x²) and x/(1 + x²)², π²/12 for silu.
_HIGH = {
    "gelu": ([1, 0], [2, -1], ["1/2", "3/2"]),
    "silu": ([2, 1], [1, 3], [3, -2]),
    "xgauss": ([1, 2], [2, "-3/2"], ["-3/2", -1]),
    "rational_hump": ([2, 1], [3, -1], [-2, -2]),
}


def _high_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    places = [(name, state) for name, states in _HIGH.items() for state in states]
    return st.builds(
        lambda at, omega: case([[0, omega], [-omega, 0]], at[1], at[0]),
        st.sampled_from(places),
        st.sampled_from([-2, -1, 1, 3]),
    )


def _winding_margin(given: Case) -> float:
    """1.9π minus the angle through which the orbit turns about 0 in 60 units: it never passes two of the half-axes."""
    net, path = followed(given, time=60.0, points=2_000)
    y = preactivation(net, path.states)
    angle = np.unwrap(np.arctan2(y[:, 1], y[:, 0]))
    return 1.9 * math.pi - float(np.ptp(angle))


ESCAPE_ENERGY_IS_SHARP = Entry(
    claim=Claim(
        id="escape-energy-is-sharp-in-the-plane",
        row="O1",
        sentence="P3",
        title="In the plane the escape energy is sharp",
        statement="n = 2, W ≠ 0 skew, σ continuous, sσ(s) > 0 for s ≠ 0 inside the well, no leak (outer form: no "
        "bias): from inside the well an orbit with H > E*, and H ≠ Φ at a finite end of the well, leaves the well or "
        "is unbounded. If sσ(s) > 0 for all s ≠ 0, every orbit with H > E* is unbounded.",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "nonzero-weights",
            "continuous",
            "strict-sign",
            "above-escape",
            "no-leak",
            "no-outer-bias",
        ),
        margin="1.9π minus the angle through which the orbit turns in 60 units of time",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("escape-energy-is-sharp-in-the-plane"),
        *(
            applied("escape-energy-is-sharp-in-the-plane", system(PLANAR, name), state)
            for name, state in (("gelu", ["1", "0"]), ("xgauss", ["1", "2"]))
        ),
    ],
    cases=_high_cases,
    margin=_winding_margin,
    mutants=(
        Mutant(
            breaks="above-escape",
            broken=case(PLANAR, ["1/2", 0], "gelu"),
            unbroken=case(PLANAR, [1, 0], "gelu"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 0], "gelu", leak="1/4"),
            unbroken=case(PLANAR, [1, 0], "gelu"),
        ),
        Mutant(
            breaks="skew",
            broken=case([["-1/4", 1], [-1, "-1/4"]], [1, 0], "gelu"),
            unbroken=case(PLANAR, [1, 0], "gelu"),
        ),
    ),
    share=ORBIT_SHARE,
)


def _humped_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    coordinate = st.integers(-4, 12).map(lambda k: Fraction(k, 4))
    return st.builds(lambda a, b: case(PLANAR, [a, b], HUMP), coordinate, coordinate)


def _speed_margin(given: Case) -> float:
    """|f(x₀)| less 1e-12, where H(x₀) > 0; else 0."""
    net, x = network(given.system), state_of(given)
    if initial_energy(given) <= 1e-9:
        return 0.0
    return float(np.max(np.abs(vector_field(net, x)))) - 1e-12


ORBITS_ABOVE_ESCAPE = Entry(
    claim=Claim(
        id="orbits-above-the-escape-energy-escape",
        row="O1",
        sentence="P3",
        title="Above the escape energy every orbit escapes",
        statement="Literal reading: n = 2, W ≠ 0 skew, σ continuous, sσ(s) ≥ 0, no leak, no bias: if H(x₀) > E*, the "
        "orbit is unbounded. For σ = max(0, s(1 - s)) E* = 0 and (2, 2) rests.",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "nonzero-weights",
            "outer",
            "continuous",
            "weak-sign",
            "above-escape",
            "no-leak",
            "no-outer-bias",
        ),
        margin="the speed at x₀, where H(x₀) > 0: what rests does not escape",
        expected=Verdict.REFUTED,
        amended_by="escape-energy-is-sharp-in-the-plane",
    ),
    proposals=lambda: [applied("rest-above-the-escape-energy", system(PLANAR, HUMP), ["2", "2"])],
    cases=_humped_cases,
    margin=_speed_margin,
    mutants=(
        Mutant(
            breaks="strict-sign",
            broken=case(PLANAR, [2, 2], HUMP),
            unbroken=case(PLANAR, [2, 2], "xgauss"),
        ),
    ),
)


def _rectified_margin(given: Case) -> float:
    """How far W⁻¹u rises late in 60 units of time, less 0.05, or how far it falls; 1e-12 minus the speed where H = 0.

    u is what σ is applied to. W⁻¹u never falls, as u' = Wσ(u) and σ ≥ 0.
    """
    net, x = network(given.system), state_of(given)
    if initial_energy(given) <= 0:
        return 1e-12 - float(np.max(np.abs(vector_field(net, x))))
    net, path = followed(given, time=60.0, rtol=1e-8)
    late = preactivation(net, path.states[len(path.states) // 2 :])
    moves = np.diff(late @ np.linalg.pinv(net.W).T, axis=0)
    falls = float(np.min(moves)) + 1e-6
    return falls if falls < 0 else float(np.max(moves.sum(axis=0))) - 0.05


def _rectified_cases(largest: int) -> "SearchStrategy[Case]":
    from gsdcheck.strategies import invertible_skew_matrices, sizes

    n = sizes(smallest=2, largest=largest, parity="even")
    weights = invertible_skew_matrices(n=n, elements=small_integers())
    return mild_cases(weights, names=("relu", "rectified_tanh"), forms=(Form.OUTER,))


_RECTIFIED_MUTANTS = (
    Mutant(
        breaks="rectified",
        broken=case(PLANAR, [1, 1], "elu"),
        unbroken=case(PLANAR, [1, 1], "relu"),
    ),
    Mutant(
        breaks="no-leak",
        broken=case(PLANAR, [1, 1], "relu", leak=1),
        unbroken=case(PLANAR, [1, 1], "relu"),
    ),
)

RECTIFIED_ORBITS_NEVER_CLOSE = Entry(
    claim=Claim(
        id="rectified-orbits-never-close",
        row="O11",
        sentence="P2",
        title="Planar orbits of a rectified activation never close",
        statement="n = 2, W ≠ 0 skew, σ continuous, 0 on s ≤ 0 and > 0 on s > 0 (ReLU, rectified tanh), no leak "
        "(outer form: no bias): every orbit with H > 0 is unbounded, the others rest. None is closed.",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "nonzero-weights",
            "continuous",
            "rectified",
            "no-leak",
            "no-outer-bias",
        ),
        margin="how far W⁻¹x rises late in an orbit, less 0.05, or how far it falls; minus the speed where H = 0",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("rectified-orbits-never-close"),
        *(
            applied("rectified-orbits-never-close", system(PLANAR, name))
            for name in ("relu", "rectified_tanh")
        ),
    ],
    cases=lambda: _rectified_cases(2),
    margin=_rectified_margin,
    mutants=_RECTIFIED_MUTANTS,
    share=ORBIT_SHARE,
)

RECTIFIED_ACTIVATIONS_UNBOUND_ORBITS = Entry(
    claim=Claim(
        id="rectified-activations-unbound-orbits",
        row="O15",
        sentence="P2",
        title="A rectified activation unbounds every orbit that moves",
        statement="W skew and invertible, σ continuous, 0 on s ≤ 0 and > 0 on s > 0, no leak (outer form: no bias): "
        "every orbit with H > 0 is unbounded (inner form: of y = Wx + b). Any even n.",
        source="casoni2025",
        assumptions=("skew", "invertible", "continuous", "rectified", "no-leak", "no-outer-bias"),
        margin="how far W⁻¹x rises late in an orbit, less 0.05, or how far it falls; minus the speed where H = 0",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("rectified-activations-unbound-orbits"),
        applied("rectified-activations-unbound-orbits", system(PLANAR, "relu", form="inner", bias=[1, 1])),
    ],
    cases=lambda: _rectified_cases(4),
    margin=_rectified_margin,
    mutants=_RECTIFIED_MUTANTS,
    share=ORBIT_SHARE,
)


def _positive_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    near = st.integers(-2, 2).map(lambda k: 2 + Fraction(k, 2))
    return st.builds(lambda a, b, c: case(CROSS, [a, b, c], "relu"), near, near, near)


def _opening_margin(given: Case) -> float:
    """-1 if the orbit moves and is seen to return, else 1."""
    net, x = network(given.system), state_of(given)
    return 1.0 if rests(net, x) or return_time(net, x) is None else -1.0


RECTIFIED_ORBITS_IN_SPACE = Entry(
    claim=Claim(
        id="rectified-orbits-never-close-in-space",
        row="O11",
        sentence="P2",
        title="Rectified orbits never close in higher dimensions either",
        statement="Literal reading: W ≠ 0 skew of any size, σ rectified, outer form, no leak, no bias: no orbit "
        "closes. For n = 3, W = (1, 1, 1)× the orbit of ReLU from (3, 2, 1) stays positive and has the period 2π/√3.",
        source="casoni2025",
        assumptions=("skew", "outer", "rectified", "no-leak", "no-outer-bias"),
        margin="-1 if the orbit moves and is seen to return, else 1",
        expected=Verdict.REFUTED,
        amended_by="rectified-orbits-never-close",
    ),
    proposals=lambda: [applied("rotation-among-positive-states", system(CROSS, "relu"), ["3", "2", "1"])],
    cases=_positive_cases,
    margin=_opening_margin,
    mutants=(
        Mutant(
            breaks="planar",
            broken=case(CROSS, [3, 2, 1], "relu"),
            unbroken=case(PLANAR, [3, 2], "relu"),
        ),
    ),
    share=ORBIT_SHARE,
)

ENTRIES = (
    ESCAPE_ENERGY_IS_SHARP,
    ORBITS_ABOVE_ESCAPE,
    RECTIFIED_ORBITS_NEVER_CLOSE,
    RECTIFIED_ORBITS_IN_SPACE,
    RECTIFIED_ACTIVATIONS_UNBOUND_ORBITS,
)
