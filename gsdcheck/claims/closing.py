"""Family O: which orbits close beyond the plane (O11, O12), and which stay bounded in the inner form (O7)."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.drift import drifting_cases
from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import ORBIT_SHARE, TAME_RISING, followed, mild_cases, small_integers, state_of
from gsdcheck.claims.returns import closing_margin
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import network
from gsdcheck.numeric.integrators import orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TRIDIAGONAL: list[list[Exact]] = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]
"""Its frequencies are (√5 ± 1)/2, which are not commensurate."""


def _rank_two_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=2, largest=3), elements=small_integers())
    return mild_cases(weights, names=(*TAME_RISING, "identity", "elu", "expm1"), forms=(Form.OUTER,), reach=2)


RANK_TWO_ORBITS_ARE_CLOSED = Entry(
    claim=Claim(
        id="rank-two-orbits-are-closed",
        row="O11",
        sentence="P5",
        title="With weights of rank two every orbit is closed",
        statement="Outer form, W skew of rank at most 2 (every skew W with n ≤ 3), σ continuous and strictly "
        "increasing, odd or not, no leak: if an equilibrium exists (b = 0 and σ(0) = 0: the origin), every orbit is "
        "periodic or rests. Any n.",
        source="casoni2025",
        assumptions=(
            "skew",
            "outer",
            "rank-two",
            "continuous",
            "strictly-increasing",
            "zero-at-origin-only",
            "no-leak",
            "no-outer-bias",
        ),
        margin="1 if the orbit rests or is seen to return, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("rank-two-orbits-are-closed"),
        applied("rank-two-orbits-are-closed", system(CROSS, "elu")),
        applied("rank-two-orbits-about-an-equilibrium-are-closed", system(CROSS, "sigmoid"), ["1", "1", "1"]),
    ],
    cases=_rank_two_cases,
    margin=closing_margin,
    mutants=(
        Mutant(breaks="skew", broken=case([["-1/10", 1], [-1, 0]], [1, 1]), unbroken=case(PLANAR, [1, 1])),
        Mutant(breaks="no-leak", broken=case(CROSS, [1, 2, 0], leak="1/10"), unbroken=case(CROSS, [1, 2, 0])),
        Mutant(
            breaks="rank-two",
            broken=case(TRIDIAGONAL, [1, 0, 0, 0], "identity"),
            unbroken=case(PLANAR, [1, 0], "identity"),
        ),
        Mutant(
            breaks="strictly-increasing",
            broken=case(PLANAR, [1, 1], "relu"),
            unbroken=case(PLANAR, [1, 1]),
        ),
    ),
    share=ORBIT_SHARE / 2,
)


def _excited(given: Case) -> list[float]:
    """The frequencies ω > 0 of the skew part of W that x₀ excites, each once, rounded."""
    W, x = network(given.system).W, state_of(given)
    values, vectors = np.linalg.eigh(1j * (W - W.T) / 2)
    sizes, tiny = np.abs(vectors.conj().T @ x), 1e-9 * max(1.0, float(np.linalg.norm(x)))
    found: list[float] = []
    for omega, size in zip(np.abs(values), sizes, strict=True):
        if size > tiny and omega > 1e-9 and all(abs(omega - other) > 1e-9 * omega for other in found):
            found.append(float(omega))
    return found


def _common_period(frequencies: list[float]) -> float | None:
    """The least T with ωT in 2πℤ for all of them, their ratios being p/q with q ≤ 200; None without one."""
    first = frequencies[0]
    turns = 1
    for omega in frequencies[1:]:
        ratio = Fraction(omega / first).limit_denominator(200)
        if abs(float(ratio) - omega / first) > 1e-9:
            return None
        turns = math.lcm(turns, ratio.denominator)
    return 2 * math.pi * turns / first


def _commensurate_margin(given: Case) -> float:
    """1e-6 less the relative distance of x(T) from x₀ at the common period T; without one, the nearest of 40 returns."""
    net, x, frequencies = network(given.system), state_of(given), _excited(given)
    if not frequencies:
        return 1e-12 - float(np.linalg.norm(net.W @ x))
    common = _common_period(frequencies)
    if common is not None:
        return 1e-6 - _distance(given, np.array([0.0, common]))
    return _distance(given, 2 * math.pi / frequencies[0] * np.arange(41.0)) - 1e-6


def _distance(given: Case, times: FloatArray) -> float:
    """The least |x(t) - x₀|/|x₀| at the times but the first."""
    x = state_of(given)
    path = orbit(network(given.system), x, times, rtol=1e-10, max_steps=20_000)
    if not path.complete:
        return math.inf
    return float(np.min(np.linalg.norm(path.states[1:] - x, axis=1)) / np.linalg.norm(x))


def _frequency_cases() -> "SearchStrategy[Case]":
    """Blocks of small integer frequencies, as they are or reflected; and some that are not commensurate."""
    from hypothesis import strategies as st

    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=2, largest=4), elements=small_integers())
    golden = st.sampled_from([TRIDIAGONAL, [[0, 1, 1, 0], [-1, 0, 0, 1], [-1, 0, 0, -2], [0, -1, 2, 0]]])
    states = st.lists(st.integers(-4, 4), min_size=4, max_size=4)
    incommensurate = st.builds(lambda W, x: case(W, [x[0] or 1, *x[1:]], "identity"), golden, states)
    return mild_cases(weights, names=("identity",), forms=(Form.OUTER,)) | incommensurate


LINEAR_ORBITS_CLOSE = Entry(
    claim=Claim(
        id="linear-orbits-close-iff-commensurate",
        row="O12",
        sentence="P5",
        title="A linear orbit closes iff its frequencies are commensurate",
        statement="x' = Wx, W skew: an orbit that moves is periodic iff the ratios of the frequencies that it "
        "excites are rational. Any n; for n ≤ 3 there is only one frequency.",
        source="hairer2006",
        assumptions=("linear", "skew", "no-leak", "no-bias"),
        margin="1e-6 less |x(T) - x₀|/|x₀| at the common period; without one, the nearest of 40 returns, less 1e-6",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("linear-orbits-close-iff-commensurate"),
        applied("linear-orbits-close-iff-commensurate", system(TRIDIAGONAL, "identity")),
    ],
    cases=_frequency_cases,
    margin=_commensurate_margin,
    mutants=(
        Mutant(breaks="linear", broken=case(PLANAR, [1, 2]), unbroken=case(PLANAR, [1, 2], "identity")),
        Mutant(
            breaks="skew",
            broken=case([["-1/10", 1], [-1, 0]], [1, 2], "identity"),
            unbroken=case(PLANAR, [1, 2], "identity"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 2], "identity", leak="1/10"),
            unbroken=case(PLANAR, [1, 2], "identity"),
        ),
    ),
    share=ORBIT_SHARE / 2,
)


def _invertible_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import planar_skew_matrices

    # Small states: the period grows with the energy, and a long orbit must hold several of them.
    return mild_cases(
        planar_skew_matrices(elements=small_integers()),
        names=(*TAME_RISING, "elu", "expm1"),
        forms=(Form.INNER,),
        reach=Fraction(1, 4),
    )


def _staying_margin(given: Case) -> float:
    """How much of a third the largest |x| grows less, from the first half of 40 units of time to the second."""
    _, path = followed(given, time=40.0, rtol=1e-6)
    sizes, half = np.linalg.norm(path.states, axis=1), len(path.states) // 2
    return float(1.3 * np.max(sizes[:half]) + 0.1 - np.max(sizes[half:]))


INVERTIBLE_WEIGHTS_BOUND_INNER_ORBITS = Entry(
    claim=Claim(
        id="invertible-weights-bound-inner-orbits",
        row="O7",
        sentence="P5",
        title="Invertible weights bound the orbits of the inner form",
        statement="Inner form, W skew and invertible, σ continuous, sσ(s) ≥ 0, E* = ∞ (odd or not), no leak, any b: "
        "every orbit x is bounded. Any even n.",
        source="chang2019",
        assumptions=(
            "inner",
            "skew",
            "invertible",
            "continuous",
            "weak-sign",
            "infinite-escape-energy",
            "no-leak",
        ),
        margin="growth of the largest |x| that is short of a third, from the first half of a long orbit to the second",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("invertible-weights-bound-inner-orbits"),
        applied("invertible-weights-bound-inner-orbits", system(PLANAR, "elu", form="inner", bias=[1, 0])),
    ],
    cases=_invertible_cases,
    margin=_staying_margin,
    mutants=(
        Mutant(
            breaks="skew",
            broken=case([["1/10", 1], [-1, 0]], [1, 1], "identity", form="inner"),
            unbroken=case(PLANAR, [1, 1], "identity", form="inner"),
        ),
        Mutant(
            breaks="infinite-escape-energy",
            broken=case(PLANAR, [2, 2], "gelu", form="inner"),
            unbroken=case(PLANAR, [2, 2], "elu", form="inner"),
        ),
    ),
    share=ORBIT_SHARE,
)

INCREASING_ACTIVATIONS_BOUND_INNER_ORBITS = Entry(
    claim=Claim(
        id="increasing-activations-bound-inner-orbits",
        row="O7",
        sentence="P5",
        title="Increasing activations bound the orbits of the inner form",
        statement="Literal reading: inner form, W skew, b in range W, σ continuous, strictly increasing, σ(0) = 0, "
        "no leak: every orbit x is bounded. For eˣ - 1, ELU, leaky ReLU and W = (1, 1, 1)× the sum of the x_i grows "
        "linearly: oddness matters here.",
        source="chang2019",
        assumptions=(
            "inner",
            "skew",
            "continuous",
            "strictly-increasing",
            "zero-at-origin-only",
            "bias-in-range",
            "no-leak",
        ),
        margin="growth of the largest |x| that is short of a third, from the first half of a long orbit to the second",
        expected=Verdict.REFUTED,
        amended_by="rank-two-inner-orbits-are-bounded",
    ),
    proposals=lambda: [
        applied("drift-against-increasing-activations", system(CROSS, name, form="inner"))
        for name in ("expm1", "leaky_relu?negative_slope=1/2")
    ],
    cases=drifting_cases,
    margin=_staying_margin,
    mutants=(
        Mutant(
            breaks="odd",
            broken=case(CROSS, [1, 0, 0], "elu", form="inner"),
            unbroken=case(CROSS, [1, 0, 0], form="inner"),
        ),
    ),
    share=ORBIT_SHARE / 2,
)

ENTRIES = (
    INVERTIBLE_WEIGHTS_BOUND_INNER_ORBITS,
    INCREASING_ACTIVATIONS_BOUND_INNER_ORBITS,
    RANK_TWO_ORBITS_ARE_CLOSED,
    LINEAR_ORBITS_CLOSE,
)
