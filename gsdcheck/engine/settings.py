"""Settings from the nearest pyproject.toml, `[tool.gsdcheck]`: the defaults that flags and environment override."""

import difflib
import tomllib
from pathlib import Path
from typing import Any

from gsdcheck.errors import InvalidInput, UnknownName

KEYS: dict[str, type] = {"profile": str, "seed": int, "jobs": int, "report": str, "fail_on": str}
"""The keys that `[tool.gsdcheck]` may hold, each named as the long option is."""


def project_settings(start: Path) -> dict[str, Any]:
    """The table `[tool.gsdcheck]` of the nearest pyproject.toml at `start` or above; empty without one.

    Raises:
        InvalidInput: the file is not TOML, or a value has the wrong type.
        UnknownName: a key that is no setting; the message names the nearest.
    """
    for folder in (start, *start.parents):
        path = folder / "pyproject.toml"
        if path.is_file():
            return _checked(path)
    return {}


def _checked(path: Path) -> dict[str, Any]:
    try:
        tool = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError, RecursionError) as fault:  # the TOML parser recurses into nested lists
        raise InvalidInput(f"{path} cannot be read as TOML: {fault}.") from fault
    table = tool.get("gsdcheck", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise InvalidInput(f"{path}: tool.gsdcheck is {table!r}. It must be a table.")
    settings = {key.replace("-", "_"): value for key, value in table.items()}
    for key, value in settings.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.0)[0]
            raise UnknownName(
                f"{path}: unknown setting {key!r}. The nearest is {near!r}; known: {', '.join(KEYS)}."
            )
        if type(value) is not KEYS[key]:
            raise InvalidInput(f"{path}: {key} = {value!r}. It must be of type {KEYS[key].__name__}.")
    return settings
