"""Family E: what forward Euler does to the energy."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.certify.coq import coq_proof
from gsdcheck.claims.entry import PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    TAME_RISING,
    initial_energy,
    largest_value,
    mild_cases,
    small_integers,
    state_of,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, Vector, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import energy, network, preactivation, vector_field
from gsdcheck.numeric.growth import elliptic_growth_law, euler_energies, root_law
from gsdcheck.numeric.integrators import euler_orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_BOUNDED = (*TAME_RISING, "hardtanh", "sin", "xgauss")
"""|σ| ≤ M with the Lipschitz constant L = |σ'(0)|."""


def euler_cases(
    names: tuple[str, ...], forms: tuple[Form, ...] = (Form.OUTER, Form.INNER)
) -> "SearchStrategy[Case]":
    """Skew networks of 2 to 5 units with a step of forward Euler of at most 1."""
    from gsdcheck.strategies import sizes, skew_matrices, steps

    weights = skew_matrices(n=sizes(smallest=2, largest=5), elements=small_integers())
    return mild_cases(weights, names=names, forms=forms, step=steps(largest=1))


def _linear_image(given: Case) -> tuple[Vector, Vector]:
    """(f(x₀), x₀ + h f(x₀)) exactly, f the linear field -γx + Wx."""
    x, h, leak = given.state, given.step or Fraction(0), given.system.leak
    f = tuple(
        sum((w * v for w, v in zip(row, x, strict=True)), Fraction(0)) - leak * x[i]
        for i, row in enumerate(given.system.W)
    )
    return f, tuple(a + h * b for a, b in zip(x, f, strict=True))


def norm_growth_margin(given: Case) -> float:
    """0 if ‖x₁‖² = ‖x₀‖² + h²‖Wx₀‖² exactly, else -1."""
    f, image = _linear_image(given)
    h = given.step or Fraction(0)
    before, speed, after = (sum((v * v for v in u), Fraction(0)) for u in (given.state, f, image))
    return 0.0 if after == before + h * h * speed else -1.0


def linear_cases() -> "SearchStrategy[Case]":
    """Skew linear networks with a step."""
    from gsdcheck.strategies import activations, cases, skew_matrices, steps, systems

    identity = activations(names=("identity",))
    return cases(
        systems=systems(matrices=skew_matrices(), activations=identity, forms=(Form.OUTER,)), steps=steps()
    )


