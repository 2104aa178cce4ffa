"""Re-checking the certified facts and quantities of a record: of σ, of W, and of the network."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.certify.activation_quantities import check_quantity
from gsdcheck.certify.equilibria import EQUILIBRIUM, check_equilibrium
from gsdcheck.certify.integrability import INTEGRABLE, check_integrable
from gsdcheck.certify.matrix_facts import MATRIX_FACT, check_matrix_fact
from gsdcheck.engine.options import weights_hash
from gsdcheck.errors import CertificateRejected

Certificate: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedFact:
    """One fact or quantity: what it is about, and why it does not hold any longer (None if it holds)."""

    name: str
    case: str | None
    fault: str | None


def replayed_facts(data: Any) -> Iterator[ReplayedFact]:
    """The facts and quantities of the record, or of the records in it, that carry a certificate."""
    if not isinstance(data, dict):
        return
    if isinstance(data.get("records"), list):
        for record in data["records"]:
            yield from replayed_facts(record)
        return
    for kind, check in (("facts", _fact_holds), ("quantities", _quantity_holds)):
        entries = data.get(kind)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict) and isinstance(entry.get("certificate"), dict):
                yield _replayed(name, entry, check, data.get("subject"))


def _replayed(
    name: str, entry: Mapping[str, Any], check: Callable[[str, Mapping[str, Any]], bool], subject: Any
) -> ReplayedFact:
    certificate = entry["certificate"]
    fault = None
    try:
        if not check(name, entry):
            fault = "its certificate establishes another fact"
        elif not _is_about(certificate, subject):
            fault = "its certificate is about another network than the record"
    except CertificateRejected as rejected:
        fault = str(rejected)
    return ReplayedFact(name=name, case=_case(certificate), fault=fault)


def _fact_holds(name: str, entry: Mapping[str, Any]) -> bool:
    certificate = entry["certificate"]
    if certificate.get("kind") == INTEGRABLE:
        established = (INTEGRABLE, True, str(check_integrable(certificate)))
    else:
        check = check_matrix_fact if certificate.get("kind") == MATRIX_FACT else check_fact
        established = (certificate["fact"], certificate["holds"], str(check(certificate)))
    return bool(established == (name, entry.get("holds"), entry.get("evidence")))


def _quantity_holds(name: str, entry: Mapping[str, Any]) -> bool:
    certificate = entry["certificate"]
    if certificate.get("kind") == EQUILIBRIUM:
        check_equilibrium(certificate)
    else:
        check_quantity(certificate)
    return certificate["quantity"] == name and all(
        certificate[p] == entry.get(p) for p in ("enclosure", "exact")
    )


def _is_about(certificate: Certificate, subject: Any) -> bool:
    """Whether a certificate that names weights names those of the record, as far as its subject does."""
    network = certificate.get("subject", certificate)
    if not isinstance(subject, dict) or "W" not in network:
        return True
    for key in ("activation", "form", "leak"):
        if key in network and subject.get(key) not in (None, network[key]):
            return False
    if subject.get("W") is not None:
        return bool(subject["W"] == network["W"])
    return subject.get("W_sha256") in (None, weights_hash(network["W"]))


def _case(certificate: Certificate) -> str | None:
    """What it is about, in a few words."""
    if certificate.get("expression") is not None:
        return str(certificate["expression"])
    network = certificate.get("subject", certificate)
    rows = network.get("W") if isinstance(network, dict) else None
    return f"W {len(rows)}x{len(rows)}" if isinstance(rows, list) else None
