"""The reference report that is kept: of this catalogue, without a clock, and the README says what it says."""

import re
from pathlib import Path

import pytest

from gsdcheck.claims import ALL_CLAIMS
from gsdcheck.record.files import read_record
from gsdcheck.report.grouping import claim_groups

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "reports" / "paper"
README = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def reference():
    return read_record(FOLDER / "record.json")


@pytest.fixture(scope="module")
def groups(reference):
    return claim_groups(reference)


def test_it_decides_the_claims_of_the_catalogue_as_is_expected(groups):
    assert [group.claim for group in groups] == [entry.claim.id for entry in ALL_CLAIMS]
    assert [group.claim for group in groups if group.unexpected] == []


def test_it_tells_neither_the_time_nor_the_machine(reference):
    assert reference["run"] is None
    assert {judgement["seconds"] for judgement in reference["judgements"]} == {None}


def test_its_page_is_at_most_three_megabytes_and_its_figures_are_files(reference):
    assert (FOLDER / "report.html").stat().st_size <= 3e6
    assert len(list((FOLDER / "figures").glob("*.svg"))) == len(reference["series"])


def test_the_limits_in_the_readme_are_those_of_the_record(groups):
    heads = [group.headline for group in groups]
    supported = sum(head["verdict"] == "supported" for head in heads)
    written = sum(head["evidence"] == "written" for head in heads)
    assert f"{supported} of the {len(heads)} claims are only `supported`" in README
    assert f"{written} are decided in writing, not in Coq" in README


@pytest.mark.parametrize(("answer", "column"), [("true", 1), ("false", 2)])
def test_the_table_in_the_readme_names_rows_that_came_out_so(reference, groups, answer, column):
    rows = {group.claim: group.headline["theory"] for group in groups}
    table = re.findall(r"\| \*\*(P\d)\*\* (.*?) \| (.*?) \| (.*?) \|", README)
    assert [row[0] for row in table] == [sentence["sentence"] for sentence in reference["sentences"]]
    for row, sentence in zip(table, reference["sentences"], strict=True):
        named = set(re.findall(r"\b[IOJER]\d+\b", row[column + 1]))
        assert named
        assert named <= {rows[claim] for claim in sentence[answer]}
