import base64
import html.parser
import itertools
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from gsdcheck.record.build import build_matrix
from gsdcheck.report import html as html_room
from gsdcheck.report.html import render_html
from gsdcheck.sources import SOURCES

PAPER = SOURCES["casoni2025"]
SCRIPT = Path(html_room.__file__).with_name("templates").joinpath("tables.js").read_text("utf-8")
INLINE = {"var", "sub", "sup"}
VOID = {"meta", "img", "br", "hr", "link", "input"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


class Page(html.parser.HTMLParser):
    """Elements, text, and tags that were not closed in order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words, self.open, self.faults = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.words.append("" if tag in INLINE else " ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.words.append("" if tag in INLINE else " ")
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.words))

    def named(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def loads(text):
    """Everything in the page that a browser would fetch or run, but the page's own script; links are to DOIs."""
    text = text.replace(f"<script>{SCRIPT}</script>", "", 1)
    page = Page(text)
    found = [
        tag for tag, _ in page.elements if tag in {"script", "link", "iframe", "object", "embed", "base"}
    ]
    for _, attributes in page.elements:
        found += [key for key in attributes if key.startswith("on") or key in {"srcset", "style"}]
        found += [
            attributes["src"]
            for _ in "s"
            if "src" in attributes and not attributes["src"].startswith("data:")
        ]
        found += [
            attributes["href"]
            for _ in "h"
            if not attributes.get("href", "#").startswith(("#", "https://doi.org/"))
        ]
    return found + re.findall(r"@import|url\([^#)]*\)", text)


def images(page):
    return [base64.b64decode(image["src"].partition("base64,")[2]).decode() for image in page.named("img")]


KINDS = pytest.mark.parametrize("kind", ["verify", "inspect", "bare"])


@KINDS
def test_a_report_loads_and_runs_nothing(pages, kind):
    text = pages[kind][1]
    assert loads(text) == []
    for image in images(Page(text)):
        assert re.findall(r'(?:href|src)="(?!#)[^"]*"|<script|@import|url\((?!#)', image) == []


@pytest.mark.parametrize(
    "bad",
    [
        '<script src="https://a.b/c.js"></script>',
        '<img src="http://a.b/c.png">',
        '<link rel="stylesheet" href="x.css">',
        "<script>alert(1)</script>",
        "<style>p { background: url(https://a.b) }</style>",
        '<p onclick="f()">',
    ],
)
def test_the_search_for_loads_finds_them(bad):
    assert loads(bad)


@KINDS
def test_a_report_is_well_formed(pages, kind):
    page = Page(pages[kind][1])
    assert (page.faults, page.open) == ([], [])
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = {link["href"] for link in page.named("a")} - {f"https://doi.org/{PAPER.doi}"}
    assert inside <= {f"#{id_}" for id_ in ids}
    assert all(image["alt"] for image in page.named("img"))


@KINDS
def test_a_report_is_the_same_for_the_same_record(pages, kind):
    record, text = pages[kind]
    assert render_html(record) == text


def test_a_matrix_is_one_page_with_distinct_anchors(words_record):
    page = Page(render_html(build_matrix([words_record, words_record])))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids)) == 2 * 6
    assert len(page.named("h1")) == 2


@pytest.fixture
def words_record(verify_record):
    """The record without its figures, which take most of the time."""
    return {**verify_record, "series": None}


def test_every_claim_case_and_reason_occurs(words_record):
    text = Page(render_html(words_record)).text
    for judgement in words_record["judgements"]:
        for key in ("claim", "theory", "verdict", "reason", "statement", "title", "proof_page", "amended_by"):
            assert (judgement.get(key) or "") in text
        assert judgement["case"] is None or f" {judgement['case']} " in text


def test_the_summary_names_seed_profile_versions_and_digest(words_record):
    text = Page(render_html(words_record)).text
    for part in ("1729", "quick", words_record["digest"], f"python {words_record['versions']['python']}"):
        assert part in text


def placed(**claims):
    return {"true": [], "false": [], "open": [], **claims}


def test_claims_stand_under_their_sentence(words_record):
    says = {"true": "so it is (O3)", "false": None, "open": "who knows (O9, undecided)"}
    words_record["sentences"] = [
        {"sentence": "P3", "text": "Third.", "says": says, **placed(true=["oscillation-is-perpetual"])},
        {
            "sentence": "P2",
            "text": "Second.",
            "says": dict.fromkeys(says),
            **placed(true=["energy-is-conserved"]),
        },
    ]
    text = Page(render_html(words_record)).text
    third, second = text.index("Third."), text.index("Second.")
    assert third < text.index("so it is (O3)") < text.index("who knows (O9, undecided)")
    assert third < text.index("oscillation-is-perpetual") < second < text.index("energy-is-conserved")


def test_a_record_without_sentences_has_no_such_section(words_record):
    assert "What the paper says" not in render_html(words_record)


def test_hostile_names_stay_text(words_record):
    for judgement in words_record["judgements"]:
        judgement.update(claim=HOSTILE, reason=HOSTILE, case=HOSTILE, title=HOSTILE, amended_by=HOSTILE)
        judgement.update(
            statement=HOSTILE, theory=HOSTILE, proof_page=HOSTILE, certificate={HOSTILE: HOSTILE}
        )
    words_record["subject"] = {"name": HOSTILE, HOSTILE: HOSTILE}
    words_record["series"] = {HOSTILE: {"kind": HOSTILE, "title": HOSTILE, "columns": {}}}
    text = render_html(words_record)
    assert loads(text) == []
    assert HOSTILE in "".join(Page(text).words)


def test_control_characters_do_not_reach_the_page(words_record):
    words_record["judgements"][0]["reason"] = "a\x00b\x1b[31mc"
    assert "a\ufffdb\ufffd[31mc" in Page(render_html(words_record)).text


