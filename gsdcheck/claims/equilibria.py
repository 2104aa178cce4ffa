"""Family O: where networks rest (O4)."""

from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.claims.entry import CROSS, PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    RISING,
    mild_cases,
    small_integers,
    state_of,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _leaf_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import sizes, skew_matrices

    return mild_cases(
        skew_matrices(n=sizes(smallest=1, largest=5), elements=small_integers()),
        names=RISING,
        forms=(Form.OUTER,),
    )


def _leaf_margin(given: Case) -> float:
    """|f(x) - f(x')| for x' = x₀ + W z on the leaf of x₀, z ∈ {e_i, ones}; 1e-12 must be left where x' ≠ x₀.

    f is injective on a leaf: (σ(x) - σ(x'))·(x - x') > 0, while W(σ(x) - σ(x')) = 0 would make it 0.
    """
    net, x = network(given.system), state_of(given)
    shifts = np.vstack([net.W.T, net.W.sum(axis=1)])
    moved = shifts[np.any(shifts != 0, axis=1)]
    if not len(moved):
        return 0.0
    gaps = np.linalg.norm(vector_field(net, x + moved) - vector_field(net, x), axis=1)
    return float(np.min(gaps)) - 1e-12


LEAVES_HOLD_ONE_EQUILIBRIUM = Entry(
    claim=Claim(
        id="leaves-hold-one-equilibrium",
        row="O4",
        sentence="P3",
        title="Each leaf holds at most one equilibrium",
        statement="Outer form, W skew, σ continuous and strictly increasing, any n: each leaf x₀ + range W holds at "
        "most one equilibrium, the minimiser of H on it, and an orbit converges only if it starts there.",
        source="hairer2006",
        assumptions=("skew", "outer", "continuous", "strictly-increasing", "no-leak", "no-outer-bias"),
        margin="the distance between f at two different points of a leaf, less 1e-12",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("leaves-hold-one-equilibrium"),
    cases=_leaf_cases,
    margin=_leaf_margin,
    mutants=(
        Mutant(
            breaks="strictly-increasing",
            broken=case(PLANAR, [-5, -5], "relu"),
            unbroken=case(PLANAR, [-5, -5]),
        ),
        Mutant(
            breaks="skew",
            broken=case([[1, -1], [1, -1]], [0, 0]),
            unbroken=case([[0, -1], [1, 0]], [0, 0]),
        ),
    ),
)


def _fixed_point_margin(given: Case) -> float:
    """Minus 1 if W σ(x) = 0 has a solution x ≠ 0, found as x = σ⁻¹(k/10) for k in the kernel; else 1."""
    basis = linear.kernel(given.system.W)
    if not basis:
        return 1.0
    sigma = network(given.system).sigma
    target = np.array([float(v) for v in basis[0]])
    target = 0.1 * target / np.max(np.abs(target))
    low, high = np.full_like(target, -50.0), np.full_like(target, 50.0)
    for _ in range(80):  # bisection, σ being increasing
        middle = (low + high) / 2
        below = sigma(middle) < target
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return -1.0 if np.max(np.abs(sigma(low) - target)) < 1e-9 and np.any(low != 0) else 1.0


ZERO_IS_THE_ONLY_FIXED_POINT = Entry(
    claim=Claim(
        id="zero-is-the-only-fixed-point",
        row="O4",
        sentence="P3",
        title="Zero is the only fixed point",
        statement="Literal reading: if W ≠ 0 is skew and σ odd, bounded, continuous and strictly increasing, then 0 is the "
        "only fixed point. For odd n there are others: W = (1, 1, 1)×, x = (1, 1, 1).",
        source="casoni2025",
        assumptions=(
            "skew",
            "nonzero-weights",
            "odd",
            "bounded",
            "continuous",
            "strictly-increasing",
            "outer",
            "no-leak",
            "no-bias",
        ),
        margin="-1 if a fixed point x ≠ 0 is found, else 1",
        expected=Verdict.REFUTED,
        amended_by="leaves-hold-one-equilibrium",
    ),
    proposals=lambda: [applied("rest-away-from-zero", system(CROSS, "tanh"), ["1", "1", "1"])],
    cases=_leaf_cases,
    margin=_fixed_point_margin,
    mutants=(Mutant(breaks="invertible", broken=case(CROSS, [1, 1, 1]), unbroken=case(PLANAR, [1, 1])),),
)


ENTRIES = (LEAVES_HOLD_ONE_EQUILIBRIUM, ZERO_IS_THE_ONLY_FIXED_POINT)
