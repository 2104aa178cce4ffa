"""Family R: how far other integrators than forward Euler raise the energy (R1, R3)."""

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import PLANAR, Entry, Mutant, case
from gsdcheck.claims.orbits import ORBIT_SHARE, mild_cases, small_integers, state_of
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.diagnostics.single import one_lane
from gsdcheck.numeric.field import network
from gsdcheck.numeric.lanes import energy
from gsdcheck.numeric.methods.registry import METHODS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_STEPS = 500
_SWAP: list[list[Exact]] = [[0, 1], [1, 0]]
"""Not skew: x₁ + x₂ grows."""


def _small_steps() -> "SearchStrategy[Case]":
    """Cases with h‖W‖₂ ≤ h‖W‖_∞ ≤ 1, in eighths."""
    from hypothesis import strategies as st

    from gsdcheck.strategies import sizes, skew_matrices

    weights = skew_matrices(n=sizes(smallest=2, largest=5), elements=small_integers())
    cases = mild_cases(weights, names=("tanh",), forms=(Form.OUTER,))
    return st.builds(_with_step, cases, st.integers(1, 8))


def _with_step(given: Case, eighths: int) -> Case:
    largest = max(sum(map(abs, row), Fraction(0)) for row in given.system.W) or Fraction(1)
    return Case(system=given.system, state=given.state, step=Fraction(eighths, 8) / largest)


def _rise(given: Case, method: str) -> tuple[float, float]:
    """(the largest H(x_k)/H(x₀) in 500 steps, h‖W‖₂), rounded; (1, 0) at rest in 0."""
    net = network(given.system)
    lane, x = one_lane(net, state_of(given))
    h, step = float(given.step or 0), METHODS[method].build(lane)
    before = energy(lane, x)[0]
    largest = before
    for _ in range(_STEPS if before > 0 else 0):
        x = step(x, h)
        largest = max(largest, energy(lane, x)[0])
    return (float(largest / before) if before > 0 else 1.0), h * float(np.linalg.norm(net.W, 2))


def _splitting_margin(given: Case) -> float:
    """1 + (h‖W‖)² minus the largest H(x_k)/H(x₀)."""
    ratio, theta = _rise(given, "splitting2")
    return 1 + theta**2 - ratio


def _rk4_margin(given: Case) -> float:
    """1 + (h‖W‖)⁴/25 minus the largest H(x_k)/H(x₀)."""
    ratio, theta = _rise(given, "rk4")
    return 1 + theta**4 / 25 + 1e-12 - ratio


def _supported(
    id: str, row: str, title: str, says: str, margin: str, judge: Callable[[Case], float]
) -> Entry:
    """Both claims have the same assumptions, cases and mutant."""
    return Entry(
        claim=Claim(
            id=id,
            row=row,
            sentence="P4",
            title=title,
            statement=f"σ = tanh, W skew, outer form, no leak, no bias, 0 < h‖W‖ ≤ 1, any n: {says} for all k.",
            source="hairer2006",
            assumptions=("skew", "tanh", "outer", "no-leak", "no-outer-bias", "nonzero-step"),
            margin=margin,
            expected=Verdict.SUPPORTED,
        ),
        proposals=list,
        cases=_small_steps,
        margin=judge,
        mutants=(
            Mutant(
                breaks="skew",
                broken=case(_SWAP, [1, 1], step="1/2"),
                unbroken=case(PLANAR, [1, 1], step="1/2"),
            ),
        ),
        share=ORBIT_SHARE,
    )


SPLITTING_ENERGY_STAYS_CLOSE = _supported(
    id="splitting-energy-stays-close",
    row="R1",
    title="Poisson splitting keeps the energy close",
    says="Poisson splitting of second order keeps H(x_k) ≤ (1 + (h‖W‖)²) H(x₀)",
    margin="1 + (h‖W‖)² minus the largest H(x_k)/H(x₀) in 500 steps",
    judge=_splitting_margin,
)

RK4_ENERGY_HARDLY_RISES = _supported(
    id="rk4-energy-hardly-rises",
    row="R3",
    title="The energy hardly rises under RK4",
    says="the classical Runge–Kutta method keeps H(x_k) ≤ (1 + (h‖W‖)⁴/25) H(x₀)",
    margin="1 + (h‖W‖)⁴/25 minus the largest H(x_k)/H(x₀) in 500 steps",
    judge=_rk4_margin,
)

ENTRIES = (SPLITTING_ENERGY_STAYS_CLOSE, RK4_ENERGY_HARDLY_RISES)
