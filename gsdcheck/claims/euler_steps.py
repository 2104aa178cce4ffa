"""Family E: what single steps of forward Euler do to the energy, and where it leads (E2 to E5)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.euler import (
    SINE_CYCLE,
    THREE_HALF_PI,
    divergence_margin,
    euler_cases,
    linear_cases,
    norm_growth_margin,
    step_energies,
)
from gsdcheck.claims.orbits import TAME_RISING, mild_cases, small_integers, state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import Network, energy, network, preactivation, vector_field
from gsdcheck.numeric.integrators import euler_orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_CYCLE = Mutant(
    breaks="strictly-increasing",
    broken=case(PLANAR, [THREE_HALF_PI, -SINE_CYCLE], "sin", step=2 * SINE_CYCLE),
    unbroken=case(PLANAR, [THREE_HALF_PI, -SINE_CYCLE], step=2 * SINE_CYCLE),
)
_LEAKY = Mutant(
    breaks="no-leak",
    broken=case(PLANAR, [1, 0], step="1/10", leak=1),
    unbroken=case(PLANAR, [1, 0], step="1/10"),
)


def _gain_margin(given: Case) -> float:
    """H(x_20) - H(x_0) - 1e-9: no return; 0 where a step gains too little to be seen, h²Σσ'(Wσ)² < 1e-5."""
    net, x, h = network(given.system), state_of(given), float(given.step or 0)
    u = preactivation(net, x)
    if h * h * float(np.abs(net.slope(u)) @ (net.W @ net.sigma(u)) ** 2) < 1e-5:
        return 0.0
    energies = energy(net, euler_orbit(net, x, h, 20, every=20))
    return float(energies[1] - energies[0]) - 1e-9


CLOSED_ORBITS_NEVER_SURVIVE = Entry(
    claim=Claim(
        id="closed-orbits-never-survive-euler",
        row="E2",
        sentence="P4",
        title="Closed orbits never survive forward Euler",
        statement="W skew, σ continuous and strictly increasing, h ≠ 0, no leak (outer form: no bias): if an orbit "
        "of forward Euler returns to its start, then Wσ(x₀) = 0 (inner form: Wσ(y₀) = 0) and it rests (inner form: y "
        "does). Any n.",
        source="casoni2025",
        assumptions=("skew", "continuous", "strictly-increasing", "nonzero-step", "no-leak", "no-outer-bias"),
        margin="the growth of H in 20 steps, less 1e-9",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("closed-orbits-never-survive-euler"),
        applied("closed-orbits-never-survive-euler", system(PLANAR, "tanh"), step="1/100"),
    ],
    cases=lambda: euler_cases((*TAME_RISING, "identity", "elu")),
    margin=_gain_margin,
    mutants=(_CYCLE, _LEAKY),
)


def _planar_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import planar_skew_matrices

    names = ("tanh", "identity", "relu", "elu", "hardtanh", "sin", "gelu", "xgauss", "silu")
    return mild_cases(planar_skew_matrices(elements=small_integers()), names=names)


def _lost(net: Network, p: float, u: float) -> float:
    """What an Euler step from u(x) = (p, p) that moves u by (±u) loses of H = Σ Φ(u_i), with the leak of the network."""
    m = float(net.sigma(np.array(p)))
    if abs(m) < 1e-3:
        return 0.0
    h = u / m
    before, after = np.array([p, p]), np.array([p + u, p - u]) - h * net.leak * p
    return float(net.potential(before).sum() - net.potential(after).sum())


def _equivalence_margin(given: Case) -> float:
    """1 if H falls at some step from some (p, p) exactly where σ falls on a grid, else -1."""
    net = network(given.system)
    grid = np.linspace(-5.0, 5.0, 101)
    falls = bool((np.diff(net.sigma(grid)) < -1e-6).any())
    loses = any(_lost(net, float(p), u) > 1e-9 for p in grid for u in (0.05, 0.2))
    return 1.0 if falls == loses else -1.0


ENERGY_NEVER_FALLS_IFF = Entry(
    claim=Claim(
        id="energy-never-falls-iff-nondecreasing",
        row="E2",
        sentence="P4",
        title="Euler never lowers the energy iff the activation is nondecreasing",
        statement="n = 2, W ≠ 0 skew, σ continuous, no leak (outer form: no bias): H(x + hWσ(x)) ≥ H(x) for all x "
        "and h iff σ is nondecreasing (inner form: at y = Wx + b).",
        source="casoni2025",
        assumptions=("planar", "skew", "nonzero-weights", "continuous", "no-leak", "no-outer-bias"),
        margin="1 if H falls at some probing step exactly where σ falls on a grid, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("energy-never-falls-iff-nondecreasing"),
        applied("energy-never-falls-iff-nondecreasing", system(PLANAR, "gelu")),
    ],
    cases=_planar_cases,
    margin=_equivalence_margin,
    mutants=(Mutant(breaks="no-leak", broken=case(PLANAR, [1, 1], leak=1), unbroken=case(PLANAR, [1, 1])),),
    share=Fraction(1, 2),
)


