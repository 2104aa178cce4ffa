"""The named set of questions: whole, asked of what exists, answered with certificates, and compared by its answers."""

import copy

import numpy as np
import pytest

from gsdcheck.certify.judgement import Judgement
from gsdcheck.engine.hunt.questions import Question, answered, different_answers, questions
from gsdcheck.engine.hunt.search import hunted
from gsdcheck.model.library import distinct_activations, find_activation
from gsdcheck.numeric.evaluation import compile_expression
from gsdcheck.record.canonical import canonical

FALLS = "euler-energy-falls-without-monotony"
ASKED = (
    Question(asks="Does sin fall?", claim=FALLS, subject="sin", sizes=(2,), examples=2_000),
    Question(
        asks="Does tanh?", claim="energy-is-conserved", subject="tanh", examples=50, measures="{:.0g}".format
    ),
)


@pytest.fixture(scope="module")
def record() -> dict:
    return answered(ASKED, seed=3)


def falls(name: str) -> bool:
    """Whether values fall on a fine grid."""
    x = np.linspace(-10, 10, 200_001)
    with np.errstate(all="ignore"):
        values = np.broadcast_to(compile_expression(find_activation(name).expression)(x), x.shape)
    return bool((np.diff(values) < -1e-9).any())


def test_euler_is_asked_of_every_activation_of_the_library_that_falls() -> None:
    asked = [question.subject for question in questions() if question.claim == FALLS]
    assert asked == [name for name in distinct_activations() if falls(name)]


def test_every_question_is_asked_once_of_a_claim_that_can_be_hunted() -> None:
    whole = list(questions())
    assert len({question.asks for question in whole}) == len(whole) > 15
    for question in whole:
        assert hunted(question.claim, question.subject, question.sizes).domain.sizes


def test_an_answer_has_its_certificate_and_the_line_that_repeats_it(record: dict) -> None:
    first, second = record["hunts"]
    assert first["command"] == f"gsdcheck hunt {FALLS} --activation sin --n 2 --max-examples=2000 --seed=3"
    assert first["verdict"] == "proved"
    [certified] = [j for j in record["judgements"] if j["claim"] == FALLS]
    assert Judgement.from_certificate(certified["certificate"]).verdict.value == "proved"
    assert second["answer"].startswith("supported: no violation was confirmed in")
    assert second["answer"].endswith(f"; {second['best_margin']['value']:.0g}")


def test_the_answers_are_the_same_every_time(record: dict) -> None:
    assert canonical(answered(ASKED, seed=3, jobs=2)) == canonical(record)


def test_records_differ_where_a_verdict_does_and_not_where_another_case_was_found(record: dict) -> None:
    other = copy.deepcopy(record)
    other["hunts"][0]["answer"] = "another case"
    assert different_answers(record, other) == []
    other["hunts"][0]["verdict"] = "undecided"
    assert different_answers(record, other) == ["Does sin fall? verdict: proved against undecided"]
    del other["hunts"][0]
    assert (
        different_answers(other, record)
        == different_answers(record, other)
        == ["Does sin fall? on one side only"]
    )
