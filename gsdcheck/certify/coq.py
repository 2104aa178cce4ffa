"""Proofs in Coq, checked without running Coq.

    {"kind": "coq", "claim": id, "sources": sha256,
     "theorems": [{"theorem": "Module.name", "statement": ..., "assumptions": [...]}, ...]}

The theorems must be those that say the claim, with the statements and the assumptions of the table of audited
theorems, and the sources that ship must be those that were audited. `gsdcheck proofs` runs Coq and makes the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gsdcheck.certify.coq_table import (
    AXIOMS,
    CoqTheorem,
    closure,
    coq_table,
    sources_fingerprint,
    sources_folder,
    stale_modules,
)
from gsdcheck.certify.formal import FORMAL_CLAIMS, FORMAL_THEOREMS, Formal
from gsdcheck.certify.subject import require_keys, require_list, require_text
from gsdcheck.errors import CertificateRejected
from gsdcheck.model.verdict import Evidence, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CoqProof:
    """What a certificate of kind coq establishes: the claim, decided for every network it speaks of."""

    claim: str
    verdict: Verdict
    reason: str


def coq_proof(claim: str) -> dict[str, object]:
    """The certificate that Coq decides the claim.

    Raises:
        CertificateRejected: the table has no theorem for it.
    """
    theorems = _audited(_formal(claim).theorems)
    return {
        "kind": "coq",
        "claim": claim,
        "sources": sources_fingerprint({theorem.module for theorem in theorems}),
        "theorems": [_theorem_data(theorem) for theorem in theorems],
    }


def check_coq(data: Mapping[str, object]) -> CoqProof:
    """What the certificate establishes.

    Raises:
        CertificateRejected: it is not what was audited, or the sources that ship are not.
    """
    require_keys(data, {"kind", "claim", "sources", "theorems"}, "a proof in Coq")
    claim = require_text(data["claim"], "claim")
    formal = _formal(claim)
    theorems = _audited(formal.theorems)
    # soundness: exactly the theorems of this claim, each with its audited statement and assumptions
    if require_list(data["theorems"], "theorems") != [_theorem_data(theorem) for theorem in theorems]:
        raise CertificateRejected(f"these are not the audited theorems that say {claim}, word by word.")
    if data["sources"] != sources_fingerprint({theorem.module for theorem in theorems}):
        raise CertificateRejected("the certificate was made from other Coq sources than those that ship.")
    return CoqProof(claim=claim, verdict=formal.verdict, reason=_reason(formal, theorems))


def grade(theorem: str) -> Evidence:
    """What stands behind a theorem of `certify.theorems`: Coq where it covers it, else the proof on its page."""
    names = FORMAL_THEOREMS.get(theorem)
    if names is None:
        return Evidence.WRITTEN
    _audited(names)
    return Evidence.FORMAL


def _formal(claim: str) -> Formal:
    if claim not in FORMAL_CLAIMS:
        raise CertificateRejected(f"no theorem in Coq says {claim[:60]!r}.")
    return FORMAL_CLAIMS[claim]


def _audited(names: Sequence[str]) -> list[CoqTheorem]:
    """The theorems, which the table must have, from no more than the allowed axioms, and from these sources."""
    found = [_entry(name) for name in names]
    for theorem in found:
        if strange := sorted(set(theorem.assumptions) - AXIOMS):  # soundness: the table may be wrong, too
            raise CertificateRejected(f"{theorem.name} assumes {strange[0][:80]!r}.")
    stale = stale_modules(sources_folder())
    for name in closure({theorem.module for theorem in found}):
        if name in stale:  # soundness: a theorem was audited in these sources only
            raise CertificateRejected(f"proofs/coq/{name}.v is not the source that was audited.")
    return found


def _entry(name: str) -> CoqTheorem:
    table = coq_table().theorems
    if name not in table:
        raise CertificateRejected(f"the table has no Coq theorem {name!r}.")
    return table[name]


def _theorem_data(theorem: CoqTheorem) -> dict[str, object]:
    return {
        "theorem": theorem.name,
        "statement": theorem.statement,
        "assumptions": list(theorem.assumptions),
    }


def _reason(formal: Formal, theorems: Sequence[CoqTheorem]) -> str:
    names = ", ".join(theorem.name for theorem in theorems)
    said = (
        "proved for every n in Coq" if formal.verdict is Verdict.PROVED else "its negation is proved in Coq"
    )
    axioms = any(theorem.assumptions for theorem in theorems)
    return f"{said} ({names}), from {'no axioms but those of the real numbers' if axioms else 'no axioms at all'}"
