"""A record as one HTML file that loads nothing, is readable without scripts and needs nothing else."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gsdcheck.report.audit_view import audit_command
from gsdcheck.report.mathematics import typeset
from gsdcheck.report.mathml import mathml
from gsdcheck.report.matrix import is_compliance_matrix
from gsdcheck.report.page import matrix_parts, page_parts
from gsdcheck.report.policy import content_policy
from gsdcheck.report.values import certificate_text, finding_text, quantity_text, reason_alone, value_text
from gsdcheck.report.words import (
    DEFINITIONS,
    GLYPHS,
    assumptions_words,
    evidence_short,
    evidence_words,
    holds_words,
    plural,
)

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).with_name("templates")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def render_html(
    record: Mapping[str, Any],
    *,
    record_path: str = "gsdcheck-report/record.json",
) -> str:
    """The report of the record, or of each record of a matrix, as a self-contained HTML page.

    Args:
        record_path: the file that the lines after "Reproduce with:" name.
    """
    matrix = matrix_parts(record) if is_compliance_matrix(record) else None
    pages = [page_parts(part, index, record_path) for index, part in enumerate(_parts(record))]
    style, script = _asset("style.css"), _asset("tables.js")
    html = (
        _environment()
        .get_template("report.html.j2")
        .render(
            title=f"gsdcheck {record['kind']}" + (f": {pages[0]['name']}" if len(pages) == 1 else ""),
            policy=content_policy(style=style, script=script),
            style=style,
            script=script,
            pages=pages,
            matrix=matrix,
            comparison=record if record["kind"] == "compare" else None,
        )
    )
    return _NOT_TEXT.sub("\ufffd", html)


def _environment() -> "Environment":
    """Templates that escape whatever they are given, and fail on what they are not given."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(value_text=value_text, certificate_text=certificate_text)
    environment.filters.update(holds=holds_words, reason_alone=reason_alone)
    environment.filters.update(typeset=typeset, mathml=mathml)
    environment.globals.update(
        glyphs=GLYPHS,
        plural=plural,
        evidence_short=evidence_short,
        evidence_words=evidence_words,
        assumptions_words=assumptions_words,
        definitions=DEFINITIONS,
        finding_text=finding_text,
        quantity_text=quantity_text,
        audit_command=audit_command,
    )
    return environment


def _asset(name: str) -> str:
    """The text of a file that every page holds."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _parts(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The records that have a page in full: all but those of a compliance matrix, and a comparison."""
    if record["kind"] == "compare" or is_compliance_matrix(record):
        return []
    return list(record["records"]) if record["kind"] == "matrix" else [record]
