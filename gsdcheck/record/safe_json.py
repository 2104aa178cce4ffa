"""JSON from outside: read within limits, or refused with one clear sentence."""

import json
import math
import os
import re
from pathlib import Path
from typing import Any, NoReturn

from gsdcheck.errors import RecordError

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 100
MAX_DIGITS = 4000  # below the 4300 at which Python itself refuses to convert an integer

# A string (closed or cut off) or a bracket. Possessive, so that no text makes it backtrack.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(
    source: str | os.PathLike[str] | bytes,
    *,
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    max_digits: int = MAX_DIGITS,
) -> Any:
    """The data of a strict JSON text, given as bytes or as the path of a file.

    Args:
        max_bytes: the largest size that is read at all.
        max_depth: the deepest nesting of lists and objects.
        max_digits: the longest number, in characters.

    Raises:
        RecordError: unreadable, beyond a limit, not UTF-8, not JSON, or JSON with a duplicate key, a number
            that is not finite, or half a surrogate pair.
    """
    name = "The JSON text" if isinstance(source, bytes) else str(source)
    content = source if isinstance(source, bytes) else _content(Path(source), max_bytes)
    if len(content) > max_bytes:
        raise RecordError(f"{name} is larger than {max_bytes} bytes, the limit for JSON input.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise RecordError(f"{name} is not UTF-8 text: {fault.reason} at byte {fault.start}.") from fault
    _require_shallow(name, text, max_depth)
    return _parsed(name, text, max_digits)


def _content(path: Path, max_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except OSError as fault:
        raise RecordError(f"{path} cannot be read: {fault.strerror}.") from fault
    except ValueError as fault:  # a NUL byte in the name
        raise RecordError(f"{str(path)!r} is not the name of a file: {fault}.") from fault


def _require_shallow(name: str, text: str, max_depth: int) -> None:
    """Before parsing: the parser recurses, and a recursion limit is not ours to set."""
    depth = 0
    for token in _TOKEN.finditer(text):
        first = token.group()[0]
        depth += (first in "[{") - (first in "]}")
        if depth > max_depth:
            raise RecordError(f"{name} nests lists and objects more than {max_depth} deep, the limit.")


def _parsed(name: str, text: str, max_digits: int) -> Any:
    def fail(fault: str) -> NoReturn:
        raise RecordError(f"{name} {fault}")

    def number(shown: str, kind: type[int] | type[float]) -> int | float:
        if len(shown) > max_digits:
            fail(f"holds a number of {len(shown)} characters; the limit is {max_digits}.")
        value = kind(shown)
        if isinstance(value, float) and not math.isfinite(value):
            fail(f"holds the number {shown[:40]}, which is beyond the range of a float64.")
        return value

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            fail(f"has the key {next(k for k in keys if keys.count(k) > 1)!r} twice in one object.")
        return found

    try:
        data = json.loads(
            text,
            parse_int=lambda shown: number(shown, int),
            parse_float=lambda shown: number(shown, float),
            parse_constant=lambda shown: fail(f"holds {shown}, which strict JSON does not have."),
            object_pairs_hook=unique,
        )
        if _SURROGATE.search(text):
            json.dumps(data, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as fault:
        fail(f"is not JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}.")
    except UnicodeEncodeError:
        fail("holds half of a surrogate pair (\\ud800 to \\udfff), which is no character.")
    return data
