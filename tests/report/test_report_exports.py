"""JUnit XML, Markdown and LaTeX: what they count is what the record says, and a hostile name stays a name."""

import xml.etree.ElementTree as ElementTree

import pytest
from markdown_it import MarkdownIt

from gsdcheck.record.build import build_matrix, build_record
from gsdcheck.report.exports import EXPORTS, render_junit, render_latex
from gsdcheck.report.markdown import render_markdown

HOSTILE = "<script>a</script>]]>&\"'|`x` {{7*7}} <<7*7>> \\input{x} % _^~#$ \x00\x1b[31m"


def suite(record):
    return ElementTree.fromstring(render_junit(record).encode()).find("testsuite")


def test_junit_has_a_case_for_each_judgement_and_skips_what_is_undecided(verify_record):
    found = suite(verify_record)
    assert len(found.findall("testcase")) == int(found.get("tests")) == len(verify_record["judgements"])
    assert [case.get("classname") for case in found if case.find("skipped") is not None] == [
        "gsdcheck.verify.jacobian-spectrum-is-imaginary"
    ]
    assert (found.get("skipped"), found.get("failures")) == ("1", "0")
    assert sum(float(case.get("time")) for case in found) == pytest.approx(0.01 * len(found))


def test_a_verdict_that_is_not_expected_is_a_failure_that_says_how_to_see_it_again(verify_record):
    verify_record["judgements"][0]["verdict"] = "refuted"
    failures = suite(verify_record).findall("testcase/failure")
    assert [failure.get("message") for failure in failures] == ["expected proved, found refuted"]
    assert "Reproduce with: gsdcheck replay" in failures[0].text


def test_where_nothing_is_expected_any_decision_passes(inspect_record):
    inspect_record["judgements"][0]["verdict"] = "refuted"
    assert suite(inspect_record).get("failures") == "0"


def test_junit_of_a_matrix_holds_the_cases_of_every_record(verify_record):
    assert len(suite(build_matrix([verify_record, verify_record]))) == 2 * len(verify_record["judgements"])


def test_the_summary_is_one_table_with_a_row_for_each_claim(verify_record):
    rows = [line for line in render_markdown(verify_record).splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 6
    assert len({row.count("|") for row in rows}) == 1
    assert "2 proved, 2 refuted, 1 supported, 1 undecided" in render_markdown(verify_record)
    assert "**no: proved**" in rows[-1]


def test_the_table_in_latex_has_four_columns_and_says_what_it_was_made_from(verify_record):
    lines = render_latex(verify_record).splitlines()
    rows = lines[lines.index(r"\midrule") + 1 : lines.index(r"\bottomrule")]
    assert [row.count("&") for row in rows] == [3] * 6
    assert all(row.endswith(r"\\") for row in rows)
    made = next(line for line in lines if "Made by" in line)
    assert "profile quick, seed 1729" in made
    assert verify_record["digest"][:19] in made


@pytest.mark.parametrize("name", EXPORTS)
def test_a_hostile_name_stays_a_name(name, verify_record):
    for judgement in verify_record["judgements"]:
        judgement.update(claim=HOSTILE, case=HOSTILE, title=HOSTILE, reason=HOSTILE, theory=HOSTILE)
    verify_record["subject"] = {"name": HOSTILE}
    text = EXPORTS[name](verify_record)
    assert "49" not in text.replace(verify_record["digest"], "")
    if name == "junit":
        assert HOSTILE.split(" \\")[0] in suite(verify_record).find("testcase").get("name")
    elif name == "markdown":
        assert "<script" not in MarkdownIt("commonmark").enable("table").render(text)
        rows = [line for line in text.splitlines() if line.startswith("|")]
        assert len({line.count("|") - line.count(r"\|") for line in rows}) == 1
    else:
        assert r"\input" not in text
        assert r"\textbackslash{}input\{x\} \% \_" in text


@pytest.mark.parametrize("name", EXPORTS)
def test_an_empty_record_has_an_empty_export(name):
    text = EXPORTS[name](build_record(kind="hunt", status="interrupted"))
    assert "hunt" in text
    assert name == "junit" or "nterrupted" in text
