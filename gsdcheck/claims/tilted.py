"""Family I: what a bias does to the energy (I8)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import ORBIT_SHARE, followed, small_integers, state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, Matrix, System, Vector, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _times(W: Matrix, c: Vector) -> Vector:
    return tuple(sum((w * v for w, v in zip(row, c, strict=True)), Fraction(0)) for row in W)


def _tilted_cases(
    names: tuple[str, ...], tilts: tuple[str, ...], *, invertible: bool = False
) -> "SearchStrategy[Case]":
    """Outer form, W skew, b = Wc with the c_i among the tilts, |x_i| ≤ 3."""
    from hypothesis import strategies as st

    from gsdcheck.strategies import activations, invertible_skew_matrices, sizes, skew_matrices

    chosen = invertible_skew_matrices if invertible else skew_matrices
    n = sizes(smallest=2, largest=4, parity="even" if invertible else None)
    tilt, place = st.sampled_from(tilts).map(Fraction), st.integers(-12, 12).map(lambda k: Fraction(k, 4))

    def built(W: Matrix) -> "SearchStrategy[Case]":
        vectors = [st.lists(part, min_size=len(W), max_size=len(W)).map(tuple) for part in (tilt, place)]
        return st.builds(
            lambda sigma, c, x: Case(
                system=System(W=W, activation=sigma, form=Form.OUTER, leak=Fraction(0), bias=_times(W, c)),
                state=x,
                step=None,
            ),
            activations(names=names),
            *vectors,
        )

    return chosen(n=n, elements=small_integers()).flatmap(built)


def _tilt(net: Network) -> FloatArray:
    """c with W c = b, of least norm, rounded."""
    return np.asarray(np.linalg.lstsq(net.W, net.bias, rcond=None)[0])


def _tilted_margin(given: Case) -> float:
    """1e-9 - |(σ(x) + c)·f(x)| at x₀, relative to the size of its terms."""
    net, x = network(given.system), state_of(given)
    gradient, change = net.sigma(x) + _tilt(net), vector_field(net, x)
    sizes = np.abs(net.W) @ (np.abs(net.sigma(x)) + np.abs(_tilt(net))) + net.leak * np.abs(x)
    scale = float(np.abs(gradient) @ sizes)
    return 1e-9 - (abs(float(gradient @ change)) / scale if scale else 0.0)


BIAS_TILTS_THE_ENERGY = Entry(
    claim=Claim(
        id="bias-tilts-the-energy",
        row="I8",
        sentence="P2",
        title="A bias in range W tilts the energy",
        statement="Outer form, W skew, b = Wc, σ continuous, no leak: Σ Φ(x_i) + c_i x_i is constant along every C¹ "
        "solution, for every n.",
        source="casoni2025",
        assumptions=("skew", "outer", "continuous", "bias-in-range", "no-leak"),
        margin="1e-9 minus |d/dt Σ Φ(x_i) + c_i x_i|, relative to the size of its terms",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("bias-tilts-the-energy"),
        applied("bias-tilts-the-energy", system(CROSS, "tanh", bias=[1, -1, 0])),
    ],
    cases=lambda: _tilted_cases(
        ("tanh", "identity", "gelu", "sin", "sigmoid", "relu"), ("0", "1/2", "-1/2", "1", "-2", "3")
    ),
    margin=_tilted_margin,
    mutants=(
        Mutant(
            breaks="bias-in-range",
            broken=case(CROSS, [1, 2, 0], bias=[1, 1, 1]),
            unbroken=case(CROSS, [1, 2, 0], bias=[1, -1, 0]),
        ),
        Mutant(
            breaks="skew",
            broken=case([[0, 1], [-2, 0]], [1, 2], bias=[1, 0]),
            unbroken=case(PLANAR, [1, 2], bias=[1, 0]),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 2], bias=[1, 0], leak="1/10"),
            unbroken=case(PLANAR, [1, 2], bias=[1, 0]),
        ),
    ),
)


def _coercivity_margin(given: Case) -> float:
    """1 if the tilted energy grows along every half-axis beyond 50 exactly when all |c_i| < 1, else -1."""
    net = network(given.system)
    c = _tilt(net)
    far = np.array([50.0, 100.0, -50.0, -100.0])
    values = net.potential(far) + c[:, None] * far
    grows = bool((values[:, 1] - values[:, 0] > 0.5).all() and (values[:, 3] - values[:, 2] > 0.5).all())
    return 1.0 if grows == bool((np.abs(c) < 1 - 1e-12).all()) else -1.0


TILTED_ENERGY_IS_COERCIVE = Entry(
    claim=Claim(
        id="tilted-energy-is-coercive-iff-bias-is-small",
        row="I8",
        sentence="P3",
        title="The tilted energy is coercive iff the bias is small",
        statement="Outer form, σ = tanh, b = Wc: Σ ln cosh x_i + c_i x_i is coercive iff |c_i| < 1 for all i; then, "
        "W being skew, every orbit is bounded. Any n.",
        source="casoni2025",
        assumptions=("skew", "outer", "tanh", "small-tilt", "no-leak"),
        margin="1 if the tilted energy grows along every half-axis exactly when all |c_i| < 1, else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("tilted-energy-is-coercive-iff-bias-is-small"),
        applied("tilted-energy-is-coercive-iff-bias-is-small", system(PLANAR, "tanh", bias=["1/2", "-3/4"])),
    ],
    cases=lambda: _tilted_cases(
        ("tanh",), ("0", "1/2", "-3/4", "19/20", "1", "-1", "2", "-3"), invertible=True
    ),
    margin=_coercivity_margin,
    mutants=(
        Mutant(
            breaks="tanh",
            broken=case(PLANAR, [1, 1], "identity", bias=[2, 0]),
            unbroken=case(PLANAR, [1, 1], bias=[2, 0]),
        ),
    ),
)


def _monotone_margin(given: Case) -> float:
    """The least step, in its direction, of the steadiest coordinate of W⁻¹x in the later half of 120 units, less 1e-9."""
    net, path = followed(given, time=120.0)
    late = path.states[len(path.states) // 2 :]
    moves = np.diff(late @ np.linalg.pinv(net.W).T, axis=0)
    return float(np.max(np.min(moves * np.sign(moves.sum(axis=0)), axis=0))) - 1e-9


LARGE_BIAS_UNBOUNDS_ORBITS = Entry(
    claim=Claim(
        id="large-bias-unbounds-orbits",
        row="I8",
        sentence="P3",
        title="A large bias unbounds every orbit",
        statement="Outer form, σ = tanh, W invertible, c = W⁻¹b, no leak: if |c_i| ≥ 1 for some i, every orbit is "
        "unbounded. Any n.",
        source="casoni2025",
        assumptions=("outer", "tanh", "large-tilt", "no-leak"),
        margin="how steadily the steadiest coordinate of W⁻¹x moves one way late in a long orbit, less 1e-9",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("large-bias-unbounds-orbits"),
        applied("large-bias-unbounds-orbits", system(PLANAR, "tanh", bias=[1, 0])),
    ],
    cases=lambda: _tilted_cases(("tanh",), ("1", "-1", "3/2", "-2", "3"), invertible=True),
    margin=_monotone_margin,
    mutants=(
        Mutant(
            breaks="large-tilt",
            broken=case(PLANAR, [1, 1], bias=["1/2", 0]),
            unbroken=case(PLANAR, [1, 1], bias=["3/2", 0]),
        ),
        Mutant(
            breaks="tanh",
            broken=case(PLANAR, [1, 1], "identity", bias=["3/2", 0]),
            unbroken=case(PLANAR, [1, 1], bias=["3/2", 0]),
        ),
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 1], bias=["3/2", 0], leak=1),
            unbroken=case(PLANAR, [1, 1], bias=["3/2", 0]),
        ),
    ),
    share=ORBIT_SHARE,
)


ENTRIES = (
    BIAS_TILTS_THE_ENERGY,
    TILTED_ENERGY_IS_COERCIVE,
    LARGE_BIAS_UNBOUNDS_ORBITS,
)
