"""An ablation as text for a terminal: one row an assumption."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from gsdcheck.report.console import plain, say, say_command, table
from gsdcheck.report.words import plural

_STYLES = {"needed": "red", "not needed": "green", "open": "yellow"}


def print_ablation(record: Mapping[str, Any], console: Console, *, record_path: str) -> None:
    """The table, then the counterexamples in full."""
    say(console, f"ablate: {record['subject']['name']}", style="bold")
    say(console, record["statement"])
    console.print()
    shown = table(console)
    for header in ("Assumption", "Needed", "Because without it"):
        shown.add_column(header, overflow="fold")
    for row in record["ablation"]:
        need = Text(row["need"], style=_STYLES[row["need"]])
        shown.add_row(Text(plain(row["says"], console)), need, Text(plain(row["reason"], console)))
    console.print(shown)
    console.print()
    for row in record["ablation"]:
        if row["counterexample"]:
            word = "Counterexample" if row["need"] == "needed" else "Candidate"
            say(console, f"{word} without {row['says']}: {row['counterexample']}", bullet=True)
    if any(judgement["certificate"] for judgement in record["judgements"]):
        say_command(console, f"gsdcheck replay {record_path}")
    counts = Counter(row["need"] for row in record["ablation"])
    parts = [plural(len(record["ablation"]), "assumption"), *(f"{n} {need}" for need, n in counts.items())]
    say(console, " · ".join([*parts, f"seed {record['seed']}"]), style="bold")