def test_a_figure_that_cannot_be_drawn_leaves_a_note(inspect_record):
    figures = inspect_record["series"]
    del figures["spectrum"]["columns"]["im"]
    inspect_record["series"] = {name: figures[name] for name in ("spectrum", "later")}
    text = Page(render_html(inspect_record)).text
    assert "no column 'im'" in text
    assert "no figure of kind 'hologram'" in text


def test_an_unexpected_verdict_is_pointed_out(words_record):
    assert "no: proved" in Page(render_html(words_record)).text
    words_record["judgements"][-1]["expected"] = "undecided"
    text = Page(render_html(words_record)).text
    assert "no: " not in text
    assert "0 not as expected" in text


def test_a_candidate_that_nothing_certifies_is_shown_as_such(words_record):
    words_record["judgements"][-1]["candidate"] = {"x": ["7/3"]}
    words_record["judgements"][-1]["sampled_margin"] = {"value": -0.5, "hex": "-0x1.0p-1"}
    text = Page(render_html(words_record)).text
    assert '"7/3"' in text[text.index("not certified") :]
    assert "Least sampled margin: -0.5" in text


def test_an_interrupted_record_says_so(words_record):
    assert "Interrupted" not in render_html(words_record)
    words_record["status"] = "interrupted"
    assert "Interrupted" in render_html(words_record)


def test_a_long_certificate_is_cut_and_says_so(words_record):
    words_record["judgements"][0]["certificate"] = {"steps": ["1/3"] * 100_000}
    text = render_html(words_record)
    assert len(text) < 500_000
    assert "more characters in record.json" in text


def test_the_policy_of_a_page_allows_its_own_style_and_script_alone(words_record):
    text = render_html(words_record)
    policy = next(m["content"] for m in Page(text).named("meta") if "http-equiv" in m)
    for tag in ("style", "script"):
        content = re.search(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL).group(1)
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


@KINDS
def test_no_heading_skips_a_level(pages, kind):
    levels = [int(tag[1]) for tag, _ in Page(pages[kind][1]).elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_proof_of_a_claim_is_folded_into_its_section(words_record):
    text = render_html(words_record)
    section = text[text.index('id="r0-energy-is-conserved"') :]
    section = section[: section.index("</section>")]
    assert '<details class="proof">' in section
    assert "<h4>Proof</h4>" in section
    assert "A differentiable function whose derivative vanishes on an interval is constant there." in section


def test_another_text_of_a_proof_page_is_not_shown_as_the_proof(words_record):
    own = words_record["judgements"][0]
    own.update(evidence="written", certificate={"kind": "written", "page": "0" * 64, "theorem": "t"})
    section = render_html(words_record)
    assert "is not the one that the record was made with" in section


def test_a_figure_stands_in_the_section_of_its_claim(verify_record):
    verify_record["series"] = {
        "period": {**verify_record["series"]["period"], "claim": "oscillation-is-perpetual"}
    }
    text = render_html(verify_record)
    place = text.index('id="r0-oscillation-is-perpetual"')
    assert place < text.index("<img") < text.index('id="r0-euler-energy-follows-root-law"')
    assert "<h2>Figures</h2>" not in text


def test_a_source_is_named_with_its_doi_and_an_unknown_one_by_its_key(words_record):
    words_record["judgements"][0]["source"] = "hopfield1984"
    words_record["judgements"][1]["source"] = "nobody2099"
    text = render_html(words_record)
    assert 'href="https://doi.org/10.1073/pnas.81.10.3088"' in text
    assert "Source: nobody2099" in text


def test_each_answer_is_shown_in_the_colour_of_its_verdict_and_claims_of_another_record_are_left_out(
    words_record,
):
    says = {"true": "x_i <br>", "false": "not so", "open": None}
    own = {
        "sentence": "P2",
        "text": "Second.",
        "says": says,
        **placed(false=["energy-is-conserved", "claim-of-another"]),
    }
    text = render_html({**words_record, "sentences": [own]})
    assert (
        '<div class="proved"><dt>true</dt><dd><var>x</var><sub><var>i</var></sub> &lt;br&gt;</dd></div>'
        in text
    )
    assert '<div class="refuted"><dt>false</dt><dd>not so</dd></div>' in text
    assert "<dt>open</dt>" not in text
    assert "claim-of-another" not in text


def test_the_page_of_verify_is_headed_by_what_it_is_about_and_cites_the_paper(verify_record):
    page = Page(render_html({**verify_record, "series": None}))
    assert "The claims of the paper" in page.text
    assert page.text.index(PAPER.title) < page.text.index("2 ✓ proved")


@pytest.mark.parametrize(("verdict", "folded"), [("proved", True), ("undecided", False), ("refuted", False)])
def test_further_cases_are_folded_only_if_all_is_proved(verify_record, verdict, folded):
    first = {**verify_record["judgements"][0], "verdict": "proved"}
    case = {**first, "case": "n = 2", "verdict": verdict}
    page = render_html(
        {**verify_record, "series": None, "judgements": [first, case, first | {"case": "n = 3"}]}
    )
    closed = page[page.index("proved as well") : page.index("Reproduce with:")]
    assert ("n = 2" in closed) is folded
    assert "n = 3" in closed
    assert f"<summary>{'2 cases ' if folded else '1 case more, '}proved as well" in page


def test_a_case_that_is_proved_where_that_is_not_expected_is_shown(verify_record):
    first = verify_record["judgements"][0]
    case = {**first, "case": "n = 2", "expected": "refuted"}
    assert "proved as well" not in render_html({**verify_record, "series": None, "judgements": [first, case]})
