"""A record for other programs: JUnit XML, a Markdown summary, a LaTeX table; one template each, from the record."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from gsdcheck.record.atomic import write_atomically
from gsdcheck.report.grouping import claim_groups, verdict_counts
from gsdcheck.report.markdown import markdown_text, render_markdown
from gsdcheck.report.matrix import is_compliance_matrix
from gsdcheck.report.outcomes import outcomes
from gsdcheck.report.values import subject_name
from gsdcheck.report.words import GLYPHS, evidence_short, plural

Record = Mapping[str, Any]

_TEMPLATES = Path(__file__).with_name("templates")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TEX = {c: rf"\{c}" for c in "#$%&_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {"\\": r"\textbackslash{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
_TEX |= {"√": r"$\surd$", "σ": r"$\sigma$", "′": "$'$", "≥": r"$\geq$", "≤": r"$\leq$", "∞": r"$\infty$"}


def render_junit(record: Record) -> str:
    """JUnit XML: one test case for each claim and case; a verdict that is not expected is a failure."""
    found = outcomes(record)
    return _rendered("junit.xml.j2", record, outcomes=found, states=[o.state for o in found])


def render_summary(record: Record) -> str:
    """GitHub Markdown for the summary of a job: an audit's own page, else the claims and what came out."""
    audits = record["kind"] == "audit" or is_compliance_matrix(record)
    return render_markdown(record) if audits else _rendered("summary.md.j2", record)


def render_latex(record: Record) -> str:
    """A LaTeX table of the claims (package booktabs), with a line that says what it was made from."""
    return _rendered("table.tex.j2", record)


EXPORTS = {"junit": render_junit, "markdown": render_summary, "latex": render_latex}
"""The option that asks for it → what writes it."""


def write_exports(record: Record, files: Mapping[str, str | os.PathLike[str]]) -> None:
    """Each of the files asked for, by the keys of `EXPORTS`.

    Raises:
        InvalidInput: one cannot be written.
    """
    for name, file in files.items():
        write_atomically(file, EXPORTS[name](record).encode("utf-8"))


def _rendered(template: str, record: Record, **more: Any) -> str:
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
    environment.filters.update(xml=_xml, md=lambda value: Markup(markdown_text(value)), tex=_tex)
    parts = record["records"] if record["kind"] == "matrix" else [record]
    names = {"glyphs": GLYPHS, "plural": plural, "evidence_short": evidence_short}
    pages = [_page(part) for part in parts]
    return environment.get_template(template).render(record=record, pages=pages, **names, **more)


def _page(record: Record) -> dict[str, Any]:
    """What the templates show of one record."""
    groups = claim_groups(record)
    counts = ", ".join(f"{n} {v}" for v, n in verdict_counts(groups).items() if n)
    return {"record": record, "name": subject_name(record), "groups": groups, "counts": counts}


def _require_escaped(value: object) -> object:
    """What a template prints has gone through its escape, or is a count."""
    if isinstance(value, (Markup, int)):
        return value
    raise TypeError(f"a template prints {str(value)[:40]!r} as it is; it needs an escape")


def _xml(value: object) -> Markup:
    return escape(_NOT_XML.sub("\ufffd", str(value)))


def _tex(value: object) -> Markup:
    """The text for LaTeX, on one line."""
    return Markup("".join(_TEX.get(c, c) for c in " ".join(_NOT_XML.sub("\ufffd", str(value)).split())))
