"""A record as one HTML file that loads nothing, runs nothing and needs nothing else."""

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gsdcheck.errors import RecordError
from gsdcheck.report.audit_view import audit_command
from gsdcheck.report.grouping import ClaimGroup, as_expected, claim_groups, reproduce_line, verdict_counts
from gsdcheck.report.matrix import LEGEND, cells, heads, is_compliance_matrix
from gsdcheck.report.values import (
    certificate_text,
    finding_text,
    quantity_text,
    reason_alone,
    subject_name,
    value_text,
)
from gsdcheck.report.words import (
    DEFINITIONS,
    GLYPHS,
    SENTENCES,
    assumptions_words,
    evidence_short,
    evidence_words,
    grades_sentence,
    holds_words,
    plural,
)

_TEMPLATES = Path(__file__).with_name("templates")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def render_html(
    record: Mapping[str, Any],
    *,
    sentences: Mapping[str, str] = SENTENCES,
    record_path: str = "gsdcheck-report/record.json",
) -> str:
    """The report of the record, or of each record of a matrix, as a self-contained HTML page.

    Args:
        sentences: the sentences of the paper by id; a claim belongs to the one that its judgement's key
            "sentence" names.
        record_path: the file that the lines after "Reproduce with:" name.
    """
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
    environment.globals.update(glyphs=GLYPHS, plural=plural)
    environment.globals.update(evidence_short=evidence_short, evidence_words=evidence_words)
    environment.globals.update(assumptions_words=assumptions_words, definitions=DEFINITIONS)
    environment.globals.update(
        finding_text=finding_text, quantity_text=quantity_text, audit_command=audit_command
    )
    matrix = _matrix(record) if is_compliance_matrix(record) else None
    records = _parts(record)
    pages = [_page(part, index, sentences, record_path) for index, part in enumerate(records)]
    html = environment.get_template("report.html.j2").render(
        title=f"gsdcheck {record['kind']}" + (f": {pages[0]['name']}" if len(pages) == 1 else ""),
        pages=pages,
        matrix=matrix,
        comparison=record if record["kind"] == "compare" else None,
    )
    return _NOT_TEXT.sub("\ufffd", html)


def _parts(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The records that have a page in full: all but those of a compliance matrix, and a comparison."""
    if record["kind"] == "compare" or is_compliance_matrix(record):
        return []
    return list(record["records"]) if record["kind"] == "matrix" else [record]


def _matrix(record: Mapping[str, Any]) -> dict[str, Any]:
    """What the template shows of a compliance matrix."""
    from gsdcheck.report.figures import compliance_series

    guarantees = record["records"][0]["guarantees"]
    columns = heads(guarantees)
    return {
        "figure": _figure("compliance", compliance_series(record)),
        "legend": LEGEND,
        "columns": [{"head": columns[g["id"]], "title": g["title"]} for g in guarantees],
        "rows": [
            {
                "name": name,
                "anchor": f"a{index}-{_slug(name)}",
                "record": part,
                "cells": [{"word": row[claim][0], "verdict": row[claim][1]} for claim in columns],
            }
            for index, (part, (name, row)) in enumerate(zip(record["records"], cells(record), strict=True))
        ],
    }


def _page(
    record: Mapping[str, Any], index: int, sentences: Mapping[str, str], record_path: str
) -> dict[str, Any]:
    """What the template shows of one record."""
    groups = claim_groups(record)
    return {
        "record": record,
        "name": subject_name(record),
        "groups": groups,
        "anchors": {group.claim: f"r{index}-{_slug(group.claim)}" for group in groups},
        "counts": {verdict: number for verdict, number in verdict_counts(groups).items() if number},
        "unexpected": sum(bool(group.unexpected) for group in groups),
        "grades": grades_sentence(group.headline for group in groups),
        "expects": any(j["expected"] for group in groups for j in group.judgements),
        "sentences": _by_sentence(groups, sentences),
        "facts": record["facts"] or {},
        "quantities": {name: quantity_text(q) for name, q in (record["quantities"] or {}).items()},
        "figures": [_figure(name, series) for name, series in (record["series"] or {}).items()],
        "commands": {group.claim: reproduce_line(record, _exemplar(group), record_path) for group in groups},
    }


def _by_sentence(groups: list[ClaimGroup], sentences: Mapping[str, str]) -> list[dict[str, Any]]:
    """The sentences that some claim of the record belongs to, with their claims."""
    found = []
    for key, text in sentences.items():
        claims = [group for group in groups if group.detail("sentence") == key]
        if claims:
            found.append({"key": key, "text": text, "claims": claims})
    return found


def _exemplar(group: ClaimGroup) -> Mapping[str, Any]:
    """The judgement worth reproducing: an unexpected one, else one with a certificate, else the headline."""
    ranked = sorted(group.judgements, key=lambda j: (as_expected(j), j["certificate"] is None))
    return ranked[0]


def _figure(name: str, series: Mapping[str, Any]) -> dict[str, str]:
    """The figure as an image in the page, or a note that says why there is none."""
    from gsdcheck.report.figures import description, figure_of, svg

    shown = {"name": name, "title": series["title"], "image": "", "note": ""}
    shown["caption"] = series.get("caption") or ""
    try:
        figure = figure_of(series)
    except RecordError as fault:
        return {**shown, "note": f"This figure cannot be drawn. {fault}"}
    if figure is None:
        return {**shown, "note": f"This version draws no figure of kind {series['kind']!r}."}
    shown["image"] = "data:image/svg+xml;base64," + base64.b64encode(svg(figure).encode()).decode()
    shown["alt"] = f"{series['title']}. {description(series)}"
    return shown


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", text)
