"""The catalogue: every claim of proofs/THEORY.md that gsdcheck decides, in the order of its families."""

import difflib

from gsdcheck.claims import (
    averages,
    boundedness,
    closing,
    damping,
    darboux,
    dichotomy,
    disrupted,
    drift,
    equilibria,
    escapes,
    euler,
    euler_steps,
    euler_without_monotony,
    exponents,
    implicit,
    invariants,
    leaky_euler,
    limit_cycles,
    linear_networks,
    more_units,
    oscillation,
    periods,
    planar,
    remedies,
    spectra,
    splitting,
    tilted,
    volume,
    weighted,
)
from gsdcheck.claims.entry import Entry
from gsdcheck.errors import UnknownName


def _row(entry: Entry) -> tuple[int, int]:
    """Where the row stands in THEORY.md: its family, then its number."""
    return "IOJER".index(entry.claim.row[0]), int(entry.claim.row[1:])


_FAMILIES = (
    invariants,
    darboux,
    weighted,
    tilted,
    boundedness,
    escapes,
    oscillation,
    equilibria,
    averages,
    planar,
    periods,
    volume,
    closing,
    disrupted,
    more_units,
    exponents,
    linear_networks,
    limit_cycles,
    damping,
    dichotomy,
    drift,
    spectra,
    euler,
    euler_steps,
    euler_without_monotony,
    leaky_euler,
    splitting,
    implicit,
    remedies,
)

ALL_CLAIMS: tuple[Entry, ...] = tuple(
    sorted((entry for family in _FAMILIES for entry in family.ENTRIES), key=_row)
)
"""All entries in the order of the theory's rows; the families are written out, nothing registers itself."""

BY_ID: dict[str, Entry] = {entry.claim.id: entry for entry in ALL_CLAIMS}


def find_claims(names: tuple[str, ...]) -> tuple[Entry, ...]:
    """The entries that the names select: an id, a row such as I1, or a sentence such as P4; none selects all.

    Raises:
        UnknownName: a name selects nothing; the message names the nearest that would.
    """
    chosen: dict[str, Entry] = {}
    for name in names:
        folded = name.strip().lower()
        found = [
            entry
            for entry in ALL_CLAIMS
            if folded in (entry.claim.id, entry.claim.row.lower(), entry.claim.sentence.lower())
        ]
        if not found:
            known = {n for e in ALL_CLAIMS for n in (e.claim.id, e.claim.row, e.claim.sentence)}
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise UnknownName(
                f"unknown claim {name!r}. The nearest is {near!r}; `gsdcheck claims` lists ids, rows and sentences."
            )
        chosen.update({entry.claim.id: entry for entry in found})
    return tuple(chosen.values()) or ALL_CLAIMS
