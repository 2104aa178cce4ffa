"""A record as text for a terminal: readable at 80 columns, without colour, and in any encoding."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gsdcheck.report.grouping import (
    ClaimGroup,
    Judgement,
    as_expected,
    claim_groups,
    reproduce_line,
    verdict_counts,
)
from gsdcheck.report.values import quantity_text, reason_text, subject_name
from gsdcheck.report.words import GLYPHS, evidence_short, holds_words, plural

_STYLES = {"proved": "green", "refuted": "red", "supported": "cyan", "undecided": "yellow"}
_ROOMY = 100
_LONGEST_ID = 42
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def print_record(
    record: Mapping[str, Any], console: Console, *, record_path: str = "gsdcheck-report/record.json"
) -> None:
    """The record on the console: its facts and quantities, a table of claims, what was refuted and why.

    Args:
        record_path: the file that the lines after "Reproduce with:" name.
    """
    if record["kind"] == "matrix":
        for part in record["records"]:
            print_record(part, console, record_path=record_path)
        return
    groups = claim_groups(record)
    if record["kind"] != "verify":
        _say(console, f"{record['kind']}: {subject_name(record)}", style="bold")
    _print_facts(record, console)
    _print_quantities(record, console)
    if groups:
        console.print(_claims_table(groups, console))
        _print_legend(groups, console)
    if record["kind"] == "verify":
        _print_refuted(record, groups, console, record_path)
    else:
        _print_what_follows(record, groups, console, record_path)
    _print_summary(record, groups, console)


def _plain(text: str, console: Console, *, limit: int = 400) -> str:
    """The text without control characters and without what the terminal's encoding cannot show."""
    text = _CONTROL.sub("�", text)
    if len(text) > limit:
        text = text[:limit] + "…"
    return text.encode(console.encoding, "replace").decode(console.encoding)


def _say(console: Console, text: str, *, style: str = "", indent: int = 0, bullet: bool = False) -> None:
    """The text, wrapped to the width of the terminal and indented."""
    margin = " " * indent
    lines = textwrap.wrap(
        _plain(text, console),
        max(20, console.width),
        initial_indent=margin + ("- " if bullet else ""),
        subsequent_indent=margin + ("  " if bullet else ""),
        break_on_hyphens=False,
    )
    for line in lines:
        console.print(Text(line, style=style), no_wrap=True, crop=False)


def _say_command(console: Console, command: str, *, indent: int = 0) -> None:
    """The command on a line that is never broken, so that it can be copied."""
    shown = _plain(command, console, limit=4000)
    console.print(Text(" " * indent + "Reproduce with: " + shown), soft_wrap=True)


def _verdict(verdict: str, console: Console) -> Text:
    """Glyph and word; the glyph is dropped where the terminal cannot show it."""
    glyph = GLYPHS[verdict] if _plain(GLYPHS[verdict], console) == GLYPHS[verdict] else ""
    return Text(f"{glyph} {verdict}".strip(), style=_STYLES[verdict])


def _table(console: Console) -> Table:
    """A table whose columns are one space apart where the terminal is narrow."""
    gap = 0 if console.width < _ROOMY else 1
    return Table(box=box.SIMPLE_HEAD, padding=(0, gap, 0, 0), pad_edge=False, show_edge=False)


