"""What the templates show of a record: its claims, sentences, figures and commands, gathered."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from gsdcheck.errors import RecordError
from gsdcheck.report.answers import answers
from gsdcheck.report.derivation_text import derivation_sections
from gsdcheck.report.grouping import (
    ClaimGroup,
    Judgement,
    as_expected,
    claim_groups,
    missing_assumptions,
    reproduce_line,
    verdict_counts,
)
from gsdcheck.report.matrix import LEGEND, cells, heads
from gsdcheck.report.proof_pages import proof_html
from gsdcheck.report.values import quantity_text, subject_name
from gsdcheck.report.words import evidence_short, formal_sentence, general_claims
from gsdcheck.sources import SOURCES, Source


def matrix_parts(record: Mapping[str, Any]) -> dict[str, Any]:
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


def page_parts(record: Mapping[str, Any], index: int, record_path: str) -> dict[str, Any]:
    """What the template shows of one record."""
    groups = claim_groups(record)
    return {
        "record": record,
        "name": subject_name(record),
        "heading": _heading(record),
        "paper": SOURCES["casoni2025"],
        "groups": groups,
        "evidence": {group.claim: evidence_short(group.headline) for group in groups},
        "anchors": {group.claim: f"r{index}-{_slug(group.claim)}" for group in groups},
        "counts": {verdict: number for verdict, number in verdict_counts(groups).items() if number},
        "unexpected": sum(bool(group.unexpected) for group in groups),
        "grades": _grades([group.headline for group in groups]),
        "expects": any(j["expected"] for group in groups for j in group.judgements),
        "answers": answers(record, groups),
        "derivation": derivation_sections(record) if record["kind"] == "derive" else [],
        "missing": missing_assumptions(record),
        "facts": record["facts"] or {},
        "quantities": {name: quantity_text(q) for name, q in (record["quantities"] or {}).items()},
        "figures": _by_claim(record["series"] or {}, groups),
        "sources": {group.claim: _source(group) for group in groups},
        "proofs": {group.claim: proof_html(group.judgements) for group in groups},
        "commands": {group.claim: reproduce_line(record, _exemplar(group), record_path) for group in groups},
    }


def _heading(record: Mapping[str, Any]) -> str:
    """What the record is about; the formula of an audit stands below."""
    if record["kind"] == "verify":
        return "The claims of the paper"
    if any(hunt.get("question") for hunt in record.get("hunts") or ()):
        return "Open questions"
    if record["kind"] == "audit" and record["subject"]:
        return str(record["subject"]["name"])
    return subject_name(record)


def _grades(headlines: list[Judgement]) -> dict[str, Any] | None:
    """How many claims are decided formally, and those that are only in writing; None without either."""
    formal, written = (general_claims(headlines, grade) for grade in ("formal", "written"))
    return {"sentence": f"{formal_sentence(formal)}.", "written": written} if formal or written else None


def _source(group: ClaimGroup) -> Source | str | None:
    """The paper or book that the claim is from; its bare key where this version does not know it."""
    key = group.detail("source")
    return SOURCES.get(key, str(key)) if key is not None else None


def _by_claim(series: Mapping[str, Any], groups: list[ClaimGroup]) -> dict[str | None, list[dict[str, str]]]:
    """The figures by the claim that they belong to; under None those of no claim of the record."""
    found: dict[str | None, list[dict[str, str]]] = {None: [], **{group.claim: [] for group in groups}}
    for name, one in series.items():
        claim = one.get("claim")
        found[claim if claim in found else None].append(_figure(name, one))
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
    shown["image"] = "data:image/svg+xml;base64," + base64.b64encode(svg(figure, name=name).encode()).decode()
    shown["alt"] = f"{series['title']}. {description(series)}"
    return shown


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", text)
