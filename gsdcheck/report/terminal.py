"""A record as text for a terminal: readable at 80 columns, without colour, and in any encoding."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gsdcheck.report.ablation_view import print_ablation
from gsdcheck.report.audit_view import print_audit
from gsdcheck.report.comparison import comparison_text
from gsdcheck.report.console import LONG, ROOMY, STYLES, plain, say, say_command, table, verdict_text
from gsdcheck.report.derive_view import print_derivation
from gsdcheck.report.grouping import (
    ClaimGroup,
    Judgement,
    as_expected,
    claim_groups,
    missing_assumptions,
    reproduce_line,
    verdict_counts,
)
from gsdcheck.report.hunt_view import print_hunt
from gsdcheck.report.matrix import is_compliance_matrix, print_matrix
from gsdcheck.report.proofs_view import print_proofs
from gsdcheck.report.values import quantity_text, reason_text, subject_name
from gsdcheck.report.words import ANSWERS, evidence_short, grades_sentence, holds_words, plural

_LONGEST_ID = 42


def print_record(
    record: Mapping[str, Any], console: Console, *, record_path: str = "gsdcheck-report/record.json"
) -> None:
    """The record on the console: its facts and quantities, a table of claims, what was refuted and why.

    Args:
        record_path: the file that the lines after "Reproduce with:" name.
    """
    if is_compliance_matrix(record):
        print_matrix(record, console)
        return
    if record["kind"] == "audit":
        print_audit(record, console)
        return
    if record["kind"] == "proofs":
        print_proofs(record, console)
        return
    if record["kind"] == "derive":
        print_derivation(record, console, record_path=record_path)
        return
    if record["kind"] == "hunt":
        print_hunt(record, console, record_path=record_path)
        return
    if record["kind"] == "ablate":
        print_ablation(record, console, record_path=record_path)
        return
    if record["kind"] == "compare":
        console.print(comparison_text(record), markup=False, highlight=False, soft_wrap=True)
        return
    if record["kind"] == "matrix":
        for part in record["records"]:
            print_record(part, console, record_path=record_path)
        return
    groups = claim_groups(record)
    if record["kind"] != "verify":
        say(console, f"{record['kind']}: {subject_name(record)}", style="bold")
    _print_facts(record, console)
    _print_quantities(record, console)
    _print_sentences(record, console)
    if groups:
        console.print(_claims_table(groups, console))
        _print_legend(groups, console)
    if record["kind"] == "verify":
        _print_refuted(record, groups, console, record_path)
        if grades := grades_sentence(group.headline for group in groups):
            say(console, grades, limit=LONG)
            console.print()
    else:
        _print_what_follows(record, groups, console, record_path)
    _print_summary(record, groups, console)


def _print_sentences(record: Mapping[str, Any], console: Console) -> None:
    """The sentences of the paper, and for each in one line what is true and what is not."""
    for sentence in record.get("sentences") or ():
        say(console, f"{sentence['sentence']} {sentence['title']}", style="bold")
        for answer, verdict in ANSWERS.items():
            if line := sentence["says"][answer]:
                say(console, f"{answer:<5}  {line}", style=STYLES[verdict], indent=3, hanging=7)
    if record.get("sentences"):
        console.print()


def _claims_table(groups: list[ClaimGroup], console: Console) -> Table:
    """One row a claim; at 80 columns the longest id of the catalogue still fits on one line."""
    shown = table(console)
    shown.add_column("Row", no_wrap=True)
    shown.add_column("Claim", overflow="fold", min_width=min(_LONGEST_ID, console.width - 38))
    shown.add_column("Verdict", no_wrap=True)
    shown.add_column("Evidence", overflow="fold", max_width=10 if console.width < ROOMY else None)
    if any(group.tried for group in groups):
        shown.add_column("Tried", justify="right", no_wrap=True)
    if any(group.headline["expected"] for group in groups):
        shown.add_column("", no_wrap=True)
    for group in groups:
        head = group.headline
        shown.add_row(
            Text(plain(head["theory"] or "", console)),
            Text(plain(f"{group.claim} {group.further}".strip(), console)),
            verdict_text(head["verdict"], console),
            evidence_short(head),
            f"{group.tried:,}" if group.tried else "",
            _expected_marker(group),
        )
    return shown


def _expected_marker(group: ClaimGroup) -> Text:
    """ "=" as expected, "!" not as expected, blank where nothing is expected."""
    if group.unexpected:
        return Text("!", style="bold red")
    return Text("" if group.headline["expected"] is None else "=")


def _print_legend(groups: list[ClaimGroup], console: Console) -> None:
    if any(group.headline["expected"] for group in groups):
        say(
            console,
            "= as expected   ! not as expected" if any(g.unexpected for g in groups) else "= as expected",
            style="dim",
        )
    console.print()


def _print_facts(record: Mapping[str, Any], console: Console) -> None:
    if not record["facts"]:
        return
    shown = table(console)
    for header in ("Fact", "Holds", "Evidence"):
        shown.add_column(header, overflow="fold")
    for name, fact in record["facts"].items():
        words = Text(plain(name.replace("_", " "), console))
        shown.add_row(words, holds_words(fact["holds"]), fact["evidence"] or "")
    console.print(shown)
    console.print()


def _print_quantities(record: Mapping[str, Any], console: Console) -> None:
    if not record["quantities"]:
        return
    shown = table(console)
    for header in ("Quantity", "Value"):
        shown.add_column(header, overflow="fold")
    for name, quantity in record["quantities"].items():
        value = plain(quantity_text(quantity), console)
        shown.add_row(Text(plain(name.replace("_", " "), console)), Text(value))
    console.print(shown)
    console.print()


def _print_refuted(
    record: Mapping[str, Any], groups: list[ClaimGroup], console: Console, record_path: str
) -> None:
    """What was refuted, and what did not come out as expected."""
    for group in groups:
        notable = [j for j in group.judgements if j["verdict"] == "refuted" or not as_expected(j)]
        if notable:
            _print_judgements(group, notable, console)
            say_command(console, reproduce_line(record, notable[0], record_path), indent=2)
            console.print()


def _print_judgements(group: ClaimGroup, shown: Sequence[Judgement], console: Console) -> None:
    """The claim once, then a line or two for each judgement; a single one needs no bullet."""
    verdict = shown[0]["verdict"]
    head = verdict_text(verdict, console)
    head.append(plain(f"  {group.claim}", console), style="bold")
    console.print(head)
    for judgement in shown:
        note = "" if judgement["verdict"] == verdict else f" ({judgement['verdict']})"
        say(console, reason_text(judgement) + note, indent=2, bullet=len(shown) > 1)
        if not as_expected(judgement):
            say(console, f"Expected: {judgement['expected']}.", indent=2, style="bold")
    if amended := group.detail("amended_by"):
        say(console, f"True instead: {amended}", indent=2)


def _print_what_follows(
    record: Mapping[str, Any], groups: list[ClaimGroup], console: Console, record_path: str
) -> None:
    """The sentences that the record draws from its judgements, or else the judgements; what does not apply."""
    if not groups:
        return
    say(console, "What follows", style="bold")
    for sentence in record.get("follows") or ():
        say(console, sentence, bullet=True)
    if not record.get("follows"):
        for group in groups:
            _print_judgements(group, group.judgements, console)
    say_command(console, reproduce_line(record, groups[0].headline, record_path))
    console.print()
    if missing := missing_assumptions(record):
        say(console, "What does not apply", style="bold")
        for because, entries in missing.items():
            claims = ", ".join(entry["claim"] for entry in entries)
            say(console, f"{because.removesuffix('.')}: {claims}", bullet=True, limit=LONG)
        console.print()


def _print_summary(record: Mapping[str, Any], groups: list[ClaimGroup], console: Console) -> None:
    if record["status"] == "interrupted":
        say(console, "Interrupted: this is what was decided before the stop.", style="bold yellow")
    parts = [plural(len(groups), "claim")]
    parts += [f"{number} {verdict}" for verdict, number in verdict_counts(groups).items() if number]
    unexpected = sum(bool(group.unexpected) for group in groups)
    if any(judgement["expected"] for group in groups for judgement in group.judgements):
        parts.append(f"{unexpected} not as expected" if unexpected else "all as expected")
    parts += [f"{name} {record[name]}" for name in ("profile", "seed") if record[name] is not None]
    say(console, " · ".join(parts), style="bold")
