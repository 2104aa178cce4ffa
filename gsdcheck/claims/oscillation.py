"""Family O: what oscillates for ever (O2, O3)."""

import math
from typing import TYPE_CHECKING

from gsdcheck.certify.coq import coq_proof
from gsdcheck.claims.entry import PLANAR, Certificate, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    ORBIT_SHARE,
    TAME_RISING,
    followed,
    horizon,
    mild_cases,
    small_integers,
    swing,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _invertible_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import invertible_skew_matrices, sizes

    evens = sizes(smallest=2, largest=4, parity="even")
    smooth = (*TAME_RISING, "identity", "elu")
    return mild_cases(invertible_skew_matrices(n=evens, elements=small_integers()), names=smooth)


def swing_margin(given: Case) -> float:
    """The swing of the last third of an orbit, less a fiftieth of that of the first third and 1e-6.

    Three turns and a tight tolerance: near a saddle a float orbit soon leaves the stable manifold.
    """
    net = network(given.system)
    net, path = followed(given, time=horizon(net, turns=3), rtol=1e-13)
    third = len(path.states) // 3
    if not path.complete or third < 2:
        return -1.0
    return swing(net, path, slice(-third, None)) - 0.02 * swing(net, path, slice(0, third)) - 1e-6


SUFFICES = Entry(
    claim=Claim(
        id="odd-bounded-continuous-suffices",
        row="O2",
        sentence="P2",
        title="Odd, bounded, continuous activations suffice",
        statement="Literal reading: if W is skew and invertible and σ is odd, bounded and continuous, every orbit "
        "but 0 oscillates for ever. Four activations fail in three ways: 0 (every point rests), x·exp(-x²) and "
        "x/(1+x²)² (orbits with H > 1/2 escape to infinity), sin (on H = 2 orbits converge to a saddle).",
        source="casoni2025",
        assumptions=("skew", "invertible", "odd", "bounded", "continuous", "no-leak", "no-bias"),
        margin="the swing late in an orbit, less a fiftieth of the swing early on",
        expected=Verdict.REFUTED,
        amended_by="oscillation-is-perpetual",
    ),
    proposals=lambda: [
        coq_proof("odd-bounded-continuous-suffices"),
        applied("rest", system(PLANAR, "zero"), ["1", "0"]),
        applied("planar-escape", system(PLANAR, "xgauss"), ["2", "2"]),
        applied("planar-escape", system(PLANAR, "rational_hump"), ["3", "3"]),
        applied("mirror-line", system(PLANAR, "sin"), ["pi/2", "pi/2"]),
        applied("mirror-line", system(PLANAR, "sin"), ["1", "pi-1"]),
    ],
    cases=_invertible_cases,
    margin=swing_margin,
    mutants=(
        Mutant(breaks="strict-sign", broken=case(PLANAR, [1, 0], "zero"), unbroken=case(PLANAR, [1, 0])),
        Mutant(
            breaks="below-well-depth",
            broken=case(PLANAR, [math.pi / 2, math.pi / 2], "sin"),
            unbroken=case(PLANAR, [1, 1], "sin"),
        ),
    ),
    share=ORBIT_SHARE,
)


def _perpetual_proposals() -> list[Certificate]:
    pair = [[0, 1, 0, 1], [-1, 0, 1, 0], [0, -1, 0, 2], [-1, 0, -2, 0]]
    below = applied("this-orbit-oscillates", system(pair, "gelu"), ["1/4", "-1/4", "1/8", "0"])
    return [*general("oscillation-is-perpetual"), below]


OSCILLATION_IS_PERPETUAL = Entry(
    claim=Claim(
        id="oscillation-is-perpetual",
        row="O3",
        sentence="P3",
        title="Orbits in the well oscillate for ever",
        statement="If W is skew and invertible (so n is even), σ continuous, x₀ in the well of σ and 0 < H(x₀) < E₀, "
        "then the orbit is bounded and has no limit as t → ∞ (inner form: y = Wx + b). Any even n.",
        source="casoni2025",
        assumptions=(
            "skew",
            "invertible",
            "continuous",
            "strict-sign",
            "positive-energy",
            "below-well-depth",
            "no-leak",
            "no-outer-bias",
        ),
        margin="the swing late in an orbit, less a fiftieth of the swing early on",
        expected=Verdict.PROVED,
    ),
    proposals=_perpetual_proposals,
    cases=_invertible_cases,
    margin=swing_margin,
    mutants=(
        Mutant(breaks="no-leak", broken=case(PLANAR, [1, 1], leak=1), unbroken=case(PLANAR, [1, 1])),
        Mutant(breaks="skew", broken=case([[-1, 1], [-1, -1]], [1, 1]), unbroken=case(PLANAR, [1, 1])),
        Mutant(
            breaks="below-well-depth",
            broken=case(PLANAR, [math.pi / 2, math.pi / 2], "sin"),
            unbroken=case(PLANAR, [1, 1], "sin"),
        ),
    ),
    share=ORBIT_SHARE,
)


ENTRIES = (SUFFICES, OSCILLATION_IS_PERPETUAL)
