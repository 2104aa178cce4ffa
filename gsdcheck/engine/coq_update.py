"""The table of audited theorems as an audit writes it, and what is stale about the one that ships."""

import json
from collections.abc import Mapping

from gsdcheck.certify.coq_table import TABLE, CoqTheorem
from gsdcheck.certify.formal import FORMAL_CLAIMS, FORMAL_THEOREMS
from gsdcheck.engine.coq_audit import Audit
from gsdcheck.errors import InvalidInput

REMEDY = "Run `gsdcheck proofs --update` and read what changed in certify/coq_table.json."


def table_text(audit: Audit, version: str) -> str:
    """The table as JSON: what Coq printed of each theorem, what it is for, and the fingerprints of the sources."""
    data = {
        "coq": version,
        "modules": {
            name: {"requires": " ".join(module.requires), "sha256": module.sha256}
            for name, module in audit.modules.items()
        },
        "theorems": {name: _entry(theorem) for name, theorem in audit.theorems.items()},
    }
    return json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _entry(theorem: CoqTheorem) -> Mapping[str, object]:
    return {
        "statement": theorem.statement.split("\n"),
        "assumptions": list(theorem.assumptions),
        "claims": {
            claim: str(formal.verdict)
            for claim, formal in FORMAL_CLAIMS.items()
            if theorem.name in formal.theorems
        },
        "stands_behind": sorted(id for id, names in FORMAL_THEOREMS.items() if theorem.name in names),
    }


def write_table(audit: Audit, version: str) -> None:
    """Writes the table that ships.

    Raises:
        InvalidInput: something is wrong with the proofs, or the table cannot be written.
    """
    faults = [*audit.loose, *(f"{name}: {fault}" for name, fault in audit.faults.items())]
    if faults:
        raise InvalidInput(f"The table is not written: {'; '.join(faults)}.")
    try:
        TABLE.write_text(table_text(audit, version), encoding="utf-8")
    except OSError as fault:
        raise InvalidInput(f"{TABLE} cannot be written: {fault.strerror}. Run this in a checkout.") from fault


def stale_table(audit: Audit, version: str) -> str | None:
    """What is wrong with the table that ships, if it is not what this audit of all theorems would write."""
    text = table_text(audit, version)
    if json.loads(text)["coq"] != json.loads(TABLE.read_text(encoding="utf-8"))["coq"]:
        return (
            None  # another version of Coq prints statements in another way; the goals were held all the same
        )
    return None if text == TABLE.read_text(encoding="utf-8") else f"the table is stale. {REMEDY}"
