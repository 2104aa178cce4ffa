"""What a run found, as text: counts, the share that was killed with its interval, and the survivors."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

Reasons = Mapping[tuple[str, str, str], str]
"""Why a mutant may live, by its file and the lines before and after the change."""


def reasons_in(path: Path) -> Reasons:
    """The survivors that were read, with the reason why each is equivalent or harmless."""
    with path.open("rb") as stream:
        entries = tomllib.load(stream)["survivor"]
    return {(entry["file"], entry["before"], entry["after"]): entry["why"] for entry in entries}


def reason_of(result: Mapping[str, Any], reasons: Reasons) -> str | None:
    """The reason that is listed for a mutant, whatever the number of its line is now."""
    before, after = (
        "\n".join(line[1:].strip() for line in result["change"] if line[0] == sign) for sign in "-+"
    )
    return reasons.get((result["file"], before, after))


def wilson(killed: int, tried: int, quantile: float = 1.959964) -> tuple[float, float]:
    """Wilson's interval for a share, at 95 % unless told otherwise; (0, 1) if nothing was tried.

    References:
        Wilson (1927), Probable inference, the law of succession, and statistical inference.
    """
    if tried == 0:
        return 0.0, 1.0
    share, z2 = killed / tried, quantile * quantile
    centre = (share + z2 / (2 * tried)) / (1 + z2 / tried)
    half = quantile * sqrt(share * (1 - share) / tried + z2 / (4 * tried * tried)) / (1 + z2 / tried)
    return centre - half, centre + half


def summary(results: Sequence[Mapping[str, Any]], reasons: Reasons) -> str:
    """A table by kind of operator, the rate over all and without those set apart, and every mutant that no test saw."""
    lines = [
        "",
        "| change | mutants | killed | timed out | survived | not covered |",
        "|---|---|---|---|---|---|",
    ]
    kinds = sorted({kind_of(result["operator"]) for result in results})
    lines += [
        _row(kind, [result for result in results if kind_of(result["operator"]) == kind]) for kind in kinds
    ]
    others = [result for result in results if not (_lives(result) and reason_of(result, reasons))]
    lines += [_row("all", results), "", f"all: {rate(results)}", ""]
    lines += [f"without the {len(results) - len(others)} that are equivalent or harmless: {rate(others)}", ""]
    for result in results:
        if _lives(result):
            place = f"{result['file']}:{result['line']} {result['operator']}#{result['occurrence']}"
            lines.append(f"{place} ({result['outcome']}, {result['tests']} tests)")
            lines += [f"    {line}" for line in result["change"]]
            lines += [f"    {reason_of(result, reasons) or 'NO REASON IS LISTED'}"]
    return "\n".join(lines) + "\n"


def _lives(result: Mapping[str, Any]) -> bool:
    return result["outcome"] in ("survived", "not covered")


def rate(results: Sequence[Mapping[str, Any]]) -> str:
    """The share of mutants that a test killed; one that runs without end counts, one that no test runs does not."""
    killed = sum(result["outcome"] in ("killed", "timed out") for result in results)
    low, high = wilson(killed, len(results))
    return f"killed: {killed} of {len(results)} = {killed / max(1, len(results)):.1%} (95 %: {low:.1%} to {high:.1%})"


def kind_of(operator: str) -> str:
    """What an operator changes: `core/ReplaceBinaryOperator_Add_Sub` changes a binary operator."""
    return operator.removeprefix("core/").partition("_")[0]


def _row(name: str, results: Sequence[Mapping[str, Any]]) -> str:
    counts = Counter(result["outcome"] for result in results)
    cells = [name, len(results), *(counts[key] for key in ("killed", "timed out", "survived", "not covered"))]
    return f"| {' | '.join(map(str, cells))} |"
