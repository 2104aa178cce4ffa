"""What was derived of one network: named first integrals, their judgements, and all of it as a record spells it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from gsdcheck.certify.branch_signs import is_branching
from gsdcheck.certify.judgement import Judgement
from gsdcheck.certify.normal_form import normal_form
from gsdcheck.engine.formulas import Formula, Symbols, chain_formulas, minors_formula
from gsdcheck.engine.integral_judgements import Certificates, as_fractions, witnesses
from gsdcheck.errors import Undecided
from gsdcheck.facts.chains import noetherian_chain
from gsdcheck.facts.integrability import integrable
from gsdcheck.facts.potentials import closed_potential
from gsdcheck.model.chain import Chain, opaque_chain
from gsdcheck.model.derivative import derivative
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.system import Form, System
from gsdcheck.symbolic.ansatz import Integral
from gsdcheck.symbolic.integrals import Derivation, Derived, derivation
from gsdcheck.symbolic.jacobian import jacobian_polynomial
from gsdcheck.symbolic.slopes import gradient, through

MOST_MINORS = 8
"""Units up to which the Jacobian's characteristic polynomial is written out."""


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
        commuting: the names of those that make the network completely integrable, if they do.
    """

    chain: Chain
    found: Derivation
    integrals: tuple[Named, ...]
    of_cofactors: tuple[Integral, ...]
    potential: Expression | None
    asked: int
    judgements: tuple[Judgement, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    commuting: tuple[str, ...] = ()


def derived(network: System, degree: int) -> DerivedNetwork:
    """The derivation of the network, every part of it judged by the core.

    Raises:
        CertificateRejected: the core does not see what was derived, which is a defect.
    """
    outer = _conjugate(network)
    chain, found = _derivation(outer, noetherian_chain(network.activation.expression), network, degree)
    potential = closed_potential(network.activation, chain)
    certificates = Certificates(network, chain, found.system, potential)
    named = [
        entry
        for entry in _named(found)
        if _moves(network, found, entry.derived.integral)
        and (certificates.knows_potentials or entry.kind != "energy")
    ]
    logs = [integral for integral in found.of_cofactors if _moves(network, found, integral)]
    facts, commuting = _commuting(outer, found, certificates)
    return DerivedNetwork(
        chain=chain,
        found=found,
        integrals=tuple(named),
        of_cofactors=tuple(logs),
        potential=potential,
        asked=degree,
        judgements=tuple(_judged(certificates, found, named, logs)),
        facts=facts,
        commuting=commuting,
    )


def _conjugate(network: System) -> System:
    """The outer form itself; of the inner form y' = -γy + Wσ(y) + γb for y = Wx + b."""
    if network.form is Form.OUTER:
        return network
    bias = tuple(network.leak * b for b in network.bias)
    return System(W=network.W, activation=network.activation, leak=network.leak, bias=bias)


def _derivation(outer: System, chain: Chain | None, network: System, degree: int) -> tuple[Chain, Derivation]:
    """By the chain; by σ alone where there is none or it leads to a limit."""
    if chain is not None:
        try:
            return chain, derivation(outer, chain, degree)
        except Undecided:
            pass  # what needs no chain is still derived, and the record says that none was used
    alone = opaque_chain(network.activation.expression)
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
    slopes = gradient(found.system, integral)
    columns = tuple(zip(*network.W, strict=True))
    return slopes is None or any(s != 0 for s in through(found.system, columns, slopes))


def _judged(
    certificates: Certificates, found: Derivation, named: Sequence[Named], logs: Sequence[Integral]
) -> Iterator[Judgement]:
    if found.darboux:
        yield certificates.darboux(found.darboux)
    for integral in logs:
        yield certificates.integral(integral)
    for entry in named:
        yield certificates.integral(entry.derived.integral)
        if entry.derived.by_logarithms is not None:
            yield certificates.integral(entry.derived.by_logarithms)


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
            names = tuple(
                entry.name for entry in entries if any(entry.derived.integral is i for i in shown[1])
            )
            fact = {"holds": True, "evidence": "symbolic", "certificate": shown[0]}
            return {"integrable": fact}, names
    return {"integrable": {"holds": None, "evidence": None, "certificate": None}}, ()


def derivation_data(network: System, whole: DerivedNetwork) -> dict[str, Any]:
    """The derivation as plain data."""
    found, system = whole.found, whole.found.system
    symbols = Symbols(whole.chain, "x" if network.form is Form.OUTER else "y")

    def written(integral: Integral | None) -> Formula | None:
        return None if integral is None else symbols.integral(system, integral)

    return {
        "variable": symbols.variable,
        "chain": chain_formulas(whole.chain, symbols) if whole.chain.is_closed else None,
        "potential": None if whole.potential is None else format_expression(whole.potential),
        "darboux": [
            {
                "polynomial": symbols.polynomial(system, d.F),
                "cofactor": symbols.polynomial(system, d.K),
                "kappa": None if d.kappa is None else symbols.polynomial(system, d.kappa),
                "unit": None if d.unit is None else d.unit + 1,
            }
            for d in found.darboux
        ],
        "products": [
            [[symbols.polynomial(system, d.F), str(c)] for c, d in integral.logarithms]
            for integral in whole.of_cofactors
        ],
        "integrals": [
            {
                "name": entry.name,
                "kind": entry.kind,
                "degree": entry.derived.degree if entry.kind == "further" else None,
                "formula": written(entry.derived.integral),
                "by_logarithms": written(entry.derived.by_logarithms),
            }
            for entry in whole.integrals
        ],
        "search": {
            "asked": whole.asked,
            "degree": found.degree if whole.chain.is_closed else None,
            "unknowns": found.unknowns,
            "dimension": found.dimension,
        },
        "commuting": list(whole.commuting),
        "jacobian": _jacobian(network),
    }


def _jacobian(network: System) -> dict[str, Any]:
    """(c_0, …, c_n) of det(λ - J) = Σ c_k (λ + γ)^(n-k), in d_i = σ'(x_i) and where every d_i is σ'(0)."""
    slope = _slope_at_zero(network.activation.expression)
    small = len(network.W) <= MOST_MINORS
    minors = jacobian_polynomial(network.W) if small else None
    at_zero = None
    if slope is not None and minors is not None:
        at_zero = [str(sum((c * slope**k for c, _ in terms), Fraction(0))) for k, terms in enumerate(minors)]
    return {
        "coefficients": None if minors is None else [minors_formula(terms) for terms in minors],
        "leak": str(network.leak),
        "slope_at_zero": None if slope is None else str(slope),
        "at_zero": at_zero,
    }


def _slope_at_zero(sigma: Expression) -> Fraction | None:
    """σ'(0) where it is a rational."""
    if is_branching(sigma):
        return None
    try:
        form = normal_form(derivative(sigma), Fraction(0))
    except Undecided:
        return None
    return form.get((), Fraction(0)) if set(form) <= {()} else None
