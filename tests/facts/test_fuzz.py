"""The fuzzer sees wrong facts, and sees none among those of the engine."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gsdcheck.strategies as gs
from gsdcheck.certify.activation_facts import FACTS
from gsdcheck.facts.activation import activation_facts
from gsdcheck.model.activation import Activation
from gsdcheck.model.parser import parse
from tests.facts.fuzz import contradictions, random_activation, zero_contradictions


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("x*erfc(-x/sqrt(2))/2", "odd"),
        ("x*erfc(-x/sqrt(2))/2", "nondecreasing"),
        ("-tanh(x)", "strictly_increasing"),
        ("sin(x)", "sign_strict"),
        ("sin(x)", "sign_weak"),
        ("sin(x)", "zero_only_at_origin"),
        ("cos(x)", "zero_only_at_origin"),
        ("x", "bounded"),
        ("exp(x)", "lipschitz"),
    ],
)
def test_an_injected_wrong_fact_is_seen(text: str, fact: str) -> None:
    holds = {name: name in (fact, "continuous") for name in FACTS}
    assert fact in {name for name, _ in contradictions(parse(text), holds)}


def seen(activation: Activation) -> list[tuple[str, str]]:
    holds = {name: fact.holds for name, fact in activation_facts(activation).items()}
    return [*contradictions(activation.expression, holds), *zero_contradictions(activation)]


@settings(max_examples=60, deadline=None)
@given(st.one_of(gs.activations(), st.randoms(use_true_random=False).map(random_activation)))
def test_no_sample_speaks_against_a_decided_fact(activation: Activation) -> None:
    assert seen(activation) == []
