"""Family R: implicit rules and Runge-Kutta (R2, R3)."""

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.euler import linear_cases
from gsdcheck.claims.leaky_euler import grows
from gsdcheck.claims.orbits import mild_cases, small_integers, state_of
from gsdcheck.claims.splitting import stepped_cases
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, network, preactivation
from gsdcheck.numeric.integrators import rk4_orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _drawn(given: Case) -> tuple[Network, FloatArray, float]:
    return network(given.system), state_of(given), float(given.step or 0)


def _midpoint_margin(given: Case) -> float:
    """1e-12 - |‖x₊‖/‖x‖ - 1|, x₊ from the linear equation of the midpoint rule for the field -γx + Wx."""
    net, x, h = _drawn(given)
    A = h / 2 * (net.W - net.leak * np.eye(net.n))
    ahead = np.linalg.solve(np.eye(net.n) - A, x + A @ x)
    size = float(np.linalg.norm(x))
    return 1e-12 - (abs(float(np.linalg.norm(ahead)) / size - 1.0) if size else 0.0)


MIDPOINT_KEEPS_NORM = Entry(
    claim=Claim(
        id="midpoint-keeps-linear-norm",
        row="R2",
        sentence="P4",
        title="The implicit midpoint rule keeps the norm of linear networks",
        statement="x' = Wx, W skew: the implicit midpoint rule has exactly one solution at every h and keeps ‖x‖, in "
        "exact arithmetic. Any n.",
        source="hairer2006",
        assumptions=("linear", "skew", "no-leak", "no-bias"),
        margin="1e-12 minus the relative change of ‖x‖ in one step",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("midpoint-keeps-linear-norm"),
        applied("midpoint-keeps-linear-norm", system(CROSS, "identity")),
    ],
    cases=lambda: stepped_cases(names=("identity",), forms=(Form.OUTER,)),
    margin=_midpoint_margin,
    mutants=(
        Mutant(
            breaks="skew",
            broken=case([[0, 1], [-2, 0]], [1, 2], "identity", step="1/5"),
            unbroken=case(PLANAR, [1, 2], "identity", step="1/5"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 2], "identity", step="1/5", leak=1),
            unbroken=case(PLANAR, [1, 2], "identity", step="1/5"),
        ),
    ),
)

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_NODES, _WEIGHTS = (_NODES + 1) / 2, _WEIGHTS / 2


def _averaged(net: Network, u: FloatArray, v: FloatArray) -> FloatArray:
    """∫₀¹ σ(u + θ(v - u)) dθ by 48 nodes of Gauss and Legendre, coordinate by coordinate."""
    return np.asarray(_WEIGHTS @ net.sigma(u + _NODES[:, None] * (v - u)))


def _image(net: Network, u: FloatArray, h: float, v: FloatArray) -> FloatArray:
    """u + h (W ḡ(u, v) - γ(u + v)/2 + b): the map whose fixed point v is the step, u what σ is applied to."""
    drive = net.W @ _averaged(net, u, v) - net.leak * (u + v) / 2
    return u + h * (drive + (net.bias if net.form is Form.OUTER else 0.0))


def _fixed_point(net: Network, u: FloatArray, h: float, guess: FloatArray) -> FloatArray:
    for _ in range(3_000):
        image = _image(net, u, h, guess)
        if not np.isfinite(image).all() or np.array_equal(image, guess):
            return image
        guess = image
    return guess


def _contractive(given: Case) -> tuple[Network, FloatArray, float]:
    """The network, u₀, and the step, or less if it is large, so that |h| ‖W‖ ≤ 1 and the iteration converges."""
    net, x, h = _drawn(given)
    bound = 1.0 / max(float(np.linalg.norm(net.W)), 1e-9)
    return net, preactivation(net, x), float(np.clip(h, -bound, bound))


def _kept_energy_margin(given: Case) -> float:
    """1e-7 - |Σ Φ(u₊) - Σ Φ(u)|, relative to 1 + |H|: the error of the quadrature is below 1e-8."""
    net, u, h = _contractive(given)
    ahead = _fixed_point(net, u, h, u)
    before, after = float(net.potential(u).sum()), float(net.potential(ahead).sum())
    return 1e-7 - abs(after - before) / (1.0 + abs(before))


DISCRETE_GRADIENTS_KEEP_ENERGY = Entry(
    claim=Claim(
        id="discrete-gradients-keep-energy",
        row="R2",
        sentence="P4",
        title="A discrete gradient keeps the energy",
        statement="W skew, σ continuous, no leak (outer form: no bias): x₊ = x + hWḡ(x, x₊), ḡ the average of σ "
        "between the coordinates, has H(x₊) = H(x) (inner form: x₊ = x + hḡ(y, y₊)), in exact arithmetic, for every "
        "h and n.",
        source="hairer2006",
        assumptions=("skew", "continuous", "no-leak", "no-outer-bias"),
        margin="1e-7 minus the change of H in one step, relative to 1 + |H|",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("discrete-gradients-keep-energy"),
        applied("discrete-gradients-keep-energy", system(CROSS, "gelu")),
    ],
    cases=lambda: stepped_cases(names=("tanh", "identity", "sin", "gelu", "erf")),
    margin=_kept_energy_margin,
    mutants=(
        Mutant(
            breaks="skew",
            broken=case([[0, 1], [-2, 0]], [1, 2], step="1/5"),
            unbroken=case(PLANAR, [1, 2], step="1/5"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 2], step="1/5", leak=1),
            unbroken=case(PLANAR, [1, 2], step="1/5"),
        ),
        Mutant(
            breaks="no-outer-bias",
            broken=case(PLANAR, [1, 2], step="1/5", bias=[1, 0]),
            unbroken=case(PLANAR, [1, 2], step="1/5"),
        ),
    ),
)


