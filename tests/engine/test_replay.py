"""Replay goes by the mathematics: what a record says is made again from its certificates, or it does not hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from gsdcheck.certify.coq import coq_proof
from gsdcheck.certify.judgement import Judgement
from gsdcheck.claims import BY_ID
from gsdcheck.engine.answers import answers_data
from gsdcheck.engine.replay import Outcome, replay_file, replay_judgement
from gsdcheck.engine.serial import extended, judgement_data
from gsdcheck.errors import RecordError
from gsdcheck.model.verdict import Evidence, Verdict
from gsdcheck.record.build import build_matrix, build_record
from gsdcheck.record.files import read_record, write_record

Data = dict[str, Any]

REFUTED = ("skewness-is-necessary-for-oscillation", "oddness-is-necessary-for-the-invariant")


def record_of(*claims: str) -> Data:
    """A record of what is said of subjects; the proofs in Coq, which name none, are left out."""
    certificates = [certificate for claim in claims for certificate in BY_ID[claim].proposals()]
    judgements = [judgement_data(Judgement.from_certificate(c)) for c in certificates if c["kind"] != "coq"]
    return build_record(kind="verify", profile="quick", seed=0, judgements=judgements)


def outcomes(path: Path) -> set[Outcome]:
    return {replayed.outcome for replayed in replay_file(str(path))}


def test_a_record_still_holds(tmp_path: Path) -> None:
    write_record(tmp_path / "r.json", record_of(*REFUTED))
    assert [(r.claim, r.outcome) for r in replay_file(str(tmp_path / "r.json"))] == [
        (claim, Outcome.HOLDS) for claim in REFUTED
    ]


@pytest.mark.parametrize("claims", [REFUTED, ()])
def test_what_a_record_says_of_the_sentences_follows_from_its_judgements(
    tmp_path: Path, claims: tuple[str, ...]
) -> None:
    record = record_of(*claims)
    whole = extended(record, sentences=answers_data(record["judgements"]))
    write_record(tmp_path / "r.json", whole)
    assert outcomes(tmp_path / "r.json") == ({Outcome.HOLDS} if claims else set())
    lie = answers_data(record_of("energy-is-conserved")["judgements"])
    write_record(tmp_path / "r.json", extended(whole, sentences=lie))
    assert replay_file(str(tmp_path / "r.json"))[-1].outcome is Outcome.FAILS


def test_sentences_beside_judgements_without_a_claim_do_not_follow(tmp_path: Path) -> None:
    data = {"judgements": [{"certificate": None, "verdict": "supported"}], "sentences": []}
    (tmp_path / "r.json").write_text(json.dumps(data), encoding="utf-8")
    assert replay_file(str(tmp_path / "r.json"))[-1].outcome is Outcome.FAILS


def test_a_matrix_of_records_is_replayed_record_by_record(tmp_path: Path) -> None:
    write_record(tmp_path / "m.json", build_matrix([record_of(claim) for claim in REFUTED]))
    assert [replayed.claim for replayed in replay_file(str(tmp_path / "m.json"))] == list(REFUTED)
    assert outcomes(tmp_path / "m.json") == {Outcome.HOLDS}


def test_one_false_record_of_a_matrix_is_found(tmp_path: Path) -> None:
    false = record_of(REFUTED[0])
    false["judgements"][0]["certificate"]["subject"]["W"][0][1] = "-1"
    write_record(tmp_path / "m.json", build_matrix([record_of(REFUTED[1]), false]))
    assert [r.outcome for r in replay_file(str(tmp_path / "m.json"))] == [Outcome.HOLDS, Outcome.FAILS]


def test_a_bare_certificate_and_a_bare_judgement_are_replayed(tmp_path: Path) -> None:
    judgement = record_of(REFUTED[0])["judgements"][0]
    for data in (judgement, judgement["certificate"]):
        path = tmp_path / "c.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        (replayed,) = replay_file(str(path))
        assert (replayed.claim, replayed.outcome) == (REFUTED[0], Outcome.HOLDS)


def test_a_proof_in_coq_is_replayed_from_the_table_that_ships(tmp_path: Path) -> None:
    claim = "energy-is-conserved"
    certificate = coq_proof(claim)
    good, path = judgement_data(Judgement.from_certificate(certificate)), tmp_path / "c.json"
    for data in (certificate, good, build_record(kind="proofs", judgements=[good])):
        path.write_text(json.dumps(data), encoding="utf-8")
        (replayed,) = replay_file(str(path))
        assert (replayed.claim, replayed.outcome) == (claim, Outcome.HOLDS)
    weaker = {**certificate, "theorems": certificate["theorems"][1:]}
    path.write_text(json.dumps({**good, "certificate": weaker}), encoding="utf-8")
    assert outcomes(path) == {Outcome.FAILS}


def digits(text: str) -> list[int]:
    return [place for place, letter in enumerate(text) if letter in "0123456789"]


def test_a_record_edited_by_one_digit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_record(path, record_of(REFUTED[0]))
    text = path.read_text(encoding="utf-8")
    assert read_record(path)
    unsealed = text.index('"judgements"'), text.index('"kind": "verify"')
    places = [place for place in digits(text) if unsealed[0] < place < unsealed[1]]
    for place in places:
        path.write_text(text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :], encoding="utf-8")
        with pytest.raises(RecordError):
            read_record(path)
    assert len(places) > 5


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        ("supported", Outcome.UNCERTIFIED),
        ("undecided", Outcome.UNCERTIFIED),
        ("proved", Outcome.FAILS),
        ("refuted", Outcome.FAILS),
        (None, Outcome.FAILS),
    ],
)
def test_only_what_decides_nothing_may_come_without_a_certificate(
    verdict: str | None, outcome: Outcome
) -> None:
    recorded = {"claim": "energy-is-conserved", "verdict": verdict, "case": None, "certificate": None}
    assert replay_judgement(recorded).outcome is outcome


@pytest.mark.parametrize(
    "margin", [None, ["1", "2"], ["nan", "nan"], ["0.5"], "0.5", [0.35, 0.36], ["a", "b"], [["0.3"], "0.4"]]
)
def test_a_recorded_margin_must_meet_the_one_that_is_found(margin: object) -> None:
    judgement = record_of("jacobian-spectrum-is-always-imaginary")["judgements"][0]
    low, high = map(float, judgement["margin"])  # -det(W D) = -cos 0 cos 3 = 0.98999...
    assert low <= 0.9899924966004454 <= high
    assert replay_judgement({**judgement, "margin": margin}).outcome is Outcome.FAILS
    wider = {**judgement, "margin": ["0.98", "0.999"]}
    assert replay_judgement(wider).outcome is Outcome.HOLDS


@pytest.mark.parametrize("data", [[], 5, "text", {}, {"judgements": [5]}, {"records": [{"a": 1}]}])
def test_what_is_no_record_is_refused(tmp_path: Path, data: object) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(RecordError, match="neither a record nor a certificate"):
        replay_file(str(path))


@pytest.mark.parametrize("certificate", [5, "text", [], {}, {"kind": "formal"}, {"kind": []}, True])
def test_what_is_no_certificate_establishes_nothing(certificate: object) -> None:
    assert replay_judgement({"certificate": certificate}).outcome is Outcome.FAILS


def test_a_judgement_of_something_not_in_the_catalogue_does_not_hold() -> None:
    judgement = record_of(REFUTED[0])["judgements"][0]
    assert replay_judgement({**judgement, "claim": "no-such-claim"}).outcome is Outcome.FAILS


def test_every_verdict_and_grade_has_its_word_in_a_record() -> None:
    supported = Judgement(
        claim=REFUTED[0], verdict=Verdict.SUPPORTED, evidence=Evidence.SAMPLED, reason="seen", examples=3
    )
    data = judgement_data(supported, seconds=0.5, expected=Verdict.REFUTED)
    assert (data["verdict"], data["evidence"], data["expected"]) == ("supported", "sampled", "refuted")
    assert (data["theory"], data["certificate"], data["amended_by"]) == ("O9", None, None)
