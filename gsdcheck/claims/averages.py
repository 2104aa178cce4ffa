"""Family O: time averages and sign changes (O5), and when orbits of the inner form converge (O4)."""

from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    ORBIT_SHARE,
    TAME_RISING,
    followed,
    mild_cases,
    small_integers,
    state_of,
)
from gsdcheck.claims.oscillation import swing_margin
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import network, preactivation, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


_LONG_SHARE = ORBIT_SHARE / 2
"""An average takes a long orbit, with many points."""


def _invertible_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import invertible_skew_matrices, sizes

    evens = sizes(smallest=2, largest=4, parity="even")
    weights = invertible_skew_matrices(n=evens, elements=small_integers())
    return mild_cases(weights, names=(*TAME_RISING, "identity", "elu"))


def _activations(given: Case, time: float | None = None) -> tuple[FloatArray, FloatArray, FloatArray, float]:
    """W, the states and σ(u) along an orbit, of 8 turns by default, u what σ is applied to, and its time T."""
    net, path = followed(given, time=time, points=1_000, rtol=1e-6)
    values = net.sigma(preactivation(net, path.states))
    return net.W, path.states, values, float(path.times[-1])


def _mean(values: FloatArray) -> FloatArray:
    """The time average at equally spaced times, by trapezia."""
    return np.asarray((values[0] / 2 + values[1:-1].sum(axis=0) + values[-1] / 2) / (len(values) - 1))


def _average_margin(given: Case) -> float:
    """2R‖W⁻¹‖/T (inner form: 2R/T) and 1e-3 for the quadrature, less the largest time average of a σ."""
    W, states, values, time = _activations(given, time=30.0)
    factor = 1.0 if given.system.form is Form.INNER else float(np.linalg.norm(np.linalg.pinv(W), 2))
    reach = float(np.max(np.linalg.norm(states, axis=1)))
    return 2 * reach * factor / time + 1e-3 - float(np.max(np.abs(_mean(values))))


_AVERAGE_ASSUMPTIONS = (
    "skew",
    "invertible",
    "continuous",
    "weak-sign",
    "infinite-escape-energy",
    "no-leak",
    "no-outer-bias",
)

ACTIVATIONS_AVERAGE_TO_ZERO = Entry(
    claim=Claim(
        id="activations-average-to-zero",
        row="O5",
        sentence="P3",
        title="Along bounded orbits the activations average to zero",
        statement="Outer form, W invertible (skew or not), b = 0, no leak: along a bounded orbit the time average of "
        "every σ(x_i) is 0. Inner form, any W and b: that of every σ(y_i), if x is bounded. Any n.",
        source="casoni2025",
        assumptions=_AVERAGE_ASSUMPTIONS,
        margin="2R‖W⁻¹‖/T less the largest time average of a σ(x_i) over T",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("activations-average-to-zero"),
        applied("activations-average-to-zero", system(PLANAR, "expm1")),
    ],
    cases=_invertible_cases,
    margin=_average_margin,
    mutants=(
        Mutant(
            breaks="no-outer-bias",
            broken=case(PLANAR, [1, 1], bias=["1/2", 0]),
            unbroken=case(PLANAR, [1, 1]),
        ),
        Mutant(breaks="invertible", broken=case(CROSS, [1, 1, 1]), unbroken=case(PLANAR, [1, 1])),
    ),
    share=_LONG_SHARE,
)


def _sign_margin(given: Case) -> float:
    """The least, over the coordinates u_i: 1 if u_i changes sign late in the orbit, else 0.1 - the mean of |σ(u_i)|."""
    _, _, values, _ = _activations(given)
    late = values[len(values) // 3 :]
    changes = (late > 0).any(axis=0) & (late < 0).any(axis=0)
    fades = 0.1 - _mean(np.abs(values))
    return float(np.min(np.where(changes, 1.0, fades)))


COORDINATES_KEEP_CHANGING_SIGN = Entry(
    claim=Claim(
        id="coordinates-keep-changing-sign",
        row="O5",
        sentence="P3",
        title="Coordinates keep changing sign, or their activation fades",
        statement="Along a bounded orbit as in activations-average-to-zero, if sσ(s) ≥ 0: every x_i (inner form: "
        "y_i) takes both signs at arbitrarily large times, or the time average of |σ(x_i)| tends to 0. Any n.",
        source="casoni2025",
        assumptions=_AVERAGE_ASSUMPTIONS,
        margin="1 if every coordinate changes sign late in the orbit, else 0.1 less the mean of |σ(x_i)| of one that "
        "does not",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("coordinates-keep-changing-sign"),
        applied("coordinates-keep-changing-sign", system(PLANAR, "tanh")),
    ],
    cases=_invertible_cases,
    margin=_sign_margin,
    mutants=(
        Mutant(
            breaks="no-outer-bias",
            broken=case(PLANAR, [0, "-3/5"], bias=["1/2", 0]),
            unbroken=case(PLANAR, [0, "-3/5"]),
        ),
        Mutant(breaks="invertible", broken=case(CROSS, [1, 1, 1]), unbroken=case(PLANAR, [1, 1])),
    ),
    share=_LONG_SHARE,
)


def _inner_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=1, largest=4), elements=small_integers())
    return mild_cases(weights, names=(*TAME_RISING, "identity", "elu"), forms=(Form.INNER,))


def _convergence_margin(given: Case) -> float:
    """1e-9 - |f(x₀)| where y₀ = Wx₀ + b is 0 to rounding; else how far y still swings late in the orbit."""
    net, x = network(given.system), state_of(given)
    if float(np.max(np.abs(preactivation(net, x)))) < 1e-9:
        return 1e-9 - float(np.max(np.abs(vector_field(net, x))))
    return swing_margin(given)


INNER_ORBITS_CONVERGE_ONLY_AT_REST = Entry(
    claim=Claim(
        id="inner-orbits-converge-only-at-rest",
        row="O4",
        sentence="P3",
        title="In the inner form only orbits at rest converge",
        statement="Inner form, W skew (singular or not), σ continuous and strictly increasing, σ(0) = 0, no leak, "
        "any b: x converges iff Wx₀ + b = 0, and then it is constant. Any n.",
        source="chang2019",
        assumptions=("inner", "skew", "continuous", "strictly-increasing", "zero-at-origin-only", "no-leak"),
        margin="how far Wx + b still swings late in the orbit; minus the speed where Wx₀ + b = 0",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("inner-orbits-converge-only-at-rest"),
        applied("inner-orbits-converge-only-at-rest", system(CROSS, "elu", form="inner")),
    ],
    cases=_inner_cases,
    margin=_convergence_margin,
    mutants=(
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 1], form="inner", leak=1),
            unbroken=case(PLANAR, [1, 1], form="inner"),
        ),
        Mutant(
            breaks="skew",
            broken=case([[-1, 1], [-1, -1]], [1, 1], form="inner"),
            unbroken=case(PLANAR, [1, 1], form="inner"),
        ),
        Mutant(
            breaks="strictly-increasing",
            broken=case(PLANAR, [5, -5], "relu", form="inner"),
            unbroken=case(PLANAR, [5, -5], form="inner"),
        ),
    ),
    share=ORBIT_SHARE,
)

ENTRIES = (
    INNER_ORBITS_CONVERGE_ONLY_AT_REST,
    ACTIVATIONS_AVERAGE_TO_ZERO,
    COORDINATES_KEEP_CHANGING_SIGN,
)
