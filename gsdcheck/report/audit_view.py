"""An audit on a terminal: the sentence that matters, the guarantees, what refutes them, facts and quantities."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from gsdcheck.report.console import LONG, plain, say, say_command, table, verdict_text
from gsdcheck.report.values import finding_text, quantity_text
from gsdcheck.report.words import plural, theorems_sentence

Record = Mapping[str, Any]


def print_audit(record: Record, console: Console) -> None:
    """The audit record on the console."""
    subject = record["subject"]
    say(console, f"audit: {heading(subject)}", style="bold")
    for index, sentence in enumerate(record.get("follows") or ()):
        say(console, sentence, style="bold" if index == 0 else "", bullet=index > 0)
    console.print()
    _print_guarantees(record["guarantees"], console)
    _print_reasons(record["guarantees"], console)
    _print_facts(record["facts"] or {}, console)
    _print_quantities(record["quantities"] or {}, console)
    if record.get("conformance"):
        _print_conformance(record["conformance"], console)
    if behind := theorems_sentence(record["judgements"]):
        say(console, behind, limit=LONG)
        console.print()
    say_command(console, audit_command(subject))
    counts = verdict_summary(record["guarantees"])
    say(console, f"{plural(len(record['guarantees']), 'guarantee')} · {counts}", style="bold")


def heading(subject: Mapping[str, Any]) -> str:
    """The name, σ in the grammar where it is known and says more, and what σ was recognised as."""
    parts = [str(subject["name"])]
    if subject.get("activation") not in (None, subject["name"]):
        parts.append(f"σ(x) = {subject['activation']}")
    if subject.get("recognised"):
        parts.append(f"recognised as {subject['recognised']}")
    if subject.get("shifted"):
        parts.append(f"relative to c = {subject['shift']}")
    return " · ".join(parts)


def audit_command(subject: Mapping[str, Any]) -> str:
    """The command that makes this audit again."""
    dtype = f" --dtype {subject['dtype']}" if subject.get("dtype") else ""
    return f"gsdcheck audit {shlex.quote(str(subject['asked']))}{dtype}"


def verdict_summary(guarantees: Sequence[Mapping[str, Any]]) -> str:
    """ "6 proved · 4 refuted · 1 undecided"."""
    verdicts = [row["verdict"] for row in guarantees]
    order = ("proved", "refuted", "supported", "undecided")
    return " · ".join(f"{verdicts.count(v)} {v}" for v in order if v in verdicts)


def _print_guarantees(guarantees: Sequence[Mapping[str, Any]], console: Console) -> None:
    shown = table(console)
    for header in ("Row", "Guarantee", "Holds", "Verdict"):
        shown.add_column(header, no_wrap=header != "Guarantee")
    for row in guarantees:
        cells = (plain(str(row[key]), console) for key in ("theory", "title", "cell"))
        shown.add_row(*map(Text, cells), verdict_text(row["verdict"], console))
    console.print(shown)
    console.print()


def _print_reasons(guarantees: Sequence[Mapping[str, Any]], console: Console) -> None:
    """What refutes a guarantee, by what floats support it, or why it is open."""
    for verdict in ("refuted", "supported", "undecided"):
        for row in guarantees:
            if row["verdict"] == verdict:
                head = verdict_text(verdict, console)
                head.append(f"  {plain(row['id'], console)}", style="bold")
                console.print(head)
                say(console, row["says"], indent=2)
    console.print()


def _print_facts(facts: Mapping[str, Any], console: Console) -> None:
    """The facts on a few lines, by what holds; sampled ones say so."""
    for holds in (True, False, None):
        names = [_fact_words(name, fact) for name, fact in facts.items() if fact["holds"] is holds]
        if names:
            say(console, f"{_FACTS_THAT[holds]}: {', '.join(names)}")
    console.print()


_FACTS_THAT = {True: "Facts that hold", False: "Facts that do not hold", None: "Facts that are open"}


def _fact_words(name: str, fact: Mapping[str, Any]) -> str:
    words = name.replace("_", " ")
    return f"{words} (sampled)" if fact["evidence"] == "sampled" else words


def _print_quantities(quantities: Mapping[str, Any], console: Console) -> None:
    if not quantities:
        return
    shown = table(console)
    for header in ("Quantity", "Value"):
        shown.add_column(header, overflow="fold")
    for name, quantity in quantities.items():
        shown.add_row(Text(name.replace("_", " ")), Text(plain(quantity_text(quantity), console)))
    console.print(shown)
    console.print()


def _print_conformance(found: Mapping[str, Any], console: Console) -> None:
    tried = f"{found['points']:,} inputs, {found['checked_with_arb']:,} of them held against Arb"
    say(console, f"The implementation at {found['dtype']} ({found['backend']}): {tried}", style="bold")
    for finding in found["findings"]:
        say(console, finding_text(finding, found["passed"]), bullet=True)
    console.print()
