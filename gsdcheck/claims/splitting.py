"""Family R: Poisson splitting (R1)."""

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import ORBIT_SHARE, TAME_RISING, mild_cases, small_integers, state_of
from gsdcheck.claims.volume import determinant_of, probes
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, network, preactivation, vector_field
from gsdcheck.numeric.integrators import orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Step: TypeAlias = Callable[[FloatArray, float], FloatArray]

SMOOTH = (*TAME_RISING, "identity", "sin", "gelu", "sigmoid")


def stepped_cases(
    *, names: tuple[str, ...] = SMOOTH, forms: tuple[Form, ...] = (Form.OUTER, Form.INNER), largest: int = 4
) -> "SearchStrategy[Case]":
    """Skew networks with a step h of at most 1/2."""
    from hypothesis import strategies as st

    from gsdcheck.strategies import sizes, skew_matrices

    steps = st.sampled_from([Fraction(1, 2), Fraction(1, 5), Fraction(-1, 4), Fraction(1, 20)])
    weights = skew_matrices(n=sizes(smallest=2, largest=largest), elements=small_integers())
    return mild_cases(weights, names=names, forms=forms, step=steps)


def substep(net: Network, x: FloatArray, i: int, t: float) -> FloatArray:
    """x + t W_{·i} σ(x_i) (outer) or x + t e_i σ((Wx + b)_i) (inner); i = -1: x + t b (outer). x: (..., n)."""
    if i < 0:
        return x + t * net.bias
    if net.form is Form.OUTER:
        return np.asarray(x + t * net.sigma(x[..., i])[..., None] * net.W[:, i])
    moved = x.copy()
    moved[..., i] += t * net.sigma(preactivation(net, x)[..., i])
    return moved


def sweep(net: Network, x: FloatArray, h: float) -> FloatArray:
    """The parts up and down, each for half a step: Poisson splitting, written here without `numeric.methods`."""
    parts = [*range(-1 if net.form is Form.OUTER else 0, net.n)]
    for i in (*parts, *reversed(parts)):
        x = substep(net, x, i, h / 2)
    return x


def _drawn(given: Case) -> tuple[Network, FloatArray, float]:
    return network(given.system), state_of(given), float(given.step or 0)


def _exactness_margin(given: Case) -> float:
    """1e-12 less the error of Σ parts = f, and of σ's argument staying put in its own substep, relative to 1 + |f|."""
    net, x, h = _drawn(given)
    first = -1 if net.form is Form.OUTER else 0
    moves = [substep(net, x, i, h) - x for i in range(first, net.n)]
    field = h * vector_field(net, x)
    scale = 1.0 + float(np.max(np.abs(net.W)) * np.max(np.abs(x)) + np.max(np.abs(field)))
    added = float(np.max(np.abs(sum(moves) - field)))
    stays = max(
        abs(float(preactivation(net, substep(net, x, i, h))[i] - preactivation(net, x)[i]))
        for i in range(net.n)
    )
    return 1e-12 - max(added, stays) / (100 * scale)


SUBSTEPS_ARE_EXACT = Entry(
    claim=Claim(
        id="splitting-substeps-are-exact",
        row="R1",
        sentence="P4",
        title="The substeps of Poisson splitting are exact flows",
        statement="W_ii = 0, no leak: the field is the sum of the parts W_{·i} σ(x_i) (outer form; and b) or e_i "
        "σ((Wx + b)_i) (inner form), and x + t g_i(x) is the exact flow of the part g_i, for any σ and n.",
        source="hairer2006",
        assumptions=("zero-diagonal", "no-leak"),
        margin="1e-12 minus the error of the sum of the parts, and of σ's argument staying put, relative",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("splitting-substeps-are-exact"),
        applied("splitting-substeps-are-exact", system(CROSS, "relu", bias=[1, 0, 2])),
    ],
    cases=stepped_cases,
    margin=_exactness_margin,
    mutants=(
        Mutant(
            breaks="zero-diagonal",
            broken=case([["1/2", 1], [-1, 0]], [1, "1/2"], step="1/5"),
            unbroken=case(PLANAR, [1, "1/2"], step="1/5"),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, "1/2"], step="1/5", leak=1),
            unbroken=case(PLANAR, [1, "1/2"], step="1/5"),
        ),
    ),
)


