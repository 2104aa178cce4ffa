"""Every text of a record of every kind is hostile, and every view of it shows text: none is run, none is lost in markup."""

import copy
import html.parser
import io
import re
import xml.etree.ElementTree as ElementTree

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from gsdcheck.engine.audit import audit
from gsdcheck.engine.derive import derive
from gsdcheck.engine.hunt.ablation.ablate import ablations
from gsdcheck.engine.hunt.ablation.record import ablation_record
from gsdcheck.errors import GsdcheckError
from gsdcheck.record.build import build_matrix
from gsdcheck.report.exports import render_junit, render_latex
from gsdcheck.report.html import render_html
from gsdcheck.report.latex import derivation_latex
from gsdcheck.report.markdown import render_markdown
from gsdcheck.report.terminal import print_record

from .test_report_hunt import pursuit, record_of
from .test_report_proofs import proofs_of

HOSTILE = "<script>x</script><img src=x onerror=f()>|`\"'\\input{x}[bold]\x1b[31m"
CHOSEN = {"kind", "verdict", "evidence", "rests_on", "expected", "status", "fate", "digest", "need"} | {
    *("schema_version", "exact", "enclosure", "hex", "form"),
}
"""Keys whose values come from a list of ours, or are numbers: records with others are of another shape."""


def hostile(value, key=""):
    """The record with a hostile end to each of its texts but those that are chosen from a list."""
    if isinstance(value, dict):
        return {name: hostile(part, name) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [hostile(part, key) for part in value]
    return value + HOSTILE if isinstance(value, str) and key not in CHOSEN else value


@pytest.fixture(scope="module")
def compared():
    change = {"subject": "a", "claim": "b", "what": "verdict", "base": "c", "new": "d", "regression": True}
    counts = {"compared": 1, "regressions": 1, "only_in_base": ["e"], "only_in_new": ["f"]}
    return {"kind": "compare", "changes": [change], **counts}


@pytest.fixture(scope="module")
def made():
    gelu, claim = audit("gelu"), "odd-size-has-a-casimir"
    rows = list(ablations(claim, seconds=None, examples=5, seed=0))
    return {
        "audit": gelu,
        "matrix": build_matrix([gelu, gelu]),
        "derive": derive("[[0, 1], [-1, 0]]", degree=1),
        "hunt": record_of(pursuit()),
        "ablate": ablation_record(claim, rows, seed=0),
    }


@pytest.fixture
def records(verify_record, inspect_record, compared, made):
    says = {"true": "a (O3)", "false": "b (O4)", "open": None}
    sentence = {
        "sentence": "P3",
        "title": "t",
        "text": "u",
        "says": says,
        "true": [],
        "false": [],
        "open": [],
    }
    missing = {"claim": "c", "title": "d", "because": "e"}
    return {
        "verify": {**verify_record, "sentences": [sentence]},
        "inspect": {**inspect_record, "follows": ["f"], "not_applicable": [missing]},
        **made,
        "proofs": proofs_of(verify_record),
        "compare": compared,
    }


EXPORTED = ("verify", "inspect", "audit", "matrix", "derive", "hunt", "ablate", "proofs")
EXPORTS = pytest.mark.parametrize("kind", EXPORTED)
VIEWS = pytest.mark.parametrize("kind", [*EXPORTED, "compare"])


class Tags(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


@pytest.fixture
def bad(records, kind):
    return {**hostile(copy.deepcopy(records[kind])), "series": None}


@VIEWS
def test_the_page_holds_its_own_script_and_no_other(bad):
    page = Tags(render_html(bad))
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert all(attributes["src"].startswith("data:") for tag, attributes in page.tags if tag == "img")


@VIEWS
def test_the_terminal_is_not_steered(bad):
    out = io.StringIO()
    print_record(bad, Console(file=out, width=80, force_terminal=False))
    assert "\x1b" not in out.getvalue()
    assert "[bold]" in out.getvalue()


def cells(row):
    return len(re.findall(r"(?<!\\)\|", row))


@EXPORTS
def test_markdown_keeps_its_tables_and_lets_no_tag_through(bad):
    text = render_markdown(bad)
    assert "<script" not in MarkdownIt("commonmark").enable("table").render(text)
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert [len({cells(row) for row in table.splitlines()}) for table in tables] == [1] * len(tables)


@EXPORTS
def test_junit_is_xml_and_holds_every_text_as_text(bad):
    text = render_junit(bad)
    assert {element.tag for element in ElementTree.fromstring(text.encode()).iter()} <= {
        *("testsuites", "testsuite", "testcase", "failure", "skipped"),
    }


@EXPORTS
def test_latex_has_no_command_of_the_record(bad):
    text = render_latex(bad)
    assert r"\input" not in text
    assert "\x1b" not in text


def test_a_formula_that_is_none_is_refused_where_it_is_set_as_mathematics(records):
    with pytest.raises(GsdcheckError, match="unexpected"):
        derivation_latex(hostile(records["derive"]))


def test_a_text_that_is_not_escaped_is_seen(monkeypatch, records):
    monkeypatch.setattr("gsdcheck.report.text_templates._MD", ())
    text = render_markdown(hostile(records["verify"]))
    assert "<script" in MarkdownIt("commonmark").enable("table").render(text)
