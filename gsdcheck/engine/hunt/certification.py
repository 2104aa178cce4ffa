"""From a candidate to a certificate: the theorems that refute the claim are tried on the case, the core decides."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from gsdcheck.certify.certificates import applied_theorem
from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.premises import READ_A_STATE, READ_A_STEP
from gsdcheck.certify.subject import Subject, read_subject
from gsdcheck.certify.theorems import THEOREMS, Theorem
from gsdcheck.claims.drifting_orbits import drift_near
from gsdcheck.claims.entry import Certificate, facts_read_by
from gsdcheck.claims.exponents import instability_near
from gsdcheck.engine.applicable import failure
from gsdcheck.engine.hunt.assumptions import known_for
from gsdcheck.engine.hunt.plain import read_case
from gsdcheck.engine.hunt.shard import PlainCase
from gsdcheck.engine.hunt.targets.target import Target
from gsdcheck.errors import CertificateRejected, GsdcheckError
from gsdcheck.facts.reversible_orbits import is_reversible
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Case
from gsdcheck.model.verdict import Verdict


def deciding_theorems(target: Target) -> tuple[Theorem, ...]:
    """The theorems that refute the target's claim; or prove it with a state, if it says that there is one."""
    about = [theorem for theorem in THEOREMS.values() if theorem.claim == target.id]
    if target.existential:
        return tuple(
            t for t in about if t.verdict is Verdict.PROVED and not READ_A_STATE.isdisjoint(t.premises)
        )
    return tuple(theorem for theorem in about if theorem.verdict is Verdict.REFUTED)


def certified(target: Target, case: PlainCase) -> Judgement | None:
    """The claim decided with this case, by the first theorem that applies; None if none does."""
    return next(_decisions(target, case), None)


def certified_by_following(target: Target, case: PlainCase) -> Judgement | None:
    """The claim refuted by a closed orbit near the one that the case shows; None if none is found or accepted.

    Slow: the orbit is searched for by Newton's method and then enclosed.
    """
    propose = FOLLOWED.get(target.id)
    if propose is None:
        return None
    try:
        certificate = propose(read_case(case))
        return None if certificate is None else Judgement.from_certificate(certificate)
    except (GsdcheckError, np.linalg.LinAlgError):  # a proposal that fails certifies nothing
        return None


def on_its_orbit(case: Case, followed: Judgement) -> Case:
    """The case with a state next to the closed orbit that its certificate states: the middle of the segment of starts."""
    stated = stated_orbit(followed)
    u = sum(map(Fraction, stated["parameter"]), Fraction(0)) / 2
    ends = zip(stated["start"], stated["along"], strict=True)
    return replace(case, state=tuple(Fraction(a) + u * Fraction(b) for a, b in ends))


def stated_orbit(judgement: Judgement) -> Mapping[str, Any]:
    """What its certificate states of an orbit; empty if it follows none."""
    along = json.loads(judgement.certificate or "{}").get("along", {})
    return dict(next(iter(along.values()), {}))


def may_be_followed(target: Target, case: PlainCase) -> bool:
    """Whether following an orbit of this network can decide the claim: it needs a mirror of W."""
    return target.id in FOLLOWED and is_reversible(read_subject(case).W)


FOLLOWED: Mapping[str, Callable[[Case], Certificate | None]] = {
    "inner-orbits-are-bounded": drift_near,
    "lyapunov-exponents-vanish": instability_near,
}
"""Where a closed orbit near a candidate decides the claim: what looks for it."""


def theorem_of(judgement: Judgement) -> str:
    """The theorem that its certificate applies."""
    return str(json.loads(judgement.certificate or "{}").get("theorem"))


def reads_a_state(judgement: Judgement) -> bool:
    """Whether that theorem speaks of one state, and not of all orbits."""
    return not READ_A_STATE.isdisjoint(THEOREMS[theorem_of(judgement)].premises)


def _decisions(target: Target, case: PlainCase) -> Iterator[Judgement]:
    subject, sigma = read_subject(case), read_case(case).system.activation
    for theorem in deciding_theorems(target):
        if _fails(theorem, subject, sigma):
            continue  # looking first saves time; the core decides
        certificate = applied_theorem(theorem.id, _as_read(theorem, case), facts_read_by(theorem.id, sigma))
        try:
            yield Judgement.from_certificate(certificate)
        except CertificateRejected:  # floats proposed it, and floats err; another theorem may apply
            continue


def _fails(theorem: Theorem, subject: Subject, sigma: Activation) -> bool:
    return any(failure(name, subject, known_for(name, sigma)) is not None for name in theorem.premises)


def _as_read(theorem: Theorem, case: PlainCase) -> dict[str, object]:
    """The case with the state and the step that the theorem reads, and no other."""
    premises = set(theorem.premises)
    state = None if READ_A_STATE.isdisjoint(premises) else case["state"]
    step = None if READ_A_STEP.isdisjoint(premises) else case["step"]
    return {**case, "state": state, "step": step}
