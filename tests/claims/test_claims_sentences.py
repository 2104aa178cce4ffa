"""The five sentences: their chief claims exist, and the README says of them what the program says."""

import re
from pathlib import Path

import pytest

from gsdcheck.claims import ALL_CLAIMS, BY_ID
from gsdcheck.claims.sentences import SENTENCES, Sentence
from gsdcheck.model.verdict import Verdict

README = Path(__file__).parent.parent.parent / "README.md"

every_sentence = pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.key)


def test_the_sentences_are_those_that_the_claims_name() -> None:
    assert [sentence.key for sentence in SENTENCES] == ["P1", "P2", "P3", "P4", "P5"]
    assert {entry.claim.sentence for entry in ALL_CLAIMS} == {sentence.key for sentence in SENTENCES}


@every_sentence
def test_chief_claims_belong_to_their_sentence_and_titles_are_short(sentence: Sentence) -> None:
    assert {BY_ID[claim].claim.sentence for claim in sentence.says} == {sentence.key}
    assert len(sentence.title) <= 70
    assert sentence.text.endswith(".")
    verdicts = {BY_ID[claim].claim.expected for claim in sentence.says}
    assert {Verdict.PROVED, Verdict.REFUTED} <= verdicts


def rows_in_the_readme(key: str) -> tuple[set[str], set[str]]:
    """The rows of the theory that the README's table names as true and as not true of the sentence."""
    text = README.read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith(f"| **{key}**")]
    _, true, false = line.strip("| ").split(" | ")
    return set(re.findall(r"\b[IOJER]\d+\b", true)), set(re.findall(r"\b[IOJER]\d+\b", false))


def rows(sentence: Sentence, verdict: Verdict, *, chief: bool = False) -> set[str]:
    claims = [e.claim for e in ALL_CLAIMS if e.claim.sentence == sentence.key and e.claim.expected is verdict]
    return {claim.row for claim in claims if not chief or claim.id in sentence.says}


@every_sentence
def test_the_readme_agrees_with_what_is_expected(sentence: Sentence) -> None:
    true, false = rows_in_the_readme(sentence.key)
    assert rows(sentence, Verdict.PROVED, chief=True) <= true <= rows(sentence, Verdict.PROVED)
    assert rows(sentence, Verdict.REFUTED, chief=True) <= false <= rows(sentence, Verdict.REFUTED)
