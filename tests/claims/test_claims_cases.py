"""Each check on the cases of its own claim, through the code that `verify` runs, and on its mutants."""

import dataclasses
import math

import pytest

from gsdcheck.certify.premises import PREMISES
from gsdcheck.claims import ALL_CLAIMS, BY_ID
from gsdcheck.claims.entry import Entry, Mutant, case
from gsdcheck.engine.sampling import examples_for, sample
from gsdcheck.model.system import Case
from gsdcheck.model.verdict import Verdict

TRUE = [entry for entry in ALL_CLAIMS if entry.claim.expected is not Verdict.REFUTED]
MUTANTS = [(entry, mutant) for entry in ALL_CLAIMS for mutant in entry.mutants]

every_mutant = pytest.mark.parametrize(
    ("entry", "mutant"), MUTANTS, ids=[f"{e.claim.id}-without-{m.breaks}" for e, m in MUTANTS]
)


@pytest.mark.parametrize("entry", TRUE, ids=lambda entry: entry.claim.id)
def test_a_true_claim_is_not_violated_by_any_generated_case(entry: Entry) -> None:
    found = sample(entry, examples=examples_for(entry, "quick") // 2 + 1, seed=1)
    assert found.violation is None
    assert found.examples > 0
    assert found.worst >= 0


# The other false claims fail where random cases seldom go: their mutants and certificates go there.
FALSE_ALMOST_EVERYWHERE = (
    "oddness-is-necessary-for-the-invariant",
    "boundedness-is-necessary-for-the-invariant",
    "limit-cycles-exist",
    "jacobian-spectrum-is-always-imaginary",
    "bounded-activations-bound-euler",
)


@pytest.mark.parametrize("claim", FALSE_ALMOST_EVERYWHERE)
def test_a_false_claim_is_violated_by_generated_cases(claim: str) -> None:
    entry = BY_ID[claim]
    found = sample(entry, examples=examples_for(entry, "quick"), seed=1, shrink=False)
    assert found.violations > 0
    assert found.worst < 0


@every_mutant
def test_the_check_fails_without_the_assumption_and_holds_with_it(entry: Entry, mutant: Mutant) -> None:
    assert entry.margin(mutant.broken) < 0
    assert 0 <= entry.margin(mutant.unbroken) < math.inf


@every_mutant
def test_a_mutant_breaks_a_premise_in_one_component(entry: Entry, mutant: Mutant) -> None:
    assert mutant.breaks in PREMISES
    if entry.claim.expected is not Verdict.REFUTED and mutant.breaks in PREMISES:
        assert mutant.breaks in entry.claim.assumptions
    differing = changed_components(mutant.broken, mutant.unbroken)
    assert len(differing) == 1, differing


def changed_components(broken: Case, unbroken: Case) -> list[str]:
    """Which of W, σ, form, γ, b, x₀ and h differ; beside a W of another size, b and x₀ only have to continue."""
    found = [
        part.name
        for part in dataclasses.fields(broken.system)
        if part.name != "bias" and getattr(broken.system, part.name) != getattr(unbroken.system, part.name)
    ]
    least = min(broken.system.n, unbroken.system.n)
    vectors = {"bias": (broken.system.bias, unbroken.system.bias), "state": (broken.state, unbroken.state)}
    found += [name for name, (a, b) in vectors.items() if a[:least] != b[:least]]
    return found + ["step"] * (broken.step != unbroken.step)


@pytest.mark.parametrize("activation", ["sinh", "expm1"])
@pytest.mark.parametrize(
    "claim",
    ["energy-is-conserved", "jacobian-spectrum-is-imaginary", "jacobian-spectrum-is-symmetric"],
)
def test_a_case_whose_values_overflow_is_no_violation(claim: str, activation: str) -> None:
    huge = case([[0, 10**8], [-(10**8), 0]], [4, 3], activation, form="inner")
    assert BY_ID[claim].margin(huge) >= 0
