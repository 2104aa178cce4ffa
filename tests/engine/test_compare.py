"""What `compare` calls a change, and what a regression: each kind made by hand, and its mirror image, which is none."""

import copy
from typing import Any

import pytest

from gsdcheck.engine.audit import audit
from gsdcheck.engine.compare import compare
from gsdcheck.record.build import build_matrix

Data = dict[str, Any]


@pytest.fixture(scope="module")
def base() -> Data:
    return audit("gelu")


def edited(record: Data) -> Data:
    return copy.deepcopy(record)


def only(found: Data) -> Data:
    assert len(found["changes"]) == 1, found["changes"]
    change: Data = found["changes"][0]
    return change


def test_a_record_and_itself_differ_in_nothing(base: Data) -> None:
    found = compare(base, base)
    assert (found["changes"], found["regressions"], found["only_in_base"], found["only_in_new"]) == (
        [],
        0,
        [],
        [],
    )
    assert found["compared"] > 20


RANKS = ["proved", "supported", "undecided", "refuted"]
LOST = {("proved", "supported"), ("proved", "undecided"), ("proved", "refuted")}
LOST |= {("supported", "undecided"), ("supported", "refuted")}


@pytest.mark.parametrize("before", RANKS)
@pytest.mark.parametrize("after", RANKS)
def test_a_verdict_that_is_lost_is_a_regression_and_no_other_is(base: Data, before: str, after: str) -> None:
    old, new = edited(base), edited(base)
    old["guarantees"][4]["verdict"], new["guarantees"][4]["verdict"] = before, after
    found = compare(old, new)
    if before == after:
        assert not found["changes"]
        return
    change = only(found)
    assert (change["claim"], change["base"], change["new"]) == (base["guarantees"][4]["id"], before, after)
    assert change["regression"] is ((before, after) in LOST)
    assert found["regressions"] == int((before, after) in LOST)


def test_a_judgement_without_a_guarantee_is_matched_by_claim_whatever_its_case_says(base: Data) -> None:
    old, new = edited(base), edited(base)
    for record in (old, new):
        del record["guarantees"]
        record["judgements"] = record["judgements"][:1]
    new["judgements"][0].update(verdict="undecided", case="another wording")
    change = only(compare(old, new))
    assert (change["what"], change["base"], change["new"], change["regression"]) == (
        "verdict",
        "proved",
        "undecided",
        True,
    )


def test_a_case_that_is_lost_behind_an_unchanged_claim_is_seen(base: Data) -> None:
    """What is proved below E* stands beside the refuted guarantee."""
    new = edited(base)
    partly = next(
        j for j in new["judgements"] if (j["claim"], j["verdict"]) == ("orbits-are-bounded", "proved")
    )
    partly["verdict"] = "undecided"
    change = only(compare(base, new))
    assert (change["claim"], change["base"], change["new"]) == ("orbits-are-bounded", "proved", "undecided")
    assert change["regression"]


def test_a_proved_case_that_disappears_behind_an_unchanged_claim_is_seen(base: Data) -> None:
    new = edited(base)
    new["judgements"] = [
        j for j in new["judgements"] if (j["claim"], j["verdict"]) != ("orbits-are-bounded", "proved")
    ]
    change = only(compare(base, new))
    assert (change["what"], change["base"], change["new"]) == ("cases proved", 1, 0)
    assert change["regression"]


def test_a_case_in_another_wording_is_no_change(base: Data) -> None:
    new = edited(base)
    for judgement in new["judgements"]:
        judgement["case"] = f"{judgement['case']}, said otherwise"
    assert not compare(base, new)["changes"]


def test_a_level_that_is_not_there_any_more_is_a_regression(base: Data) -> None:
    new = edited(base)
    del new["quantities"]["escape_energy"]
    assert only(compare(base, new))["regression"]


def test_a_subject_that_is_there_twice_is_compared_twice(base: Data) -> None:
    worse = edited(base)
    worse["facts"]["odd"]["holds"] = None
    assert compare(build_matrix([base, base]), build_matrix([worse, base]))["regressions"] == 1
    assert compare(build_matrix([base, base]), build_matrix([base, worse]))["regressions"] == 1


@pytest.mark.parametrize(
    ("before", "after", "regression"),
    [(True, False, True), (True, None, True), (False, True, True), (False, None, True), (None, True, False)],
)
def test_a_fact_that_flips_or_becomes_null_is_a_regression(
    base: Data, before: bool | None, after: bool | None, regression: bool
) -> None:
    old, new = edited(base), edited(base)
    old["facts"]["odd"]["holds"], new["facts"]["odd"]["holds"] = before, after
    change = only(compare(old, new))
    assert (change["what"], change["claim"], change["regression"]) == ("fact", "odd", regression)


@pytest.mark.parametrize(
    ("name", "after", "regression"),
    [
        ("escape_energy", ["0.1", "0.2"], True),
        ("escape_energy", ["0.3", "0.4"], False),
        ("escape_energy", ["oo", "oo"], False),
        ("well_depth", None, True),
        ("lipschitz_constant", ["0.5", "0.6"], False),
        ("bound", ["3", "4"], False),
    ],
)
def test_a_level_that_falls_is_a_regression(
    base: Data, name: str, after: list[str] | None, regression: bool
) -> None:
    new = edited(base)
    new["quantities"][name].update(enclosure=after, exact=None)
    change = only(compare(base, new))
    assert (change["what"], change["claim"], change["regression"]) == ("quantity", name, regression)


def test_an_enclosure_that_only_becomes_wider_is_no_change(base: Data) -> None:
    new = edited(base)
    new["quantities"]["escape_energy"].update(enclosure=["0.2", "0.3"], exact=None)
    assert not compare(base, new)["changes"]


@pytest.mark.parametrize(("tolerance", "regressions"), [(None, 0), (0.6, 0), (0.4, 1)])
def test_a_margin_fails_only_beyond_the_tolerance(
    base: Data, tolerance: float | None, regressions: int
) -> None:
    """From 0.2 to 0.1: half of it is lost."""
    old, new = edited(base), edited(base)
    old["judgements"][0]["margin"], new["judgements"][0]["margin"] = ["0.2", "0.3"], ["0.1", "0.3"]
    found = compare(old, new, margin_tolerance=tolerance)
    assert only(found)["what"] == "margin"
    assert found["regressions"] == regressions


def test_checks_that_disappear_or_appear_are_said(base: Data) -> None:
    less = edited(base)
    gone = less["guarantees"].pop(0)["id"]
    less["judgements"] = [j for j in less["judgements"] if j["claim"] != gone]
    lost, won = compare(base, less), compare(less, base)
    assert (only(lost)["what"], only(lost)["regression"]) == ("missing", True)
    assert (only(won)["what"], only(won)["regression"]) == ("new", False)


def test_matrices_are_compared_subject_by_subject_and_say_which_are_missing(base: Data) -> None:
    sine, tanh = audit("sin"), audit("tanh")
    worse = edited(tanh)
    worse["facts"]["odd"]["holds"] = None
    found = compare(build_matrix([base, tanh]), build_matrix([sine, worse]))
    assert (found["only_in_base"], found["only_in_new"]) == (["gelu"], ["sin"])
    assert (only(found)["subject"], found["regressions"]) == ("tanh", 1)


def test_nothing_in_common_is_nothing_compared(base: Data) -> None:
    assert compare(base, audit("sin"))["compared"] == 0
