"""The proof page of a claim as a part of a report: its Markdown as HTML, without links and without HTML of its own."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from gsdcheck.certify.pages import page_fingerprint, page_text
from gsdcheck.errors import CertificateRejected
from gsdcheck.report.mathematics import typeset

_SHIFT = 2  # the page's "## Proof" stands below the <h3> of its claim


def proof_html(judgements: Sequence[Mapping[str, Any]]) -> Markup | None:
    """The proof page that the judgements name, if this version ships it; None if not.

    Where a judgement rests on the text of the page, a page of another text is not shown as its proof.
    """
    named = next((str(j["proof_page"]) for j in judgements if j.get("proof_page")), "")
    name = PurePosixPath(named).stem
    try:
        fingerprint = page_fingerprint(name)
    except CertificateRejected:
        return None
    certificates = [j["certificate"] for j in judgements if j["certificate"]]
    if any(c.get("kind") == "written" and c.get("page") != fingerprint for c in certificates):
        return Markup("<p>The proof page of this version is not the one that the record was made with.</p>")
    return _rendered(name)


@cache
def _rendered(name: str) -> Markup:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "autolink"])
    reader.add_render_rule("text", lambda _self, tokens, i, *_rest: typeset(tokens[i].content))
    tokens = reader.parse(page_text(name))
    shown = _without_title(tokens)
    for token in shown:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + _SHIFT)}"
        if token.children:
            token.children = [part for part in token.children if not part.type.startswith("link_")]
    return Markup(reader.renderer.render(shown, reader.options, {}))


def _without_title(tokens: Sequence[Any]) -> list[Any]:
    """The tokens after the first heading: the section that shows them has its own."""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return list(tokens[3:])
    return list(tokens)
