"""The canonical form of a record, its digest, and floats as a record holds them."""

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

from gsdcheck.errors import InvalidInput, RecordError


def canonical(data: object) -> bytes:
    """The one JSON text of plain data: keys sorted, one space of indentation, UTF-8, a newline at the end.

    Floats are written as the shortest decimal that reads back to the same float64. The lines keep two
    records comparable with diff.

    Raises:
        InvalidInput: a float is nan or infinite, a text is not Unicode, an integer has thousands of digits.
        TypeError: the data is not plain (None, bool, int, float, str, list, tuple, dict).
    """
    try:
        text = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
        return (text + "\n").encode("utf-8")
    except ValueError as fault:
        raise InvalidInput(
            f"The data has no JSON form: {fault}. Write infinities as 'oo', gaps as null."
        ) from fault


def digest(record: Mapping[str, Any]) -> str:
    """ "sha256:" and the SHA-256 of the canonical JSON without what differs between equal runs.

    Left out are `digest` and `run` of the record and `seconds` of the record and of each judgement.
    """
    kept = {key: value for key, value in record.items() if key not in ("digest", "run", "seconds")}
    judgements = kept.get("judgements")
    if isinstance(judgements, list | tuple):
        kept["judgements"] = [_without_seconds(judgement) for judgement in judgements]
    return "sha256:" + hashlib.sha256(canonical(kept)).hexdigest()


def _without_seconds(judgement: object) -> object:
    if not isinstance(judgement, Mapping):
        return judgement
    return {key: value for key, value in judgement.items() if key != "seconds"}


def float_number(x: float) -> dict[str, float | str]:
    """{"value": x, "hex": x.hex()}: a float64 for people and, bit by bit, for machines.

    Raises:
        InvalidInput: x is nan or infinite.
    """
    x = float(x)
    if not math.isfinite(x):
        raise InvalidInput(f"{x!r} is not finite. A record holds finite floats; write infinities as 'oo'.")
    return {"value": x, "hex": x.hex()}


def read_float(number: object) -> float:
    """The float64 that `float_number` wrote.

    Raises:
        RecordError: not such an object, or its value and its hex disagree.
    """
    match number:
        case {"value": int() | float() as value, "hex": str() as text}:
            x = _from_hex(text)
            if x == value:
                return x
            raise RecordError(f"value is {value!r} but hex is {text!r} = {x!r}. Both name the same float64.")
    raise RecordError(f"{number!r} is not a float of a record: {{'value': 0.5, 'hex': '0x1.0p-1'}}.")


def _from_hex(text: str) -> float:
    try:
        x = float.fromhex(text)
    except (ValueError, OverflowError) as fault:
        raise RecordError(f"{text!r} is not the hexadecimal form of a float64.") from fault
    if not math.isfinite(x):
        raise RecordError(f"{text!r} is not finite. A record holds finite floats.")
    return x
