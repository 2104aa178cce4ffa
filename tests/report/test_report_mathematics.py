"""Sentences with mathematics: what is marked up, and that nothing else changes."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from gsdcheck.report.mathematics import typeset

SETTINGS = [
    ("x_{k+1}", "<var>x</var><sub><var>k</var>+1</sub>"),
    ("x_i", "<var>x</var><sub><var>i</var></sub>"),
    ("e^{-x}", "<var>e</var><sup>-<var>x</var></sup>"),
    ("(Wx + b)_i", "(<var>Wx</var> + <var>b</var>)<sub><var>i</var></sub>"),
    ("`x_i`", "<code>x_i</code>"),
    ("for every n.", "for every <var>n</var>."),
    ("Wᵀ", "<var>W</var>ᵀ"),
    ("kᵀW = 0", "<var>k</var>ᵀ<var>W</var> = 0"),
]


@pytest.mark.parametrize(("text", "shown"), SETTINGS)
def test_letters_indices_and_exponents_are_marked_up(text, shown):
    assert typeset(text) == shown


@pytest.mark.parametrize(
    "text", ["a well", "sign_strict", "energy-is-conserved", "tanh", "Coq's", "I say", "A leak"]
)
def test_words_and_names_stay_as_they_are(text):
    assert typeset(text) == escape(text)


@given(st.text(st.sampled_from("abxWσ_^{}()<>&\"' ‖ᵀ1+"), max_size=40))
def test_only_marks_of_scripts_are_lost_and_everything_is_escaped(text):
    shown = re.sub(r"</?(var|sub|sup)>", "", typeset(text))
    assert "<" not in shown
    assert re.sub(r"[_^{}]", "", html.unescape(shown)) == re.sub(r"[_^{}]", "", text)
