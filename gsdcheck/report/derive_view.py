"""A derivation on a terminal: the polynomial form, Darboux polynomials, first integrals, Jacobian, equilibria."""

import textwrap
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from gsdcheck.report.console import plain, say, say_command, table, verdict_text
from gsdcheck.report.derivation_text import derivation_sections
from gsdcheck.report.grouping import claim_groups, reproduce_line, verdict_counts
from gsdcheck.report.values import quantity_text, subject_name
from gsdcheck.report.words import evidence_short, holds_words, plural

Record = Mapping[str, Any]


def print_derivation(record: Record, console: Console, *, record_path: str) -> None:
    """The derivation on the console."""
    say(console, f"derive: {subject_name(record)}", style="bold")
    console.print()
    for title, lines in derivation_sections(record):
        say(console, title, style="bold")
        for line in lines:
            _say_long(console, line)
        console.print()
    _print_facts(record, console)
    _print_quantities(record, console)
    say(console, "What follows", style="bold")
    for sentence in record["follows"]:
        say(console, sentence, bullet=True)
    console.print()
    _print_claims(record, console, record_path)


def _say_long(console: Console, line: str) -> None:
    """The line, wrapped and indented, however long it is."""
    lines = textwrap.wrap(
        line, max(20, console.width), initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False
    )
    for part in lines:
        console.print(Text(plain(part, console)), no_wrap=True, crop=False)


def _print_facts(record: Record, console: Console) -> None:
    shown = table(console)
    for header in ("Fact", "Holds", "Evidence"):
        shown.add_column(header, overflow="fold")
    for name, fact in record["facts"].items():
        words = Text(plain(name.replace("_", " "), console))
        shown.add_row(words, holds_words(fact["holds"]), fact["evidence"] or "")
    console.print(shown)
    console.print()


def _print_quantities(record: Record, console: Console) -> None:
    shown = table(console)
    for header in ("Quantity", "Value"):
        shown.add_column(header, overflow="fold")
    for name, quantity in record["quantities"].items():
        known = quantity["exact"] is not None or quantity["enclosure"] is not None
        if known and name != "equilibrium":  # which is shown with the equilibria
            shown.add_row(Text(name.replace("_", " ")), Text(plain(quantity_text(quantity), console)))
    console.print(shown)
    console.print()


def _print_claims(record: Record, console: Console, record_path: str) -> None:
    groups = claim_groups(record)
    for group in groups:
        line = verdict_text(group.headline["verdict"], console)
        line.append(plain(f"  {group.claim} {group.further}".rstrip(), console))
        line.append(f"  {evidence_short(group.headline)}", style="dim")
        console.print(line)
    say_command(console, reproduce_line(record, groups[0].headline, record_path) if groups else "")
    counts = [f"{number} {verdict}" for verdict, number in verdict_counts(groups).items() if number]
    say(console, " · ".join([plural(len(groups), "claim"), *counts]), style="bold")
