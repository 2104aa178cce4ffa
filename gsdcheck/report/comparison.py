"""What changed between two records, as text: regressions first."""

from collections.abc import Mapping
from typing import Any

from gsdcheck.report.stdout import harmless
from gsdcheck.report.words import plural


def comparison_text(record: Mapping[str, Any]) -> str:
    """One line a change, regressions first, then what was compared and how the sets of checks differ.

    No control character of a record is in it.
    """
    changes = sorted(record["changes"], key=lambda change: not change["regression"])
    lines = [_line(change) for change in changes]
    for key, where in (("only_in_base", "the base"), ("only_in_new", "the new record")):
        if record[key]:
            lines.append(f"checks only in {where}: {', '.join(record[key])}")
    compared = plural(record["compared"], "check")
    lines.append(
        f"{compared} compared · {plural(len(changes), 'change')} · {plural(record['regressions'], 'regression')}"
    )
    return "\n".join(map(harmless, lines))


def _line(change: Mapping[str, Any]) -> str:
    mark = "regression" if change["regression"] else "change"
    where = " ".join(str(change[key]) for key in ("subject", "claim") if change[key])
    return f"{mark:<10} {where}: {change['what']} {change['base']} -> {change['new']}"
