"""A rule that is switched off leaves facts open; it never turns a decided one into its opposite."""

from collections.abc import Set
from functools import lru_cache

import pytest

from gsdcheck.certify.activation_facts import check_fact
from gsdcheck.errors import CertificateRejected
from gsdcheck.facts.proposals import RULES, fact_proposals
from gsdcheck.model.expression import Expression
from gsdcheck.model.library import NAMES, named_activation
from gsdcheck.model.parser import parse
from tests.facts.hand_derived import TABLE

SUBJECTS = {
    **{name: named_activation(name).expression for name in NAMES},
    **{text: parse(text) for text in TABLE},
}


@lru_cache(maxsize=256)
def decided(f: Expression, without: frozenset[str] = frozenset()) -> frozenset[tuple[str, bool]]:
    """Every pair (fact, holds) for which a certificate is proposed that passes its check."""
    found = set()
    for certificate in fact_proposals(f, without=without):
        try:
            check_fact(certificate)
        except CertificateRejected:
            continue
        found.add((str(certificate["fact"]), bool(certificate["holds"])))
    return frozenset(found)


def reversed_facts(before: Set[tuple[str, bool]], after: Set[tuple[str, bool]]) -> set[str]:
    return {name for name, holds in after if (name, not holds) in before}


@pytest.mark.parametrize("rule", RULES)
def test_no_fact_is_reversed_without_a_rule(rule: str) -> None:
    for subject, f in SUBJECTS.items():
        assert reversed_facts(decided(f), decided(f, frozenset({rule}))) == set(), subject


@pytest.mark.parametrize("rule", RULES)
def test_every_fact_decided_without_a_rule_is_decided_with_it(rule: str) -> None:
    for subject, f in SUBJECTS.items():
        assert {n for n, _ in decided(f, frozenset({rule}))} <= {n for n, _ in decided(f)}, subject


def test_switching_a_rule_off_does_leave_facts_open() -> None:
    triple = parse("x - sin(x)")  # its zero at 0 is a matter of Taylor's formula
    assert ("sign_strict", True) in decided(triple)
    assert ("sign_strict", True) not in decided(triple, frozenset({*RULES, "direct"}))


def test_a_reversed_fact_is_seen() -> None:
    assert reversed_facts({("odd", True)}, {("odd", False), ("bounded", True)}) == {"odd"}
