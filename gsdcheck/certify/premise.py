"""What a premise is: a small decision about a subject, exact or by balls, with its grade."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flint import arb

from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.verdict import Evidence

BITS = 128
"""The precision of the balls in which premises are decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """That a premise holds: how it was decided, by what margin (a ball that is > 0), and what it says of an orbit."""

    evidence: Evidence
    margin: arb | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the checked fact certificates say of σ: facts with their grade, quantities as balls.

    `along` holds, for each premise about an orbit that is to be followed, what the certificate states of it.
    """

    facts: Mapping[str, tuple[bool, Evidence]] = field(default_factory=dict)
    quantities: Mapping[str, tuple[arb, Evidence]] = field(default_factory=dict)
    along: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Premise:
    """One premise: its name, what it says, the decision, and the facts or quantities of σ that it reads."""

    name: str
    says: str
    decide: Callable[[Subject, Known], Finding]
    reads: tuple[str, ...] = ()


EXACT = Finding(evidence=Evidence.EXACT)


def require(holds: bool, otherwise: str) -> Finding:
    """An exact finding, if it holds.

    Raises:
        CertificateRejected: it does not; `otherwise` says what is the case.
    """
    if not holds:
        raise CertificateRejected(otherwise)
    return EXACT


def require_positive(value: arb, what: str) -> Finding:
    """A finding by balls whose margin is the value.

    Raises:
        CertificateRejected: the ball is not wholly > 0.
    """
    if not value > 0:  # soundness: true only if every point of the ball is > 0; nan and straddling fail
        raise CertificateRejected(f"{what} could not be shown to be > 0: it lies in {value.str(12)}.")
    return Finding(evidence=Evidence.BALL, margin=value)
