"""A record as Markdown, for a pull request or the summary of a job: a template for each kind, from the record alone."""

from collections.abc import Callable, Mapping
from typing import Any

from gsdcheck.report.audit_view import audit_command, heading, verdict_summary
from gsdcheck.report.derivation_text import derivation_sections
from gsdcheck.report.matrix import LEGEND, cells, heads, is_compliance_matrix
from gsdcheck.report.text_templates import rendered
from gsdcheck.report.values import counterexample_text, finding_text, quantity_text
from gsdcheck.report.words import ANSWERS, theorems_sentence

Record = Mapping[str, Any]


def render_markdown(record: Record) -> str:
    """The record as GitHub Markdown; a matrix of audits is one table."""
    if is_compliance_matrix(record):
        return rendered("matrix.md.j2", record, **_matrix(record))
    kind = record["kind"] if record["kind"] in _MORE else "summary"
    more = _MORE.get(kind, _nothing)(record)
    return rendered(f"{kind}.md.j2", record, answers=tuple(ANSWERS), quantity_text=quantity_text, **more)


def has_markdown(record: Record) -> bool:
    """Whether the report folder holds a Markdown view of this kind of record."""
    return bool(record["kind"] != "compare")


def _matrix(record: Record) -> dict[str, Any]:
    guarantees = record["records"][0]["guarantees"]
    columns = heads(guarantees)
    return {"columns": columns, "guarantees": guarantees, "rows": cells(record), "legend": LEGEND}


def _audit(record: Record) -> dict[str, Any]:
    return {
        "heading": heading(record["subject"]),
        "behind": theorems_sentence(record["judgements"]),
        "summary": verdict_summary(record["guarantees"]),
        "command": audit_command(record["subject"]),
        "counterexample_text": counterexample_text,
        "finding_text": finding_text,
    }


def _derivation(record: Record) -> dict[str, Any]:
    return {"sections": derivation_sections(record)}


def _nothing(_record: Record) -> dict[str, Any]:
    return {}


_MORE: Mapping[str, Callable[[Record], dict[str, Any]]] = {"audit": _audit, "derive": _derivation}
"""The kinds with a template of their own, and what it shows besides the record."""
