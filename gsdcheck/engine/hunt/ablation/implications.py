"""What follows from what among assumptions, so that one which follows from the others is known to be idle."""

from collections.abc import Collection, Mapping

from gsdcheck.certify.premises import READ_A_STATE, READ_A_STEP
from gsdcheck.certify.theorems import THEOREMS, Theorem
from gsdcheck.model.verdict import Verdict

_RISING = ("nondecreasing",)
_SIGNED = ("weak-sign", "zero-at-origin-only")

IMPLIES: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("tanh",): (
        "odd",
        "bounded",
        "continuous",
        "strictly-increasing",
        "lipschitz",
        "strict-sign",
        "confining",
    ),
    ("linear",): (
        "odd",
        "continuous",
        "strictly-increasing",
        "lipschitz",
        "strict-sign",
        "unbounded",
        "confining",
    ),
    ("strictly-increasing",): _RISING,
    ("strict-sign",): _SIGNED,
    ("lipschitz",): ("continuous",),
    ("odd", "strictly-increasing"): ("strict-sign", "confining"),
    ("odd", "continuous"): ("rests-at-zero",),
    ("no-bias",): ("no-outer-bias", "bias-in-range"),
    ("planar", "skew", "nonzero-weights"): ("invertible", "rank-two"),
    ("planar", "skew"): ("rank-two",),
    ("invertible",): ("nonzero-weights", "bias-in-range"),
    ("negative-definite",): ("invertible",),
    ("skew",): ("similar-to-skew", "energy-rate-vanishes"),
    ("inner",): ("no-outer-bias",),
}
"""Premises ↦ what each network that has all of them has as well; elementary, and used to say what is idle only."""


def consequences(assumptions: Collection[str]) -> frozenset[str]:
    """The assumptions with all that follows from them by the table."""
    known = set(assumptions)
    while True:
        more = {name for given, then in IMPLIES.items() if known >= set(given) for name in then} - known
        if not more:
            return frozenset(known)
        known |= more


def still_proved(claim: str, left: Collection[str], dropped: str) -> Theorem | None:
    """A theorem that proves the claim from the assumptions that are left, for every network that has them.

    A theorem about all orbits of a network may speak of a state or a step in its conclusion ("every orbit with
    H(x₀) < E*"): of an assumption about them its premises say nothing, unless it follows from the others.
    """
    known = consequences(left)
    if dropped in READ_A_STATE | READ_A_STEP and dropped not in known:
        return None
    for theorem in THEOREMS.values():
        proves = theorem.claim == claim and theorem.verdict is Verdict.PROVED
        if proves and set(theorem.premises) <= known:
            return theorem
    return None
