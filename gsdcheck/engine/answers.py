"""What is true of each sentence of the paper, and what is not: put together from the judgements of a record."""

from collections.abc import Mapping, Sequence
from typing import Any

from gsdcheck.claims import BY_ID
from gsdcheck.claims.sentences import SENTENCES, Sentence

Judgement = Mapping[str, Any]

_ANSWERS = {"proved": "true", "refuted": "false"}
"""The place of a claim by its verdict; any other leaves it open."""


def answers_data(judgements: Sequence[Judgement]) -> list[dict[str, Any]]:
    """Each sentence that the judged claims touch, with these claims by what their verdicts say, as plain data.

    The first judgement of a claim speaks for it, as in `decisions_data`.
    """
    heads: dict[str, Judgement] = {}
    for judgement in judgements:
        heads.setdefault(judgement["claim"], judgement)
    found = [_answer(sentence, heads) for sentence in SENTENCES]
    return [answer for answer in found if answer["true"] or answer["false"] or answer["open"]]


def _answer(sentence: Sentence, heads: Mapping[str, Judgement]) -> dict[str, Any]:
    places: dict[str, list[Judgement]] = {"true": [], "false": [], "open": []}
    for head in heads.values():
        if head["sentence"] == sentence.key:
            places[_ANSWERS.get(head["verdict"], "open")].append(head)
    return {
        "sentence": sentence.key,
        "title": sentence.title,
        "text": sentence.text,
        **{place: [head["claim"] for head in claims] for place, claims in places.items()},
        "says": {place: _line(sentence, claims) for place, claims in places.items()},
    }


def _line(sentence: Sentence, heads: Sequence[Judgement]) -> str | None:
    """The chief claims among these in a few words, and how many others there are; None if there are none at all.

    Where none of the chief claims is among them, the title of the first stands for it.
    """
    if not heads:
        return None
    chief = [head for head in heads if head["claim"] in sentence.says] or list(heads[:1])
    words = [f"{_words(sentence, head['claim'])} ({_source(head)})" for head in chief]
    others = len(heads) - len(chief)
    return "; ".join([*words, *([f"+{others} more"] if others else [])])


def _words(sentence: Sentence, claim: str) -> str:
    return sentence.says.get(claim, BY_ID[claim].claim.title)


def _source(head: Judgement) -> str:
    """The row, and the verdict where it decides nothing."""
    return head["theory"] if head["verdict"] in _ANSWERS else f"{head['theory']}, {head['verdict']}"
