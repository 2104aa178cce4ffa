"""Whether two records of one question, made on different machines or by different versions, agree."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

Record = Mapping[str, Any]

_DECIDED = ("verdict", "evidence", "rests_on", "expected", "amended_by")
_SERIES_TOLERANCE = 1e-3
"""Of the range of a column: what a picture of it shows."""
_CHAOTIC = frozenset({"section"})
"""Kinds of series in which the last digit of the start comes to decide where the points are."""


def disagreements(reference: Record, fresh: Record) -> list[str]:
    """In what the records differ beyond rounding, a line each; none if they agree.

    Verdicts, evidence, exact values and the cases of certificates agree exactly. Enclosures overlap: both contain
    the true value. A sampled margin agrees if it says the same, ≥ 0 or not: it is relative to the tolerance that
    its claim states. That of a refuted claim says only what was drawn, which the version of Hypothesis decides:
    it is not compared. Series agree to 1e-3 of their range, but for those of chaotic orbits, where only their
    columns are compared.
    """
    return [
        *_judgements(reference, fresh),
        *_quantities(reference, fresh),
        *(_exactly("sentences", reference.get("sentences"), fresh.get("sentences"))),
        *_series(reference["series"] or {}, fresh["series"] or {}),
    ]


def _exactly(what: str, one: object, other: object) -> list[str]:
    return [] if one == other else [f"{what}: {_short(one)} against {_short(other)}"]


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "…"


def _names(what: str, one: Mapping[Any, Any], other: Mapping[Any, Any]) -> list[str]:
    """What is on one side only."""
    return [f"{what} {name}: on one side only" for name in sorted(map(str, one.keys() ^ other.keys()))]


def _judgements(reference: Record, fresh: Record) -> Iterator[str]:
    one, other = ({_key(j): j for j in record["judgements"] or ()} for record in (reference, fresh))
    yield from _names("judgement", one, other)
    for key in one.keys() & other.keys():
        yield from _judgement(" ".join(filter(None, key)), one[key], other[key])


def _key(judgement: Mapping[str, Any]) -> tuple[str, str | None]:
    return judgement["claim"], judgement["case"] and str(judgement["case"])


def _judgement(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    for part in _DECIDED:
        yield from _exactly(f"{name}: {part}", one[part], other[part])
    if not _overlap(one["margin"], other["margin"]):
        yield f"{name}: margin {one['margin']} against {other['margin']}"
    if "refuted" not in (one["verdict"], other["verdict"]):
        yield from _exactly(f"{name}: sampled margin ≥ 0", _met(one), _met(other))


def _met(judgement: Mapping[str, Any]) -> bool | None:
    """Whether every sample kept to the claim; None where nothing was sampled."""
    return judgement["sampled_margin"]["value"] >= 0 if "sampled_margin" in judgement else None


def _quantities(reference: Record, fresh: Record) -> Iterator[str]:
    one, other = reference["quantities"] or {}, fresh["quantities"] or {}
    yield from _names("quantity", one, other)
    for name in one.keys() & other.keys():
        yield from _exactly(f"{name}: exact", one[name]["exact"], other[name]["exact"])
        if not _overlap(one[name]["enclosure"], other[name]["enclosure"]):
            yield f"{name}: enclosures do not overlap"


def _overlap(one: Any, other: Any) -> bool:
    """Whether two enclosures, or lists of enclosures of the same length, have points in common."""
    if not (isinstance(one, list) and isinstance(other, list)) or len(one) != len(other):
        return bool(one == other)
    if one and isinstance(one[0], list):
        return all(_overlap(a, b) for a, b in zip(one, other, strict=True))
    (low, high), (least, most) = (tuple(map(_end, ends)) for ends in (one, other))
    return low <= most and least <= high


def _end(text: str) -> Fraction | float:
    """An end of an enclosure: a decimal number, or an infinity."""
    return {"oo": float("inf"), "-oo": float("-inf")}.get(text) or Fraction(text)


def _series(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    yield from _names("series", one, other)
    for name in one.keys() & other.keys():
        ours, theirs = one[name]["columns"], other[name]["columns"]
        yield from _names(f"series {name}, column", ours, theirs)
        if one[name]["kind"] in _CHAOTIC:
            continue
        for column in ours.keys() & theirs.keys():
            if not _close(ours[column], theirs[column]):
                yield f"series {name}: {column} differs"


def _close(one: list[float | None], other: list[float | None]) -> bool:
    known = [v for v in one if v is not None]
    slack = _SERIES_TOLERANCE * (max(known, default=0.0) - min(known, default=0.0)) + 1e-9
    return len(one) == len(other) and all(
        a is b if a is None or b is None else abs(a - b) <= slack for a, b in zip(one, other, strict=True)
    )
