"""Hunts and ablations shown: at 80 columns, without markup of ours in what others wrote, and in HTML."""

import copy
import io
from typing import Any

import pytest
from rich.console import Console

from gsdcheck.claims.entry import PLANAR, case
from gsdcheck.engine.hunt.ablation.ablate import ablations
from gsdcheck.engine.hunt.ablation.record import ablation_record
from gsdcheck.engine.hunt.budget import plan_of
from gsdcheck.engine.hunt.campaign import Stop
from gsdcheck.engine.hunt.findings.again import Again, Fate
from gsdcheck.engine.hunt.hunt import findings_of, hunt_record
from gsdcheck.engine.hunt.judgements import judgements_of
from gsdcheck.engine.hunt.outcome import Outcome
from gsdcheck.engine.hunt.plain import plain_case
from gsdcheck.engine.hunt.pursuit import Pursuit, Settings
from gsdcheck.engine.hunt.search import hunted
from gsdcheck.engine.hunt.settlement import Settlement, settle
from gsdcheck.engine.hunt.shard import Candidate
from gsdcheck.report.html import render_html
from gsdcheck.report.terminal import print_record

E2 = "euler-energy-never-decreases"
FALLING = Candidate(
    case=plain_case(case(PLANAR, [3, 3], "sin", step=1)), margin=-1.0, family="Gaussian · huge states"
)


def pursuit(subject: str | None = "sin", claim: str = E2, **parts: Any) -> Pursuit:
    target = hunted(claim, subject, ())
    whole: dict[str, Any] = {
        "known": [],
        "outcome": Outcome(
            rounds=3,
            tried={f"family number {k} · states": 10 + k for k in range(9)},
            rejected={"did not meet the tolerance": 5},
            best=(FALLING,),
        ),
        "settlement": Settlement(found=()),
        "stopped": str(Stop.TIME),
        "waiting": 2,
        "complete": True,
        **parts,
    }
    return Pursuit(target=target, plan=plan_of(target, claim, subject, seed=1), **whole)


def record_of(*pursuits: Pursuit) -> dict[str, Any]:
    settings = Settings(subject="sin", seed=1)
    return hunt_record(pursuits, settings, findings_of(pursuits, settings))


def shown(record: dict[str, Any]) -> str:
    out = io.StringIO()
    print_record(record, Console(file=out, width=80, highlight=False))
    return out.getvalue()


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return record_of(pursuit(settlement=settle(hunted(E2, "sin", ()), [FALLING])))


def test_a_hunt_shows_its_finding_its_effort_and_why_it_stopped(found: dict[str, Any]) -> None:
    text = " ".join(shown(found).split())
    for said in (
        "✗ refuted",
        "126 cases in 3 rounds",
        "stopped because the time was up",
        "Least margin -1 (Gaussian · huge states)",
        "did not meet the tolerance 5",
        "and 3 more",
        "of which it does not speak",
        "Reproduce with: gsdcheck replay",
    ):
        assert said in text
    assert max(len(line) for line in shown(found).splitlines() if "findings" not in line) <= 80


def test_known_findings_are_listed_apart_and_lost_ones_noted() -> None:
    known = [
        Again(claim=E2, fate=Fate.FAILS, sentence="For sin it fails."),
        Again(claim=E2, fate=Fate.FIXED, sentence="For cos it failed.", detail="not seen"),
    ]
    text = " ".join(shown(record_of(pursuit(known=known))).split())
    assert "Known finding, still fails: For sin it fails." in text
    assert "Known finding, fixed: For cos it failed. (not seen)" in text
    assert "1 of the known findings no longer hold" in text


@pytest.mark.parametrize(
    ("parts", "verdict", "reason"),
    [
        ({}, "supported", "no violation was confirmed in 126 cases"),
        ({"complete": False}, "undecided", "interrupted"),
        ({"outcome": Outcome(rounds=1)}, "undecided", "nothing was checked"),
        ({"claim": "euler-energy-falls-without-monotony"}, "undecided", "no case of the kind"),
    ],
)
def test_what_is_said_without_a_finding(parts: dict[str, Any], verdict: str, reason: str) -> None:
    [judgement] = judgements_of(pursuit(**parts))
    assert judgement["verdict"] == verdict
    assert reason in judgement["reason"]


def test_what_nothing_certifies_is_undecided_with_the_candidate_and_what_every_method_says() -> None:
    [settled] = settle(hunted(E2, "sin", ()), [FALLING]).found
    bare = Settlement(
        found=(type(settled)(**{f: getattr(settled, f) for f in settled.__slots__} | {"judgement": None}),)
    )
    [judgement] = judgements_of(pursuit(settlement=bare))
    assert judgement["verdict"] == "undecided"
    assert judgement["certificate"] is None
    assert judgement["candidate"] == plain_case(settled.case)
    assert len(judgement["candidate_evidence"]) == 2


