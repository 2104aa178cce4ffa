"""Family O, second half: what oscillates, what rests, what closes."""

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.certify.certificates import agreeing_periods
from gsdcheck.claims.entry import CROSS, PLANAR, Certificate, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    ORBIT_SHARE,
    RISING,
    TAME_RISING,
    followed,
    horizon,
    initial_energy,
    mild_cases,
    small_integers,
    state_of,
    swing,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, exact_matrix, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_OUTER = (Form.OUTER,)


def _invertible_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import invertible_skew_matrices, sizes

    evens = sizes(smallest=2, largest=4, parity="even")
    smooth = (*TAME_RISING, "identity", "elu")
    return mild_cases(invertible_skew_matrices(n=evens, elements=small_integers()), names=smooth)


def _swing_margin(given: Case) -> float:
    """The swing of the last third of an orbit, less a fifth of that of the first third and 1e-6.

    Three turns and a tight tolerance: near a saddle a float orbit soon leaves the stable manifold.
    """
    net = network(given.system)
    net, path = followed(given, time=horizon(net, turns=3), rtol=1e-13)
    third = len(path.states) // 3
    if not path.complete or third < 2:
        return -1.0
    return swing(net, path, slice(-third, None)) - 0.2 * swing(net, path, slice(0, third)) - 1e-6


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
        margin="the swing late in an orbit, less a fifth of the swing early on",
        expected=Verdict.REFUTED,
        amended_by="oscillation-is-perpetual",
    ),
    proposals=lambda: [
        applied("rest", system(PLANAR, "zero"), ["1", "0"]),
        applied("planar-escape", system(PLANAR, "xgauss"), ["2", "2"]),
        applied("planar-escape", system(PLANAR, "rational_hump"), ["3", "3"]),
        applied("mirror-line", system(PLANAR, "sin"), ["pi/2", "pi/2"]),
    ],
    cases=_invertible_cases,
    margin=_swing_margin,
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
        margin="the swing late in an orbit, less a fifth of the swing early on",
        expected=Verdict.PROVED,
    ),
    proposals=_perpetual_proposals,
    cases=_invertible_cases,
    margin=_swing_margin,
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


def _leaf_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    return mild_cases(
        skew_matrices(n=sizes(smallest=1, largest=5), elements=small_integers()), names=RISING, forms=_OUTER
    )


def _leaf_margin(given: Case) -> float:
    """|f(x) - f(x')| for x' = x₀ + W z on the leaf of x₀, z ∈ {e_i, ones}; 1e-12 must be left where x' ≠ x₀.

    f is injective on a leaf: (σ(x) - σ(x'))·(x - x') > 0, while W(σ(x) - σ(x')) = 0 would make it 0.
    """
    net, x = network(given.system), state_of(given)
    shifts = np.vstack([net.W.T, net.W.sum(axis=1)])
    moved = shifts[np.any(shifts != 0, axis=1)]
    if not len(moved):
        return 0.0
    gaps = np.linalg.norm(vector_field(net, x + moved) - vector_field(net, x), axis=1)
    return float(np.min(gaps)) - 1e-12


