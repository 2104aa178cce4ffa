"""An audit or a compliance matrix as Markdown, to be pasted into a pull request; from the record alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from gsdcheck.report.audit_view import audit_command, heading, verdict_summary
from gsdcheck.report.matrix import LEGEND, cells, heads, is_compliance_matrix
from gsdcheck.report.values import counterexample_text, finding_text, quantity_text
from gsdcheck.report.words import GLYPHS, holds_words

Record = Mapping[str, Any]


def render_markdown(record: Record) -> str:
    """The record as GitHub Markdown; a matrix is one table."""
    lines = _matrix(record) if is_compliance_matrix(record) else _audit(record)
    return "\n".join(lines) + "\n"


def has_markdown(record: Record) -> bool:
    """Whether there is a Markdown view of this kind of record."""
    return record["kind"] == "audit" or is_compliance_matrix(record)


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
        f"{verdict_summary(guarantees)}. Reproduce with: `{markdown_text(audit_command(record['subject']))}`",
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


def markdown_text(value: object) -> str:
    """The text with nothing in it that would end a cell, a line or a code span, or be read as HTML."""
    plain = " ".join(str(value).split())
    for mark, shown in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("|", "\\|"), ("`", "'")):
        plain = plain.replace(mark, shown)
    return plain
