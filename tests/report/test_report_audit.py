"""How audits and compliance matrices look: what the record says is what the views say, each number where it belongs."""

import copy
import io
import re
from functools import cache
from typing import Any

import pytest
from rich.console import Console

from gsdcheck.engine.audit import audit
from gsdcheck.engine.compare import compare
from gsdcheck.record.build import build_matrix
from gsdcheck.report.html import render_html
from gsdcheck.report.markdown import has_markdown, render_markdown
from gsdcheck.report.matrix import heads
from gsdcheck.report.terminal import print_record
from gsdcheck.report.write import write_report

Data = dict[str, Any]
SUBJECTS = ("tanh", "gelu", "relu", "sin", "tanh(x-1)")


@cache
def record(subject: str, dtype: str | None = None) -> Data:
    return audit(subject, dtype=dtype)


def matrix() -> Data:
    return build_matrix([record(subject) for subject in SUBJECTS])


def printed(shown: Data, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False)
    print_record(shown, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def words(text: str) -> str:
    """The text with every run of blanks as one."""
    return re.sub(r"\s+", " ", text)


def text_of(html: str) -> str:
    """The words of a page, without tags and entities."""
    plain = re.sub(r"<[^>]+>", " ", re.sub(r"</?(var|sub|sup)>", "", html))
    for mark, shown in (("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&#34;", '"'), ("&amp;", "&")):
        plain = plain.replace(mark, shown)
    return words(plain)


VIEWS = {
    "terminal": lambda shown: words(printed(shown, width=4_000)),
    "html": lambda shown: text_of(render_html(shown)),
    "markdown": lambda shown: words(render_markdown(shown)).replace("&lt;", "<").replace("&gt;", ">"),
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_view_of_an_audit_has_its_sentences_cells_facts_and_quantities(subject: str, view: str) -> None:
    shown, text = record(subject), VIEWS[view](record(subject))
    for sentence in shown["follows"]:
        assert words(sentence) in text
    for row in shown["guarantees"]:
        assert row["title"] in text
        assert row["cell"] in text
    for name in shown["facts"]:
        assert name.replace("_", " ") in text
    for name, quantity in shown["quantities"].items():
        assert name.replace("_", " ") in text
        if quantity["exact"] is not None:
            assert quantity["exact"] in text
    assert f"gsdcheck audit {shown['subject']['asked']}".replace("(", "").replace(")", "") in text.replace(
        "(", ""
    ).replace(")", "").replace("'", "")


@pytest.mark.parametrize("view", VIEWS)
def test_a_counterexample_is_shown_in_its_numbers(view: str) -> None:
    """GELU at (0, 1): H = Φ(1) = 0.37 > 1/4."""
    text = VIEWS[view](record("gelu"))
    assert "W = [[0, 1], [-1, 0]], x₀ = (0, 1)" in text
    assert "x₀ = (-1, 0)" in text  # its slope is negative at -1 and positive at 0


@pytest.mark.parametrize("view", VIEWS)
def test_the_shift_is_said(view: str) -> None:
    assert "c = 1" in VIEWS[view](record("tanh(x-1)"))


@pytest.mark.parametrize("view", VIEWS)
def test_the_implementation_is_reported_with_its_worst_inputs(view: str) -> None:
    shown = record("tanh", "float16")
    text = VIEWS[view](shown)
    worst = next(f["worst"] for f in shown["conformance"]["findings"] if f["check"] == "error_ulp")
    assert worst["at"] in text
    assert "float16" in text
    assert "passed" in text


@pytest.mark.parametrize("view", VIEWS)
def test_a_hostile_name_stays_a_name(view: str) -> None:
    shown = copy.deepcopy(record("tanh"))
    shown["subject"]["name"] = "<script>alert(1)</script>|`x`\x1b[31m"
    raw = render_html(shown) if view == "html" else render_markdown(shown)
    if view == "terminal":
        raw = printed(shown)
        assert "\x1b" not in raw
        return
    assert "<script>alert" not in raw
    table = [line for line in raw.splitlines() if line.startswith("| ")]
    assert (
        view == "html"
        or len({line.replace("\\|", "").count("|") for line in table if line.count("|") > 4}) == 1
    )


def test_the_matrix_has_a_row_for_each_activation_and_a_head_for_each_guarantee() -> None:
    guarantees = record("tanh")["guarantees"]
    columns = heads(guarantees)
    assert len(set(columns.values())) == len(guarantees)
    text = printed(matrix(), width=100)
    assert all(len(line.rstrip()) <= 100 for line in text.splitlines())
    rows = {line.split()[0]: line for line in text.splitlines() if line.split()[:1]}
    for subject in SUBJECTS:
        cells = [row["cell"].replace("H < ", "H<") for row in record(subject)["guarantees"]]
        assert rows[subject].split()[1:] == cells
    for row in guarantees:
        assert row["title"] in words(text)


def test_the_matrix_in_html_links_every_activation_to_its_details() -> None:
    page = render_html(matrix())
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page
    assert len(re.findall(r'<th scope="row"><a href=', page)) == len(SUBJECTS)
    assert page.count("<img") == 1  # the heat map; the other pictures belong to a single audit
    for subject in SUBJECTS:
        assert record(subject)["follows"][0] in text_of(page)


def test_the_matrix_in_markdown_is_one_table_of_equal_rows() -> None:
    lines = [line for line in render_markdown(matrix()).splitlines() if line.startswith("|")]
    assert len(lines) == 2 + len(SUBJECTS)
    assert len({line.count("|") for line in lines}) == 1


def test_pictures_are_drawn_from_the_series_that_the_guarantees_name() -> None:
    shown = record("gelu")
    named = {row["series"] for row in shown["guarantees"] if row["series"]}
    assert named == set(shown["series"]) - {"activation"}
    assert render_html(shown).count("<img") == len(shown["series"])
    without = copy.deepcopy(shown)
    without["series"] = {}
    assert "<img" not in render_html(without)


def test_the_picture_of_an_escape_starts_at_the_counterexample_and_leaves() -> None:
    shown = record("gelu")
    row = next(r for r in shown["guarantees"] if r["id"] == "orbits-are-bounded")
    columns = shown["series"][row["series"]]["columns"]
    assert [columns["x1"][0], columns["x2"][0]] == [0.0, 1.0]
    last = [v for v in columns["x1"] if v is not None][-1], [v for v in columns["x2"] if v is not None][-1]
    assert max(map(abs, last)) > 5


def test_the_report_of_an_audit_has_markdown_and_that_of_a_comparison_has_not(tmp_path) -> None:
    write_report(tmp_path / "audit", record("tanh"))
    write_report(tmp_path / "matrix", matrix())
    assert (tmp_path / "audit" / "report.md").read_text(encoding="utf-8") == render_markdown(record("tanh"))
    assert (tmp_path / "matrix" / "report.md").is_file()
    comparison = compare(record("tanh"), record("tanh"))
    assert not has_markdown(comparison)


@pytest.mark.parametrize("view", ["terminal", "html"])
def test_a_comparison_shows_regressions_first(view: str) -> None:
    new = copy.deepcopy(record("tanh"))
    new["facts"]["odd"]["holds"] = None
    new["guarantees"][7]["verdict"] = "proved"
    text = VIEWS[view](compare(record("tanh"), new))
    assert "1 regression" in text
    assert text.index("odd") < text.index("euler-energy-follows-root-law")
