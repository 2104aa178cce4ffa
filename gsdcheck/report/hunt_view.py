"""A hunt as text for a terminal: what was found, and how hard was searched, so that silence can be judged."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from gsdcheck.report.console import plain, say, say_command, table, verdict_text
from gsdcheck.report.grouping import ClaimGroup, claim_groups
from gsdcheck.report.values import reason_text, value_text
from gsdcheck.report.words import plural

_MOST_FAMILIES = 6


def print_hunt(record: Mapping[str, Any], console: Console, *, record_path: str) -> None:
    """Claim by claim, or question by question: what was found, known findings, the search and why it stopped."""
    groups = {group.claim: group for group in claim_groups(record)}
    for hunt in record["hunts"]:
        if hunt.get("question"):
            _print_answer(hunt, console)
        else:
            _print_claim(groups[hunt["claim"]], console)
        _print_known(hunt, console)
        _print_search(hunt, console)
        console.print()
    _print_findings(record, console)
    if any(judgement["certificate"] for judgement in record["judgements"]):
        say_command(console, f"gsdcheck replay {record_path}")
    if record["status"] == "interrupted":
        say(console, "Interrupted: this is what completed rounds showed.", style="bold yellow")
    judged = sum(hunt["judged"] for hunt in record["hunts"])
    parts = [plural(len(record["hunts"]), "claim"), plural(judged, "case"), f"seed {record['seed']}"]
    say(console, " · ".join(parts), style="bold")


def _print_claim(group: ClaimGroup, console: Console) -> None:
    head = verdict_text(group.headline["verdict"], console)
    head.append(plain(f"  {group.claim} ({group.headline['theory']})", console), style="bold")
    console.print(head)
    for judgement in group.judgements:
        verdict = judgement["verdict"]
        note = "" if verdict == group.headline["verdict"] else f" ({verdict})"
        say(console, reason_text(judgement) + note, indent=2, bullet=len(group.judgements) > 1)


def _print_answer(hunt: Mapping[str, Any], console: Console) -> None:
    say(console, hunt["question"], style="bold")
    say(console, hunt["answer"], indent=2)
    say_command(console, hunt["command"])


def _print_known(hunt: Mapping[str, Any], console: Console) -> None:
    for again in hunt["known"]:
        detail = f" ({again['detail']})" if again["detail"] else ""
        say(console, f"Known finding, {again['fate']}: {again['sentence']}{detail}", indent=2)


def _print_search(hunt: Mapping[str, Any], console: Console) -> None:
    sizes = f", n = {', '.join(map(str, hunt['sizes']))}" if hunt["sizes"] else ""
    least = f" Least margin {value_text(hunt['best_margin'])}" if hunt["best_margin"] else ""
    least += f" ({hunt['best_family']})" if least and hunt["best_family"] else ""
    say(
        console,
        f"{plural(hunt['judged'], 'case')} in {plural(hunt['rounds'], 'round')}{sizes}; "
        f"stopped because {hunt['stopped']}.{least}" + ("." if least else ""),
        indent=2,
    )
    for note in hunt["notes"]:
        say(console, f"Note: {note}", indent=2, style="yellow")
    for title, counts in _counts(hunt).items():
        if counts:
            console.print(_count_table(title, counts, console))


def _counts(hunt: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """What to count under which heading: families by their weights and by their states, rejections, refusals."""
    weights: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for family, count in hunt["tried"].items():
        first, _, second = family.partition(" · ")
        weights[first] += count
        states[second] += count
    return {
        "Weights": weights,
        "States": states,
        "Rejected": Counter(hunt["rejected"]),
        "Not confirmed": Counter(hunt["refused"]),
    }


def _count_table(title: str, counts: Counter[str], console: Console) -> Any:
    shown = table(console)
    shown.add_column(title, overflow="fold", min_width=40)
    shown.add_column("Cases", justify="right", no_wrap=True)
    listed = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    for name, count in listed[:_MOST_FAMILIES]:
        shown.add_row(Text(plain(name, console)), f"{count:,}")
    if rest := listed[_MOST_FAMILIES:]:
        shown.add_row(Text(f"and {len(rest)} more", style="dim"), f"{sum(count for _, count in rest):,}")
    return shown


def _print_findings(record: Mapping[str, Any], console: Console) -> None:
    for finding in record["findings"]:
        say(console, f"Finding kept in .gsdcheck/findings/{finding['file']}")
