"""A finding, replayed: the certificate is checked again, or the margin looked at again by every method."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gsdcheck.claims import BY_ID
from gsdcheck.engine.hunt.confirmation import confirmed
from gsdcheck.engine.hunt.plain import read_case
from gsdcheck.engine.hunt.search import hunted
from gsdcheck.engine.replay import Outcome, replay_judgement
from gsdcheck.errors import GsdcheckError


class Fate(Enum):
    """What became of a finding; the value is the sentence."""

    REFUTED = "still refuted"
    FAILS = "still fails"
    FIXED = "fixed"
    UNKNOWN = "cannot replay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A finding and what became of it."""

    claim: str
    fate: Fate
    sentence: str
    detail: str = ""


def replayed(finding: Mapping[str, Any]) -> Again:
    """The finding replayed. Nothing that it names is imported or run; its script is text."""
    claim, said = str(finding["claim"]), str(finding["sentence"])
    try:
        fate, detail = _fate(finding, claim)
    except GsdcheckError as fault:
        fate, detail = Fate.UNKNOWN, str(fault)
    return Again(claim=claim, fate=fate, sentence=said, detail=detail)


def _fate(finding: Mapping[str, Any], claim: str) -> tuple[Fate, str]:
    if claim not in BY_ID:
        return Fate.UNKNOWN, f"the catalogue has no claim {claim!r}"
    judgement = finding["judgement"]
    if judgement is not None:
        found = replay_judgement({"certificate": None, **judgement})
        if found.outcome is Outcome.HOLDS:
            return Fate.REFUTED, ""
        return Fate.FIXED, found.detail or "it carries no certificate"
    target = hunted(claim, finding["subject"], ())
    again = confirmed(target, read_case(finding["case"]))
    return (Fate.FAILS, "") if again.refused is None else (Fate.FIXED, again.refused)
