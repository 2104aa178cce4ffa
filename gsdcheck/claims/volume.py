"""Families I and O: volume, recurrence, and why nothing attracts (I5, O8)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    ORBIT_SHARE,
    TAME_RISING,
    followed,
    horizon,
    mild_cases,
    small_integers,
    state_of,
)
from gsdcheck.claims.returns import closes, rests, return_time
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, energy, network
from gsdcheck.numeric.integrators import orbit, rk4_orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SMOOTH = ("tanh", "identity", "sin", "gelu", "atan", "erf", "sigmoid", "xgauss")

SELF_EXCITED: list[list[Exact]] = [[2, 6], [-1, -1]]
"""Not skew: small orbits of tanh grow, large ones shrink, and floats see a limit cycle between them."""


def determinant_of(moved: FloatArray, width: float) -> float:
    """The determinant of central differences: (2n, n) images of x₀ ± width e_i, the plus signs first."""
    n = moved.shape[1]
    return float(np.linalg.det((moved[:n] - moved[n:]).T / (2 * width)))


def probes(x: FloatArray, width: float) -> FloatArray:
    """The states x ± width e_i, (2n, n), the plus signs first."""
    steps = width * np.eye(len(x))
    return np.vstack([x + steps, x - steps])


def _volume_margin(given: Case) -> float:
    """1e-4 - |det Dφ_t(x₀) - 1| at t = 1/(1 + ‖W‖), by central differences and RK4."""
    net, x = network(given.system), state_of(given)
    time = 1.0 / (1.0 + float(np.linalg.norm(net.W, 2)))
    with np.errstate(all="ignore"):
        moved = rk4_orbit(net, probes(x, 1e-4), time / 32, 32, every=32)[1]
    return 1e-4 - abs(determinant_of(moved, 1e-4) - 1.0)


def _any_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=1, largest=4), elements=small_integers())
    return mild_cases(weights, names=SMOOTH)


_VOLUME_MUTANTS = (
    Mutant(
        breaks="zero-diagonal",
        broken=case([["1/2", 1], [-1, 0]], [1, "1/2"]),
        unbroken=case(PLANAR, [1, "1/2"]),
    ),
    Mutant(breaks="no-leak", broken=case(PLANAR, [1, "1/2"], leak="1/2"), unbroken=case(PLANAR, [1, "1/2"])),
)

FLOW_PRESERVES_VOLUME = Entry(
    claim=Claim(
        id="flow-preserves-volume",
        row="I5",
        sentence="P3",
        title="The flow preserves volume",
        statement="If W_ii = 0 for all i (every skew W), σ is locally Lipschitz and there is no leak, then the flow "
        "preserves volume, in both forms, with any bias and for every n; for σ in C¹ the divergence is 0 everywhere.",
        source="hairer2006",
        assumptions=("zero-diagonal", "lipschitz", "no-leak"),
        margin="1e-4 minus |det Dφ_t - 1| at a short time, by central differences",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("flow-preserves-volume"),
        applied("flow-preserves-volume", system(PLANAR, "gelu", form="inner", bias=[1, 2])),
    ],
    cases=_any_cases,
    margin=_volume_margin,
    mutants=_VOLUME_MUTANTS,
)

NO_COMPACT_SET_ATTRACTS = Entry(
    claim=Claim(
        id="no-compact-set-attracts",
        row="O8",
        sentence="P1",
        title="No compact set is asymptotically stable",
        statement="If W_ii = 0 for all i (every skew W), σ is locally Lipschitz and there is no leak, then no "
        "nonempty compact set is asymptotically stable: no attracting equilibrium, cycle, torus or strange "
        "attractor. Both forms, any bias, any n.",
        source="hairer2006",
        assumptions=("zero-diagonal", "lipschitz", "no-leak"),
        margin="1e-4 minus |det Dφ_t - 1| at a short time: volumes do not shrink",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("no-compact-set-attracts"),
        applied("no-compact-set-attracts", system(PLANAR, "tanh", bias=[1, 0])),
    ],
    cases=_any_cases,
    margin=_volume_margin,
    mutants=_VOLUME_MUTANTS,
)


def _low_rank_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=2, largest=3), elements=small_integers())
    return mild_cases(weights, names=(*TAME_RISING, "identity", "elu"), forms=(Form.OUTER,))


def _recurrence_margin(given: Case) -> float:
    """A tenth of the orbit's width less its least distance from x₀ once it has left, over 8 turns or else 64."""
    soon = _nearest_return(given, turns=8)
    return soon if soon >= 0 else _nearest_return(given, turns=64)


def _nearest_return(given: Case, turns: int) -> float:
    net = network(given.system)
    _, path = followed(given, time=horizon(net, turns=turns, most=50.0 * turns), points=100 * turns)
    distance = np.linalg.norm(path.states - path.states[0], axis=1)
    far = float(np.max(distance))
    away = int(np.argmax(distance >= far / 2))
    return 0.1 * far - float(np.min(distance[away:]))


