"""The compliance matrix: activations × guarantees, one word a cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from gsdcheck.report.console import STYLES, plain, say, table
from gsdcheck.report.words import plural

Record = Mapping[str, Any]


def is_compliance_matrix(record: Record) -> bool:
    """Whether the record is a matrix of audits."""
    parts = record.get("records") if record["kind"] == "matrix" else None
    return bool(parts) and all(part["kind"] == "audit" for part in parts or ())


def heads(guarantees: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Guarantee id → short column head: the row of the theory, made unique by a letter."""
    rows = [str(row["theory"]) for row in guarantees]
    found: dict[str, str] = {}
    for index, row in enumerate(guarantees):
        earlier = rows[:index].count(rows[index])
        several = rows.count(rows[index]) > 1
        found[row["id"]] = rows[index] + ("abc"[earlier] if several else "")
    return found


def cells(record: Record) -> list[tuple[str, dict[str, tuple[str, str]]]]:
    """(name, {guarantee id: (cell, verdict)}) of every activation, in order."""
    return [
        (str(part["subject"]["name"]), {g["id"]: (g["cell"], g["verdict"]) for g in part["guarantees"]})
        for part in record["records"]
    ]


def print_matrix(record: Record, console: Console) -> None:
    """The matrix on the console, with the legend of its columns and the counts."""
    guarantees = record["records"][0]["guarantees"]
    columns = heads(guarantees)
    shown = table(console)
    shown.add_column("Activation", no_wrap=True)
    for head in columns.values():
        shown.add_column(head, no_wrap=True)
    for name, row in cells(record):
        words = (_cell(row.get(claim), console) for claim in columns)
        shown.add_row(Text(plain(name, console, limit=24)), *words)
    console.print(shown)
    console.print()
    for row in guarantees:
        say(console, f"{columns[row['id']]:<4} {row['title']}")
    say(console, LEGEND)
    counts = [entry[1] for _, row in cells(record) for entry in row.values()]
    said = " · ".join(f"{counts.count(v)} {v}" for v in STYLES if v in counts)
    say(console, f"{plural(len(record['records']), 'activation')} · {said}", style="bold")


LEGEND = (
    "yes, all: proved · H < e: proved below that energy · no: refuted by a counterexample · "
    "√k: supported by floats · sampled: only values are known · ?: open"
)


def _cell(entry: tuple[str, str] | None, console: Console) -> Text:
    if entry is None:
        return Text("")
    word, verdict = entry
    return Text(plain(word.replace("H < ", "H<"), console), style=STYLES[verdict])
