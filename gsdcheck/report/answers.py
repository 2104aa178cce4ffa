"""The sentences of the paper, each with the answer that the record gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gsdcheck.report.grouping import ClaimGroup
from gsdcheck.report.words import ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One sentence of the paper, and what came out of the claims that it was split into.

    Attributes:
        key: P1 to P5.
        text: the sentence.
        lines: (what it says, in whose colour, in one line): ("true", "proved", …), ("false", "refuted", …), …
        claims: heading ("True", "False", "Open") → the claims, none of them empty.
    """

    key: str
    text: str
    lines: tuple[tuple[str, str, str], ...]
    claims: Mapping[str, tuple[ClaimGroup, ...]]


def answers(record: Mapping[str, Any], groups: Sequence[ClaimGroup]) -> list[Answer]:
    """The answers as the record words them; none for a record that answers no sentence."""
    known = {group.claim: group for group in groups}
    return [_answer(entry, known) for entry in record.get("sentences") or ()]


def _answer(entry: Mapping[str, Any], known: Mapping[str, ClaimGroup]) -> Answer:
    claims = {key.capitalize(): tuple(known[c] for c in entry[key] if c in known) for key in ANSWERS}
    said = entry["says"]
    return Answer(
        key=entry["sentence"],
        text=entry["text"],
        lines=tuple((key, verdict, said[key]) for key, verdict in ANSWERS.items() if said[key]),
        claims={heading: groups for heading, groups in claims.items() if groups},
    )
