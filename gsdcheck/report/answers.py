"""The sentences of the paper, each with the answer that the record gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gsdcheck.report.grouping import ClaimGroup
from gsdcheck.report.words import ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One sentence of the paper, what is true of it, and the claims that it was split into.

    Attributes:
        key: P1 to P5.
        lines: (true, false or open; the verdict in whose colour it is shown; what is), none of them empty.
        claims: heading ("True", "False", "Open") → the claims, none of them empty.
    """

    key: str
    text: str
    lines: tuple[tuple[str, str, str], ...]
    claims: Mapping[str, tuple[ClaimGroup, ...]]


def answers(record: Mapping[str, Any], groups: Sequence[ClaimGroup]) -> list[Answer]:
    """The answers as the record words them; none for a record without."""
    known = {group.claim: group for group in groups}
    return [_answer(entry, known) for entry in record.get("sentences") or ()]


def _answer(entry: Mapping[str, Any], known: Mapping[str, ClaimGroup]) -> Answer:
    claims = {
        name.capitalize(): tuple(known[claim] for claim in entry[name] if claim in known) for name in ANSWERS
    }
    said = entry["says"]
    return Answer(
        key=str(entry["sentence"]),
        text=str(entry["text"]),
        lines=tuple((name, verdict, str(said[name])) for name, verdict in ANSWERS.items() if said[name]),
        claims={name: listed for name, listed in claims.items() if listed},
    )
