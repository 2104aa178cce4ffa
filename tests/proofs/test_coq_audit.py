"""The audit, with Coq itself: a proof from the axioms of the reals is accepted, and nothing less is."""

from pathlib import Path

import pytest

from gsdcheck.engine.coq_audit import Audit, audit_sources
from gsdcheck.errors import CoqError, InvalidInput

GOOD = {
    "Proved": "Theorem two : 1 + 1 = 2.\nProof. reflexivity. Qed.\n",
    "Classical": "From Coq Require Import Reals.\nOpen Scope R_scope.\n"
    "Theorem two (x y : R) : {x <= y} + {~ x <= y}.\n"
    "Proof. destruct (total_order_T x y) as [[H|H]|H]; [left; apply Rlt_le|left; apply Req_le|right;"
    " apply Rlt_not_le]; auto. Qed.\n",
    "Imports": "From Gsdcheck Require Import Proved.\nCorollary two : 2 = 1 + 1.\n"
    "Proof. symmetry. exact Proved.two. Qed.\n",
}
BAD = {
    "Admits": ("Theorem two : 1 + 1 = 3.\nProof. Admitted.\n", "assumes Admits.two"),
    "Gives": ("Theorem two : 1 + 1 = 3.\nProof. admit. Admitted.\n", "assumes Gives.two"),
    "Axiomatic": (
        "Axiom wrong : 1 = 2.\nTheorem two : 2 = 1.\nProof. symmetry. exact wrong. Qed.\n",
        "assumes Axiomatic.wrong",
    ),
    "Assuming": (
        "Hypothesis wrong : 1 = 2.\nTheorem two : 1 = 2.\nProof. exact wrong. Qed.\n",
        "assumes Assuming.wrong",
    ),
    "Resting": (
        "From Gsdcheck Require Import Axiomatic.\nTheorem two : 1 = 2.\nProof. exact wrong. Qed.\n",
        "assumes Axiomatic.wrong",
    ),
    "Disguised": (
        "Module Classical_Prop.\nAxiom classic : forall P : Prop, P \\/ ~ P.\nEnd Classical_Prop.\n"
        "Theorem two : 1 = 2 \\/ 1 <> 2.\nProof. exact (Classical_Prop.classic _). Qed.\n",
        "assumes Disguised.Classical_Prop.classic",
    ),
    "Unguarded": (
        "Unset Guard Checking.\nFixpoint loop (n : nat) : 0 = 1 := loop (S n).\n"
        "Theorem two : 0 = 1.\nProof. exact (loop 0). Qed.\n",
        "assumed to be guarded",
    ),
    "Guarded": (
        "Fixpoint loop (n : nat) : 0 = 1 := loop (S n).\nTheorem two : 0 = 1.\nProof. exact (loop 0). Qed.\n",
        "does not compile",
    ),
    "Negative": (
        "Unset Positivity Checking.\nInductive bad := make (f : bad -> False).\n"
        "Definition use (b : bad) := match b with make f => f b end.\n"
        "Theorem two : False.\nProof. exact (use (make use)). Qed.\n",
        "assumed to be positive",
    ),
    "Hierarchy": (
        "Unset Universe Checking.\nDefinition U : Type := Type.\nDefinition self : U := U.\n"
        "Theorem two : self = U.\nProof. reflexivity. Qed.\n",
        "unsafe",
    ),
    "False_": ("Theorem two : 1 + 1 = 3.\nProof. reflexivity. Qed.\n", "does not compile"),
    "Elsewhere": ("Theorem three : 1 + 2 = 3.\nProof. reflexivity. Qed.\n", "has no theorem two"),
    "Nested": (
        "Module Inner.\nTheorem two : 1 + 1 = 2.\nProof. reflexivity. Qed.\nEnd Inner.\n",
        "was not found",
    ),
    "Weakened": ("Theorem two : 1 + 1 <= 2.\nProof. auto. Qed.\n", "expected to have type"),
    "Edited": ("Theorem two : 1 + 1 = 2.\nProof. reflexivity. Qed.\n", "expected to have type"),
    "Injected": ("Theorem two : 1 + 1 = 2.\nProof. reflexivity. Qed.\n", "more than one sentence"),
    "Hiding": ("Theorem two : 1 + 1 = 2.\nProof. reflexivity. Qed.\n", "more than one sentence"),
}
PINNED = {
    "Proved.two": "1 + 1 = 2",
    "Weakened.two": "1 + 1 = 2",
    "Edited.two": "1 + 1 = 3",
    "Injected.two": "True). Proof. exact I. Qed. Goal (1 + 1 = 2",
    "Hiding.two": "1 = 2 (* or *) ",
}
ASKED = [f"{name}.two" for name in (*GOOD, *BAD, "Missing")]


