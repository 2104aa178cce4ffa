"""A record as Markdown, for a pull request: an audit, a derivation, a matrix, the paper's claims; from the record alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from gsdcheck.report.audit_view import audit_command, heading, verdict_summary
from gsdcheck.report.derivation_text import derivation_sections
from gsdcheck.report.grouping import claim_groups, verdict_counts
from gsdcheck.report.matrix import LEGEND, cells, heads, is_compliance_matrix
from gsdcheck.report.values import counterexample_text, finding_text, quantity_text, subject_name
from gsdcheck.report.words import ANSWERS, GLYPHS, evidence_short, holds_words, plural, theorems_sentence

Record = Mapping[str, Any]


def render_markdown(record: Record) -> str:
    """The record as GitHub Markdown; a matrix is one table."""
    lines = _matrix(record) if is_compliance_matrix(record) else _VIEWS[record["kind"]](record)
    return "\n".join(lines) + "\n"


def has_markdown(record: Record) -> bool:
    """Whether there is a Markdown view of this kind of record."""
    return record["kind"] in _VIEWS or is_compliance_matrix(record)


def _matrix(record: Record) -> list[str]:
    guarantees = record["records"][0]["guarantees"]
    columns = heads(guarantees)
    rows = [
        [f"`{markdown_text(name)}`", *(markdown_text(row.get(claim, ("", ""))[0]) for claim in columns)]
        for name, row in cells(record)
    ]
    legend = [f"* **{columns[row['id']]}** {markdown_text(row['title'])}" for row in guarantees]
    return [
        "# gsdcheck: which guarantees activations give",
        "",
        *_table(["activation", *columns.values()], rows),
        "",
        *legend,
        "",
        markdown_text(LEGEND),
    ]


def _verify(record: Record) -> list[str]:
    groups = claim_groups(record)
    sentences = record.get("sentences") or ()
    rows = [
        [
            group.headline["theory"] or "",
            f"`{markdown_text(group.claim)}`",
            f"{GLYPHS[group.headline['verdict']]} {group.headline['verdict']}",
            markdown_text(evidence_short(group.headline)),
            f"`{markdown_text(group.detail('amended_by'))}`" if group.detail("amended_by") else "",
        ]
        for group in groups
    ]
    counts = ", ".join(f"{number} {verdict}" for verdict, number in verdict_counts(groups).items() if number)
    return [
        "# gsdcheck verify: what the paper says, and what is true",
        "",
        *(line for sentence in sentences for line in _sentence(sentence)),
        *_table(["row", "claim", "verdict", "evidence", "true instead"], rows),
        "",
        f"{plural(len(groups), 'claim')}: {counts}.",
    ]


def _sentence(sentence: Record) -> list[str]:
    said = [
        f"* **{name}**: {markdown_text(sentence['says'][name])}" for name in ANSWERS if sentence["says"][name]
    ]
    return [f"**{markdown_text(sentence['sentence'])}** {markdown_text(sentence['text'])}", "", *said, ""]


def _audit(record: Record) -> list[str]:
    first, *further = record.get("follows") or [""]
    guarantees = record["guarantees"]
    rows = [
        [
            row["theory"],
            markdown_text(row["title"]),
            markdown_text(row["cell"]),
            f"{GLYPHS[row['verdict']]} {row['verdict']}",
        ]
        for row in guarantees
    ]
    refuted = [row for row in guarantees if row["counterexample"]]
    return [
        f"# gsdcheck audit: {markdown_text(heading(record['subject']))}",
        "",
        f"**{markdown_text(first)}**",
        "",
        *(f"* {markdown_text(sentence)}" for sentence in further),
        "",
        *_table(["row", "guarantee", "holds", "verdict"], rows),
        "",
        *(
            f"* `{row['id']}` is refuted by {markdown_text(counterexample_text(row['counterexample']))}"
            for row in refuted
        ),
        "",
        *_facts(record),
        *_conformance(record),
        *_behind(record),
        f"{verdict_summary(guarantees)}. Reproduce with: `{markdown_text(audit_command(record['subject']))}`",
    ]


def _derivation(record: Record) -> list[str]:
    sections = []
    for title, lines in derivation_sections(record):
        sections += [f"## {markdown_text(title)}", "", *(f"* `{_code(line)}`" for line in lines), ""]
    return [
        f"# gsdcheck derive: {markdown_text(subject_name(record))}",
        "",
        *(f"* {markdown_text(sentence)}" for sentence in record["follows"]),
        "",
        *sections,
        *_facts(record),
    ]


def _facts(record: Record) -> list[str]:
    facts = [
        [name.replace("_", " "), holds_words(fact["holds"]), fact["evidence"] or ""]
        for name, fact in (record["facts"] or {}).items()
    ]
    quantities = [
        [name.replace("_", " "), markdown_text(quantity_text(quantity))]
        for name, quantity in (record["quantities"] or {}).items()
    ]
    shown = [*_table(["fact", "holds", "evidence"], facts), ""] if facts else []
    return [*shown, *_table(["quantity", "value"], quantities), ""] if quantities else shown


def _behind(record: Record) -> list[str]:
    behind = theorems_sentence(record["judgements"])
    return [markdown_text(behind), ""] if behind else []


def _conformance(record: Record) -> list[str]:
    found = record.get("conformance")
    if not found:
        return []
    lines = [f"* {markdown_text(finding_text(finding, found['passed']))}" for finding in found["findings"]]
    return [f"Implementation at {found['dtype']} ({markdown_text(found['backend'])}):", "", *lines, ""]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [_row(header), _row(["---"] * len(header)), *map(_row, rows)]


def _row(entries: Sequence[str]) -> str:
    return f"| {' | '.join(entries)} |"


def _code(value: object) -> str:
    """The text for a code span, in which only a backtick or a line's end means anything."""
    return " ".join(str(value).split()).replace("`", "'")


def markdown_text(value: object) -> str:
    """The text with nothing in it that would end a cell, a line or a code span, or be read as HTML."""
    plain = " ".join(str(value).split())
    for mark, shown in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "\\|"), ("`", "'")):
        plain = plain.replace(mark, shown)
    return plain


_VIEWS = {"audit": _audit, "derive": _derivation, "verify": _verify}
