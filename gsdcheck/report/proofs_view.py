"""What Coq says of the claims, for a terminal: a table, and with claims named their statements word by word."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from gsdcheck.report.console import LONG, STYLES, plain, say, table, verdict_text
from gsdcheck.report.words import DEFINITIONS, assumptions_words, plural

_STYLES = {"checked": STYLES["proved"], "recorded": STYLES["supported"], "not checked": STYLES["refuted"]}


def print_proofs(record: Mapping[str, Any], console: Console) -> None:
    """The claims with a proof in Coq and what became of it; the faults; the claims that have none."""
    judgements = record["judgements"]
    if judgements:
        _print_table(judgements, console)
    if record["asked"]:
        for judgement in judgements:
            _print_theorems(judgement, console)
    _print_faults(record, console)
    if record["without_proof"]:
        say(console, f"Without a proof in Coq: {', '.join(record['without_proof'])}.", limit=LONG)
        console.print()
    _print_summary(record, console)


def _print_table(judgements: Iterable[Mapping[str, Any]], console: Console) -> None:
    shown = table(console)
    shown.add_column("Row", no_wrap=True)
    shown.add_column("Claim", overflow="fold", min_width=46)
    shown.add_column("Verdict", no_wrap=True)
    shown.add_column("In Coq", no_wrap=True)
    for judgement in judgements:
        status = judgement["proof"]["status"]
        shown.add_row(
            Text(plain(judgement["theory"] or "", console)),
            Text(plain(judgement["claim"], console)),
            verdict_text(judgement["verdict"], console),
            Text(status, style=_STYLES.get(status, "")),
        )
    console.print(shown)
    console.print()


def _print_theorems(judgement: Mapping[str, Any], console: Console) -> None:
    """The pinned statement of each theorem of the claim, and what it assumes."""
    say(console, f"{judgement['theory']} {judgement['claim']}", style="bold")
    say(console, judgement["statement"], indent=2, limit=LONG)
    console.print()
    for theorem in judgement["proof"]["theorems"]:
        say(console, theorem["theorem"], indent=2, style="bold")
        for line in (theorem["statement"] or "not in the table of audited theorems").split("\n"):
            console.print(Text(f"    {plain(line, console)}"), soft_wrap=True)
        say(console, assumptions_words(theorem["assumptions"]), indent=2, style="dim")
        console.print()
    say(console, DEFINITIONS, indent=2, style="dim")
    console.print()


def _print_faults(record: Mapping[str, Any], console: Console) -> None:
    faults = [j["proof"]["because"] for j in record["judgements"] if j["proof"]["status"] == "not checked"]
    for fault in [*dict.fromkeys(faults), *record["faults"]]:
        say(console, fault, bullet=True, style=STYLES["refuted"])
    if faults or record["faults"]:
        console.print()


def _print_summary(record: Mapping[str, Any], console: Console) -> None:
    coq, statuses = record["coq"], [j["proof"]["status"] for j in record["judgements"]]
    if coq["unusable"]:
        say(console, f"Coq was not run: {coq['unusable']}.")
        say(console, f"On record: audited with Coq {coq['audited_with']}, the sources are the same.")
        console.print()
    axioms = [a for j in record["judgements"] for t in j["proof"]["theorems"] for a in t["assumptions"] or ()]
    if axioms and not record["asked"]:
        say(console, assumptions_words(dict.fromkeys(axioms), together=True))
        console.print()
    by = f"Coq {coq['version']}" if coq["version"] else "no Coq"
    parts = [f"{statuses.count(status)} {status}" for status in _STYLES if status in statuses]
    say(console, " · ".join([plural(len(statuses), "claim"), *parts, by]), style="bold")
