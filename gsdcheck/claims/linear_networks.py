"""Family O: which linear networks oscillate (O9)."""

from typing import TYPE_CHECKING

import numpy as np

from gsdcheck.certify import linear
from gsdcheck.certify.coq import coq_proof
from gsdcheck.claims.entry import PLANAR, Entry, Mutant, applied, case, general
from gsdcheck.claims.orbits import (
    mild_cases,
    small_integers,
)
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, Form, system
from gsdcheck.model.verdict import Verdict
from gsdcheck.numeric.field import network

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


ROTATION: list[list[Exact]] = [[1, -2], [1, -1]]
"""Not skew, yet W² = -I."""


def _linear_cases() -> "SearchStrategy[Case]":
    from gsdcheck.strategies import matrices, sizes

    any_weights = matrices(n=sizes(smallest=1, largest=3), elements=small_integers())
    return mild_cases(any_weights, names=("identity",), forms=(Form.OUTER,))


def _necessity_margin(given: Case) -> float:
    """If W ≠ 0 is similar to a skew matrix, so that it oscillates: minus the distance of W to skewness."""
    W = given.system.W
    oscillates = any(any(row) for row in W) and linear.is_similar_to_skew(W)
    return -float(linear.distance_to_skew_squared(W)) if oscillates else 0.0


SKEWNESS_IS_NECESSARY = Entry(
    claim=Claim(
        id="skewness-is-necessary-for-oscillation",
        row="O9",
        sentence="P1",
        title="Only skew weights oscillate",
        statement="Literal reading, linear networks: if W ≠ 0 and every orbit but the equilibria oscillates for ever, "
        "then W is skew. [[1, -2], [1, -1]] is not skew, and W² = -I makes every orbit periodic.",
        source="casoni2025",
        assumptions=("linear", "no-leak", "no-bias"),
        margin="minus the squared distance to skewness, where W is similar to a skew matrix",
        expected=Verdict.REFUTED,
        amended_by="linear-oscillation-iff-similar-to-skew",
    ),
    proposals=lambda: [
        coq_proof("skewness-is-necessary-for-oscillation"),
        applied("rotation-without-skewness", system(ROTATION, "identity")),
    ],
    cases=_linear_cases,
    margin=_necessity_margin,
    mutants=(
        Mutant(
            breaks="skew",
            broken=case(ROTATION, [1, 0], "identity"),
            unbroken=case(PLANAR, [1, 0], "identity"),
        ),
    ),
)


def _similarity_margin(given: Case) -> float:
    """1 if the exact criterion for W agrees with the growth of exp(±At) over 200 and 400 units, else -1.

    A is the linear field, -γI + W. All orbits are bounded and none but equilibria converge iff exp(At) and
    exp(-At) stay bounded: then the norm's maximum over [T, 2T] is at most its maximum over [0, T], nearly.
    """
    from scipy.linalg import expm

    net = network(given.system)
    A = net.W - net.leak * np.eye(net.n)
    bounded = True
    for sign in (1.0, -1.0):
        step = expm(sign * A)
        power, sizes = np.eye(net.n), []
        with np.errstate(all="ignore"):
            for _ in range(400):
                power = power @ step
                sizes.append(float(np.linalg.norm(power)))
        late, early = np.array(sizes[200:]), np.array(sizes[:200])
        bounded = bounded and bool(np.isfinite(late).all()) and float(late.max()) <= 1.3 * float(early.max())
    return 1.0 if bounded == linear.is_similar_to_skew(given.system.W) else -1.0


LINEAR_OSCILLATION = Entry(
    claim=Claim(
        id="linear-oscillation-iff-similar-to-skew",
        row="O9",
        sentence="P1",
        title="Linear networks oscillate iff W is similar to skew",
        statement="x' = Wx: all orbits are bounded and none but equilibria converge iff W is similar over ℝ to a skew "
        "matrix, which is to say diagonalizable over ℂ with its spectrum on the imaginary axis. Any n.",
        source="casoni2025",
        assumptions=("linear", "similar-to-skew", "no-leak", "no-bias"),
        margin="1 if the exact criterion agrees with the growth of exp(±Wt), else -1",
        expected=Verdict.PROVED,
    ),
    proposals=lambda: [
        *general("linear-oscillation-iff-similar-to-skew"),
        applied("linear-oscillation-iff-similar-to-skew", system(ROTATION, "identity")),
    ],
    cases=_linear_cases,
    margin=_similarity_margin,
    mutants=(
        Mutant(
            breaks="no-leak",
            broken=case(PLANAR, [1, 0], "identity", leak=1),
            unbroken=case(PLANAR, [1, 0], "identity"),
        ),
    ),
)


ENTRIES = (SKEWNESS_IS_NECESSARY, LINEAR_OSCILLATION)
