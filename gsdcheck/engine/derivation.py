"""What was derived of one network: named first integrals, and their judgements by the core."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.polynomial_field import MOST_VARIABLES
from gsdcheck.engine.integral_judgements import Certificates, as_fractions, witnesses
from gsdcheck.errors import Undecided
from gsdcheck.facts.chains import noetherian_chain
from gsdcheck.facts.integrability import gradient_rank, integrable
from gsdcheck.facts.potentials import closed_potential
from gsdcheck.model.chain import Chain, opaque_chain
from gsdcheck.model.expression import Expression
from gsdcheck.model.system import Form, System
from gsdcheck.symbolic.ansatz import Integral
from gsdcheck.symbolic.integrals import Derivation, Derived, derivation
from gsdcheck.symbolic.slopes import Gradient, gradient, through


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A first integral with its name: C a Casimir, H an energy, I a further one."""

    name: str
    kind: str
    derived: Derived


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedNetwork:
    """The first integrals of one network, certified.

    Attributes:
        chain: of σ; the opaque one if none was found.
        found: the derivation of the outer form, for the inner form in y = Wx + b.
        integrals: those that are no constants on the states of the network.
        of_cofactors: likewise, as Σ c log|F|.
        potential: a closed form of Φ, if one is at hand.
        asked: the degree that was asked for.
        unjudged: the number of integrals that the core did not see, which are left out.
        rank: of their gradients at a witness, in floats.
        integrable: whether the network is completely integrable, as a fact.
        commuting: the names of those that make the network completely integrable, if they do.
    """

    chain: Chain
    found: Derivation
    integrals: tuple[Named, ...]
    of_cofactors: tuple[Integral, ...]
    potential: Expression | None
    asked: int
    unjudged: int
    rank: int | None
    judgements: tuple[Judgement, ...]
    integrable: Mapping[str, Any]
    commuting: tuple[str, ...]


def derived(network: System, degree: int) -> DerivedNetwork:
    """The derivation of the network, every part of it judged by the core."""
    outer = conjugate(network)
    chain, found = _derivation(outer, noetherian_chain(network.activation.expression), degree)
    potential = closed_potential(network.activation, chain)
    certificates = Certificates(network, chain, found.system, potential)
    judgements: list[Judgement] = list(certificates.darboux(found.darboux))
    logs = [
        integral
        for integral in found.of_cofactors
        if _moves(network, found, integral) and _joins(judgements, certificates.integral(integral))
    ]
    moving = [entry for entry in _named(found) if _moves(network, found, entry.derived.integral)]
    kept = []
    for entry in moving:
        if _joins(judgements, certificates.integral(entry.derived.integral)):
            kept.append(_with_judged_logarithms(entry, certificates, judgements))
    fact, commuting = _commuting(outer, found, certificates)
    points = witnesses(outer.n)
    return DerivedNetwork(
        chain=chain,
        found=found,
        integrals=tuple(kept),
        of_cofactors=tuple(logs),
        potential=potential,
        asked=degree,
        unjudged=len(moving) - len(kept),
        rank=gradient_rank(found.system, [e.derived.integral for e in kept], as_fractions(next(points))),
        judgements=tuple(judgements),
        integrable=fact,
        commuting=commuting,
    )


def conjugate(network: System) -> System:
    """The outer form itself; of the inner form y' = -γy + Wσ(y) + γb for y = Wx + b."""
    if network.form is Form.OUTER:
        return network
    bias = tuple(network.leak * b for b in network.bias)
    return System(W=network.W, activation=network.activation, leak=network.leak, bias=bias)


def _derivation(outer: System, chain: Chain | None, degree: int) -> tuple[Chain, Derivation]:
    """By the chain; by σ alone where there is none, it is too wide for the core, or it leads to a limit."""
    if chain is not None and outer.n * chain.width <= MOST_VARIABLES:
        try:
            return chain, derivation(outer, chain, degree)
        except Undecided:  # what needs no chain is still derived, and the record says that none was used
            pass
    alone = opaque_chain(outer.activation.expression)
    return alone, derivation(outer, alone, degree)


def _named(found: Derivation) -> Iterator[Named]:
    for letter, kind, entries in (
        ("C", "casimir", found.casimirs),
        ("H", "energy", found.energies),
        ("I", "further", found.further),
    ):
        for k, entry in enumerate(entries, start=1):
            name = letter if letter == "H" and len(entries) == 1 else f"{letter}{k}"
            yield Named(name=name, kind=kind, derived=entry)


def _moves(network: System, found: Derivation, integral: Integral) -> bool:
    """Whether the function changes with the state: in the inner form k·y = k·b for kᵀW = 0 does not."""
    if network.form is Form.OUTER:
        return True
    system, columns = found.system, tuple(zip(*network.W, strict=True))

    def changes(slopes: Gradient | None) -> bool:
        return slopes is None or any(s != 0 for s in through(system, columns, slopes))

    factors = ([system.slope(d.F, i) for i in range(system.n)] for _, d in integral.logarithms)
    return changes(gradient(system, integral)) and all(changes(tuple(slopes)) for slopes in factors)


def _joins(judgements: list[Judgement], judgement: Judgement | None) -> bool:
    """Whether there is a judgement, which joins the others."""
    if judgement is not None:
        judgements.append(judgement)
    return judgement is not None


def _with_judged_logarithms(entry: Named, certificates: Certificates, judgements: list[Judgement]) -> Named:
    """The entry with its form by logarithms if the core sees that one too."""
    by_logarithms = entry.derived.by_logarithms
    if by_logarithms is None or _joins(judgements, certificates.integral(by_logarithms)):
        return entry
    return replace(entry, derived=replace(entry.derived, by_logarithms=None))


def _commuting(
    outer: System, found: Derivation, certificates: Certificates
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Complete integrability as a fact, and the names of the integrals that show it; null where they do not."""
    entries = [e for e in _named(found) if certificates.knows_potentials or e.kind != "energy"]
    integrals = [entry.derived.integral for entry in entries]
    head = certificates.head(potentials=any(any(i.potentials) for i in integrals))
    for point in witnesses(outer.n):
        shown = integrable(outer, found.system, integrals, head, as_fractions(point))
        if shown is not None:
            chosen = [id(integral) for integral in shown[1]]
            names = tuple(entry.name for entry in entries if id(entry.derived.integral) in chosen)
            return {"holds": True, "evidence": "symbolic", "certificate": shown[0]}, names
    return {"holds": None, "evidence": None, "certificate": None}, ()