def written(folder: Path, sources: dict[str, str]) -> Path:
    for name, text in sources.items():
        (folder / f"{name}.v").write_text(text)
    return folder


@pytest.fixture(scope="module")
def audit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """One run of Coq over all the sources above."""
    request.getfixturevalue("coq")
    sources = GOOD | {name: text for name, (text, _) in BAD.items()}
    return audit_sources(written(tmp_path_factory.mktemp("coq"), sources), ASKED, PINNED, jobs=2)


def test_what_is_proved_is_accepted_and_nothing_else(audit: Audit) -> None:
    assert set(audit.theorems) == {f"{name}.two" for name in GOOD}
    assert set(audit.faults) == set(ASKED) - set(audit.theorems)


def test_what_is_accepted_is_printed_with_what_it_assumes(audit: Audit) -> None:
    proved, classical = audit.theorems["Proved.two"], audit.theorems["Classical.two"]
    assert (proved.statement, proved.assumptions) == ("1 + 1 = 2", ())
    assert classical.statement == "forall x y : R, {x <= y} + {~ x <= y}"
    assert len(classical.assumptions) > 0
    assert audit.modules["Imports"].requires == ("Proved",)


@pytest.mark.parametrize("fault", BAD)
def test_what_is_no_proof_is_rejected_with_the_reason(audit: Audit, fault: str) -> None:
    assert BAD[fault][1] in audit.faults[f"{fault}.two"]


def test_a_theorem_without_a_source_is_rejected(audit: Audit) -> None:
    assert audit.faults["Missing.two"] == "there is no source Missing.v"


def test_what_is_wrong_with_the_sources_is_said_whatever_is_asked(audit: Audit) -> None:
    said = "\n".join(audit.loose)
    for name in ("Admits", "Gives", "Axiomatic", "Unguarded", "Negative", "Hierarchy", "Guarded", "False_"):
        assert f"{name}.v" in said
    for name in (*GOOD, "Elsewhere"):
        assert f"{name}.v" not in said


@pytest.mark.usefixtures("coq")
def test_an_axiom_that_no_word_betrays_is_found_among_all_theorems(tmp_path: Path) -> None:
    sources = {"Proved": GOOD["Proved"], "Assuming": BAD["Assuming"][0]}
    found = audit_sources(written(tmp_path, sources), ["Proved.two"], {}, jobs=2)
    assert list(found.theorems) == ["Proved.two"]
    assert found.loose == ("a theorem assumes Assuming.wrong : 1 = 2",)


@pytest.mark.usefixtures("coq")
def test_a_check_that_was_off_is_found_among_all_theorems(tmp_path: Path) -> None:
    sources = {"Proved": GOOD["Proved"], "Unguarded": BAD["Unguarded"][0]}
    found = audit_sources(written(tmp_path, sources), ["Proved.two"], {}, jobs=2)
    assert list(found.theorems) == ["Proved.two"]
    assert any("assumed to be guarded" in fault for fault in found.loose)


@pytest.mark.usefixtures("coq")
def test_no_source_has_the_name_of_a_question(tmp_path: Path) -> None:
    with pytest.raises(CoqError, match="kept for questions"):
        audit_sources(written(tmp_path, {"Question_Every": GOOD["Proved"]}), [], {})


@pytest.mark.usefixtures("coq")
def test_sources_that_nothing_asked_for_rests_on_may_be_left_out(tmp_path: Path) -> None:
    sources = GOOD | {"False_": BAD["False_"][0]}
    del sources["Classical"]
    found = audit_sources(written(tmp_path, sources), ["Imports.two"], {}, whole=False)
    assert (set(found.modules), found.faults, found.loose) == ({"Imports", "Proved"}, {}, ())


@pytest.mark.usefixtures("coq")
def test_sources_without_theorems_or_no_sources_at_all_prove_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no Coq sources"):
        audit_sources(tmp_path, [], {})
    found = audit_sources(written(tmp_path, {"Empty": "Definition two := 2.\n"}), [], {})
    assert found.loose == ("there is no theorem in the sources",)
