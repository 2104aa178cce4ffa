"""A claim in words: statement, assumptions, what is expected, its proof in Coq."""

from gsdcheck.certify.coq_table import coq_table
from gsdcheck.certify.formal import FORMAL_CLAIMS
from gsdcheck.certify.premises import PREMISES
from gsdcheck.claims.entry import Entry
from gsdcheck.sources import SOURCES


def _in_coq(claim: str) -> list[str]:
    """The theorems in Coq that say the claim, with their statements; that there are none, if there are none."""
    if claim not in FORMAL_CLAIMS:
        return ["Proof: for every n only in writing or by certificates; none in Coq."]
    lines = [f"Proof: formal, in Coq (`gsdcheck proofs {claim}` checks it):"]
    for name in FORMAL_CLAIMS[claim].theorems:
        statement = coq_table().theorems[name].statement
        lines += [f"  {name}", *(f"    {line}" for line in statement.split("\n"))]
    return lines


def explained(entry: Entry) -> list[str]:
    """What `gsdcheck explain` prints above the proof page, a line a thing."""
    claim = entry.claim
    lines = [f"{claim.id} ({claim.row}, {claim.sentence}): {claim.title}", "", claim.statement, ""]
    lines += ["Assumptions:", *(f"  {name}: {PREMISES[name].says}" for name in claim.assumptions)]
    lines.append(f"Expected: {claim.expected or 'open'}")
    lines += [f"True instead: {claim.amended_by}"] if claim.amended_by else []
    lines.append(f"Mutants: {', '.join(mutant.breaks for mutant in entry.mutants)}")
    lines += _in_coq(claim.id)
    return [*lines, f"Source: {SOURCES[claim.source]}"]