def _kept_casimir_margin(given: Case) -> float:
    """1e-12 less how far 20 sweeps move the Casimirs k·x, relative to the size of their terms."""
    net, x, h = _drawn(given)
    basis = linear.left_kernel(given.system.W)
    if not basis:
        return 0.0
    k = np.array([[float(v) for v in vector] for vector in basis])
    start, scale = k @ x, np.abs(k) @ np.abs(x)
    for _ in range(20):
        x = sweep(net, x, h)
        scale = np.maximum(scale, np.abs(k) @ np.abs(x))
    moved = np.abs(k @ x - start)
    return 1e-12 - float(np.max(np.divide(moved, scale, out=np.zeros_like(moved), where=scale > 0)))


SPLITTING_KEEPS_CASIMIRS = Entry(
    claim=Claim(
        id="splitting-keeps-casimirs",
        row="R1",
        sentence="P4",
        title="Poisson splitting keeps every Casimir",
        statement="Outer form, W_ii = 0, no leak, b = 0: a step of Poisson splitting keeps k·x for every k with kᵀW "
        "= 0, for any σ, any n and steps of any size, in exact arithmetic.",
        source="hairer2006",
        assumptions=("outer", "zero-diagonal", "no-leak", "no-outer-bias"),
        margin="1e-12 minus how far 20 steps move the Casimirs, relative to their terms",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("splitting-keeps-casimirs"),
        applied("splitting-keeps-casimirs", system(CROSS, "relu")),
    ],
    cases=lambda: stepped_cases(forms=(Form.OUTER,)),
    margin=_kept_casimir_margin,
    mutants=(
        Mutant(
            breaks="outer",
            broken=case(CROSS, [3, 1, 0], form="inner", step="1/5"),
            unbroken=case(CROSS, [3, 1, 0], step="1/5"),
        ),
        Mutant(
            breaks="no-outer-bias",
            broken=case(CROSS, [3, 1, 0], bias=[1, 0, 0], step="1/5"),
            unbroken=case(CROSS, [3, 1, 0], step="1/5"),
        ),
    ),
)


def _reversal_margin(given: Case) -> float:
    """1e-9 less how far from x₀ a step forward and a step back lead, relative to 1 + |x|."""
    net, x, h = _drawn(given)
    there = sweep(net, x, h)
    back = sweep(net, there, -h)
    return 1e-9 - float(np.max(np.abs(back - x))) / (1.0 + float(np.max(np.abs(there))))


SPLITTING_IS_SYMMETRIC = Entry(
    claim=Claim(
        id="splitting-is-symmetric",
        row="R1",
        sentence="P4",
        title="Poisson splitting is symmetric",
        statement="W_ii = 0, no leak: the step with -h undoes the step with h, in both forms, for any bias, σ and n, "
        "in exact arithmetic.",
        source="hairer2006",
        assumptions=("zero-diagonal", "no-leak"),
        margin="1e-9 minus the relative distance from x₀ after a step forward and a step back",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("splitting-is-symmetric"),
        applied("splitting-is-symmetric", system(CROSS, "gelu", form="inner", bias=[1, 0, 2])),
    ],
    cases=stepped_cases,
    margin=_reversal_margin,
    mutants=(
        Mutant(
            breaks="zero-diagonal",
            broken=case([["1/2", 1], [-1, 0]], [1, "1/2"], step="1/5"),
            unbroken=case(PLANAR, [1, "1/2"], step="1/5"),
        ),
    ),
)


def _shear_margin(given: Case) -> float:
    """1e-5 - |det DΨ_t(x₀) - 1| for t = h/(1 + ‖W‖), by central differences."""
    net, x, h = _drawn(given)
    t = h / (1.0 + float(np.linalg.norm(net.W, 2)))  # the differences' error grows like (h‖W‖)³
    return 1e-5 - abs(determinant_of(sweep(net, probes(x, 1e-4), t), 1e-4) - 1.0)


SPLITTING_PRESERVES_VOLUME = Entry(
    claim=Claim(
        id="splitting-preserves-volume",
        row="R1",
        sentence="P4",
        title="Poisson splitting preserves volume",
        statement="W_ii = 0, no leak, σ continuous: a step of Poisson splitting of any order preserves volume, in "
        "both forms, for any bias and n.",
        source="hairer2006",
        assumptions=("zero-diagonal", "continuous", "no-leak"),
        margin="1e-5 minus |det DΨ - 1| of a step, by central differences",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("splitting-preserves-volume"),
        applied("splitting-preserves-volume", system(CROSS, "relu", form="inner")),
    ],
    cases=lambda: stepped_cases(names=("tanh", "identity", "sin", "gelu", "atan", "erf")),
    margin=_shear_margin,
    mutants=(
        Mutant(
            breaks="zero-diagonal",
            broken=case([["1/2", 1], [-1, 0]], [1, "1/2"], step="1/5"),
            unbroken=case(PLANAR, [1, "1/2"], step="1/5"),
        ),
    ),
)