LINEAR_EULER_BLOWS_UP = Entry(
    claim=Claim(
        id="linear-euler-blows-up",
        row="E1",
        sentence="P4",
        title="Linear forward Euler blows up",
        statement="x' = Wx, W skew: ‖x_{k+1}‖² = ‖x_k‖² + h²‖W x_k‖² for every n; for n = 2 the factor is exactly "
        "1 + h²ω². Forward Euler grows exponentially for every n and every h ≠ 0, unless Wx₀ = 0.",
        source="hairer2006",
        assumptions=("linear", "skew", "nonzero-step", "no-leak", "no-bias"),
        margin="0 if the identity holds exactly, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("linear-euler-blows-up"),
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


def step_energies(given: Case) -> tuple[float, float, float]:
    """H(x₀), H(x₁) and ‖Wσ‖² at x₀ (of the preactivation), rounded."""
    net, x, h = network(given.system), state_of(given), float(given.step or 0)
    f = vector_field(net, x)
    drive = net.W @ net.sigma(preactivation(net, x))
    return float(energy(net, x)), float(energy(net, x + h * f)), float(drive @ drive)


def _energy_growth_margin(given: Case) -> float:
    """H(x₁) - H(x₀), relative to 1 + |H|, plus 1e-12 for rounding."""
    before, after, _ = step_energies(given)
    return (after - before) / (1 + abs(before) + abs(after)) + 1e-12


EULER_ENERGY_NEVER_DECREASES = Entry(
    claim=Claim(
        id="euler-energy-never-decreases",
        row="E2",
        sentence="P4",
        title="Under forward Euler the energy never falls",
        statement="If W is skew and σ continuous and nondecreasing, H(x_{k+1}) ≥ H(x_k) for every step h and every n, "
        "strictly if σ is strictly increasing, h ≠ 0 and Wσ(x_k) ≠ 0 (inner form: Wσ(y_k) ≠ 0): closed orbits never "
        "survive Euler.",
        source="casoni2025",
        assumptions=("skew", "nondecreasing", "continuous", "no-leak", "no-outer-bias"),
        margin="the relative growth of H in one step, plus 1e-12",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("euler-energy-never-decreases"),
    cases=lambda: euler_cases(
        ("tanh", "identity", "relu", "elu", "softsign", "hardtanh", "atan", "sigmoid", "cube")
    ),
    margin=_energy_growth_margin,
    mutants=(
        Mutant(
            breaks="nondecreasing",
            broken=case(PLANAR, [3, 3], "sin", step=1),
            unbroken=case(PLANAR, [3, 3], step=1),
        ),
        Mutant(
            breaks="skew",
            broken=case([[-1, 1], [-1, -1]], [1, 1], step="1/10"),
            unbroken=case(PLANAR, [1, 1], step="1/10"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 1], step="1/10", leak=1),
            unbroken=case(PLANAR, [1, 1], step="1/10"),
        ),
    ),
)


def _growth_bound_margin(given: Case) -> float:
    """(L h²/2) ‖Wσ‖² - (H(x₁) - H(x₀)), relative to 1 + |H|, plus 1e-12; L = |σ'(0)|."""
    before, after, square = step_energies(given)
    net, h = network(given.system), float(given.step or 0)
    lipschitz = abs(float(net.slope(np.zeros(1))[0]))
    return (lipschitz * h * h / 2 * square - (after - before)) / (1 + abs(before) + abs(after)) + 1e-12


EULER_GROWTH_IS_LINEAR = Entry(
    claim=Claim(
        id="euler-growth-is-at-most-linear",
        row="E3",
        sentence="P4",
        title="The energy grows at most linearly under Euler",
        statement="If W is skew and σ L-Lipschitz, H(x_{k+1}) - H(x_k) ≤ (L h²/2) ‖W σ‖²; if |σ| ≤ M as well, this is "
        "at most (L h²/2) ‖W‖² M² n, so that H grows at most linearly in k. Any n, both forms.",
        source="casoni2025",
        assumptions=("skew", "lipschitz", "bounded", "no-leak", "no-outer-bias"),
        margin="the bound minus the growth of H in one step, relative, plus 1e-12",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("euler-growth-is-at-most-linear"),
    cases=lambda: euler_cases(_BOUNDED),
    margin=_growth_bound_margin,
    mutants=(
        Mutant(
            breaks="lipschitz",
            broken=case(PLANAR, [3, 3], "expm1", step=1),
            unbroken=case(PLANAR, [3, 3], "tanh", step=1),
        ),
        Mutant(
            breaks="skew",
            broken=case([[1, 1], [-1, 1]], [1, 1], step="1/10"),
            unbroken=case(PLANAR, [1, 1], step="1/10"),
        ),
    ),
)


def _iterates(given: Case, steps: int) -> FloatArray:
    """‖x_k‖ for k = 0..steps; (steps + 1,)."""
    net = network(given.system)
    with np.errstate(all="ignore"):
        return np.asarray(
            np.linalg.norm(euler_orbit(net, state_of(given), float(given.step or 0), steps), axis=1)
        )


def _overflow_margin(given: Case) -> float:
    """The least of (‖x₀‖ + k h B) (1 + 1e-9) - ‖x_k‖ over 200 steps, B the bound on |f| with M the largest |σ|."""
    net, h = network(given.system), abs(float(given.step or 0))
    width = float(np.sqrt(net.n)) * largest_value(net)
    bound = float(np.linalg.norm(net.W, 2)) * width if net.form is Form.OUTER else width
    sizes = _iterates(given, 200)
    line = (sizes[0] + h * bound * np.arange(len(sizes))) * (1 + 1e-9)
    return float(np.min(line - sizes)) if np.isfinite(sizes).all() else -1.0


EULER_DOES_NOT_OVERFLOW = Entry(
    claim=Claim(
        id="euler-does-not-overflow",
        row="E3",
        sentence="P4",
        title="Bounded activations do not overflow under Euler",
        statement="If |σ| ≤ M and there is no leak, ‖x_k‖ ≤ ‖x_0‖ + k |h| ‖W‖ M √n (outer; inner: k |h| M √n) for every W "
        "and n: no overflow. This is the true content of the paper's sentence on forward Euler.",
        source="casoni2025",
        assumptions=("bounded", "no-leak", "no-outer-bias"),
        margin="the least distance of ‖x_k‖ below the line, over 200 steps",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("euler-does-not-overflow"),
    cases=lambda: euler_cases(_BOUNDED),
    margin=_overflow_margin,
    mutants=(
        Mutant(
            breaks="bounded",
            broken=case([[0, 9], [-9, 0]], [3, 3], "identity", step=1),
            unbroken=case([[0, 9], [-9, 0]], [3, 3], step=1),
        ),
    ),
)


def _staying_margin(given: Case) -> float:
    """1.5 times the largest ‖x_k‖ over the first 500 of 5000 steps, minus the largest over the rest."""
    sizes = _iterates(given, 5_000)
    return float(1.5 * np.max(sizes[:500]) - np.max(sizes[500:])) if np.isfinite(sizes).all() else -1.0


BOUNDED_ACTIVATIONS_BOUND_EULER = Entry(
    claim=Claim(
        id="bounded-activations-bound-euler",
        row="E4",
        sentence="P4",
        title="Bounded activations keep Euler bounded",
        statement="Literal reading: if W is skew and σ odd, bounded and continuous, the iterates of forward Euler stay "
        "bounded. For tanh, every x₀ that is no equilibrium and every h ≠ 0, ‖x_k‖ → ∞.",
        source="casoni2025",
        assumptions=("skew", "odd", "bounded", "continuous", "nonzero-step", "no-leak", "no-outer-bias"),
        margin="1.5 times the largest ‖x_k‖ over the first 500 steps minus the largest over the next 4500",
        expected=Verdict.REFUTED,
        amended_by="euler-does-not-overflow",
    ),
    proposals=lambda: [
        coq_proof("bounded-activations-bound-euler"),
        applied("euler-diverges-though-bounded", system(PLANAR, "tanh"), ["1", "0"], "1/10"),
    ],
    cases=lambda: euler_cases(TAME_RISING, forms=(Form.OUTER,)),
    margin=_staying_margin,
    mutants=(
        Mutant(
            breaks="leak",
            broken=case(PLANAR, [1, 0], step="1/10"),
            unbroken=case(PLANAR, [1, 0], step="1/10", leak=1),
        ),
    ),
    share=Fraction(1, 5),
)


def divergence_margin(given: Case) -> float:
    """H_{2k} - H_k - 1e-9 for k = 500: the energy still grows; 0 where x₀ is at rest to rounding."""
    net, x, h = network(given.system), state_of(given), float(given.step or 0)
    speed = float(np.linalg.norm(net.W @ net.sigma(preactivation(net, x))))
    if h * speed < 1e-3:
        return 0.0
    states = euler_orbit(net, x, h, 1_000, every=500)
    energies = energy(net, states)
    return float(energies[2] - energies[1]) - 1e-9


THREE_HALF_PI = 4.71238898038469
SINE_CYCLE = 7.019220852135269
"""a with a sin a = 3π/2: with h = 2a, Euler for sin has the cycle (3π/2, -a) ↔ (-3π/2, a)."""

EULER_ITERATES_DIVERGE = Entry(
    claim=Claim(
        id="euler-iterates-diverge",
        row="E4",
        sentence="P4",
        title="Euler iterates diverge for increasing activations",
        statement="If W is skew, σ continuous and strictly increasing and h ≠ 0, then ‖x_k‖ → ∞ unless "
        "Wσ(x₀) = 0 (inner form: ‖y_k‖ → ∞ for y = Wx + b unless Wσ(y₀) = 0), for every n.",
        source="casoni2025",
        assumptions=("skew", "continuous", "strictly-increasing", "nonzero-step", "no-leak", "no-outer-bias"),
        margin="the growth of H from step 500 to step 1000, less 1e-9",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("euler-iterates-diverge"),
    cases=lambda: euler_cases(TAME_RISING),
    margin=divergence_margin,
    mutants=(
        Mutant(
            breaks="strictly-increasing",
            broken=case(PLANAR, [THREE_HALF_PI, -SINE_CYCLE], "sin", step=2 * SINE_CYCLE),
            unbroken=case(PLANAR, [THREE_HALF_PI, -SINE_CYCLE], step=2 * SINE_CYCLE),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 0], step="1/10", leak=1),
            unbroken=case(PLANAR, [1, 0], step="1/10"),
        ),
    ),
    share=Fraction(1, 5),
)

GROWTH_STEPS = 200_000
GROWTH_ENERGIES = ("1/10", "1/2", "2", "5")


def growth_case(start_energy: str) -> Case:
    """The planar tanh oscillator at H(x₀) = H₀, ωh = 1/10: x₀ = (arccosh e^{H₀}, 0) to float64."""
    h0 = float(Fraction(start_energy))
    return case(PLANAR, [float(np.arccosh(np.exp(h0))), 0], step="1/10")


def _growth_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    return st.sampled_from([growth_case(h0) for h0 in GROWTH_ENERGIES])


def _growth_law_margin(given: Case) -> float:
    """The least of 1 % minus the elliptic law's error at all k, and 2 % minus the root law's from k = 10⁴ on."""
    omega_h = abs(float(given.system.W[0][1] * (given.step or 0)))
    h0, k = initial_energy(given), np.arange(GROWTH_STEPS + 1)
    leak_or_other = given.system.leak != 0 or given.system.activation.name != "tanh"
    if leak_or_other:
        net = network(given.system)
        states = euler_orbit(net, state_of(given), float(given.step or 0), GROWTH_STEPS // 10)
        simulated, k = energy(net, states), k[: GROWTH_STEPS // 10 + 1]
    else:
        simulated = euler_energies(omega_h, [h0], GROWTH_STEPS, 1)[:, 0]
    elliptic = elliptic_growth_law(omega_h, [h0], k)[:, 0]
    root = root_law(omega_h, h0, k)
    late = k >= 10_000
    return min(
        0.01 - float(np.max(np.abs(simulated / elliptic - 1))),
        0.02 - float(np.max(np.abs(simulated[late] / root[late] - 1))),
    )


EULER_ENERGY_FOLLOWS_ROOT_LAW = Entry(
    claim=Claim(
        id="euler-energy-follows-root-law",
        row="E4",
        sentence="P4",
        title="The tanh energy grows like √k under Euler",
        statement="n = 2, tanh, h → 0 with k h² fixed: dH/dk = (ωh)² (𝓔(m)/K(m) - exp(-2H)), m = 1 - exp(-2H); for large H, "
        "H_k ≈ -ln 4 + √((H₀ + ln 4)² + 2(ωh)²k). At ωh = 1/10, k ≤ 2·10⁵: within 1 % at every k, and 2 % from k = 10⁴.",
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
        margin="the least of 1 % minus the elliptic law's error and 2 % minus the root law's",
        expected=Verdict.SUPPORTED,
    ),
    proposals=list,
    cases=_growth_cases,
    margin=_growth_law_margin,
    mutants=(
        Mutant(
            breaks="tanh",
            broken=case(PLANAR, [1, 0], "atan", step="1/10"),
            unbroken=case(PLANAR, [1, 0], step="1/10"),
        ),
    ),
)

ENTRIES = (
    LINEAR_EULER_BLOWS_UP,
    EULER_ENERGY_NEVER_DECREASES,
    EULER_GROWTH_IS_LINEAR,
    EULER_DOES_NOT_OVERFLOW,
    BOUNDED_ACTIVATIONS_BOUND_EULER,
    EULER_ITERATES_DIVERGE,
    EULER_ENERGY_FOLLOWS_ROOT_LAW,
)
