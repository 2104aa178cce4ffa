"""A finding, replayed: the certificate is checked again, or the margin looked at again by every method."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from gsdcheck.certify.judgement import Judgement
from gsdcheck.claims import BY_ID
from gsdcheck.engine.hunt.confirmation import confirmed
from gsdcheck.engine.hunt.plain import read_case
from gsdcheck.engine.hunt.search import hunted
from gsdcheck.engine.hunt.shard import PlainCase
from gsdcheck.engine.serial import same_conclusion
from gsdcheck.errors import CertificateRejected, GsdcheckError, UnknownCertificate
from gsdcheck.model.verdict import Verdict


class Fate(Enum):
    """What became of a finding; the value is the sentence."""

    REFUTED = "still refuted"
    PROVED = "still proved"
    FAILS = "still fails"
    FIXED = "fixed"
    UNKNOWN = "cannot replay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A finding and what became of it: the judgement where its certificate still holds, the case if it still fails."""

    claim: str
    fate: Fate
    sentence: str
    detail: str = ""
    judgement: Judgement | None = None
    case: PlainCase | None = None


def replayed(finding: Mapping[str, Any]) -> Again:
    """The finding replayed. Nothing that it names is imported or run; its script is text."""
    claim, said = str(finding["claim"]), str(finding["sentence"])
    if claim not in BY_ID:
        detail = f"the catalogue has no claim {claim!r}"
        return Again(claim=claim, fate=Fate.UNKNOWN, sentence=said, detail=detail)
    try:
        if finding["judgement"] is not None:
            return _certified_again(finding["judgement"], claim, said)
        again = confirmed(hunted(claim, finding["subject"], ()), read_case(finding["case"]))
    except GsdcheckError as fault:
        return Again(claim=claim, fate=Fate.UNKNOWN, sentence=said, detail=str(fault))
    if again.refused is not None:
        return _fixed(claim, said, again.refused)
    return Again(claim=claim, fate=Fate.FAILS, sentence=said, case=finding["case"])


def _certified_again(recorded: Mapping[str, Any], claim: str, said: str) -> Again:
    """The certificate checked again, and held against what the finding says.

    Raises:
        UnknownCertificate: it speaks of what this version does not have, and so says neither.
    """
    if recorded.get("certificate") is None:
        return _fixed(claim, said, "it carries no certificate")
    try:
        judgement = Judgement.from_certificate(recorded["certificate"])
    except UnknownCertificate:
        raise
    except CertificateRejected as fault:
        return _fixed(claim, said, str(fault))
    if different := same_conclusion({**recorded, "claim": claim}, judgement):
        return _fixed(claim, said, f"its certificate establishes another {', '.join(different)}")
    fate = Fate.REFUTED if judgement.verdict is Verdict.REFUTED else Fate.PROVED
    return Again(claim=claim, fate=fate, sentence=said, judgement=judgement)


def _fixed(claim: str, said: str, detail: str) -> Again:
    return Again(claim=claim, fate=Fate.FIXED, sentence=said, detail=detail)