def _lipschitz_bound(net: Network) -> float:
    """The largest |σ'| seen on [-50, 50], and a thousandth."""
    return 1.001 * float(np.max(np.abs(net.slope(np.linspace(-50.0, 50.0, 4_001)))))


def _quadratic_margin(given: Case) -> float:
    """(L h²/2) ‖Wσ‖² - |H(x₁) - H(x₀)|, relative to 1 + |H|, plus 1e-12."""
    before, after, square = step_energies(given)
    h = float(given.step or 0)
    bound = _lipschitz_bound(network(given.system)) * h * h / 2 * square
    return (bound - abs(after - before)) / (1 + abs(before) + abs(after)) + 1e-12


STEP_GAINS_QUADRATICALLY = Entry(
    claim=Claim(
        id="euler-step-gains-at-most-quadratically",
        row="E3",
        sentence="P4",
        title="An Euler step changes the energy by at most (L h²/2)‖Wσ‖²",
        statement="W skew, σ L-Lipschitz, bounded or not, no leak (outer form: no bias): |H(x_{k+1}) - H(x_k)| ≤ (L "
        "h²/2) ‖Wσ(x_k)‖² at every step (inner form: of y). Any n.",
        source="casoni2025",
        assumptions=("skew", "lipschitz", "no-leak", "no-outer-bias"),
        margin="the bound minus the change of H in one step, relative, plus 1e-12",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("euler-step-gains-at-most-quadratically"),
        applied("euler-step-gains-at-most-quadratically", system(CROSS, "gelu")),
    ],
    cases=lambda: euler_cases(("tanh", "identity", "elu", "leaky_relu", "gelu", "silu", "sin", "softplus")),
    margin=_quadratic_margin,
    mutants=(
        Mutant(
            breaks="lipschitz",
            broken=case(PLANAR, [60, 60], "cube", step=1),
            unbroken=case(PLANAR, [60, 60], "tanh", step=1),
        ),
        Mutant(
            breaks="skew",
            broken=case([[1, 1], [-1, 1]], [1, 1], step="1/10"),
            unbroken=case(PLANAR, [1, 1], step="1/10"),
        ),
        _LEAKY,
    ),
)

STEP_BOUND_IS_ATTAINED = Entry(
    claim=Claim(
        id="euler-step-bound-is-attained",
        row="E3",
        sentence="P4",
        title="The bound on an Euler step is attained",
        statement="σ = identity, W skew, no leak, no bias: H(x_{k+1}) - H(x_k) = (h²/2) ‖Wx_k‖² at every step, so "
        "the constant L/2 of the bound is the best. Any n.",
        source="hairer2006",
        assumptions=("linear", "skew", "no-leak", "no-bias"),
        margin="0 if the equality holds exactly, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("euler-step-bound-is-attained"),
        applied("euler-step-bound-is-attained", system(CROSS, "identity")),
    ],
    cases=linear_cases,
    margin=norm_growth_margin,
    mutants=(
        Mutant(
            breaks="skew",
            broken=case([[-1, 1], [-1, 0]], [1, 0], "identity", step="1/10"),
            unbroken=case(PLANAR, [1, 0], "identity", step="1/10"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 0], "identity", step="1/10", leak=1),
            unbroken=case(PLANAR, [1, 0], "identity", step="1/10"),
        ),
    ),
)

EULER_ENERGY_DIVERGES = Entry(
    claim=Claim(
        id="euler-energy-diverges",
        row="E4",
        sentence="P4",
        title="Under forward Euler the energy diverges",
        statement="W skew, σ continuous and strictly increasing, σ(0) = 0, h ≠ 0, no leak (outer form: no bias): "
        "H(x_k) → ∞ unless Wσ(x₀) = 0 (inner form: unless Wσ(y₀) = 0); for n = 2, tanh, W ≠ 0 and x₀ ≠ 0 always. Any "
        "n.",
        source="casoni2025",
        assumptions=(
            "skew",
            "continuous",
            "strictly-increasing",
            "zero-at-origin-only",
            "nonzero-step",
            "no-leak",
            "no-outer-bias",
        ),
        margin="the growth of H from step 500 to step 1000, less 1e-9",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("euler-energy-diverges"),
        applied("euler-energy-diverges", system(PLANAR, "tanh"), step="1/10"),
    ],
    cases=lambda: euler_cases(TAME_RISING),
    margin=divergence_margin,
    mutants=(_CYCLE, _LEAKY),
    share=Fraction(1, 5),
)


def _root_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    coordinate = st.integers(-12, 12).map(lambda k: Fraction(k or 3, 4))
    steps = st.sampled_from([Fraction(3, 2), Fraction(2), Fraction(3)])
    return st.builds(lambda a, b, h: case(PLANAR, [a, b], step=h), coordinate, coordinate, steps)


