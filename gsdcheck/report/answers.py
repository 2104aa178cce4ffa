"""The sentences of the paper, each with the answer that the record gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gsdcheck.report.grouping import ClaimGroup
from gsdcheck.report.words import SENTENCES, plural

_ANSWERS = (("true", "proved"), ("false", "refuted"), ("open", "undecided"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One sentence of the paper, the claims it was split into, and what came out.

    Attributes:
        key: P1 to P5.
        summary: the answer in words.
        claims: heading ("True", "False", "Open") → the claims, none of them empty.
    """

    key: str
    text: str
    summary: str
    claims: Mapping[str, tuple[ClaimGroup, ...]]


def answers(
    record: Mapping[str, Any], groups: Sequence[ClaimGroup], sentences: Mapping[str, str] = SENTENCES
) -> list[Answer]:
    """The answers as the record words them; a record without its own is answered from its verdicts."""
    if record.get("sentences"):
        known = {group.claim: group for group in groups}
        return [_recorded(entry, known) for entry in record["sentences"]]
    found = [
        _counted(key, text, [g for g in groups if g.detail("sentence") == key])
        for key, text in sentences.items()
    ]
    return [answer for answer in found if answer.claims]


def _recorded(entry: Mapping[str, Any], known: Mapping[str, ClaimGroup]) -> Answer:
    claims = {
        key.capitalize(): tuple(known[claim] for claim in entry.get(key) or () if claim in known)
        for key, _ in _ANSWERS
    }
    return Answer(
        key=str(entry["sentence"]),
        text=str(entry.get("text") or SENTENCES.get(str(entry["sentence"]), "")),
        summary=str(entry.get("summary") or _summary(claims)),
        claims={name: listed for name, listed in claims.items() if listed},
    )


def _counted(key: str, text: str, groups: Sequence[ClaimGroup]) -> Answer:
    """By the verdict of each claim; what floats support is open."""
    claims = {name.capitalize(): tuple(g for g in groups if _verdict(g) == v) for name, v in _ANSWERS}
    found = {name: listed for name, listed in claims.items() if listed}
    return Answer(key=key, text=text, summary=_summary(found), claims=found)


def _verdict(group: ClaimGroup) -> str:
    verdict = str(group.headline["verdict"])
    return "undecided" if verdict == "supported" else verdict


def _summary(claims: Mapping[str, Sequence[ClaimGroup]]) -> str:
    """ "3 claims that it needs are true, 1 claim is false."."""
    verbs = {"True": "true", "False": "false", "Open": "open"}
    parts = [
        f"{plural(len(listed), 'claim')} {'is' if len(listed) == 1 else 'are'} {verbs[name]}"
        for name, listed in claims.items()
        if listed
    ]
    return ", ".join(parts) + "." if parts else "No claim of this record is about it."
