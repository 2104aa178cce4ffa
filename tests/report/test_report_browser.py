"""The pages in a real browser, from disk: they load nothing, complain of nothing, and show, sort and print everything."""

import os
import shutil
import subprocess

import pytest

from gsdcheck.engine.audit import audit
from gsdcheck.record.build import build_matrix
from gsdcheck.report.html import render_html

from .browser import REQUIRED, Browser

KINDS = pytest.mark.parametrize("kind", ["verify", "inspect", "matrix"])
FIGURES = """Promise.all([...document.images].map(i => i.decode().then(() => {
    const box = i.getBoundingClientRect();
    return Math.min(i.naturalWidth, i.naturalHeight, box.width, box.height) })))"""
COLUMN = "[...document.querySelectorAll('table.sortable tbody tr:not([hidden]) th[scope=row] a')].map(a => a.textContent)"
CONTRAST = """(() => {
    const light = c => c.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ground = e => { for (; e; e = e.parentElement) {
        const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255, 255, 255)' };
    document.querySelectorAll('details').forEach(d => { d.open = true });
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = {};
    while (walk.nextNode()) { const e = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || e.closest('script')) continue;
        const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
        seen[(a + 0.05) / (b + 0.05)] = e.outerHTML.slice(0, 80); }
    const least = Math.min(...Object.keys(seen)); return [least, seen[least]] })()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def files(pages, tmp_path_factory):
    """The file of each kind of page."""
    folder = tmp_path_factory.mktemp("pages")
    matrix = build_matrix([audit(subject) for subject in ("tanh", "gelu")])
    texts = {"verify": pages["verify"][1], "inspect": pages["inspect"][1], "matrix": render_html(matrix)}
    for kind, text in texts.items():
        (folder / f"{kind}.html").write_text(text, encoding="utf-8")
    return {kind: folder / f"{kind}.html" for kind in texts}


@KINDS
def test_a_page_asks_for_nothing_but_itself_and_complains_of_nothing(browser, files, kind):
    browser.open(files[kind])
    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert browser.requests() == [files[kind].as_uri()]
    assert browser.complaints() == []


def test_a_page_that_loads_and_fails_is_noticed(browser, tmp_path, files):
    text = files["verify"].read_text("utf-8").replace("img-src data:", "img-src data: file:")
    bad = tmp_path / "bad.html"
    bad.write_text(text.replace("</main>", '<img src="absent.png"><script>f()</script></main>'), "utf-8")
    browser.open(bad)
    assert browser.requests() == [bad.as_uri(), bad.with_name("absent.png").as_uri()]
    assert any("Content Security Policy" in str(entry) for entry in browser.complaints())


@KINDS
@pytest.mark.parametrize("width", [400, 1400])
def test_every_figure_is_seen_and_nothing_is_wider_than_the_page(browser, files, kind, width):
    browser.open(files[kind], width=width)
    sizes = browser.evaluate(FIGURES)
    assert len(sizes) == files[kind].read_text("utf-8").count("<img")
    assert min(sizes) > 50
    assert browser.evaluate("document.documentElement.scrollWidth") <= width


@KINDS
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser, files, kind, scheme):
    browser.open(files[kind], scheme=scheme)
    least, where = browser.evaluate(CONTRAST)
    assert 4.5 <= least < 21.1, where


def test_the_table_of_claims_sorts_both_ways_and_filters(browser, files, pages):
    browser.open(files["verify"])
    claims = list(dict.fromkeys(j["claim"] for j in pages["verify"][0]["judgements"]))
    assert browser.evaluate(COLUMN) == claims
    button = "document.querySelectorAll('table.sortable thead button')[1].click()"
    browser.evaluate(button)
    assert browser.evaluate(COLUMN) == sorted(claims)
    browser.evaluate(button)
    assert browser.evaluate(COLUMN) == sorted(claims, reverse=True)
    typed = "const i = document.querySelector('.filter input'); i.value = 'refuted'; i.dispatchEvent(new Event('input'))"
    browser.evaluate(typed)
    assert set(browser.evaluate(COLUMN)) == {
        "boundedness-is-necessary-for-the-invariant",
        "odd-bounded-continuous-suffices",
    }


@KINDS
def test_a_page_reads_the_same_without_scripts(browser, files, kind):
    browser.open(files[kind], scripts=False)
    without = browser.text().split()
    browser.open(files[kind])
    assert set(without) <= set(browser.text().split())
    assert len(without) > 100


def printed(browser, folder):
    """The letters of the page as it is printed, without the gaps between them."""
    if shutil.which("pdftotext") is None:
        missing = "needs pdftotext (Debian's package `poppler-utils`)"
        pytest.fail(missing) if os.environ.get(REQUIRED) else pytest.skip(missing)
    (folder / "page.pdf").write_bytes(browser.pdf())
    command = ["pdftotext", "-layout", folder / "page.pdf", "-"]
    found = subprocess.run(command, capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


@KINDS
def test_what_is_printed_names_every_claim(browser, files, kind, tmp_path):
    browser.open(files[kind])
    claims = browser.evaluate(
        "[...document.querySelectorAll('section.claim h3')].map(h => h.firstChild.data.trim())"
    )
    text = printed(browser, tmp_path)
    assert len(claims) >= 2
    assert [claim for claim in claims if "".join(claim.split()) not in text] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_folded_is_printed_but_for_data(browser, files, scripts, tmp_path):
    browser.open(files["verify"], scripts=scripts)
    text = printed(browser, tmp_path)
    assert "pairingtheterms(i,j)and(j,i)" in text  # from a proof, step by step
    assert '"premises"' not in text  # from a certificate


def test_markup_in_a_record_runs_nothing(browser, tmp_path, pages):
    record = {**pages["verify"][0], "series": None}
    hostile = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"
    record["judgements"] = [
        {**j, "reason": hostile, "title": hostile, "case": hostile} for j in record["judgements"]
    ]
    (tmp_path / "hostile.html").write_text(render_html(record), encoding="utf-8")
    browser.open(tmp_path / "hostile.html")
    assert browser.evaluate("document.title") == "gsdcheck verify: paper"
    assert browser.complaints() == []
    assert hostile in browser.evaluate("document.body.textContent")
