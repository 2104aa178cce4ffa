"""Family O: how the planar period depends on the energy (O6)."""

import math
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import ORBIT_SHARE, initial_energy, mild_cases, small_integers, state_of
from gsdcheck.claims.planar import tanh_cases
from gsdcheck.claims.returns import return_time
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.arrays import FloatArray
from gsdcheck.numeric.field import Network, network, preactivation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_LN4 = math.log(4.0)


def _smooth_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import planar_skew_matrices

    weights = planar_skew_matrices(elements=small_integers())
    return mild_cases(weights, names=("tanh", "identity", "expm1", "gelu", "silu", "sin", "xgauss", "sinh"))


def _near_rest(net: Network, x: FloatArray) -> FloatArray:
    """The state whose u (what σ is applied to) points where u(x) does, with |u| = 1e-3."""
    u = preactivation(net, x)
    u = 1e-3 * u / max(float(np.linalg.norm(u)), 1e-300)
    return u if net.form is Form.OUTER else np.asarray(np.linalg.solve(net.W, u - net.bias))


def _small_period_margin(given: Case) -> float:
    """1e-2 - |T |ω| σ'(0)/2π - 1| for the orbit in the direction of x₀ at the distance 1e-3 from rest."""
    net = network(given.system)
    found = return_time(net, _near_rest(net, state_of(given)))
    rate = abs(float(net.W[0, 1])) * float(net.slope(np.zeros(1))[0])
    return -1.0 if found is None else 1e-2 - abs(found * rate / (2 * math.pi) - 1.0)


SMALL_PERIOD = Entry(
    claim=Claim(
        id="small-period-tends-to-linear",
        row="O6",
        sentence="P5",
        title="Small periods tend to the linear one",
        statement="n = 2, W = [[0, ω], [-ω, 0]], ω ≠ 0, σ continuous, σ(0) = 0, σ'(0) > 0, no leak (outer form: no "
        "bias): orbits near 0 are closed and their period tends to 2π/(|ω| σ'(0)) as E → 0 (inner form: of y = Wx + "
        "b).",
        source="casoni2025",
        assumptions=(
            "planar",
            "skew",
            "nonzero-weights",
            "continuous",
            "rises-at-zero",
            "no-leak",
            "no-outer-bias",
        ),
        margin="1e-2 minus the relative distance of the period at |x| = 1e-3 from the limit",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("small-period-tends-to-linear"),
        applied("small-period-tends-to-linear", system([[0, -3], [3, 0]], "gelu")),
    ],
    cases=_smooth_cases,
    margin=_small_period_margin,
    mutants=(
        Mutant(
            breaks="rises-at-zero", broken=case(PLANAR, [1, 1], "cube"), unbroken=case(PLANAR, [1, 1], "tanh")
        ),
        Mutant(breaks="skew", broken=case([["-1/10", 1], [-1, 0]], [1, 1]), unbroken=case(PLANAR, [1, 1])),
        Mutant(breaks="no-leak", broken=case(PLANAR, [1, 1], leak="1/10"), unbroken=case(PLANAR, [1, 1])),
    ),
    share=ORBIT_SHARE,
)


def _linear_growth_margin(given: Case) -> float:
    """½e^(-E)(E + ln 4) - |(|ω|/4)T - (E + ln 4)|, T measured on the orbit, and 1e-6 (1 + E) for its error."""
    net, x = network(given.system), state_of(given)
    found, energy = return_time(net, x), initial_energy(given)
    if found is None:
        return -1.0
    quarter, line = abs(float(net.W[0, 1])) * found / 4, energy + _LN4
    return 0.5 * math.exp(-energy) * line - abs(quarter - line) + 1e-6 * (1 + energy)


TANH_PERIOD_GROWS = Entry(
    claim=Claim(
        id="tanh-period-grows-linearly",
        row="O6",
        sentence="P5",
        title="The tanh period grows linearly in the energy",
        statement="n = 2, W = [[0, ω], [-ω, 0]], ω ≠ 0, σ = tanh, no leak (outer form: no bias): the period at "
        "energy E > 0 has |(|ω|/4) T(E) - (E + ln 4)| ≤ ½ exp(-E) (E + ln 4), so T = (4/|ω|)(E + ln 4) + o(1) for "
        "large E.",
        source="casoni2025",
        assumptions=("planar", "skew", "nonzero-weights", "tanh", "no-leak", "no-outer-bias"),
        margin="the bound minus the distance of the measured period from the line",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("tanh-period-grows-linearly"),
        applied("tanh-period-grows-linearly", system(PLANAR, "tanh", form="inner", bias=[1, 0])),
    ],
    cases=tanh_cases,
    margin=_linear_growth_margin,
    mutants=(Mutant(breaks="tanh", broken=case(PLANAR, [4, 4], "atan"), unbroken=case(PLANAR, [4, 4])),),
    share=ORBIT_SHARE / 2,
)

ENTRIES = (SMALL_PERIOD, TANH_PERIOD_GROWS)
