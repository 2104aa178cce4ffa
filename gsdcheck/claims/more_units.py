"""Family O: what of the plane is lost with four units and more (O8)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import PLANAR, Entry, Mutant, applied, case, followed_along, general
from gsdcheck.claims.orbits import ORBIT_SHARE, followed, horizon, mild_cases, small_integers, state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.elliptic import tanh_period_float
from gsdcheck.numeric.field import network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

CHAIN: list[list[Exact]] = [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]]
"""Tridiagonal, of frequencies (√5 ± 1)/2, whose quotient is irrational."""

PAIR: list[list[Exact]] = [[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 2], [0, 0, -2, 0]]
"""Two planar rotations beside each other."""


def _skew_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=2, largest=4), elements=small_integers())
    return mild_cases(weights, names=("identity", "tanh"))


def _return_margin(given: Case) -> float:
    """1e-6 minus the error of the first return to x₀, relative to it; -1 if the orbit is not seen to return."""
    from gsdcheck.numeric.diagnostics import period

    net, x = network(given.system), state_of(given)
    if np.max(np.abs(vector_field(net, x))) < 1e-12:
        return 1e-6
    found = period(net, x, horizon=horizon(net, turns=12, most=4_000))
    return 1e-6 - found.error / found.value if found.closed else -1.0


ORBITS_CLOSE_IN_EVERY_DIMENSION = Entry(
    claim=Claim(
        id="orbits-close-in-every-dimension",
        row="O8",
        sentence="P5",
        title="Orbits are closed in every dimension",
        statement="Literal reading, any n: if W is skew and σ odd, continuous and strictly increasing, every orbit is "
        "closed. With n = 4, σ(s) = s and the tridiagonal W of ±1 the orbit of (1, 0, 0, 0) never closes: its "
        "frequencies are (√5 ± 1)/2, and their quotient is irrational.",
        source="casoni2025",
        assumptions=("skew", "odd", "continuous", "strictly-increasing", "no-leak", "no-bias"),
        margin="1e-6 minus the relative error of the first return",
        expected=Verdict.REFUTED,
        amended_by="tanh-pairs-close-iff-commensurate",
    ),
    proposals=lambda: [applied("incommensurate-orbit", system(CHAIN, "identity"), ["1", "0", "0", "0"])],
    cases=_skew_cases,
    margin=_return_margin,
    mutants=(
        Mutant(
            breaks="planar",
            broken=case(CHAIN, [1, 0, 0, 0], "identity"),
            unbroken=case(PLANAR, [1, 0], "identity"),
        ),
    ),
    share=ORBIT_SHARE,
)


def _pair_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    coordinate = st.sampled_from([-2, -1, 1, 3]).map(lambda k: Fraction(k, 2))
    return st.builds(
        lambda p, q, x: case([[0, p, 0, 0], [-p, 0, 0, 0], [0, 0, 0, q], [0, 0, -q, 0]], list(x)),
        st.sampled_from([-2, 1, 3]),
        st.sampled_from([-1, 2, 3]),
        st.tuples(*[coordinate] * 4),
    )


def _pair_margin(given: Case) -> float:
    """1e-6 minus how far each pair is from its start after its own elliptic period."""
    net, x = network(given.system), state_of(given)
    worst = 0.0
    for i, j in ((0, 1), (2, 3)):
        energy = float(np.sum(np.log(np.cosh(x[[i, j]]))))
        turn = tanh_period_float(energy, abs(float(net.W[i, j])))
        _, path = followed(given, time=turn, points=2, rtol=1e-12)
        worst = max(worst, float(np.max(np.abs(path.states[-1, [i, j]] - x[[i, j]]))))
    return 1e-6 - worst


TANH_PAIRS_CLOSE_IFF_COMMENSURATE = Entry(
    claim=Claim(
        id="tanh-pairs-close-iff-commensurate",
        row="O8",
        sentence="P5",
        title="Two tanh oscillators close iff their periods are commensurate",
        statement="n = 4, σ = tanh, W two planar rotations of ω₁, ω₂ ≠ 0 beside each other, no leak, no bias: an orbit "
        "whose pairs have energies E₁, E₂ > 0 is closed iff T(E₁)/|ω₁| and T(E₂)/|ω₂|, T(E) = 4 K(1 - exp(-2E)), have "
        "a rational quotient. For every E₂ all E₁ but countably many give orbits that never close.",
        source="casoni2025",
        assumptions=("two-rotations", "tanh", "outer", "no-leak", "no-outer-bias"),
        margin="1e-6 minus how far each pair is from its start after its own elliptic period",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("tanh-pairs-close-iff-commensurate"),
        applied("tanh-pairs-close-iff-commensurate", system(PAIR)),
    ],
    cases=_pair_cases,
    margin=_pair_margin,
    mutants=(
        Mutant(breaks="tanh", broken=case(PAIR, [1, 1, 1, 1], "atan"), unbroken=case(PAIR, [1, 1, 1, 1])),
        Mutant(breaks="two-rotations", broken=case(CHAIN, [1, 0, 1, 0]), unbroken=case(PAIR, [1, 0, 1, 0])),
        Mutant(
            breaks="no-leak",
            broken=case(PAIR, [1, 1, 1, 1], leak="1/10"),
            unbroken=case(PAIR, [1, 1, 1, 1]),
        ),
    ),
    share=ORBIT_SHARE,
)


def _invertible_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import invertible_skew_matrices, sizes

    evens = sizes(smallest=2, largest=4, parity="even")
    weights = invertible_skew_matrices(n=evens, elements=small_integers())
    return mild_cases(weights, names=("tanh",), forms=(Form.OUTER,))


def _planar_period_margin(given: Case) -> float:
    """A twentieth of the largest distance from x₀ within the planar period, less the least one after that."""
    net, x = network(given.system), state_of(given)
    energy = float(np.sum(np.log(np.cosh(x))))
    slowest = float(np.min(np.linalg.svd(net.W, compute_uv=False)))
    _, path = followed(given, time=1.01 * tanh_period_float(energy, slowest), points=2_000)
    away = np.linalg.norm(path.states - x, axis=1)
    farthest = int(np.argmax(away > 0.5 * np.max(away)))
    return float(0.05 * np.max(away) - np.min(away[farthest:]))


PLANAR_PERIOD_HOLDS_IN_EVERY_DIMENSION = Entry(
    claim=Claim(
        id="planar-period-holds-in-every-dimension",
        row="O8",
        sentence="P5",
        title="No orbit takes longer to close than a planar one",
        statement="Literal reading, any n: if W is skew and invertible and σ = tanh (outer form, no leak, no bias), the "
        "orbit of energy H has come back to x₀ after (4/ω) K(1 - exp(-2H)), ω the smallest frequency of W: so it is in "
        "the plane. With n = 4 and the tridiagonal W of ±1 the orbit of (1, 0, 0, 0) has not.",
        source="casoni2025",
        assumptions=("skew", "invertible", "tanh", "outer", "no-leak", "no-bias"),
        margin="a twentieth of the largest distance from x₀ within that time, less the least distance later",
        expected=Verdict.REFUTED,
        amended_by="tanh-pairs-close-iff-commensurate",
    ),
    proposals=lambda: [
        followed_along(
            "orbit-outlasts-the-planar-period",
            system(CHAIN),
            ["1", "0", "0", "0"],
            {
                "outlasts-the-planar-period": {
                    "from": "1/2",
                    "until": "20",
                    "distance": "1/10",
                }
            },
        )
    ],
    cases=_invertible_cases,
    margin=_planar_period_margin,
    mutants=(Mutant(breaks="planar", broken=case(CHAIN, [1, 0, 0, 0]), unbroken=case(PLANAR, [1, 0])),),
    share=ORBIT_SHARE,
)

ENTRIES = (
    ORBITS_CLOSE_IN_EVERY_DIMENSION,
    TANH_PAIRS_CLOSE_IFF_COMMENSURATE,
    PLANAR_PERIOD_HOLDS_IN_EVERY_DIMENSION,
)