ALMOST_EVERY_ORBIT_RECURS = Entry(
    claim=Claim(
        id="almost-every-orbit-recurs",
        row="I5",
        sentence="P3",
        title="Almost every orbit returns near its start",
        statement="If W is skew, σ locally Lipschitz with sσ(s) ≥ 0 and E* = ∞, without leak (outer form: and bias; "
        "inner form: W invertible), then almost every orbit returns arbitrarily near its start, again and again "
        "(Poincaré). Any n.",
        source="hairer2006",
        assumptions=(
            "skew",
            "continuous",
            "lipschitz",
            "weak-sign",
            "infinite-escape-energy",
            "no-leak",
            "no-outer-bias",
        ),
        margin="a tenth of the orbit's width less its least distance from its start once it has left",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("almost-every-orbit-recurs"),
        applied("almost-every-inner-orbit-recurs", system(PLANAR, "softsign", form="inner", bias=[1, 0])),
    ],
    cases=_low_rank_cases,
    margin=_recurrence_margin,
    mutants=(
        Mutant(breaks="no-leak", broken=case(PLANAR, [1, 1], leak="1/2"), unbroken=case(PLANAR, [1, 1])),
        Mutant(
            breaks="skew",
            broken=case([["-1/2", 1], [-1, 0]], [1, 1]),
            unbroken=case(PLANAR, [1, 1]),
        ),
        Mutant(
            breaks="infinite-escape-energy",
            broken=case(PLANAR, [1, 1], "xgauss"),
            unbroken=case(PLANAR, [1, 1]),
        ),
    ),
    share=ORBIT_SHARE / 2,
)


def _attraction_margin(given: Case) -> float:
    """Half the energy between x₀ and a neighbour less what of it is lost on the way; 0 if both have the same."""
    net, x = network(given.system), state_of(given)
    time = min(20.0, 40.0 / (1.0 + float(np.linalg.norm(net.W, 2))))
    pair = [x, 1.01 * x + 0.01]
    ends = [orbit(net, start, np.array([0.0, time]), rtol=1e-9, max_steps=5_000) for start in pair]
    before = float(energy(net, pair[1]) - energy(net, pair[0]))
    if not all(end.complete for end in ends):
        return 0.0
    after = float(energy(net, ends[1].states[-1]) - energy(net, ends[0].states[-1]))
    return 0.5 * abs(before) - abs(after - before) + 1e-6 * (1.0 + abs(float(energy(net, x))))


ORBITS_ARE_NOT_ATTRACTING = Entry(
    claim=Claim(
        id="orbits-are-not-attracting",
        row="O8",
        sentence="P1",
        title="No equilibrium and no closed orbit attracts",
        statement="If W is skew and σ continuous, without leak (outer form: and bias), no equilibrium and no closed "
        "orbit attracts a neighbourhood, for every n: skew weights have no stable limit cycles.",
        source="casoni2025",
        assumptions=("skew", "continuous", "no-leak", "no-outer-bias"),
        margin="half the difference in energy of two neighbours less what of it is lost on the way",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("orbits-are-not-attracting"),
        applied("orbits-are-not-attracting", system(PLANAR, "tanh")),
    ],
    cases=lambda: mild_cases(_small_skew(), names=(*TAME_RISING, "sin", "gelu")),
    margin=_attraction_margin,
    mutants=(
        Mutant(breaks="no-leak", broken=case(PLANAR, [1, 1], leak=1), unbroken=case(PLANAR, [1, 1])),
        Mutant(breaks="skew", broken=case([[-1, 1], [-1, -1]], [1, 1]), unbroken=case(PLANAR, [1, 1])),
    ),
    share=ORBIT_SHARE,
)


def _small_skew() -> "SearchStrategy[tuple[tuple[Fraction, ...], ...]]":
    from gsdcheck.strategies import sizes, skew_matrices

    return skew_matrices(n=sizes(smallest=2, largest=4), elements=small_integers())


def _on_a_closed_orbit(net: Network, x: FloatArray) -> FloatArray | None:
    """x₀, or else the state after 80 units of time, if its orbit is seen to return; None if neither's is."""
    if rests(net, x):
        return None
    if return_time(net, x) is not None:
        return x
    path = orbit(net, x, np.array([0.0, 80.0]), rtol=1e-11, max_steps=20_000)
    end = path.states[-1]
    if not path.complete or not 1e-3 < float(np.linalg.norm(end)) < 1e3 or rests(net, end):
        return None
    return end if return_time(net, end) is not None else None


def _isolation_margin(given: Case) -> float:
    """-1 if the orbit is, or settles on, a closed one whose neighbour on its leaf is not closed, else 1."""
    net = network(given.system)
    start = _on_a_closed_orbit(net, state_of(given))
    if start is None:
        return 1.0
    nudged = start + 0.01 * (net.W @ (net.W.T @ start)) / float(np.linalg.norm(net.W, 2)) ** 2
    return 1.0 if closes(net, nudged) else -1.0


CLOSED_ORBITS_ARE_NOT_ISOLATED = Entry(
    claim=Claim(
        id="closed-orbits-are-not-isolated-below-four",
        row="O8",
        sentence="P1",
        title="Below four units no closed orbit is isolated",
        statement="If W is skew of rank at most 2 (every skew W with n ≤ 3) and σ continuous, without leak, no "
        "closed orbit is isolated: there are no limit cycles, stable or not. Both forms, any bias.",
        source="casoni2025",
        assumptions=("skew", "rank-two", "continuous", "no-leak"),
        margin="-1 if the orbit settles on a closed one whose neighbour is not closed, else 1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("closed-orbits-are-not-isolated-below-four"),
        applied("closed-orbits-are-not-isolated-below-four", system(PLANAR, "sin")),
    ],
    cases=_low_rank_cases,
    margin=_isolation_margin,
    mutants=(Mutant(breaks="skew", broken=case(SELF_EXCITED, [1, 1]), unbroken=case(PLANAR, [1, 1])),),
    share=ORBIT_SHARE / 2,
)

ENTRIES = (
    FLOW_PRESERVES_VOLUME,
    ALMOST_EVERY_ORBIT_RECURS,
    ORBITS_ARE_NOT_ATTRACTING,
    NO_COMPACT_SET_ATTRACTS,
    CLOSED_ORBITS_ARE_NOT_ISOLATED,
)
