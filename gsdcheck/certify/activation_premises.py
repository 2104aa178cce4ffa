"""Premises about σ on the whole line: read from fact certificates that were checked beforehand."""

from collections.abc import Callable

from flint import arb

from gsdcheck.certify.premise import Finding, Known, Premise
from gsdcheck.certify.subject import Subject
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.verdict import Evidence


def _fact(name: str, holds: bool) -> Callable[[Subject, Known], Finding]:
    def decide(_: Subject, known: Known) -> Finding:
        value, evidence = known.facts.get(name, (not holds, Evidence.SAMPLED))
        if value is not holds:
            raise CertificateRejected(
                f"no certificate establishes that σ is {'' if holds else 'not '}{name}."
            )
        return Finding(evidence=evidence)

    return decide


def quantity(known: Known, name: str) -> tuple[arb, Evidence]:
    """The ball that contains the quantity of σ, and its grade."""
    if name not in known.quantities:
        raise CertificateRejected(f"no certificate establishes the {name} of σ.")
    return known.quantities[name]


def _infinite(name: str) -> Callable[[Subject, Known], Finding]:
    def decide(_: Subject, known: Known) -> Finding:
        level, evidence = quantity(known, name)
        if not (level > 0 and level == arb.pos_inf()):
            raise CertificateRejected(f"the {name} of σ is not infinite.")
        return Finding(evidence=evidence)

    return decide


def _positive(name: str) -> Callable[[Subject, Known], Finding]:
    def decide(_: Subject, known: Known) -> Finding:
        level, evidence = quantity(known, name)
        if not level > 0:  # soundness: true only if every point of the ball is > 0
            raise CertificateRejected(f"the {name} of σ is not shown to be > 0.")
        return Finding(evidence=evidence)

    return decide


def _confining(_: Subject, known: Known) -> Finding:
    """On each side of 0, Φ is unbounded or σ is bounded."""
    bounded, evidence = known.facts.get("bounded", (False, Evidence.SAMPLED))
    return Finding(evidence=evidence) if bounded else _infinite("escape_energy")(_, known)


ACTIVATION_PREMISES = (
    *(
        Premise(name=name, says=f"σ is {says}", decide=_fact(fact, holds), reads=(fact,))
        for name, fact, holds, says in (
            ("continuous", "continuous", True, "continuous"),
            ("odd", "odd", True, "odd"),
            ("not-odd", "odd", False, "not odd"),
            ("bounded", "bounded", True, "bounded"),
            ("unbounded", "bounded", False, "unbounded"),
            ("nondecreasing", "nondecreasing", True, "nondecreasing"),
            ("not-nondecreasing", "nondecreasing", False, "not nondecreasing"),
            ("strictly-increasing", "strictly_increasing", True, "strictly increasing"),
            ("lipschitz", "lipschitz", True, "Lipschitz"),
            ("strict-sign", "sign_strict", True, "of the sign of its argument: sσ(s) > 0 for s ≠ 0"),
            ("weak-sign", "sign_weak", True, "weakly of the sign of its argument: sσ(s) ≥ 0"),
            ("one-signed", "one-signed", True, "> 0 everywhere, or < 0 everywhere"),
            ("above-line", "above-line", True, "≥ c s for some c > 0, and > c s on one whole side of 0"),
            ("steep", "steep", True, "m s plus a nondecreasing function, m > 0"),
            ("zero-at-origin-only", "zero_only_at_origin", True, "zero at 0 and nowhere else"),
        )
    ),
    Premise(
        name="confining",
        says="on each side Φ is unbounded or σ is bounded",
        decide=_confining,
        reads=("bounded", "escape_energy"),
    ),
    Premise(
        name="infinite-escape-energy",
        says="E* = ∞",
        decide=_infinite("escape_energy"),
        reads=("escape_energy",),
    ),
    Premise(name="infinite-well-depth", says="E₀ = ∞", decide=_infinite("well_depth"), reads=("well_depth",)),
    Premise(
        name="positive-escape-energy",
        says="E* > 0",
        decide=_positive("escape_energy"),
        reads=("escape_energy",),
    ),
    Premise(name="positive-well-depth", says="E₀ > 0", decide=_positive("well_depth"), reads=("well_depth",)),
)