def _root_margin(given: Case) -> float:
    """2 % minus the relative distance of H_k from |ωh| √(2k) at the k where that is 300."""
    net, x, h = network(given.system), state_of(given), float(given.step or 0)
    size = abs(float(net.W[0, 1]) * h)
    steps = round(45_000 / size**2)
    with np.errstate(all="ignore"):
        reached = float(energy(net, euler_orbit(net, x, h, steps, every=steps))[1])
    return 0.02 - abs(reached / (size * float(np.sqrt(2 * steps))) - 1.0)


EULER_ENERGY_IS_ASYMPTOTIC = Entry(
    claim=Claim(
        id="euler-energy-is-asymptotic-to-the-root",
        row="E4",
        sentence="P4",
        title="The tanh energy is asymptotic to ωh √(2k) under Euler",
        statement="n = 2, W = [[0, ω], [-ω, 0]], σ = tanh, outer form, no leak, no bias, x₀ ≠ 0, ωh ≠ 0: under forward "
        "Euler H_k / (|ωh| √(2k)) → 1 as k → ∞. At |ωh| √(2k) = 300: within 2 %.",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "nonzero-weights",
            "tanh",
            "outer",
            "nonzero-step",
            "no-leak",
            "no-outer-bias",
        ),
        margin="2 % minus the relative distance of H_k from |ωh| √(2k)",
        expected=Verdict.SUPPORTED,
    ),
    proposals=list,
    cases=_root_cases,
    margin=_root_margin,
    mutants=(
        Mutant(
            breaks="tanh",
            broken=case(PLANAR, [1, 0], "atan", step=2),
            unbroken=case(PLANAR, [1, 0], step=2),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 0], step=2, leak="1/10"),
            unbroken=case(PLANAR, [1, 0], step=2),
        ),
    ),
    share=Fraction(1, 10),
)

# States at which Σ σ'(x_i) (Wσ(x))_i² < 0 for every planar W: cos x₁ + cos x₂ < 0; 1/x₁² + 1/x₂² < 2; both slopes < 0.
_FALLING = {
    "sin": ([3, 3], [2, "5/2"], [3, 1], [-2, 2]),
    "serpentine": ([2, 2], [3, "9/10"], [-2, "3/2"]),
    "xgauss": ([1, 1], ["3/2", -1]),
    "gelu": (["-3/2", "-3/2"], [-1, -2]),
}


def _falling_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    places = [(name, state) for name, states in _FALLING.items() for state in states]
    return st.builds(
        lambda at, omega: case([[0, omega], [-omega, 0]], at[1], at[0]),
        st.sampled_from(places),
        st.sampled_from([-2, -1, 1, 2]),
    )


def _small_fall(given: Case) -> float:
    """The least relative fall of H at the steps ±1/100."""
    net, x = network(given.system), state_of(given)
    field, before = vector_field(net, x), float(energy(net, x))
    return min(before - float(energy(net, x + h * field)) for h in (0.01, -0.01))


FALLS_AT_NEGATIVE_CURVATURE = Entry(
    claim=Claim(
        id="euler-energy-falls-at-negative-curvature",
        row="E5",
        sentence="P4",
        title="Euler lowers the energy where its curvature along the step is negative",
        statement="W skew, σ continuous and differentiable at the coordinates, no leak (outer form: no bias): H(x + "
        "hWσ) - H(x) = (h²/2) C + o(h²), C = Σ σ'(x_i) (Wσ(x))_i², so H falls for all small h ≠ 0 where C < 0. For n "
        "= 2 and the sine: where cos x₁ + cos x₂ < 0; for x/(1 + x²): where 1/x₁² + 1/x₂² < 2.",
        source="casoni2025",
        assumptions=("skew", "no-leak", "no-outer-bias", "negative-curvature"),
        margin="the least fall of H at the steps ±1/100",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("euler-energy-falls-at-negative-curvature"),
        applied("euler-energy-falls-at-negative-curvature", system(PLANAR, "sin"), ["3", "1"]),
        applied("euler-energy-falls-at-negative-curvature", system(PLANAR, "serpentine"), ["3", "9/10"]),
    ],
    cases=_falling_cases,
    margin=_small_fall,
    mutants=(
        Mutant(
            breaks="negative-curvature",
            broken=case(PLANAR, [1, 1], "sin"),
            unbroken=case(PLANAR, [3, 3], "sin"),
        ),
        Mutant(
            breaks="skew",
            broken=case([[1, 1], [-1, 1]], [3, 3], "sin"),
            unbroken=case(PLANAR, [3, 3], "sin"),
        ),
    ),
)


ENTRIES = (
    CLOSED_ORBITS_NEVER_SURVIVE,
    ENERGY_NEVER_FALLS_IFF,
    STEP_GAINS_QUADRATICALLY,
    STEP_BOUND_IS_ATTAINED,
    EULER_ENERGY_DIVERGES,
    EULER_ENERGY_IS_ASYMPTOTIC,
    FALLS_AT_NEGATIVE_CURVATURE,
)
