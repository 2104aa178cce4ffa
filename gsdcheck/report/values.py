"""The values of a record as text: numbers, quantities, subjects, cases."""

import json
from collections.abc import Mapping
from typing import Any


def value_text(value: Any) -> str:
    """A number, name or structure of a record in one line; "-" for null."""
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case int() | float():
            return str(value)
        case {"value": int() | float() as number, "hex": str()}:
            return f"{number:.6g}"
        case [*items]:
            return f"[{', '.join(map(value_text, items))}]" if items else "none"
        case {**entries}:
            return ", ".join(f"{key} = {value_text(inner)}" for key, inner in entries.items())
        case _:
            return str(value)


def quantity_text(quantity: Mapping[str, Any]) -> str:
    """The exact value, else the enclosure, else any rounded one: "1/4", "in [0.2499, 0.2501]", "≈ 0.25"."""
    exact, enclosure = quantity["exact"], quantity["enclosure"]
    if exact is not None and not _is_number(exact) and enclosure is not None:
        return f"{value_text(exact)}, in {value_text(enclosure)}"
    if exact is not None:
        return value_text(exact)
    if enclosure is not None:
        return f"in {value_text(enclosure)}"
    return f"≈ {value_text(dict(quantity))}" if "value" in quantity else "undecided"


def _is_number(exact: Any) -> bool:
    """Whether the exact value speaks for itself, unlike pi**2/12."""
    return not isinstance(exact, str) or exact.lstrip("-").isdigit() or exact in ("oo", "-oo")


def subject_name(record: Mapping[str, Any]) -> str:
    """What the record is about, in a few words."""
    subject = record["subject"] or {}
    parts = [subject[key] for key in ("name", "file", "activation", "form") if subject.get(key) is not None]
    return " · ".join(value_text(part) for part in parts) or "no subject"


def reason_text(judgement: Mapping[str, Any]) -> str:
    """The reason with the case it is about, which is said once."""
    reason, case = judgement["reason"] or "no reason given", judgement["case"]
    shown = value_text(case)
    return reason if case is None or shown in reason else f"{shown}: {reason}"


def reason_alone(judgement: Mapping[str, Any]) -> str:
    """The reason without the case in brackets at its end, for where the case stands above it."""
    return str(judgement["reason"] or "").removesuffix(f" ({value_text(judgement['case'])})")


def certificate_text(certificate: Mapping[str, Any], *, limit: int = 20_000) -> str:
    """The certificate as indented JSON, cut at `limit` characters with a note that says so."""
    text = json.dumps(certificate, indent=1, ensure_ascii=False, sort_keys=True)
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n… and {len(text) - limit:,} more characters in record.json"
