"""A claim in words: statement, assumptions, what is expected, and its proof page."""

from gsdcheck.certify.pages import page_text
from gsdcheck.certify.premises import PREMISES
from gsdcheck.claims.entry import Entry
from gsdcheck.sources import SOURCES


def explained(entry: Entry) -> str:
    """The text that `gsdcheck explain` prints."""
    claim = entry.claim
    lines = [f"{claim.id} ({claim.row}, {claim.sentence}): {claim.title}", "", claim.statement, ""]
    lines += ["Assumptions:", *(f"  {name}: {PREMISES[name].says}" for name in claim.assumptions)]
    lines.append(f"Expected: {claim.expected or 'open'}")
    lines += [f"True instead: {claim.amended_by}"] if claim.amended_by else []
    lines.append(f"Mutants: {', '.join(mutant.breaks for mutant in entry.mutants)}")
    return "\n".join([*lines, f"Source: {SOURCES[claim.source]}", "", page_text(claim.id)])
