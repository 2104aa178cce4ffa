"""Which theorems of the table apply to one network, and for those that do not, the premise that fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.line_facts import LINE_FACTS
from gsdcheck.certify.premise import Known
from gsdcheck.certify.premises import PREMISES, READ_A_STATE, READ_A_STEP
from gsdcheck.certify.sharpness import SHARPNESS
from gsdcheck.certify.subject import Subject, read_subject, subject_data
from gsdcheck.certify.theorems import THEOREMS, Theorem
from gsdcheck.claims import BY_ID
from gsdcheck.claims.entry import applied
from gsdcheck.engine.structure import ball_of
from gsdcheck.errors import CertificateRejected, Undecided
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.facts.line_facts import line_fact
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Form, System
from gsdcheck.model.verdict import Evidence, Verdict

_SHARP = frozenset(row.id for row in SHARPNESS)
_FROM_REST = ("this-orbit-is-bounded", "this-orbit-oscillates")
_WEAKEST_FIRST = (
    ("well-orbits-are-bounded", "orbits-are-bounded", "all-orbits-are-bounded"),
    ("well-orbits-oscillate", "oscillation-is-perpetual", "all-orbits-oscillate"),
    ("well-planar-orbits-are-closed", "planar-orbits-are-closed", "all-planar-orbits-are-closed"),
)
"""Theorems of one claim that say more and more; only the last that applies is worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A claim that says nothing about this network, and the premise because of which."""

    claim: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicable:
    """The judgements by the theorem that made each, and the claims left over, both in the catalogue's order."""

    judgements: Mapping[str, Judgement]
    missing: Sequence[Missing]


def applicable(system: System, step: Fraction | None) -> Applicable:
    """Every theorem that needs no state, tried on (W, σ, form, γ, b) and where it reads one the step h.

    With a bias the rest state x₀ = 0 of the inner form is tried as well: it is where a roll-out starts.
    A theorem gives way to the one that says the same of more orbits.
    """
    known, found, missing = _all_known(system.activation), {}, dict[str, Missing]()
    for theorem in THEOREMS.values():
        if theorem.id in _SHARP:
            continue  # they speak of networks that a claim does not speak of
        if READ_A_STATE.isdisjoint(theorem.premises):
            outcome = _tried(theorem, system, None, step, known)
            if isinstance(outcome, Judgement):
                found[theorem.id] = outcome
            elif theorem.verdict is Verdict.PROVED:  # that no counterexample is at hand concerns nobody
                missing.setdefault(theorem.claim, outcome)
    found.update(_from_rest(system, known, found))
    for theorems in _WEAKEST_FIRST:
        for weaker in [name for name in theorems if name in found][:-1]:
            found.pop(weaker)
    decided = {judgement.claim for judgement in found.values()}
    order = {claim: place for place, claim in enumerate(BY_ID)}
    return Applicable(
        judgements=dict(sorted(found.items(), key=lambda item: order[item[1].claim])),
        missing=sorted((m for m in missing.values() if m.claim not in decided), key=lambda m: order[m.claim]),
    )


def _from_rest(system: System, known: Known, found: Mapping[str, Judgement]) -> dict[str, Judgement]:
    """What the theorems about one orbit say of x₀ = 0, where no theorem about all orbits does."""
    if system.form is Form.OUTER or not any(system.bias):
        return {}
    all_of_them = {
        "this-orbit-is-bounded": "all-orbits-are-bounded",
        "this-orbit-oscillates": "all-orbits-oscillate",
    }
    tried = {
        name: _tried(THEOREMS[name], system, ["0"] * system.n, None, known)
        for name in _FROM_REST
        if all_of_them[name] not in found
    }
    return {name: outcome for name, outcome in tried.items() if isinstance(outcome, Judgement)}


def _tried(
    theorem: Theorem, system: System, state: list[str] | None, step: Fraction | None, known: Known
) -> Judgement | Missing:
    """The judgement, or the first premise that fails. The core decides; looking first saves time."""
    step = None if READ_A_STEP.isdisjoint(theorem.premises) else step
    subject = read_subject(subject_data(system, state, step))
    for name in theorem.premises:
        reason = failure(name, subject, known)
        if reason is not None:
            return Missing(claim=theorem.claim, because=f"It assumes {PREMISES[name].says}; {reason}")
    try:
        return Judgement.from_certificate(applied(theorem.id, system, state, step))
    except CertificateRejected as fault:
        return Missing(claim=theorem.claim, because=f"Its certificate is rejected: {fault}")


def failure(name: str, subject: Subject, known: Known) -> str | None:
    """Why the premise does not hold, in words; None if it does."""
    premise = PREMISES[name]
    try:
        premise.decide(subject, known)
    except (CertificateRejected, Undecided) as fault:
        if premise.reads and not set(premise.reads) <= known.facts.keys() | known.quantities.keys():
            return "that is undecided for this σ."
        return (
            "that is refuted for this σ."
            if premise.reads and set(premise.reads) <= known.facts.keys()
            else str(fault)
        )
    return None


def _all_known(activation: Activation) -> Known:
    """What `known_of` says, and the further facts on the line that some theorems rest on."""
    known = known_of(activation)
    further = {name: (True, Evidence.BALL) for name in LINE_FACTS if line_fact(activation.expression, name)}
    return Known(facts={**known.facts, **further}, quantities=known.quantities)


def known_of(activation: Activation) -> Known:
    """What the certified facts and quantities of σ say, as premises read it."""
    facts = activation_facts(activation)
    balls = {
        name: ball_of({"enclosure": quantity.enclosure})
        for name, quantity in activation_quantities(activation).items()
    }
    return Known(
        facts={
            n: (f.holds, f.evidence)
            for n, f in facts.items()
            if f.holds is not None and f.evidence is not None
        },
        quantities={name: (ball, Evidence.BALL) for name, ball in balls.items() if ball is not None},
    )


def missing_data(missing: Sequence[Missing]) -> list[dict[str, str]]:
    """The claims that do not apply, with their titles, as plain data."""
    return [{"claim": m.claim, "title": BY_ID[m.claim].claim.title, "because": m.because} for m in missing]
