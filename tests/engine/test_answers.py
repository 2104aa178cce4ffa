"""What is said of the paper's sentences follows from the verdicts, and changes with them."""

from typing import Any

import pytest

from gsdcheck.claims import ALL_CLAIMS, BY_ID
from gsdcheck.claims.sentences import SENTENCES
from gsdcheck.engine.answers import answers_data
from gsdcheck.model.verdict import Verdict

Data = dict[str, Any]

WIDTH = 80 - len("   false  ")
"""What the terminal leaves for an answer at 80 columns."""


def judged(claim: str, verdict: str | None = None, **others: Any) -> Data:
    entry = BY_ID[claim].claim
    expected = str(entry.expected or Verdict.SUPPORTED)
    parts = {"claim": claim, "theory": entry.row, "sentence": entry.sentence, "case": None}
    return {**parts, "verdict": verdict or expected, **others}


def as_expected() -> list[Data]:
    return [judged(entry.claim.id) for entry in ALL_CLAIMS]


def test_every_claim_has_one_place_by_its_verdict() -> None:
    found = answers_data(as_expected())
    assert [answer["sentence"] for answer in found] == ["P1", "P2", "P3", "P4", "P5"]
    places = {"true": Verdict.PROVED, "false": Verdict.REFUTED}
    for place, verdict in places.items():
        mine = [claim for answer in found for claim in answer[place]]
        assert sorted(mine) == sorted(e.claim.id for e in ALL_CLAIMS if e.claim.expected is verdict)
    assert sum(len(answer[place]) for answer in found for place in ("true", "false", "open")) == len(
        ALL_CLAIMS
    )


def test_an_answer_fits_on_one_line() -> None:
    lines = [line for answer in answers_data(as_expected()) for line in answer["says"].values() if line]
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) >= 2 * len(SENTENCES)


@pytest.mark.parametrize("verdict", ["undecided", "supported"])
def test_a_verdict_that_is_missing_leaves_the_sentence_open(verdict: str) -> None:
    chief = "energy-is-conserved"
    (answer,) = answers_data([judged(chief, verdict)])
    assert (answer["true"], answer["false"], answer["open"]) == ([], [], [chief])
    assert answer["says"] == {
        "true": None,
        "false": None,
        "open": f"skew W conserves H for any continuous σ (I1, {verdict})",
    }


def test_the_same_words_change_sides_with_the_verdict() -> None:
    proved, refuted = (answers_data([judged("limit-cycles-exist", v)])[0] for v in ("proved", "refuted"))
    assert proved["says"]["true"] == refuted["says"]["false"] == "skew W gives limit cycles (O8)"
    assert proved["says"]["false"] is None
    assert refuted["says"]["true"] is None


def test_the_other_claims_are_counted_and_a_title_stands_in_for_a_chief_claim() -> None:
    (answer,) = answers_data([judged("casimirs-are-conserved"), judged("energy-is-conserved")])
    assert answer["says"]["true"] == "skew W conserves H for any continuous σ (I1); +1 more"
    (answer,) = answers_data([judged("casimirs-are-conserved"), judged("bias-tilts-the-energy")])
    title = BY_ID["casimirs-are-conserved"].claim.title
    assert answer["says"]["true"] == f"{title} (I4); +1 more"


def test_only_the_sentences_of_the_judged_claims_are_answered_by_their_first_judgement() -> None:
    cases = [judged("limit-cycles-exist"), judged("limit-cycles-exist", "proved", case="another")]
    found = answers_data([*cases, judged("rk4-is-bounded-within-its-stability-interval")])
    assert [(a["sentence"], a["true"], a["false"]) for a in found] == [
        ("P1", [], ["limit-cycles-exist"]),
        ("P4", ["rk4-is-bounded-within-its-stability-interval"], []),
    ]
    assert answers_data([]) == []
