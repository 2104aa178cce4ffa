"""The assumptions of a claim, decided exactly: of one case, and of σ alone before anything is drawn."""

from collections.abc import Iterable, Iterator

from flint import arb

from gsdcheck.certify.activation_quantities import QUANTITIES
from gsdcheck.certify.line_facts import LINE_FACTS
from gsdcheck.certify.premise import Known
from gsdcheck.certify.premises import ABOUT_ACTIVATION, PREMISES
from gsdcheck.certify.subject import case_data, read_subject, subject_data
from gsdcheck.engine.applicable import failure
from gsdcheck.engine.structure import ball_of
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.facts.line_facts import line_fact
from gsdcheck.model.activation import Activation
from gsdcheck.model.system import Case, system
from gsdcheck.model.verdict import Evidence


def outside(case: Case, assumptions: Iterable[str]) -> str | None:
    """The first assumption that is not established of the case, with the reason; None if all are."""
    return next((f"{PREMISES[name].says}: {reason}" for name, reason in _unmet(case, assumptions)), None)


def first_outside(case: Case, assumptions: Iterable[str]) -> str | None:
    """The name of that assumption."""
    return next((name for name, _ in _unmet(case, assumptions)), None)


def _unmet(case: Case, assumptions: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The assumptions that are not established of the case, each with the reason."""
    subject = read_subject(case_data(case))
    for name in assumptions:
        if reason := failure(name, subject, known_for(name, case.system.activation)):
            yield name, reason


def inside(case: Case, assumptions: Iterable[str], without: str | None) -> str | None:
    """Why the case is not one that has all the assumptions and lacks `without`; None if it is one."""
    if without is not None and outside(case, (without,)) is None:
        return f"it has {PREMISES[without].says}"
    return outside(case, assumptions)


def lacking(activation: Activation, assumptions: Iterable[str]) -> dict[str, str]:
    """The assumptions about σ that are not established of this σ, each with the reason."""
    found = {}
    for name in assumptions:
        if name in ABOUT_ACTIVATION and (reason := _failure(activation, name)):
            found[name] = reason
        elif unknown := [q for q in PREMISES[name].reads if q in QUANTITIES and level(activation, q) is None]:
            found[name] = f"the {unknown[0].replace('_', ' ')} of σ is undecided."
    return found


def _failure(activation: Activation, name: str) -> str | None:
    subject = read_subject(subject_data(system([[0]], activation)))
    return failure(name, subject, known_for(name, activation))


def level(activation: Activation, name: str) -> arb | None:
    """A quantity of σ, such as E* or its bound, as a ball; None where it is undecided."""
    return ball_of({"enclosure": activation_quantities(activation, (name,))[name].enclosure})


def known_for(premise: str, activation: Activation) -> Known:
    """What is certified of σ that the premise reads, and no more: facts cost time."""
    reads = PREMISES[premise].reads
    facts: dict[str, tuple[bool, Evidence]] = {}
    quantities: dict[str, tuple[arb, Evidence]] = {}
    for name in reads:
        if name in QUANTITIES:
            if (ball := level(activation, name)) is not None:
                quantities[name] = (ball, Evidence.BALL)
        elif name in LINE_FACTS:
            if line_fact(activation.expression, name) is not None:
                facts[name] = (True, Evidence.BALL)
        elif (fact := activation_facts(activation)[name]).holds is not None and fact.evidence is not None:
            facts[name] = (fact.holds, fact.evidence)
    return Known(facts=facts, quantities=quantities)
