"""An entry of the catalogue: a claim as data, with how it is judged and how the judging is tested."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from gsdcheck.certify.activation_quantities import QUANTITIES
from gsdcheck.certify.certificates import (
    applied_theorem,
    expanded_identity,
    followed_orbit,
    written_proof,
)
from gsdcheck.certify.coq import coq_proof
from gsdcheck.certify.formal import FORMAL_CLAIMS
from gsdcheck.certify.identities import IDENTITIES
from gsdcheck.certify.line_facts import LINE_FACTS
from gsdcheck.certify.premises import PREMISES
from gsdcheck.certify.subject import subject_data
from gsdcheck.certify.theorems import THEOREMS
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.facts.line_facts import line_fact
from gsdcheck.model.activation import Activation
from gsdcheck.model.claim import Claim
from gsdcheck.model.system import Case, Exact, System, exact, exact_vector, system

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Certificate: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A case that breaks exactly one assumption, beside the same case with the assumption restored.

    The check of the claim must find a negative margin on `broken` and none on `unbroken`. For a claim that
    is refuted, `broken` is a counterexample to its literal reading, and `breaks` names the assumption of the
    amended claim that it lacks.
    """

    breaks: str
    broken: Case
    unbroken: Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One claim and everything that judging it takes.

    Attributes:
        claim: the claim.
        proposals: the certificates to judge it by, made afresh; the trusted core checks each.
        cases: the strategy of cases that satisfy the assumptions (Hypothesis is loaded only then).
        margin: ≥ 0 on a case that satisfies the claim; computed in floats or exactly, decides nothing.
        mutants: cases that the check must refute.
        share: the part of a profile's examples that this check gets; orbits cost more than points.
    """

    claim: Claim
    proposals: Callable[[], Iterable[Certificate]]
    cases: Callable[[], "SearchStrategy[Case]"]
    margin: Callable[[Case], float]
    mutants: tuple[Mutant, ...] = field(default=())
    share: Fraction = Fraction(1)


def general(claim: str) -> list[Certificate]:
    """The proof of the claim for every n, in Coq or else written, then its identities size by size."""
    identities = [
        expanded_identity(identity.name, n)
        for identity in IDENTITIES.values()
        if identity.claim == claim
        for n in identity.sizes
    ]
    proof = coq_proof(claim) if claim in FORMAL_CLAIMS else written_proof(claim)
    return [proof, *identities]


def applied(
    theorem: str, subject: System, state: Iterable[str | Fraction] | None = None, step: Exact | None = None
) -> Certificate:
    """The certificate that the theorem applies to the subject, with the facts of σ that its premises read."""
    return applied_theorem(
        theorem,
        subject_data(subject, None if state is None else list(state), None if step is None else exact(step)),
        facts_read_by(theorem, subject.activation),
    )


def followed_along(
    theorem: str,
    subject: System,
    state: Iterable[str | Fraction] | None,
    along: Mapping[str, Mapping[str, object]],
) -> Certificate:
    """The certificate that the theorem applies, whose premises about an orbit state what `along` holds for each."""
    return followed_orbit(
        theorem,
        subject_data(subject, None if state is None else list(state)),
        facts_read_by(theorem, subject.activation),
        along,
    )


def decimal_interval(low: str, high: str) -> list[str]:
    """The ends as rationals in lowest terms, the only spelling that a certificate may have."""
    return [str(Fraction(low)), str(Fraction(high))]


def facts_read_by(theorem: str, activation: Activation) -> list[Certificate]:
    """The certificates of the facts and quantities of σ that the theorem's premises read, where established."""
    names = sorted({name for premise in THEOREMS[theorem].premises for name in PREMISES[premise].reads})
    if not names:
        return []
    facts = activation_facts(activation)
    quantities = activation_quantities(activation) if set(QUANTITIES) & set(names) else {}
    found = [facts[n].certificate for n in names if n in facts and facts[n].holds is not None]
    found += [quantities[n].certificate for n in names if n in quantities]
    found += [line_fact(activation.expression, n) for n in names if n in LINE_FACTS]
    return [certificate for certificate in found if certificate is not None]


def case(
    W: list[list[Exact]],
    state: list[Exact],
    activation: str = "tanh",
    *,
    step: Exact | None = None,
    form: str = "outer",
    leak: Exact = 0,
    bias: list[Exact] | tuple[()] = (),
) -> Case:
    """A case from literals; the planar rotation and tanh are what most mutants vary."""
    return Case(
        system=system(W, activation, form=form, leak=leak, bias=bias),
        state=exact_vector(state),
        step=None if step is None else exact(step),
    )


PLANAR: list[list[Exact]] = [[0, 1], [-1, 0]]
CROSS: list[list[Exact]] = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
"""CROSS x = (1, 1, 1) × x: the smallest singular skew matrix that is not 0."""
