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
        return _INFINITE.get(str(exact)) or value_text(exact)
    if enclosure is not None:
        return f"in {value_text(enclosure)}"
    return f"≈ {value_text(dict(quantity))}" if "value" in quantity else "undecided"


_INFINITE = {"oo": "∞", "-oo": "-∞"}
"""As the grammar writes it → as it is read."""


def _is_number(exact: Any) -> bool:
    """Whether the exact value speaks for itself, unlike pi**2/12."""
    return not isinstance(exact, str) or exact.lstrip("-").isdigit() or exact in _INFINITE


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


def counterexample_text(sample: Mapping[str, Any]) -> str:
    """ "W = [[0, 1], [-1, 0]], x₀ = (1, 0), h = 1/2, inner form"."""
    rows = ", ".join(f"[{', '.join(map(str, row))}]" for row in sample["W"])
    parts = [f"W = [{rows}]"]
    if sample["state"] is not None:
        parts.append(f"x₀ = ({', '.join(map(str, sample['state']))})")
    if sample["step"] is not None:
        parts.append(f"h = {sample['step']}")
    return ", ".join([*parts, f"{sample['form']} form"])


_CHECKS = {
    "error_ulp": "error against Arb",
    "oddness_ulp": "σ(-x) + σ(x)",
    "outside_range": "values outside the range of σ",
    "monotonicity": "falls between neighbouring inputs",
    "not_finite": "nan or infinity where σ is finite",
    "scalar_vector": "scalar and vector paths differ",
}


def finding_text(finding: Mapping[str, Any], passed: Mapping[str, Any]) -> str:
    """One check of an implementation: passed or not, how often it failed, and its worst input as a hex float."""
    outcome = {True: "passed", False: "FAILED", None: "not applicable"}[passed[finding["check"]]]
    parts = [f"{_CHECKS.get(finding['check'], finding['check'])}: {outcome}"]
    if finding["count"]:
        parts.append(f"{finding['count']:,} inputs")
    if worst := finding["worst"]:
        ulp = "" if worst["ulp"] is None else f"{worst['ulp']:.3g} ulp "
        parts.append(f"worst {ulp}at {worst['at']} (value {worst['value']}, true {worst['exact']})")
    if finding.get("reason"):
        parts.append(str(finding["reason"]))
    return ", ".join(parts)


def certificate_text(certificate: Mapping[str, Any], *, limit: int = 20_000) -> str:
    """The certificate as indented JSON, cut at `limit` characters with a note that says so."""
    text = json.dumps(certificate, indent=1, ensure_ascii=False, sort_keys=True)
    if len(text) <= limit:
        return text
    return f"{text[:limit]}\n… and {len(text) - limit:,} more characters in record.json"
