"""`gsdcheck compare`: what changed between two records, and whether a guarantee was lost."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from gsdcheck.engine.serial import extended
from gsdcheck.record.build import build_record

Record = Mapping[str, Any]
Change = dict[str, Any]

_BEST_FIRST = ("proved", "supported", "undecided", "refuted")
_LEVELS = ("escape_energy", "well_depth")


def compare(base: Record, new: Record, *, margin_tolerance: float | None = None) -> dict[str, Any]:
    """The record of what changed from `base` to `new`; both are plain data, records or matrices.

    Judgements are matched by (subject, claim, case), guarantees, facts and quantities by (subject, name). A
    regression is: proved → anything else, supported → undecided or refuted, a fact that flips or becomes null, an
    E* or E₀ that falls or becomes unknown, a check that disappears from a subject that is still there; and,
    with `margin_tolerance`, a margin that falls by more than that part of itself.
    """
    old, fresh = _subjects(base), _subjects(new)
    changes: list[Change] = []
    compared = 0
    for name in old.keys() & fresh.keys():
        count, found = _changes(name, old[name], fresh[name], margin_tolerance)
        compared += count
        changes += found
    changes.sort(key=lambda c: (not c["regression"], str(c["subject"]), str(c["claim"]), str(c["what"])))
    record = build_record(kind="compare", subject={"name": _named(base, new)}, judgements=[])
    return extended(
        record,
        changes=changes,
        regressions=sum(change["regression"] for change in changes),
        compared=compared,
        only_in_base=sorted(old.keys() - fresh.keys()),
        only_in_new=sorted(fresh.keys() - old.keys()),
    )


def _subjects(record: Record) -> dict[str, Record]:
    """The records by what was asked for, at which dtype; a question asked again is numbered."""
    parts = record["records"] if record["kind"] == "matrix" else [record]
    found: dict[str, Record] = {}
    for part in parts:
        subject = part["subject"] or {}
        name = str(subject.get("asked") or subject.get("name") or part["kind"])
        dtype = f" at {subject['dtype']}" if part["kind"] == "audit" and subject.get("dtype") else ""
        several = sum(key.partition(" #")[0] == name + dtype for key in found)
        found[f"{name}{dtype}" + (f" #{several + 1}" if several else "")] = part
    return found


def _named(base: Record, new: Record) -> str:
    names = dict.fromkeys([*_subjects(base), *_subjects(new)])
    return ", ".join(list(names)[:3]) + (", …" if len(names) > 3 else "")


def _changes(subject: str, base: Record, new: Record, tolerance: float | None) -> tuple[int, list[Change]]:
    """How many checks there are on both sides, and what changed."""
    found: list[Change] = []
    counted = 0
    for count, changes in (
        _verdicts(base, new),
        _margins(base, new, tolerance),
        _facts(base, new),
        _levels(base, new),
    ):
        counted += count
        found += [{"subject": subject, **change} for change in changes]
    return counted, found


def _verdicts(base: Record, new: Record) -> tuple[int, list[Change]]:
    """Claims by their guarantee where there is one, else by their judgements: the weakest speaks for the claim."""
    old, fresh = _by_claim(base), _by_claim(new)
    changes = [
        _change(claim, "verdict", old[claim], fresh[claim], _is_worse(old[claim], fresh[claim]))
        for claim in old.keys() & fresh.keys()
        if old[claim] != fresh[claim]
    ]
    changes += [
        _change(claim, "missing", old[claim], None, old[claim] in ("proved", "supported"))
        for claim in old.keys() - fresh.keys()
    ]
    changes += [_change(claim, "new", None, fresh[claim], False) for claim in fresh.keys() - old.keys()]
    changes += _lost_cases(base, new)
    both = [key for key in _by_case(base) if key in _by_case(new) and key[0] in old.keys() & fresh.keys()]
    for claim, case in both:
        before, after = _by_case(base)[claim, case]["verdict"], _by_case(new)[claim, case]["verdict"]
        if before != after and old[claim] == fresh[claim]:  # a case hidden behind the claim's own verdict
            changes.append(_change(claim, "verdict", before, after, _is_worse(before, after), case))
    return len(old.keys() & fresh.keys()), changes


def _lost_cases(base: Record, new: Record) -> list[Change]:
    """Claims of which fewer cases are proved than before, though the claim's own verdict did not change.

    Counted, not matched: a case names σ, and σ may be written in another way.
    """
    old, fresh = (_proved_cases(record) for record in (base, new))
    unchanged = {claim for claim, verdict in _by_claim(base).items() if _by_claim(new).get(claim) == verdict}
    return [
        _change(claim, "cases proved", old[claim], fresh.get(claim, 0), True)
        for claim in old
        if claim in unchanged and fresh.get(claim, 0) < old[claim] and not _same_cases(base, new, claim)
    ]


def _proved_cases(record: Record) -> dict[str, int]:
    proved = [j["claim"] for j in record["judgements"] or () if j["verdict"] == "proved"]
    return {claim: proved.count(claim) for claim in dict.fromkeys(proved)}


def _same_cases(base: Record, new: Record, claim: str) -> bool:
    """Whether the claim has the same cases on both sides; then they are compared one by one."""
    cases = [{key for key in _by_case(record) if key[0] == claim} for record in (base, new)]
    return cases[0] == cases[1]


def _by_claim(record: Record) -> dict[str, str]:
    found = {row["id"]: row["verdict"] for row in record.get("guarantees") or ()}
    for judgement in record["judgements"] or ():
        claim, verdict = judgement["claim"], judgement["verdict"]
        if not any(row["id"] == claim for row in record.get("guarantees") or ()):
            known = found.get(claim, verdict)
            found[claim] = max(known, verdict, key=_BEST_FIRST.index)
    return found


def _by_case(record: Record) -> dict[tuple[str, str], Record]:
    return {(j["claim"], str(j["case"])): j for j in record["judgements"] or ()}


def _is_worse(before: str, after: str) -> bool:
    return before == "proved" or (before == "supported" and after in ("undecided", "refuted"))


def _margins(base: Record, new: Record, tolerance: float | None) -> tuple[int, list[Change]]:
    """Margins that fell; a regression only beyond the tolerance."""
    old, fresh = _by_case(base), _by_case(new)
    changes = []
    for key in old.keys() & fresh.keys():
        before, after = _least(old[key]["margin"]), _least(fresh[key]["margin"])
        if before is None or before == after:
            continue
        kept = after is not None and float(after) >= float(before) * (1 - (tolerance or 0))
        fell = before > 0 and tolerance is not None and not kept
        shown = "null" if after is None else f"{float(after):.6g}"
        changes.append(_change(key[0], "margin", f"{float(before):.6g}", shown, fell, key[1]))
    return 0, changes


def _least(margin: Any) -> Fraction | None:
    """The lower end of an enclosure; None for what is no finite enclosure."""
    if not isinstance(margin, Sequence) or isinstance(margin, str) or margin[0] in ("oo", "-oo"):
        return None
    return Fraction(margin[0])


def _facts(base: Record, new: Record) -> tuple[int, list[Change]]:
    old, fresh = ({n: f["holds"] for n, f in (record["facts"] or {}).items()} for record in (base, new))
    changes = [
        _change(name, "fact", old[name], fresh[name], old[name] is not None)
        for name in old.keys() & fresh.keys()
        if old[name] is not fresh[name]
    ]
    changes += [
        _change(name, "missing", old[name], None, old[name] is not None) for name in old.keys() - fresh.keys()
    ]
    return len(old.keys() & fresh.keys()), changes


def _levels(base: Record, new: Record) -> tuple[int, list[Change]]:
    """Quantities whose enclosures no longer meet, or that became unknown; E* and E₀ must not fall."""
    old, fresh = base["quantities"] or {}, new["quantities"] or {}
    changes = []
    unknown: Record = {"enclosure": None}
    for name in old:
        before, after = (_ends(record.get(name, unknown).get("enclosure")) for record in (old, fresh))
        if before is None or (after is not None and before[0] <= after[1] and after[0] <= before[1]):
            continue
        fell = name in _LEVELS and (after is None or after[1] < before[0])
        changes.append(_change(name, "quantity", _shown(old[name]), _shown(fresh.get(name, unknown)), fell))
    return len(old.keys() & fresh.keys()), changes


def _ends(enclosure: Any) -> tuple[float | Fraction, float | Fraction] | None:
    """The ends of an enclosure of one number; None where it is unknown, or no such enclosure."""
    if not isinstance(enclosure, Sequence) or len(enclosure) != 2 or not isinstance(enclosure[0], str):
        return None
    infinite = {"oo": float("inf"), "-oo": float("-inf")}
    low, high = (infinite[end] if end in infinite else Fraction(end) for end in enclosure)
    return low, high


def _shown(quantity: Record) -> str:
    if quantity.get("exact") is not None:
        return str(quantity["exact"])
    enclosure = quantity.get("enclosure")
    return "unknown" if enclosure is None else f"in [{enclosure[0]}, {enclosure[1]}]"


def _change(
    claim: str, what: str, base: object, new: object, regression: bool, case: str | None = None
) -> Change:
    return {"claim": claim, "case": case, "what": what, "base": base, "new": new, "regression": regression}