@pytest.mark.parametrize(
    ("claim", "subject", "verdict", "expected"),
    [
        (E2, "sin", "supported", None),
        (E2, None, "supported", "supported"),
        ("J3", None, "supported", "refuted"),
    ],
)
def test_what_is_expected_of_a_hunt(
    claim: str, subject: str | None, verdict: str, expected: str | None
) -> None:
    claim = "jacobian-spectrum-is-always-imaginary" if claim == "J3" else claim
    [judgement] = judgements_of(pursuit(subject, claim))
    assert (judgement["verdict"], judgement["expected"]) == (verdict, expected)


def test_a_hunt_that_rejected_most_of_its_cases_says_so() -> None:
    mostly = Outcome(rounds=1, tried={"a · b": 1}, rejected={"outside": 99}, best=(FALLING,))
    assert "Most cases were rejected: 99 of 100." in " ".join(
        shown(record_of(pursuit(outcome=mostly))).split()
    )


def test_an_interrupted_hunt_says_so() -> None:
    record = record_of(pursuit(complete=False))
    assert record["status"] == "interrupted"
    assert "Interrupted" in shown(record)


def test_the_page_of_a_hunt_has_its_effort_and_its_script(found: dict[str, Any]) -> None:
    page = render_html(found)
    for said in ("How hard was searched", "the time was up", "np.sin", "did not meet the tolerance"):
        assert said in page


def test_what_a_record_says_is_not_markup(found: dict[str, Any]) -> None:
    record = copy.deepcopy(found)
    record["hunts"][0]["notes"] = ["<script>alert(1)</script> [bold]x[/bold]"]
    assert "<script>alert" not in render_html(record)
    assert "[bold]x[/bold]" in shown(record)


def test_an_ablation_is_a_table_in_both_views() -> None:
    rows = list(ablations("odd-size-has-a-casimir", seconds=None, examples=5, seed=0))
    record = ablation_record("odd-size-has-a-casimir", rows, seed=0)
    assert "Counterexample without n is odd" in shown(record)
    page = render_html(record)
    assert page.count("needed") >= 2
    assert "Which assumptions are needed" in page


def test_a_question_is_shown_with_its_answer_and_the_line_that_repeats_it(found: dict[str, Any]) -> None:
    record = copy.deepcopy(found)
    said = {
        "question": "Does <sin> fall?",
        "answer": "refuted: it does",
        "command": "gsdcheck hunt E2 --seed=1",
    }
    record["hunts"][0] |= said
    text = " ".join(shown(record).split())
    assert "Does <sin> fall? refuted: it does Reproduce with: gsdcheck hunt E2 --seed=1" in text
    page = render_html(record)
    assert "<h1>Open questions</h1>" in page
    assert "Does &lt;sin&gt; fall?" in page
    assert "gsdcheck hunt E2 --seed=1" in page


def test_a_violation_that_one_method_alone_sees_is_undecided_with_its_case() -> None:
    claim = "leaky-orbits-are-bounded"
    escapes = Candidate(
        case=plain_case(case([[2]], [1], "gelu", leak=1, step=1)),
        margin=-1.0,
        family="the claim's own · cases",
    )
    settled = settle(hunted(claim, "gelu", ()), [escapes])
    [judgement] = judgements_of(pursuit("gelu", claim, settlement=settled))
    assert judgement["verdict"] == "undecided"
    assert judgement["candidate"]["W"] == [["2"]]
    assert "by the only method that there is" in judgement["reason"]


def test_a_search_that_rejected_more_than_half_says_so() -> None:
    for rejected, said in ((126, False), (127, True)):
        tried = Outcome(rounds=1, tried={"a · b": 126}, rejected={"did not meet the tolerance": rejected})
        text = shown(record_of(pursuit(outcome=tried)))
        assert ("Most cases were rejected" in text) is said


def test_a_search_without_a_round_does_not_blame_the_cases() -> None:
    text = " ".join(shown(record_of(pursuit(outcome=Outcome()))).split())
    assert "no round was completed" in text
    assert "Least margin" not in text


def test_a_known_finding_that_still_fails_leaves_the_claim_undecided() -> None:
    again = Again(claim=E2, fate=Fate.FAILS, sentence="For this: it falls.", case=FALLING.case)
    [judgement] = judgements_of(pursuit(known=[again]))
    assert judgement["verdict"] == "undecided"
    assert judgement["candidate"] == FALLING.case
    assert "a known finding still fails: For this: it falls" in judgement["reason"]