LEAVES_HOLD_ONE_EQUILIBRIUM = Entry(
    claim=Claim(
        id="leaves-hold-one-equilibrium",
        row="O4",
        sentence="P3",
        title="Each leaf holds at most one equilibrium",
        statement="Outer form, W skew, σ continuous and strictly increasing, any n: each leaf x₀ + range W holds at "
        "most one equilibrium, the minimiser of H on it, and an orbit converges only if it starts there.",
        source="hairer2006",
        assumptions=("skew", "outer", "continuous", "strictly-increasing", "no-leak", "no-outer-bias"),
        margin="the distance between f at two different points of a leaf, less 1e-12",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("leaves-hold-one-equilibrium"),
    cases=_leaf_cases,
    margin=_leaf_margin,
    mutants=(
        Mutant(
            breaks="strictly-increasing",
            broken=case(PLANAR, [-5, -5], "relu"),
            unbroken=case(PLANAR, [-5, -5]),
        ),
        Mutant(
            breaks="skew",
            broken=case([[1, -1], [1, -1]], [0, 0]),
            unbroken=case([[0, -1], [1, 0]], [0, 0]),
        ),
    ),
)


def _fixed_point_margin(given: Case) -> float:
    """Minus 1 if W σ(x) = 0 has a solution x ≠ 0, found as x = σ⁻¹(k/10) for k in the kernel; else 1."""
    basis = linear.kernel(given.system.W)
    if not basis:
        return 1.0
    sigma = network(given.system).sigma
    target = np.array([float(v) for v in basis[0]])
    target = 0.1 * target / np.max(np.abs(target))
    low, high = np.full_like(target, -50.0), np.full_like(target, 50.0)
    for _ in range(80):  # bisection, σ being increasing
        middle = (low + high) / 2
        below = sigma(middle) < target
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return -1.0 if np.max(np.abs(sigma(low) - target)) < 1e-9 and np.any(low != 0) else 1.0


ZERO_IS_THE_ONLY_FIXED_POINT = Entry(
    claim=Claim(
        id="zero-is-the-only-fixed-point",
        row="O4",
        sentence="P3",
        title="Zero is the only fixed point",
        statement="Literal reading: if W is skew and σ odd, bounded, continuous and strictly increasing, then 0 is the "
        "only fixed point. For odd n there are others: W = (1, 1, 1)×, x = (1, 1, 1).",
        source="casoni2025",
        assumptions=(
            "skew",
            "odd",
            "bounded",
            "continuous",
            "strictly-increasing",
            "outer",
            "no-leak",
            "no-bias",
        ),
        margin="-1 if a fixed point x ≠ 0 is found, else 1",
        expected=Verdict.REFUTED,
        amended_by="leaves-hold-one-equilibrium",
    ),
    proposals=lambda: [applied("rest-away-from-zero", system(CROSS, "tanh"), ["1", "1", "1"])],
    cases=_leaf_cases,
    margin=_fixed_point_margin,
    mutants=(Mutant(breaks="invertible", broken=case(CROSS, [1, 1, 1]), unbroken=case(PLANAR, [1, 1])),),
)


def _planar_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import planar_skew_matrices

    return mild_cases(planar_skew_matrices(elements=small_integers()))


def _closure_margin(given: Case) -> float:
    """1e-6 minus the error of the first return to x₀, relative to it; -1 if the orbit is not seen to return."""
    from gsdcheck.numeric.diagnostics import period

    net, x0 = network(given.system), state_of(given)
    found = period(net, x0, horizon=horizon(net, turns=60, most=4_000))
    return 1e-6 - found.error / found.value if found.closed else -1.0


PLANAR_ORBITS_ARE_CLOSED = Entry(
    claim=Claim(
        id="planar-orbits-are-closed",
        row="O6",
        sentence="P5",
        title="Planar orbits in the well are periodic",
        statement="If n = 2, W ≠ 0 is skew, σ continuous, x₀ in the well of σ and 0 < H(x₀) < E₀, then the orbit is "
        "periodic (inner form: y = Wx + b).",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "nonzero-weights",
            "continuous",
            "strict-sign",
            "below-well-depth",
            "no-leak",
            "no-outer-bias",
        ),
        margin="1e-6 minus the relative error of the first return",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("planar-orbits-are-closed"),
        applied("all-planar-orbits-are-closed", system(PLANAR, "tanh")),
        applied("all-planar-orbits-are-closed", system(PLANAR, "expm1")),
    ],
    cases=_planar_cases,
    margin=_closure_margin,
    mutants=(
        Mutant(breaks="skew", broken=case([["-1/10", 1], [-1, 0]], [1, 1]), unbroken=case(PLANAR, [1, 1])),
        Mutant(breaks="no-leak", broken=case(PLANAR, [1, 1], leak="1/10"), unbroken=case(PLANAR, [1, 1])),
        Mutant(
            breaks="below-well-depth",
            broken=case(PLANAR, [2, 2], "xgauss"),
            unbroken=case(PLANAR, ["1/2", "1/2"], "xgauss"),
        ),
        Mutant(
            breaks="planar",
            broken=case(
                [[0, 1, 0, 0], [-1, 0, 1, 0], [0, -1, 0, 1], [0, 0, -1, 0]], [1, 0, 0, 0], "identity"
            ),
            unbroken=case(PLANAR, [1, 0], "identity"),
        ),
    ),
    share=ORBIT_SHARE,
)


