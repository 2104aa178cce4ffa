"""Family O: limit cycles of networks that are not skew (O9)."""

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.claims.entry import PLANAR, Entry, Mutant, case, decimal_interval, followed_along, general
from gsdcheck.claims.orbits import ORBIT_SHARE, followed, mild_cases, small_integers, swing
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, System, system
from gsdcheck.model.verdict import Verdict

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SPIRAL: list[list[Exact]] = [[2, -2], [2, 2]]
"""With leak 1 the Jacobian at 0 is [[1, -2], [2, 1]]: a source that turns."""

_SOURCE = {
    "at": ["0", "0"],
    "radius": "1/2",
    "metric": [["1", "0"], ["0", "1"]],
    "within": "5",
}
_RETURN = {
    "coordinate": 0,
    "level": "0",
    "direction": -1,
    "at": ["0", str(Fraction("2.50550017098858"))],
    "radius": "1/100000000000",
    "contraction": "1/100",
    "period": decimal_interval("6.8376335480498", "6.8376335480499"),
}


def spiral(activation: str = "tanh") -> System:
    """x' = -x + W σ(x), W = [[2, -2], [2, 2]]."""
    return system(SPIRAL, activation, leak=1)


def _leaky_cases() -> "SearchStrategy[Case]":
    from hypothesis import strategies as st

    from gsdcheck.strategies import matrices, sizes

    any_weights = matrices(n=sizes(smallest=2, largest=2), elements=small_integers())
    return mild_cases(any_weights, names=("tanh",), forms=(Form.OUTER,), leak=st.just(Fraction(1)))


def _attracting_swing(given: Case) -> float:
    """The late swing that the orbits from x₀ and x₀/2 have in common; 0 if there is none."""
    half = Case(system=given.system, state=tuple(v / 2 for v in given.state))
    late = []
    for start in (given, half):
        net, path = followed(start, time=60.0, points=2_000)
        late.append(swing(net, path, slice(-600, None)) if path.complete else float("nan"))
    return late[0] if abs(late[0] - late[1]) < 1e-2 * late[0] and late[0] > 0.1 else 0.0


def _skewness_margin(given: Case) -> float:
    """Minus the squared distance of W to skewness, if two orbits settle on the same oscillation; else 0."""
    distance = float(linear.distance_to_skew_squared(given.system.W))
    return -distance if _attracting_swing(given) > 0 else 0.0


LIMIT_CYCLES_NEED_SKEWNESS = Entry(
    claim=Claim(
        id="limit-cycles-need-skewness",
        row="O9",
        sentence="P1",
        title="Only skew weights have attracting limit cycles",
        statement="Literal reading, nonlinear networks: if a network has a closed orbit that attracts, W is skew. "
        "x' = -x + W tanh x with W = [[2, -2], [2, 2]] has one, of period 6.8376335480498..., and W is not skew.",
        source="casoni2025",
        assumptions=("outer", "lipschitz"),
        margin="minus the squared distance to skewness, where two orbits settle on the same oscillation",
        expected=Verdict.REFUTED,
        amended_by="leaky-sources-have-limit-cycles",
    ),
    proposals=lambda: [
        followed_along("attracting-cycle-without-skewness", spiral(), None, {"contracting-return": _RETURN})
    ],
    cases=_leaky_cases,
    margin=_skewness_margin,
    mutants=(
        Mutant(breaks="skew", broken=case(SPIRAL, [1, 1], leak=1), unbroken=case(PLANAR, [1, 1], leak=1)),
    ),
    share=ORBIT_SHARE,
)


def _spiral_cases() -> "SearchStrategy[Case]":
    """W = [[a, -b], [b, a]] with |b| ≥ a: 0 is then the only equilibrium of x' = -x + W σ(x)."""
    from hypothesis import strategies as st

    from gsdcheck.strategies import activations

    state = st.tuples(*[st.sampled_from([-3, -1, 1, 2]).map(Fraction)] * 2)
    return st.builds(
        lambda a, b, sigma, x: Case(system=system([[a, -b], [b, a]], sigma, leak=1), state=x),
        st.sampled_from([2, 3]),
        st.sampled_from([-4, -3, 3, 4]),
        activations(names=("tanh", "atan", "erf")),
        state,
    )


def _cycling_margin(given: Case) -> float:
    """The late swing less 1/10, and what the last third of an orbit is short of growing by a fifth."""
    net, path = followed(given, time=60.0, points=1_200)
    if not path.complete:
        return -1.0
    sizes = np.linalg.norm(path.states, axis=1)
    growth = float(1.2 * np.max(sizes[400:800]) - np.max(sizes[800:]))
    return min(swing(net, path, slice(-400, None)) - 0.1, growth)


LEAKY_SOURCES_HAVE_LIMIT_CYCLES = Entry(
    claim=Claim(
        id="leaky-sources-have-limit-cycles",
        row="O9",
        sentence="P1",
        title="A leak around a source makes a closed orbit",
        statement="n = 2, outer form, γ > 0, σ bounded and Lipschitz, one equilibrium, and it is a source: every other "
        "orbit tends to a closed one. For W = [[2, -2], [2, 2]], tanh and γ = 1 a closed orbit attracts: the return "
        "map to x₁ = 0 contracts by 1/100 there, and its period is 6.8376335480498...",
        source="perko2001",
        assumptions=("planar", "outer", "leak", "bounded", "lipschitz", "one-source"),
        margin="the late swing less 1/10, and what the orbit is short of growing by a fifth",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("leaky-sources-have-limit-cycles"),
        followed_along(
            "this-limit-cycle-attracts",
            spiral(),
            None,
            {"one-source": _SOURCE, "contracting-return": _RETURN},
        ),
    ],
    cases=_spiral_cases,
    margin=_cycling_margin,
    mutants=(
        Mutant(breaks="leak", broken=case(SPIRAL, [1, 1]), unbroken=case(SPIRAL, [1, 1], leak=1)),
        Mutant(
            breaks="one-source",
            broken=case([["1/2", -2], [2, "1/2"]], [1, 1], leak=1),
            unbroken=case(SPIRAL, [1, 1], leak=1),
        ),
        Mutant(
            breaks="bounded",
            broken=case(SPIRAL, [1, 1], "identity", leak=1),
            unbroken=case(SPIRAL, [1, 1], leak=1),
        ),
    ),
    share=ORBIT_SHARE,
)

ENTRIES = (LIMIT_CYCLES_NEED_SKEWNESS, LEAKY_SOURCES_HAVE_LIMIT_CYCLES)
