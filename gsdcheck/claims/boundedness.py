"""Family O, first half: which orbits stay bounded."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.drifting_orbits import DRIFTING, certified_drift
from gsdcheck.claims.entry import CROSS, PLANAR, Certificate, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    ORBIT_SHARE,
    RISING,
    TAME_RISING,
    followed,
    horizon,
    initial_energy,
    largest_value,
    level_radius,
    mild_cases,
    small_integers,
    state_of,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.diagnostics import kernel_drift
from gsdcheck.numeric.diagnostics.single import one_lane
from gsdcheck.numeric.field import network, preactivation
from gsdcheck.numeric.integrators import euler_orbit

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _skew_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    return mild_cases(skew_matrices(n=sizes(smallest=2, largest=4), elements=small_integers()))


def _radius_margin(given: Case) -> float:
    """The radius of the level set of H(x₀) minus the largest |y_i| seen; without one, growth by half counts."""
    net, path = followed(given)
    reach = float(np.max(np.abs(preactivation(net, path.states))))
    radius = level_radius(net, initial_energy(given) * (1 + 1e-6) + 1e-9)
    start = float(np.max(np.abs(preactivation(net, path.states[:1]))))
    return (1.5 * start + 1.0 if radius is None else 1.02 * radius) - reach


def _bounded_proposals() -> list[Certificate]:
    below = applied("this-orbit-is-bounded", system(PLANAR, "gelu"), ["1/4", "-1/4"])
    return [*general("orbits-are-bounded"), below]


ORBITS_ARE_BOUNDED = Entry(
    claim=Claim(
        id="orbits-are-bounded",
        row="O1",
        sentence="P3",
        title="Orbits below the escape energy are bounded",
        statement="If W is skew, σ continuous, x₀ in the well of σ and H(x₀) < E*, then the orbit is bounded and "
        "global (inner form: of y = Wx + b); if E* = ∞, all orbits are. Any n.",
        source="casoni2025",
        assumptions=("skew", "continuous", "weak-sign", "below-escape", "no-leak", "no-outer-bias"),
        margin="the radius of the level set minus the largest coordinate along the orbit",
        expected=Verdict.PROVED,
    ),
    proposals=_bounded_proposals,
    cases=_skew_cases,
    margin=_radius_margin,
    mutants=(
        Mutant(
            breaks="below-escape",
            broken=case(PLANAR, [2, 2], "xgauss"),
            unbroken=case(PLANAR, ["1/2", "1/2"], "xgauss"),
        ),
        Mutant(
            breaks="skew",
            broken=case([[0, 1], [-1, "1/2"]], [1, 1], "identity"),
            unbroken=case(PLANAR, [1, 1], "identity"),
        ),
        Mutant(
            breaks="no-outer-bias", broken=case(PLANAR, [1, 1], bias=[2, 0]), unbroken=case(PLANAR, [1, 1])
        ),
    ),
    share=ORBIT_SHARE,
)


def _inner_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    from gsdcheck.strategies import skew_matrices

    entries = st.integers(-4, 4).map(Fraction)
    weights = skew_matrices(n=st.sampled_from([5, 5, 5, 4, 3, 2]), elements=entries)
    return mild_cases(weights, names=TAME_RISING, forms=(Form.INNER,), reach=1)


def _kernel_margin(given: Case) -> float:
    """What the mean velocity along ker W may be, as a part of the mean speed there, less what it is.

    Floats allow it ten times its error, which is large where motion is slow or chaotic, and a thousandth.
    """
    net = network(given.system)
    lane, column = one_lane(net, state_of(given))
    found = kernel_drift(lane, column, horizon(net, turns=25.0, most=800.0))
    speed = max(float(found.speeds[0]), 1e-9)
    return 1e-3 + (10 * float(found.errors[0]) - float(found.rate[0])) / speed


def _stretch(given: Case) -> float:
    """How much of a third |x| is short of growing by, from the first half of a long orbit to the second."""
    _, path = followed(given, time=120.0)
    sizes, half = np.linalg.norm(path.states, axis=1), len(path.states) // 2
    return float(1.3 * np.max(sizes[:half]) + 0.1 - np.max(sizes[half:]))


_RANK_TWO: list[list[Exact]] = [
    [0, 1, 1, 1, 0],
    [-1, 0, 0, 0, 0],
    [-1, 0, 0, 0, 0],
    [-1, 0, 0, 0, 0],
    [0, 0, 0, 0, 0],
]

INNER_ORBITS_ARE_BOUNDED = Entry(
    claim=Claim(
        id="inner-orbits-are-bounded",
        row="O7",
        sentence="P5",
        title="Inner-form orbits are bounded",
        statement="Literal reading: inner form, W skew, b in range W, σ odd and strictly increasing: every orbit x is "
        "bounded. True if W is invertible or has rank at most 2. False for tanh, n = 5 and rank 4: y = Wx runs round "
        "a closed orbit that is not its own mirror image, and x moves by the same vector of ker W every time.",
        source="chang2019",
        assumptions=("inner", "skew", "bias-in-range", "odd", "strictly-increasing", "continuous", "no-leak"),
        margin="ten errors and a thousandth of the speed along ker W, less the mean velocity there",
        expected=Verdict.REFUTED,
        amended_by="rank-two-inner-orbits-are-bounded",
    ),
    proposals=lambda: [certified_drift()],
    cases=_inner_cases,
    margin=_kernel_margin,
    mutants=(
        Mutant(
            breaks="rank-two",
            broken=case(DRIFTING, ["-1/2", -2, 0, 2, 0], form="inner"),
            unbroken=case(_RANK_TWO, ["-1/2", -2, 0, 2, 0], form="inner"),
        ),
        Mutant(
            breaks="odd",
            broken=case(CROSS, [1, 0, 0], "expm1", form="inner"),
            unbroken=case(CROSS, [1, 0, 0], form="inner"),
        ),
        Mutant(
            breaks="bias-in-range",
            broken=case(CROSS, [0, 0, 0], form="inner", bias=[1, 1, 1]),
            unbroken=case(CROSS, [0, 0, 0], form="inner", bias=[1, -1, 0]),
        ),
    ),
    share=ORBIT_SHARE,
)


def _biased_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    pushes = st.sampled_from([-3, -2, -1, 1, 2, 3])
    return st.builds(
        lambda name, push: case(CROSS, [0, 0, 0], name, form="inner", bias=[push, push, push]),
        st.sampled_from(RISING),
        pushes,
    )


def _unbounded_margin(given: Case) -> float:
    """How much |x| grows beyond a third, from the first half of a long orbit to the second."""
    return -_stretch(given)


BIAS_OUTSIDE_RANGE = Entry(
    claim=Claim(
        id="bias-outside-range-unbounds-the-inner-form",
        row="O7",
        sentence="P5",
        title="A bias outside range W unbounds the inner form",
        statement="Inner form, W skew, σ continuous, strictly increasing, σ(0) = 0, b not in range W: some orbit is "
        "a straight line x₀ + t σ(y*) with W σ(y*) = 0, σ(y*) ≠ 0, hence unbounded, while y = Wx + b rests at y*.",
        source="chang2019",
        assumptions=(
            "inner",
            "skew",
            "continuous",
            "strictly-increasing",
            "zero-at-origin-only",
            "no-leak",
            "bias-outside-range",
        ),
        margin="growth of the largest |x| beyond a third, from the first half of a long orbit to the second",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("bias-outside-range-unbounds-the-inner-form"),
        applied(
            "bias-outside-range-unbounds-the-inner-form", system(CROSS, "tanh", form="inner", bias=[1, 1, 1])
        ),
    ],
    cases=_biased_cases,
    margin=_unbounded_margin,
    mutants=(
        Mutant(
            breaks="bias-outside-range",
            broken=case(CROSS, [0, 0, 0], form="inner", bias=[1, -1, 0]),
            unbroken=case(CROSS, [0, 0, 0], form="inner", bias=[1, 1, 1]),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(CROSS, [0, 0, 0], form="inner", bias=[1, 1, 1], leak=1),
            unbroken=case(CROSS, [0, 0, 0], form="inner", bias=[1, 1, 1]),
        ),
    ),
    share=ORBIT_SHARE,
)


def leaky_cases() -> "SearchStrategy[Case]":
    """Inner networks of bounded activations with a leak and an Euler step; any W."""
    from hypothesis import strategies as st

    from gsdcheck.strategies import matrices, sizes

    return mild_cases(
        matrices(n=sizes(smallest=1, largest=4), elements=small_integers()),
        names=(*TAME_RISING, "sin", "xgauss"),
        forms=(Form.INNER,),
        leak=st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(3, 2)]),
        step=st.sampled_from([Fraction(1, 10), Fraction(1, 2)]),
    )


def _leaky_margin(given: Case) -> float:
    """max(|x(0)|, M/γ) minus the largest |x_i| along 200 Euler steps, M the largest |σ| on a wide grid."""
    net, x0, h = network(given.system), state_of(given), float(given.step or 0)
    bound = max(float(np.max(np.abs(x0))), largest_value(net) / net.leak if net.leak else 0.0)
    with np.errstate(all="ignore"):
        states = euler_orbit(net, x0, h, 200)
    return bound * (1 + 1e-9) - float(np.max(np.abs(states)))


LEAKY_ORBITS_ARE_BOUNDED = Entry(
    claim=Claim(
        id="leaky-orbits-are-bounded",
        row="O16",
        sentence="P3",
        title="A leak and a bounded activation bound every orbit",
        statement="If γ > 0, |σ| ≤ M and σ is continuous, then for every W, b and n all orbits are bounded: in the inner "
        "form limsup |x_i| ≤ M/γ, and forward Euler with 0 < hγ ≤ 1 keeps |x_i| ≤ max(|x_i(0)|, M/γ).",
        source="hopfield1984",
        assumptions=("leak", "bounded", "continuous"),
        margin="max(|x(0)|, M/γ) minus the largest coordinate along 200 Euler steps",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("leaky-orbits-are-bounded"),
    cases=leaky_cases,
    margin=_leaky_margin,
    mutants=(
        Mutant(
            breaks="leak",
            broken=case([[1, 0], [0, 1]], [1, 1], form="inner", step="1/10"),
            unbroken=case([[1, 0], [0, 1]], [1, 1], form="inner", step="1/10", leak=1),
        ),
        Mutant(
            breaks="bounded",
            broken=case([[9, 0], [0, 9]], [60, 60], "identity", form="inner", step="1/10", leak=1),
            unbroken=case([[9, 0], [0, 9]], [60, 60], form="inner", step="1/10", leak=1),
        ),
    ),
)

ENTRIES = (ORBITS_ARE_BOUNDED, INNER_ORBITS_ARE_BOUNDED, BIAS_OUTSIDE_RANGE, LEAKY_ORBITS_ARE_BOUNDED)