def _tanh_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import planar_skew_matrices

    return mild_cases(planar_skew_matrices(elements=small_integers()), names=("tanh",), forms=_OUTER)


def _period_margin(given: Case) -> float:
    """1e-7 minus the relative distance between the orbit's period and (4/|ω|) K(1 - e^(-2H))."""
    from gsdcheck.numeric.diagnostics import period
    from gsdcheck.numeric.elliptic import tanh_period_float

    net, x0 = network(given.system), state_of(given)
    found = period(net, x0, horizon=horizon(net, turns=60, most=4_000))
    predicted = tanh_period_float(initial_energy(given), abs(float(net.W[0, 1])))
    return 1e-7 - abs(found.value / predicted - 1.0) if found.closed else -1.0


TANH_PERIOD_IS_ELLIPTIC = Entry(
    claim=Claim(
        id="tanh-period-is-elliptic",
        row="O6",
        sentence="P5",
        title="The tanh period is an elliptic integral",
        statement="n = 2, W = [[0, ω], [-ω, 0]], σ = tanh, outer form: the orbit with energy E > 0 has period "
        "T(E) = (4/|ω|) K(m), m = 1 - exp(-2E), K the complete elliptic integral of the first kind of parameter m.",
        source="casoni2025",
        assumptions=("planar", "skew", "nonzero-weights", "tanh", "outer", "no-leak", "no-outer-bias"),
        margin="1e-7 minus the relative distance of the measured period from the formula",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("tanh-period-is-elliptic"),
        *(
            agreeing_periods(energy, Fraction(1), 25)
            for energy in (Fraction(1, 10), Fraction(1), Fraction(5))
        ),
    ],
    cases=_tanh_cases,
    margin=_period_margin,
    mutants=(Mutant(breaks="tanh", broken=case(PLANAR, [1, 1], "atan"), unbroken=case(PLANAR, [1, 1])),),
    share=ORBIT_SHARE,
)


def _isolation_margin(given: Case) -> float:
    """-1 if the orbits from x₀ and from 1.01 x₀ both close, so that neither is isolated; else 1."""
    nudged = tuple(v * Fraction(101, 100) for v in given.state)
    both = all(_closure_margin(Case(system=given.system, state=state)) > 0 for state in (given.state, nudged))
    return -1.0 if both else 1.0


LIMIT_CYCLES_EXIST = Entry(
    claim=Claim(
        id="limit-cycles-exist",
        row="O8",
        sentence="P1",
        title="Skew weights give limit cycles",
        statement="Literal reading, n = 2: if W ≠ 0 is skew and σ odd, bounded, continuous and strictly increasing, the "
        "network has a limit cycle (an isolated closed orbit). It has a centre: all orbits close, none is isolated.",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "nonzero-weights",
            "odd",
            "bounded",
            "continuous",
            "strictly-increasing",
        ),
        margin="-1 if two neighbouring orbits both close, else 1",
        expected=Verdict.REFUTED,
        amended_by="planar-orbits-are-closed",
    ),
    proposals=lambda: [applied("planar-centre", system(PLANAR, "tanh"))],
    cases=_planar_cases,
    margin=_isolation_margin,
    mutants=(
        Mutant(
            breaks="leak",
            broken=case(PLANAR, [1, 1]),
            unbroken=case(PLANAR, [1, 1], leak=1),
        ),
    ),
    share=ORBIT_SHARE,
)

ROTATION: list[list[Exact]] = [[1, -2], [1, -1]]
"""Not skew, yet W² = -I."""


def _linear_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import matrices, sizes

    any_weights = matrices(n=sizes(smallest=1, largest=3), elements=small_integers())
    return mild_cases(any_weights, names=("identity",), forms=_OUTER)


