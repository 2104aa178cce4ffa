"""Row I9: networks whose activation has a polynomial slope are polynomial systems, with integrals to be derived."""

from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.claims.entry import PLANAR, Entry, Mutant, case, general
from gsdcheck.claims.invariants import RATE_TOLERANCE
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Form
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network, vector_field

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def _tanh_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import activations, cases, systems

    return cases(systems=systems(activations=activations(names=("tanh",)), forms=(Form.OUTER,)), magnitude=3)


def _darboux_margin(given: Case) -> float:
    """1e-12 minus |v' - (1 - v²) Wv| and |Σ v_i (Wv)_i| for v = σ(x), relative to the sizes of their terms."""
    net, x = network(given.system), np.array([float(v) for v in given.state])
    v, flow = net.sigma(x), vector_field(net, x)
    f, sizes = net.W @ v, np.abs(net.W) @ np.abs(v)
    scale = np.concatenate([sizes + np.abs(net.slope(x) * flow), [np.abs(v) @ sizes]])
    residual = np.concatenate([net.slope(x) * flow - (1 - v * v) * f, [v @ f]])
    return RATE_TOLERANCE - float(
        np.max(np.divide(np.abs(residual), scale, out=np.zeros_like(scale), where=scale > 0))
    )


DARBOUX_POLYNOMIALS_GIVE_FIRST_INTEGRALS = Entry(
    claim=Claim(
        id="darboux-polynomials-give-first-integrals",
        row="I9",
        sentence="P2",
        title="Darboux polynomials give first integrals",
        statement="If σ is a polynomial in functions of x that are closed under differentiation (tanh: v' = 1 - v²), the "
        "outer form is a polynomial system with the Lie derivative X. Polynomials with X(F) = K F vanish along a "
        "solution always or never, and Q + Σ c log|F| is constant along every solution on which it is defined iff "
        "X(Q) + Σ c K = 0 there. For tanh and a skew W without leak and bias, 1 ± v_i have the cofactors "
        "±(1 ∓ v_i)(Wv)_i, which give Σ log cosh x_i and k·x for every k with kᵀW = 0.",
        source="dumortier2006",
        assumptions=("tanh", "skew", "outer", "no-leak", "no-outer-bias"),
        margin="1e-12 minus |v' - (1 - v²)Wv| and |Σ v_i (Wv)_i|, relative to the sizes of their terms",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: general("darboux-polynomials-give-first-integrals"),
    cases=_tanh_cases,
    margin=_darboux_margin,
    mutants=(
        Mutant(breaks="tanh", broken=case(PLANAR, [1, 2], "atan"), unbroken=case(PLANAR, [1, 2])),
        Mutant(breaks="skew", broken=case([[0, 1], [-2, 0]], [1, 2]), unbroken=case(PLANAR, [1, 2])),
        Mutant(  # where W is a signed permutation, tanh(Wx) is W tanh(x)
            breaks="outer",
            broken=case([[0, 2], [-2, 0]], [1, 2], form="inner"),
            unbroken=case([[0, 2], [-2, 0]], [1, 2]),
        ),
        Mutant(breaks="no-leak", broken=case(PLANAR, [1, 2], leak="1/10"), unbroken=case(PLANAR, [1, 2])),
        Mutant(
            breaks="no-outer-bias",
            broken=case(PLANAR, [1, 2], bias=["1/10", 0]),
            unbroken=case(PLANAR, [1, 2]),
        ),
    ),
)

ENTRIES = (DARBOUX_POLYNOMIALS_GIVE_FIRST_INTEGRALS,)
