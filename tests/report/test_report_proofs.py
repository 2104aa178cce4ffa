"""Words about proofs: which are formal and which only written, and what the formal ones assume."""

import io

from rich.console import Console

from gsdcheck.report.html import render_html
from gsdcheck.report.terminal import print_record
from gsdcheck.report.words import assumptions_words, grades_sentence, theorems_sentence


def judgement(claim, evidence, *, verdict="proved", case=None, rests_on=None):
    return {"claim": claim, "evidence": evidence, "verdict": verdict, "case": case, "rests_on": rests_on}


def test_formal_and_written_proofs_are_told_apart():
    heads = [
        judgement("a", "formal"),
        judgement("b", "formal", verdict="refuted"),
        judgement("c", "written"),
        judgement("d", "written"),
        judgement("e", "exact", verdict="refuted", case="W = 1"),
        judgement("f", None, verdict="undecided"),
    ]
    said = "2 claims decided formally, by a proof in Coq"
    assert grades_sentence(heads) == f"{said}; proved only in writing: c, d."
    assert grades_sentence(heads[:2]) == f"{said}."
    assert grades_sentence(heads[4:]) is None


def test_what_stands_behind_an_applied_theorem_is_said_by_claim():
    applied = [
        judgement("a", "theorem", rests_on="formal", case="σ"),
        judgement("a", "theorem", rests_on="formal", case="σ"),
        judgement("b", "theorem", rests_on="written", case="σ"),
        judgement("c", "theorem", rests_on="written", verdict="refuted", case="σ"),
        judgement("d", "exact", case="σ"),
    ]
    assert theorems_sentence(applied) == (
        "A formal proof in Coq stands behind a; a written proof stands behind b."
    )
    assert theorems_sentence(applied[2:]) == "A written proof stands behind b."
    assert theorems_sentence(applied[3:]) is theorems_sentence(None) is None


def test_axioms_are_said_by_their_names():
    printed = ["Classical_Prop.classic : forall P : Prop, P \\/ ~ P", "A.B.c : nat"]
    assert assumptions_words(printed) == "Assumes the axioms of the real numbers: classic, c."
    assert assumptions_words([], together=True) == "Together they assume nothing."
    assert assumptions_words(None) == "Assumes nothing."


def proofs_of(record):
    """The record of `verify` of the fixture, turned into one of `proofs` with a fault."""
    theorem = {"theorem": "A.b", "statement": "forall n,\n  n = n", "assumptions": []}
    head = {
        **record["judgements"][0],
        "verdict": "undecided",
        "evidence": None,
        "certificate": None,
        "proof": {"status": "not checked", "because": "A.b: it <assumes> more", "theorems": [theorem]},
    }
    coq = {"version": "8.16.1", "audited_with": "8.16.1", "unusable": None}
    extra = {"asked": ["I1"], "coq": coq, "faults": ["an <axiom>"], "without_proof": ["x-y"]}
    return {**record, "kind": "proofs", "judgements": [head], **extra}


def test_a_fault_is_shown_with_the_pinned_statement(verify_record):
    console = Console(file=io.StringIO(), width=80, color_system=None)
    print_record(proofs_of(verify_record), console)
    shown = console.file.getvalue()
    for line in (
        "not checked",
        "    forall n,\n      n = n",
        "- A.b: it <assumes> more",
        "- an <axiom>",
        "Without a proof in Coq: x-y.",
        "1 claim · 1 not checked · Coq 8.16.1",
    ):
        assert line in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_fault_is_on_the_page_as_text(verify_record):
    page = render_html(proofs_of(verify_record))
    assert "an &lt;axiom&gt;" in page
    assert "In Coq: not checked." in page


def test_the_page_of_verify_says_what_is_formal_and_what_only_written(verify_record):
    page = render_html(verify_record)
    assert "<p>0 claims decided formally, by a proof in Coq.</p>" in page
    folded = page[page.index("<summary>1 claim decided only in writing") :]
    assert "oscillation-is-perpetual" in folded[: folded.index("</details>")]
