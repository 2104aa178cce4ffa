"""Templates whose output is no HTML page: JUnit XML, Markdown, LaTeX. Nothing is printed without an escape."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from gsdcheck.report.grouping import claim_groups, verdict_counts
from gsdcheck.report.values import subject_name
from gsdcheck.report.words import GLYPHS, evidence_short, holds_words, plural

if TYPE_CHECKING:
    from jinja2 import Environment

Record = Mapping[str, Any]

_TEMPLATES = Path(__file__).with_name("templates")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MD = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "\\|"), ("`", "'"))
_TEX = {c: rf"\{c}" for c in "#$%&_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {"\\": r"\textbackslash{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
_TEX |= {"√": r"$\surd$", "σ": r"$\sigma$", "′": "$'$", "≥": r"$\geq$", "≤": r"$\leq$", "∞": r"$\infty$"}


def rendered(template: str, record: Record, **more: Any) -> str:
    """The template, filled with the record, its parts as `pages`, and more.

    Raises:
        TypeError: the template prints something that has gone through no escape.
    """
    parts = record["records"] if record["kind"] == "matrix" else [record]
    pages = [_page(part) for part in parts]
    return _environment().get_template(template).render(record=record, pages=pages, **more)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_require_escaped,
        block_start_string="<%",  # LaTeX has braces of its own
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
    )
    environment.filters.update(xml=_xml, md=markdown_text, code=_code, tex=_tex)
    environment.globals.update(
        glyphs=GLYPHS, plural=plural, evidence_short=evidence_short, holds_words=holds_words
    )
    return environment


def _page(record: Record) -> dict[str, Any]:
    """What the templates show of one record."""
    groups = claim_groups(record)
    counts = ", ".join(f"{n} {v}" for v, n in verdict_counts(groups).items() if n)
    amended = any(group.detail("amended_by") for group in groups)
    name = subject_name(record)
    return {"record": record, "name": name, "groups": groups, "counts": counts, "amended": amended}


def _require_escaped(value: object) -> object:
    """What a template prints has gone through its escape, or is a count."""
    if isinstance(value, (Markup, int)):
        return value
    raise TypeError(f"a template prints {str(value)[:40]!r} as it is; it needs an escape")


def _xml(value: object) -> Markup:
    return escape(_NOT_XML.sub("\ufffd", str(value)))


def markdown_text(value: object) -> Markup:
    """The text with nothing in it that would end a cell, a line or a code span, or be read as HTML."""
    plain = " ".join(str(value).split())
    for mark, shown in _MD:
        plain = plain.replace(mark, shown)
    return Markup(plain)


def _code(value: object) -> Markup:
    """The text for a code span, in which only a backtick or a line's end means anything."""
    return Markup(" ".join(str(value).split()).replace("`", "'"))


def _tex(value: object) -> Markup:
    """The text for LaTeX, on one line."""
    return Markup("".join(_TEX.get(c, c) for c in " ".join(_NOT_XML.sub("\ufffd", str(value)).split())))
