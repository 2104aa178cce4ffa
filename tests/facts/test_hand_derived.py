"""The facts that are decided never contradict those derived by hand, and few are left open.

`python -m tests.facts.test_hand_derived` prints what is open.
"""

import math

import pytest

from gsdcheck.certify.activation_facts import FACTS
from gsdcheck.facts.activation import activation_facts, activation_quantities
from gsdcheck.model.activation import activation_from_expression
from gsdcheck.model.library import NAMES, distinct_activations, find_activation, named_activation
from tests.facts.hand_derived import QUANTITIES, TABLE, UNDEFINED
from tests.facts.test_activation_sampling import contradictions

MOST_OPEN = 0.03
LETTERS = {"T": True, "F": False}


def derived(text: str) -> dict[str, bool]:
    return {name: LETTERS[letter] for name, letter in zip(FACTS, TABLE[text].split(), strict=True)}


def found(text: str) -> dict[str, bool | None]:
    return {name: fact.holds for name, fact in activation_facts(activation_from_expression(text)).items()}


def open_facts() -> list[tuple[str, str]]:
    """The pairs (expression, fact) whose truth is known by hand and not decided."""
    return [(text, name) for text in TABLE for name, holds in found(text).items() if holds is None]


@pytest.mark.parametrize("text", TABLE)
def test_no_decided_fact_contradicts_the_derivation(text: str) -> None:
    expected = derived(text)
    wrong = {name: holds for name, holds in found(text).items() if holds not in (None, expected[name])}
    assert wrong == {}


def test_few_facts_are_open() -> None:
    assert len(open_facts()) <= MOST_OPEN * len(TABLE) * len(FACTS)


@pytest.mark.parametrize("text", UNDEFINED)
def test_what_is_not_defined_on_the_line_has_no_facts(text: str) -> None:
    assert set(found(text).values()) == {None}


@pytest.mark.parametrize(("text", "quantity"), QUANTITIES)
def test_no_enclosure_misses_the_value_derived_by_hand(text: str, quantity: str) -> None:
    enclosure = activation_quantities(find_activation(text), (quantity,))[quantity].enclosure
    if enclosure is None:  # undecided: honest
        return
    low, high = (math.inf if end == "oo" else float(end) for end in enclosure)
    expected = float(QUANTITIES[text, quantity])
    assert low == expected == high or low - 1e-15 * abs(low) <= expected <= high + 1e-15 * abs(high)


@pytest.mark.parametrize("text", TABLE)
def test_no_sample_speaks_against_the_table(text: str) -> None:
    activation = activation_from_expression(text)
    assert contradictions(activation.expression, dict(derived(text))) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_sample_speaks_against_a_fact_of_the_library(name: str) -> None:
    activation = named_activation(name)
    holds = {fact: found.holds for fact, found in activation_facts(activation).items()}
    assert contradictions(activation.expression, holds) == []


if __name__ == "__main__":
    left = open_facts()
    print(f"{len(left)} of {len(TABLE) * len(FACTS)} facts derived by hand are open:", *left, sep="\n  ")
    names = distinct_activations()
    ours = [
        (n, k)
        for n in names
        for k, fact in activation_facts(named_activation(n)).items()
        if fact.holds is None
    ]
    print(f"{len(ours)} of {len(names) * len(FACTS)} facts of the library are open:", *ours, sep="\n  ")
