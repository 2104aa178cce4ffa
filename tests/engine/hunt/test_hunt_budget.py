"""How budgets, sizes and times are spelled, and what a plan makes of them."""

import pytest

from gsdcheck.engine.hunt.budget import plan_of, read_sizes, read_time
from gsdcheck.engine.hunt.command import Asked, settings_of
from gsdcheck.engine.hunt.search import hunted
from gsdcheck.errors import InvalidInput, UnknownName


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("90s", 90), ("10m", 600), ("1.5h", 5400), (" 2m ", 120)]
)
def test_a_time_is_read(text: str, seconds: float) -> None:
    assert read_time(text) == seconds


@pytest.mark.parametrize("text", ["", "0", "0s", "-3s", "ten", "3 days", "1e3", "nan", "5mm"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="max-time"):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "sizes"), [("3", (3,)), ("2..5", (2, 3, 4, 5)), ("3,5,7", (3, 5, 7)), ("5, 2..3", (2, 3, 5))]
)
def test_sizes_are_read(text: str, sizes: tuple[int, ...]) -> None:
    assert read_sizes(text) == sizes


@pytest.mark.parametrize(
    "text", ["", "0", "2..", "..3", "5..2", "x", "-1", "17", "2..99999999999", "2.5", "1_0"]
)
def test_what_is_no_range_of_sizes_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="n is"):
        read_sizes(text)


def test_time_is_the_budget_unless_cases_are() -> None:
    assert settings_of(Asked(), 1).seconds == 60
    assert settings_of(Asked(max_examples=10), 1).seconds is None
    both = settings_of(Asked(max_examples=10, max_time="5s"), 1)
    assert (both.examples, both.seconds) == (10, 5)


def test_the_budget_is_shared_out_among_the_claims() -> None:
    shared = settings_of(Asked(max_examples=10, max_time="6s"), 3)
    assert (shared.examples, shared.seconds) == (3, 2)
    with pytest.raises(InvalidInput, match="3 claims"):
        settings_of(Asked(max_examples=2), 3)


def test_an_activation_is_read_as_an_audit_reads_it() -> None:
    assert settings_of(Asked(activation="torch.elu?alpha=2"), 1).subject == "torch.elu?alpha=2"
    assert settings_of(Asked(activation="math:tanh"), 1).subject == "tanh(x)"
    with pytest.raises(InvalidInput, match="only the values"):
        settings_of(Asked(activation="math:cbrt"), 1)
    with pytest.raises(UnknownName):
        settings_of(Asked(activation="tanhh"), 1)


def test_a_plan_has_three_searchers_and_one_for_a_claim_that_does_not_roam() -> None:
    roaming = plan_of(hunted("energy-is-conserved", None, ()), "energy-is-conserved", None, seed=0)
    assert [share.searcher for share in roaming.shares] == ["batches", "structured", "ascent"]
    assert roaming.sizes == (2, 3, 4, 5, 6)
    own = plan_of(hunted("tanh-period-is-elliptic", None, ()), "tanh-period-is-elliptic", None, seed=0)
    assert [share.searcher for share in own.shares] == ["structured"]
    assert len(own.sizes) == 1
