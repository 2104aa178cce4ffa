"""The contract of a record, checked: a reader of the part of JSON Schema that schema.json uses."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

from gsdcheck.errors import RecordError

Schema: TypeAlias = dict[str, Any]

_TYPES: dict[str, tuple[type, ...]] = {
    "null": (type(None),),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "array": (list,),
    "object": (dict,),
}


@cache
def schema() -> Schema:
    """The JSON Schema (2020-12) of a record, as data."""
    found: Schema = json.loads(files("gsdcheck.record").joinpath("schema.json").read_text("utf-8"))
    return found


def require_shape(data: object) -> None:
    """Nothing, if the data has the shape of a record or a matrix of records.

    Raises:
        RecordError: with the place of the first fault, and what stands there.
    """
    for fault in _faults(data, schema(), "record"):
        raise RecordError(f"{fault}. The shape of a record is given in gsdcheck/record/schema.json.")


def _faults(data: Any, rule: Schema, place: str) -> Iterator[str]:
    """Each way in which the data breaks the rule, in words."""
    if "$ref" in rule:
        yield from _faults(data, schema()["$defs"][rule["$ref"].removeprefix("#/$defs/")], place)
    if "type" in rule and not _has_type(data, rule["type"]):
        yield f"{place} is {_shown(data)}, not {_alternatives(rule['type'])}"
        return
    yield from _value_faults(data, rule, place)
    for part in rule.get("allOf", ()):
        yield from _faults(data, part, place)
    if "anyOf" in rule and not any(_fits(data, part, place) for part in rule["anyOf"]):
        yield f"{place} is {_shown(data)}, which is none of the forms allowed there"
    if "if" in rule:
        yield from _faults(data, rule.get("then" if _fits(data, rule["if"], place) else "else", {}), place)
    if isinstance(data, dict):
        yield from _object_faults(data, rule, place)
    if isinstance(data, list):
        yield from _list_faults(data, rule, place)


def _fits(data: Any, rule: Schema, place: str) -> bool:
    return next(_faults(data, rule, place), None) is None


def _value_faults(data: Any, rule: Schema, place: str) -> Iterator[str]:
    if "const" in rule and not _equal(data, rule["const"]):
        yield f"{place} is {_shown(data)}, not {rule['const']!r}"
    if "enum" in rule and not any(_equal(data, value) for value in rule["enum"]):
        yield f"{place} is {_shown(data)}, not {_alternatives(rule['enum'])}"
    if "minimum" in rule and _has_type(data, "number") and data < rule["minimum"]:
        yield f"{place} is {_shown(data)}, below {rule['minimum']}"
    if isinstance(data, str) and len(data) < rule.get("minLength", 0):
        yield f"{place} is empty"
    if isinstance(data, str) and "pattern" in rule and not re.search(rule["pattern"], data):
        yield f"{place} is {_shown(data)}, which does not match {rule['pattern']}"


def _object_faults(data: dict[str, Any], rule: Schema, place: str) -> Iterator[str]:
    for key in rule.get("required", ()):
        if key not in data:
            yield f"{place} lacks the key {key!r}"
    known = rule.get("properties", {})
    for key, value in data.items():
        yield from _faults(value, known.get(key, rule.get("additionalProperties", {})), f"{place}.{key}")


def _list_faults(data: list[Any], rule: Schema, place: str) -> Iterator[str]:
    if not rule.get("minItems", 0) <= len(data) <= rule.get("maxItems", len(data)):
        yield f"{place} has {len(data)} entries"
    if "items" in rule:
        for index, value in enumerate(data):
            yield from _faults(value, rule["items"], f"{place}[{index}]")


def _has_type(data: Any, names: str | list[str]) -> bool:
    """JSON's notion of a type: true is no number, and 1.0 is an integer."""
    for name in [names] if isinstance(names, str) else names:
        if isinstance(data, bool) and name != "boolean":
            continue
        if isinstance(data, _TYPES[name]) or (
            name == "integer" and isinstance(data, float) and data.is_integer()
        ):
            return True
    return False


def _equal(data: Any, value: Any) -> bool:
    return bool(data == value) and isinstance(data, bool) == isinstance(value, bool)


def _alternatives(names: Any) -> str:
    return " or ".join(map(str, [names] if isinstance(names, str) else names))


def _shown(data: Any) -> str:
    text = repr(data)
    return text if len(text) <= 60 else text[:57] + "..."
