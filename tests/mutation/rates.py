"""What a run found, as text: counts, the share that was killed with its interval, and the survivors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any


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


def summary(results: Sequence[Mapping[str, Any]]) -> str:
    """A table by kind of operator, the rate over all, and every mutant that no test saw."""
    lines = [
        "",
        "| change | mutants | killed | timed out | survived | not covered |",
        "|---|---|---|---|---|---|",
    ]
    kinds = sorted({kind_of(result["operator"]) for result in results})
    lines += [
        _row(kind, [result for result in results if kind_of(result["operator"]) == kind]) for kind in kinds
    ]
    lines += [_row("all", results), "", rate(results), ""]
    for result in results:
        if result["outcome"] in ("survived", "not covered"):
            place = f"{result['file']}:{result['line']} {result['operator']}#{result['occurrence']}"
            lines.append(f"{place} ({result['outcome']}, {result['tests']} tests)")
            lines += [f"    {line}" for line in result["change"]]
    return "\n".join(lines) + "\n"


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
