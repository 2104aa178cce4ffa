"""The facts and quantities of an activation: proposed here by search, decided by `certify`.

What is returned has passed the check of its own certificate; what could not be decided is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from flint import arb

from gsdcheck.certify.activation_facts import FACTS, check_fact
from gsdcheck.certify.activation_quantities import FOLLOWS, QUANTITIES, SUPREMUM_OF, check_quantity
from gsdcheck.certify.balls import enclose
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.proposals import fact_proposals
from gsdcheck.facts.quantities import quantity_proposals
from gsdcheck.model.activation import Activation
from gsdcheck.model.expression import Expression
from gsdcheck.model.formatting import format_expression
from gsdcheck.model.verdict import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A property of σ: holds, does not hold, or is undecided (None, then without evidence and certificate)."""

    name: str
    holds: bool | None
    evidence: Evidence | None
    certificate: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of σ: two decimals around it, its exact value if known; None where undecided or undefined."""

    name: str
    enclosure: tuple[str, str] | None
    exact: str | None
    certificate: Mapping[str, object] | None


def activation_facts(activation: Activation) -> Mapping[str, Fact]:
    """Every fact of `FACTS` by name, with the certificate that passed its check (cached by expression)."""
    return _facts(activation.expression)


def activation_quantities(
    activation: Activation, names: tuple[str, ...] = QUANTITIES
) -> Mapping[str, Quantity]:
    """The quantities of these names (all by default; dimensionless; cached by expression and potential)."""
    return _quantities(activation.expression, activation.potential, tuple(names))


@lru_cache(maxsize=512)
def _facts(f: Expression) -> Mapping[str, Fact]:
    found = {name: Fact(name=name, holds=None, evidence=None, certificate=None) for name in FACTS}
    for certificate in fact_proposals(f):
        name = str(certificate["fact"])
        if found[name].holds is None:
            found[name] = _decided(name, certificate) or found[name]
    return MappingProxyType(found)


def _decided(name: str, certificate: Mapping[str, object]) -> Fact | None:
    try:
        grade = check_fact(certificate)
    except CertificateRejected:  # a proposal that fails is no fact; the next one may hold
        return None
    return Fact(name=name, holds=bool(certificate["holds"]), evidence=grade, certificate=certificate)


@lru_cache(maxsize=512)
def _quantities(
    f: Expression, potential: Expression | None, names: tuple[str, ...]
) -> Mapping[str, Quantity]:
    found = {name: Quantity(name=name, enclosure=None, exact=None, certificate=None) for name in names}
    at_once = {str(c["quantity"]): c for c in (*_from_facts(f, names), *_infinite(f, names))}
    open_names = tuple(name for name in names if name not in at_once)
    for certificate in chain(at_once.values(), quantity_proposals(f, potential, open_names)):
        name = str(certificate["quantity"])
        if found[name].certificate is None:
            found[name] = _measured(name, certificate) or found[name]
    return MappingProxyType(found)


def _from_facts(f: Expression, names: tuple[str, ...]) -> list[Mapping[str, object]]:
    """The quantities that facts give outright; that σ(0) = 0 is left to the check."""
    found = []
    for name, (needed, exact) in FOLLOWS.items():
        facts = [_facts(f)[fact] for fact in needed]
        if name in names and all(fact.holds for fact in facts) and enclose(f, arb(0)).contains(0):
            certificates = [dict(fact.certificate) for fact in facts if fact.certificate is not None]
            found.append(_stated(f, name, exact, facts=certificates))
    return found


def _stated(f: Expression, name: str, exact: str, **ground: object) -> Mapping[str, object]:
    return {
        "kind": "activation-quantity",
        "expression": format_expression(f),
        "quantity": name,
        "exact": exact,
        "enclosure": [exact, exact],
        **ground,
    }


def _infinite(f: Expression, names: tuple[str, ...]) -> list[Mapping[str, object]]:
    """The suprema that are infinite because a fact is refuted."""
    refuted = {name: _facts(f)[fact] for name, fact in SUPREMUM_OF.items() if name in names}
    return [
        _stated(f, name, "oo", refuted=fact.certificate)
        for name, fact in refuted.items()
        if fact.holds is False
    ]


def _measured(name: str, certificate: Mapping[str, object]) -> Quantity | None:
    try:
        check_quantity(certificate)
    except CertificateRejected:  # as for facts
        return None
    enclosure, exact = certificate["enclosure"], certificate["exact"]
    assert isinstance(enclosure, list)  # check_quantity has seen to it
    return Quantity(
        name=name,
        enclosure=(str(enclosure[0]), str(enclosure[1])),
        exact=None if exact is None else str(exact),
        certificate=certificate,
    )