def _claims_table(groups: list[ClaimGroup], console: Console) -> Table:
    """One row a claim; at 80 columns the longest id of the catalogue still fits on one line."""
    table = _table(console)
    table.add_column("Row", no_wrap=True)
    table.add_column("Claim", overflow="fold", min_width=min(_LONGEST_ID, console.width - 38))
    table.add_column("Verdict", no_wrap=True)
    table.add_column("Evidence", overflow="fold", max_width=10 if console.width < _ROOMY else None)
    table.add_column("Tried", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for group in groups:
        head = group.headline
        table.add_row(
            Text(_plain(head["theory"] or "", console)),
            Text(_plain(f"{group.claim} {group.further}".strip(), console)),
            _verdict(head["verdict"], console),
            evidence_short(head),
            f"{group.tried:,}" if group.tried else "",
            _expected_marker(group),
        )
    return table


def _expected_marker(group: ClaimGroup) -> Text:
    """ "=" as expected, "!" not as expected, blank where nothing is expected."""
    if group.unexpected:
        return Text("!", style="bold red")
    return Text("" if group.headline["expected"] is None else "=")


def _print_legend(groups: list[ClaimGroup], console: Console) -> None:
    if any(group.headline["expected"] for group in groups):
        _say(
            console,
            "= as expected   ! not as expected" if any(g.unexpected for g in groups) else "= as expected",
            style="dim",
        )
    console.print()


def _print_facts(record: Mapping[str, Any], console: Console) -> None:
    if not record["facts"]:
        return
    table = _table(console)
    for header in ("Fact", "Holds", "Evidence"):
        table.add_column(header, overflow="fold")
    for name, fact in record["facts"].items():
        shown = Text(_plain(name.replace("_", " "), console))
        table.add_row(shown, holds_words(fact["holds"]), fact["evidence"] or "")
    console.print(table)
    console.print()


def _print_quantities(record: Mapping[str, Any], console: Console) -> None:
    if not record["quantities"]:
        return
    table = _table(console)
    for header in ("Quantity", "Value"):
        table.add_column(header, overflow="fold")
    for name, quantity in record["quantities"].items():
        shown = _plain(quantity_text(quantity), console)
        table.add_row(Text(_plain(name.replace("_", " "), console)), Text(shown))
    console.print(table)
    console.print()


def _print_refuted(
    record: Mapping[str, Any], groups: list[ClaimGroup], console: Console, record_path: str
) -> None:
    """What was refuted, and what did not come out as expected."""
    for group in groups:
        notable = [j for j in group.judgements if j["verdict"] == "refuted" or not as_expected(j)]
        if notable:
            _print_judgements(group, notable, console)
            _say_command(console, reproduce_line(record, notable[0], record_path), indent=2)
            console.print()


def _print_judgements(group: ClaimGroup, shown: Sequence[Judgement], console: Console) -> None:
    """The claim once, then a line or two for each judgement; a single one needs no bullet."""
    verdict = shown[0]["verdict"]
    head = _verdict(verdict, console)
    head.append(_plain(f"  {group.claim}", console), style="bold")
    console.print(head)
    for judgement in shown:
        note = "" if judgement["verdict"] == verdict else f" ({judgement['verdict']})"
        _say(console, reason_text(judgement) + note, indent=2, bullet=len(shown) > 1)
        if not as_expected(judgement):
            _say(console, f"Expected: {judgement['expected']}.", indent=2, style="bold")
    if amended := group.detail("amended_by"):
        _say(console, f"True instead: {amended}", indent=2)


def _print_what_follows(
    record: Mapping[str, Any], groups: list[ClaimGroup], console: Console, record_path: str
) -> None:
    """The sentences that the record draws from its judgements, or else the judgements; what does not apply."""
    if not groups:
        return
    _say(console, "What follows", style="bold")
    for sentence in record.get("follows") or ():
        _say(console, sentence, bullet=True)
    if not record.get("follows"):
        for group in groups:
            _print_judgements(group, group.judgements, console)
    _say_command(console, reproduce_line(record, groups[0].headline, record_path))
    console.print()
    if missing := record.get("not_applicable"):
        _say(console, "What does not apply", style="bold")
        for entry in missing:
            _say(console, f"{entry['claim']}: {entry['because']}", bullet=True)
        console.print()


def _print_summary(record: Mapping[str, Any], groups: list[ClaimGroup], console: Console) -> None:
    if record["status"] == "interrupted":
        _say(console, "Interrupted: this is what was decided before the stop.", style="bold yellow")
    parts = [plural(len(groups), "claim")]
    parts += [f"{number} {verdict}" for verdict, number in verdict_counts(groups).items() if number]
    unexpected = sum(bool(group.unexpected) for group in groups)
    if any(judgement["expected"] for group in groups for judgement in group.judgements):
        parts.append(f"{unexpected} not as expected" if unexpected else "all as expected")
    parts += [f"{name} {record[name]}" for name in ("profile", "seed") if record[name] is not None]
    _say(console, " · ".join(parts), style="bold")
