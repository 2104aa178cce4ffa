"""Family O: closed orbits in the plane (O6, O8, O11)."""

from fractions import Fraction
from typing import TYPE_CHECKING

from gsdcheck.certify.certificates import agreeing_periods
from gsdcheck.claims.entry import (
    PLANAR,
    Entry,
    Mutant,
    applied,
    case,
    decimal_interval,
    followed_along,
    general,
)
from gsdcheck.claims.orbits import (
    ORBIT_SHARE,
    horizon,
    initial_energy,
    mild_cases,
    small_integers,
    state_of,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _planar_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import planar_skew_matrices

    return mild_cases(planar_skew_matrices(elements=small_integers()))


def _closure_margin(given: Case) -> float:
    """1e-6 minus the error of the first return to x₀, relative to it; -1 if the orbit is not seen to return."""
    from gsdcheck.numeric.diagnostics import period

    net, x0 = network(given.system), state_of(given)
    found = period(net, x0, horizon=horizon(net, turns=60, most=4_000))
    return 1e-6 - found.error / found.value if found.closed else -1.0


def _return_within(low: str, high: str) -> dict[str, object]:
    """The first return to the axis x₁ = 0, after a time between the two decimals."""
    return {"coordinate": 0, "period": decimal_interval(low, high)}


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
        followed_along(
            "this-planar-orbit-is-closed",
            system(PLANAR, "gelu"),
            ["0", "1/2"],
            {"returns-to-axis": _return_within("15.319283629746", "15.319283629747")},
        ),
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


def tanh_cases() -> "SearchStrategy[Case]":
    """Planar skew tanh networks in the outer form that floats can follow."""
    from gsdcheck.strategies import planar_skew_matrices

    return mild_cases(planar_skew_matrices(elements=small_integers()), names=("tanh",), forms=(Form.OUTER,))


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
        followed_along(
            "this-tanh-period-is-elliptic",
            system(PLANAR, "tanh"),
            ["0", "1"],
            {"elliptic-return": _return_within("7.7142104398139", "7.7142104398140")},
        ),
    ],
    cases=tanh_cases,
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


def _lopsided_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import planar_skew_matrices

    return mild_cases(planar_skew_matrices(elements=small_integers()), names=("elu", "leaky_relu", "isrlu"))


def _disruption_margin(given: Case) -> float:
    """-1 if the orbit closes, though σ is not odd; else 1."""
    return -1.0 if _closure_margin(given) > 0 else 1.0


ODDNESS_IS_NECESSARY_FOR_CLOSED_ORBITS = Entry(
    claim=Claim(
        id="oddness-is-necessary-for-closed-orbits",
        row="O11",
        sentence="P2",
        title="Non-odd activations disrupt the closed orbits",
        statement="Literal reading, n = 2: if W ≠ 0 is skew and σ is continuous and not odd, the orbits do not close. For "
        "eˣ - 1, ELU, SELU and leaky ReLU all of them close; for rectified ones and those without a zero none does, "
        "and for GELU, SiLU and Mish those above E* do not.",
        source="casoni2025",
        assumptions=("planar", "skew", "nonzero-weights", "continuous", "not-odd", "no-leak", "no-bias"),
        margin="-1 if the orbit closes, else 1",
        expected=Verdict.REFUTED,
        amended_by="planar-orbits-are-closed",
    ),
    proposals=lambda: [
        applied("closed-orbits-without-oddness", system(PLANAR, name))
        for name in ("expm1", "elu", "selu", "leaky_relu?negative_slope=1/2", "tanh(x-1)+tanh(1)")
    ],
    cases=_lopsided_cases,
    margin=_disruption_margin,
    mutants=(
        Mutant(
            breaks="strict-sign",
            broken=case(PLANAR, [1, 1], "elu"),
            unbroken=case(PLANAR, [1, 1], "relu"),
        ),
    ),
    share=ORBIT_SHARE,
)


ENTRIES = (
    PLANAR_ORBITS_ARE_CLOSED,
    TANH_PERIOD_IS_ELLIPTIC,
    LIMIT_CYCLES_EXIST,
    ODDNESS_IS_NECESSARY_FOR_CLOSED_ORBITS,
)