def _uniqueness_margin(given: Case) -> float:
    """1e-6 (1 + |v|) less the distance of the fixed points v, v' that the iteration finds from u and from u + 1."""
    net, x, h = _drawn(given)
    u = preactivation(net, x)
    with np.errstate(all="ignore"):
        found = [_fixed_point(net, u, h, guess) for guess in (u, u + 1.0)]
        gap = float(np.max(np.abs(found[0] - found[1])))
    return 1e-6 * (1.0 + float(np.max(np.abs(found[0])))) - gap if np.isfinite(gap) else -1.0


def _contractive_cases() -> "SearchStrategy[Case]":
    """Networks with L = 1 and steps with |h| ‖W‖ ≤ 1, the Frobenius norm."""
    from hypothesis import strategies as st

    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=2, largest=3), elements=small_integers())
    drawn = mild_cases(weights, names=("tanh", "identity", "sin", "relu", "erf"))
    return st.builds(_with_step, drawn, st.sampled_from([Fraction(1), Fraction(-1, 2)]))


def _with_step(given: Case, part: Fraction) -> Case:
    square = sum((w * w for row in given.system.W for w in row), Fraction(1))
    return replace(given, step=part / (1 + math.isqrt(math.ceil(square))))


DISCRETE_GRADIENT_STEPS_ARE_UNIQUE = Entry(
    claim=Claim(
        id="discrete-gradient-steps-are-unique",
        row="R2",
        sentence="P4",
        title="Small steps with a discrete gradient have one solution",
        statement="σ L-Lipschitz, no leak, |h| L ‖W‖ < 2: the step with a discrete gradient, and that of the "
        "implicit midpoint rule, has exactly one solution, for any W, bias and n, in both forms.",
        source="hairer2006",
        assumptions=("lipschitz", "no-leak", "contractive-step"),
        margin="1e-6 minus the distance of the solutions that are found from two starts",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("discrete-gradient-steps-are-unique"),
        applied("discrete-gradient-steps-are-unique", system(CROSS, "tanh"), step="1/2"),
    ],
    cases=_contractive_cases,
    margin=_uniqueness_margin,
    mutants=(
        Mutant(
            breaks="contractive-step",
            broken=case(PLANAR, [1, 2], "identity", step=10),
            unbroken=case(PLANAR, [1, 2], "identity", step=1),
        ),
    ),
    share=Fraction(1, 2),
)


def _interval_margin(given: Case) -> float:
    """1 if |h| ‖W‖ ≤ 2√2 exactly where RK4's iterates from the unit vectors do not grow, else -1; 0 near equality."""
    net, h = network(given.system), float(given.step or 0)
    excess = (h * float(np.linalg.norm(net.W, 2))) ** 2 - 8.0
    if abs(excess) < 1e-2:
        return 0.0
    with np.errstate(all="ignore"):
        iterates = rk4_orbit(net, np.eye(net.n), h, 200, every=100)
    return 1.0 if grows(iterates) == (excess > 0) else -1.0


RK4_STABILITY_INTERVAL = Entry(
    claim=Claim(
        id="rk4-is-bounded-within-its-stability-interval",
        row="R3",
        sentence="P4",
        title="RK4 is bounded on linear networks iff |h| ω ≤ 2√2",
        statement="x' = Wx, W skew: the iterates of the classical Runge-Kutta method of order 4 are bounded from "
        "every start iff |h| ω ≤ 2√2 for every eigenvalue iω; the amplification is |R|² = 1 - (hω)⁶/72 + (hω)⁸/576. "
        "Any n.",
        source="hairer1993",
        assumptions=("linear", "skew", "no-leak", "no-bias", "rk4-stable-step"),
        margin="1 if the criterion agrees with the growth of the iterates from the unit vectors, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("rk4-is-bounded-within-its-stability-interval"),
        applied("rk4-is-bounded-within-its-stability-interval", system(CROSS, "identity"), step="8/5"),
    ],
    cases=linear_cases,
    margin=_interval_margin,
    mutants=(
        Mutant(
            breaks="skew",
            broken=case([[1, 0], [0, 1]], [1, 1], "identity", step="1/5"),
            unbroken=case(PLANAR, [1, 1], "identity", step="1/5"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 1], "identity", step=2, leak=1),
            unbroken=case(PLANAR, [1, 1], "identity", step=2),
        ),
    ),
)

ENTRIES = (
    MIDPOINT_KEEPS_NORM,
    DISCRETE_GRADIENTS_KEEP_ENERGY,
    DISCRETE_GRADIENT_STEPS_ARE_UNIQUE,
    RK4_STABILITY_INTERVAL,
)