def _necessity_margin(given: Case) -> float:
    """If W ≠ 0 is similar to a skew matrix, so that it oscillates: minus the distance of W to skewness."""
    W = given.system.W
    oscillates = any(any(row) for row in W) and linear.is_similar_to_skew(W)
    return -float(linear.distance_to_skew_squared(W)) if oscillates else 0.0


SKEWNESS_IS_NECESSARY = Entry(
    claim=Claim(
        id="skewness-is-necessary-for-oscillation",
        row="O9",
        sentence="P1",
        title="Only skew weights oscillate",
        statement="Literal reading, linear networks: if W ≠ 0 and every orbit but the equilibria oscillates for ever, "
        "then W is skew. [[1, -2], [1, -1]] is not skew, and W² = -I makes every orbit periodic.",
        source="casoni2025",
        assumptions=("linear", "no-leak", "no-bias"),
        margin="minus the squared distance to skewness, where W is similar to a skew matrix",
        expected=Verdict.REFUTED,
        amended_by="linear-oscillation-iff-similar-to-skew",
    ),
    proposals=lambda: [applied("rotation-without-skewness", system(ROTATION, "identity"))],
    cases=_linear_cases,
    margin=_necessity_margin,
    mutants=(
        Mutant(
            breaks="skew",
            broken=case(ROTATION, [1, 0], "identity"),
            unbroken=case(PLANAR, [1, 0], "identity"),
        ),
    ),
)


def _similarity_margin(given: Case) -> float:
    """1 if the exact criterion for W agrees with the growth of exp(±At) over 200 and 400 units, else -1.

    A is the linear field, -γI + W. All orbits are bounded and none but equilibria converge iff exp(At) and
    exp(-At) stay bounded: then the norm's maximum over [T, 2T] is at most its maximum over [0, T], nearly.
    """
    from scipy.linalg import expm

    net = network(given.system)
    A = net.W - net.leak * np.eye(net.n)
    bounded = True
    for sign in (1.0, -1.0):
        step = expm(sign * A)
        power, sizes = np.eye(net.n), []
        with np.errstate(all="ignore"):
            for _ in range(400):
                power = power @ step
                sizes.append(float(np.linalg.norm(power)))
        late, early = np.array(sizes[200:]), np.array(sizes[:200])
        bounded = bounded and bool(np.isfinite(late).all()) and float(late.max()) <= 1.3 * float(early.max())
    return 1.0 if bounded == linear.is_similar_to_skew(given.system.W) else -1.0


LINEAR_OSCILLATION = Entry(
    claim=Claim(
        id="linear-oscillation-iff-similar-to-skew",
        row="O9",
        sentence="P1",
        title="Linear networks oscillate iff W is similar to skew",
        statement="x' = Wx: all orbits are bounded and none but equilibria converge iff W is similar over ℝ to a skew "
        "matrix, which is to say diagonalizable over ℂ with its spectrum on the imaginary axis. Any n.",
        source="casoni2025",
        assumptions=("linear", "similar-to-skew", "no-leak", "no-bias"),
        margin="1 if the exact criterion agrees with the growth of exp(±Wt), else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("linear-oscillation-iff-similar-to-skew"),
        applied("linear-oscillation-iff-similar-to-skew", system(ROTATION, "identity")),
    ],
    cases=_linear_cases,
    margin=_similarity_margin,
    mutants=(
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 0], "identity", leak=1),
            unbroken=case(PLANAR, [1, 0], "identity"),
        ),
    ),
)


def _leaky_skew_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=1, largest=4), elements=small_integers())
    rates = st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(2)])
    return mild_cases(weights, names=(*TAME_RISING, "identity", "elu", "cube"), leak=rates)


def _decay_margin(given: Case) -> float:
    """A tenth of |x₀| minus |x| after 30/γ units of time; without a leak, after 30 + 4H(x₀).

    Without a leak, the cases here lose H at the rate |σ|², which stays above 1/4 until H has come down to order 1.
    """
    leak = float(given.system.leak)
    _, path = followed(given, time=30.0 / leak if leak else 30.0 + 4 * initial_energy(given), rtol=1e-7)
    start, end = path.states[0], path.states[-1]
    return 0.1 * float(np.linalg.norm(start)) - float(np.linalg.norm(end)) if path.complete else -1.0