def _composed(net: Network, x: FloatArray, h: float) -> FloatArray:
    """The triple jump of sweeps, of order 4."""
    outside = 1 / (2 - 2 ** (1 / 3))
    for fraction in (outside, 1 - 2 * outside, outside):
        x = sweep(net, x, fraction * h)
    return x


def _order_margin(
    given: Case, step: Callable[[Network, FloatArray, float], FloatArray], factor: float
) -> float:
    """How much more than `factor` the error at t = 1/(1 + ‖W‖) falls from 8 steps to 16; 0 where it is too small to see."""
    net, x = network(given.system), state_of(given)
    time = 1.0 / (1.0 + float(np.linalg.norm(net.W, 2)))
    exact = orbit(net, x, np.array([0.0, time]), rtol=1e-13, atol=1e-15).states[-1]
    errors = []
    for steps in (8, 16):
        y = x
        for _ in range(steps):
            y = step(net, y, time / steps)
        errors.append(float(np.linalg.norm(y - exact)))
    return 0.0 if errors[0] < 1e-9 else errors[0] - factor * errors[1]


_ORDER_MUTANTS = (
    Mutant(
        breaks="zero-diagonal",
        broken=case([["1/2", 1], [-1, 0]], [1, "1/2"]),
        unbroken=case(PLANAR, [1, "1/2"]),
    ),
    Mutant(breaks="no-leak", broken=case(PLANAR, [1, "1/2"], leak=1), unbroken=case(PLANAR, [1, "1/2"])),
)

SPLITTING_IS_SECOND_ORDER = Entry(
    claim=Claim(
        id="splitting-is-second-order",
        row="R1",
        sentence="P4",
        title="Poisson splitting is of second order",
        statement="W_ii = 0, no leak, σ in C²: a step errs by O(h³), locally uniformly, and the method by O(h²) on "
        "bounded intervals of time. Both forms, any bias, any n.",
        source="hairer2006",
        assumptions=("zero-diagonal", "analytic", "no-leak"),
        margin="the error at 8 steps minus 3 times that at 16",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("splitting-is-second-order"),
        applied("splitting-is-second-order", system(CROSS, "tanh")),
    ],
    cases=lambda: stepped_cases(names=("tanh", "identity", "sin", "atan"), largest=3),
    margin=lambda given: _order_margin(given, sweep, 3.0),
    mutants=_ORDER_MUTANTS,
    share=ORBIT_SHARE,
)

COMPOSITIONS_RAISE_THE_ORDER = Entry(
    claim=Claim(
        id="compositions-raise-the-order",
        row="R1",
        sentence="P4",
        title="Symmetric compositions raise the order by two",
        statement="A smooth symmetric method of even order p, composed with palindromic fractions γ, Σγ = 1 and "
        "Σγ^(p+1) = 0, has order p + 2; so Poisson splitting gives methods of order 4, 6, 8, … for smooth σ, which "
        "keep Casimirs and volume.",
        source="hairer2006",
        assumptions=("zero-diagonal", "analytic", "no-leak"),
        margin="the error at 8 steps of the triple jump minus 10 times that at 16",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("compositions-raise-the-order"),
        applied("compositions-raise-the-order", system(CROSS, "tanh")),
    ],
    cases=lambda: stepped_cases(names=("tanh", "identity", "sin", "atan"), largest=3),
    margin=lambda given: _order_margin(given, _composed, 10.0),
    mutants=_ORDER_MUTANTS,
    share=ORBIT_SHARE,
)


ENTRIES = (
    SUBSTEPS_ARE_EXACT,
    SPLITTING_KEEPS_CASIMIRS,
    SPLITTING_IS_SYMMETRIC,
    SPLITTING_PRESERVES_VOLUME,
    SPLITTING_IS_SECOND_ORDER,
    COMPOSITIONS_RAISE_THE_ORDER,
)
