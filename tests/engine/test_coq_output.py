"""What Coq prints is read strictly: an axiom, a statement, or an error."""

import pytest

from gsdcheck.engine.coq_output import (
    is_one_sentence,
    preamble,
    read_assumptions,
    read_statement,
    theorem_names,
    unproved,
    without_comments,
)
from gsdcheck.errors import CoqError

# As Coq 8.16 prints them.
AXIOMS = """Axioms:
ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}
ClassicalDedekindReals.sig_forall_dec
  : forall P : nat -> Prop,
    (forall n : nat, {P n} + {~ P n}) ->
    {n : nat | ~ P n} + {forall n : nat, P n}
"""
UNGUARDED = "Axioms:\nloop is assumed to be guarded.\n"
TYPE_IN_TYPE = "Axioms:\nhurkens relies on an unsafe hierarchy.\n"


def test_axioms_are_read_with_their_statements_on_one_line() -> None:
    assert read_assumptions(AXIOMS) == (
        "ClassicalDedekindReals.sig_not_dec : forall P : Prop, {~ ~ P} + {~ P}",
        "ClassicalDedekindReals.sig_forall_dec : forall P : nat -> Prop, "
        "(forall n : nat, {P n} + {~ P n}) -> {n : nat | ~ P n} + {forall n : nat, P n}",
    )
    assert read_assumptions("Closed under the global context\n") == ()


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "Axioms:\n",
        UNGUARDED,
        TYPE_IN_TYPE,
        AXIOMS + "loop is assumed to be guarded.\n",
        AXIOMS + "Bad is assumed to be positive.\n",
        "Axioms:\n  : forall P : Prop, P\n",
        "Axioms:\nwrong\n",
        "Axioms:\nwrong :\n",
        "Closed under the global context\nwrong : False\n",
        "Theory: Set is impredicative\n" + AXIOMS,
        "Section Variables:\nwrong : False\n",
        "Fetching opaque proofs from disk\n" + AXIOMS,
    ],
)
def test_what_is_not_understood_is_an_error(printed: str) -> None:
    with pytest.raises(CoqError):
        read_assumptions(printed)


def test_a_statement_is_what_stands_behind_the_name_and_keeps_its_lines() -> None:
    printed = "Energy.kept\n     : forall n : nat, \n       skew n ->\n         conserved n\n"
    assert read_statement(printed) == "forall n : nat,\nskew n ->\n  conserved n"
    assert read_statement("kept : 1 = 1\n") == "1 = 1"


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "kept",
        "kept : 1 = 1. Qed.",
        "kept : 1 = 1 (* 2 *)",
        'kept : "1"',
        "a b : 1 = 1",
        "kept\n = 1\n : nat",
    ],
)
def test_what_is_no_statement_is_an_error(printed: str) -> None:
    with pytest.raises(CoqError):
        read_statement(printed)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("forall x, x = x", True),
        ("JacobianSymmetry.kept = 1", True),
        ("True. Proof. exact I. Qed. Goal 1 = 1", False),
        ("True.", False),
        ("1 = 1.\nAbort", False),
        ("1 (* . *) = 1", False),
        ('"." = "."', False),
    ],
)
def test_a_pinned_statement_cannot_end_its_sentence(text: str, one: bool) -> None:
    assert is_one_sentence(text) is one


def test_comments_are_left_out_and_strings_are_not() -> None:
    source = 'a (* b (* c *) "*)" d *) e "(* f *)" g'
    assert without_comments(source) == 'a   e "(* f *)" g'


@pytest.mark.parametrize("source", ["(* open", 'a "open', '(* " *)', "a *) b"])
def test_a_comment_or_a_string_that_does_not_end_is_an_error(source: str) -> None:
    with pytest.raises(CoqError):
        without_comments(source)


def test_the_preamble_ends_at_the_first_definition() -> None:
    source = (
        "(** Title. *)\nFrom A Require Import\n  B C.D.\nOpen Scope R_scope.\nDefinition e := 1.\nImport F.\n"
    )
    assert preamble(source) == "From A Require Import B C.D.\nOpen Scope R_scope.\n"


def test_theorems_are_found_outside_comments() -> None:
    source = (
        "(*\nTheorem no : False.\n*)\nTheorem one a' : a'.\nLemma two : True.\nCorollary three_3 : True.\n"
    )
    assert theorem_names(source) == ["one", "three_3"]


@pytest.mark.parametrize(
    "word",
    ["Admitted", "admit", "Axiom", "Parameter", "Conjecture", "Unset Guard Checking", "Set Type In Type"],
)
def test_what_ends_a_proof_without_proving_is_found_in_code_only(word: str) -> None:
    assert unproved(f"Lemma a : 1 = 2.\n{word}.\n")
    assert not unproved(f'(* {word} *) Definition a := "{word}".\n')