LEAK_STOPS_OSCILLATION = Entry(
    claim=Claim(
        id="leak-stops-oscillation",
        row="O10",
        sentence="P3",
        title="A leak stops the oscillation",
        statement="If γ > 0, b = 0, W is skew, sσ(s) ≥ 0, and on each side of 0 Φ is unbounded or σ bounded, then "
        "H' = -γ Σ x_i σ(x_i) ≤ 0 and every orbit goes to 0: the leaky RNN with skew weights does not oscillate for ever.",
        source="casoni2025",
        assumptions=("leak", "skew", "continuous", "weak-sign", "confining", "no-bias"),
        margin="a tenth of |x₀| minus |x| after thirty relaxation times",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("leak-stops-oscillation"),
        applied("leak-stops-oscillation", system(PLANAR, "tanh", leak=1)),
    ],
    cases=_leaky_skew_cases,
    margin=_decay_margin,
    mutants=(
        Mutant(breaks="leak", broken=case(PLANAR, [1, 1]), unbroken=case(PLANAR, [1, 1], leak=1)),
        Mutant(
            breaks="skew",
            broken=case([[2, -2], [2, 2]], [1, 1], leak=1),
            unbroken=case([[0, -2], [2, 0]], [1, 1], leak=1),
        ),
        Mutant(
            breaks="no-bias",
            broken=case(PLANAR, [1, 1], leak=1, bias=[1, 0]),
            unbroken=case(PLANAR, [1, 1], leak=1),
        ),
    ),
    share=ORBIT_SHARE,
)


def _dissipative_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=1, largest=4), elements=small_integers())
    damped = weights.map(
        lambda W: exact_matrix([[w - (i == j) for j, w in enumerate(row)] for i, row in enumerate(W)])
    )
    # In the outer form |x| ≤ 3 keeps H small; the inner form is conjugate to it, with |Wx| and H in the hundreds.
    return mild_cases(damped, names=("tanh", "softsign", "atan", "erf", "identity"), forms=_OUTER)


DISSIPATIVE_WEIGHTS = Entry(
    claim=Claim(
        id="dissipative-weights-stop-oscillation",
        row="O17",
        sentence="P1",
        title="Weights with a negative symmetric part stop it",
        statement="If W + Wᵀ is negative definite, σ continuous with sσ(s) > 0 for s ≠ 0 and E* = ∞, then without leak (and "
        "in the outer form without bias) H falls along every orbit and x → 0 (inner form: y = Wx + b → 0).",
        source="chang2019",
        assumptions=(
            "negative-definite",
            "continuous",
            "strict-sign",
            "infinite-escape-energy",
            "no-leak",
            "no-outer-bias",
        ),
        margin="a tenth of |x₀| minus |x| after 30 + 4H(x₀) units of time",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("dissipative-weights-stop-oscillation"),
        applied("dissipative-weights-stop-oscillation", system([[-1, 2], [-2, -1]], "tanh")),
    ],
    cases=_dissipative_cases,
    margin=_decay_margin,
    mutants=(
        Mutant(
            breaks="negative-definite",
            broken=case(PLANAR, [1, 1]),
            unbroken=case([[-1, 1], [-1, -1]], [1, 1]),
        ),
    ),
    share=ORBIT_SHARE,
)

ENTRIES = (
    SUFFICES,
    OSCILLATION_IS_PERPETUAL,
    LEAVES_HOLD_ONE_EQUILIBRIUM,
    ZERO_IS_THE_ONLY_FIXED_POINT,
    PLANAR_ORBITS_ARE_CLOSED,
    TANH_PERIOD_IS_ELLIPTIC,
    LIMIT_CYCLES_EXIST,
    SKEWNESS_IS_NECESSARY,
    LINEAR_OSCILLATION,
    LEAK_STOPS_OSCILLATION,
    DISSIPATIVE_WEIGHTS,
)
