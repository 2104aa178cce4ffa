"""The folder of findings: written one file at a time, read whole or not at all."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gsdcheck.engine.hunt.findings.finding import FORMAT, KIND, finding_digest, finding_name
from gsdcheck.errors import InvalidInput, RecordError
from gsdcheck.record.atomic import write_atomically
from gsdcheck.record.canonical import canonical
from gsdcheck.record.safe_json import read_json

FOLDER = Path(".gsdcheck") / "findings"

_TYPES: Mapping[str, tuple[type, ...]] = {
    "claim": (str,),
    "subject": (str, type(None)),
    "mechanism": (str,),
    "case": (dict,),
    "evidence": (list,),
    "judgement": (dict, type(None)),
    "sentence": (str,),
    "script": (str,),
}


def write_findings(folder: Path, findings: Iterable[Mapping[str, Any]]) -> list[Path]:
    """A file for each finding; one that is there already is written anew.

    Raises:
        InvalidInput: the folder cannot be made or written.
    """
    written = []
    for finding in findings:
        path = folder / finding_name(finding)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise InvalidInput(
                f"{folder} cannot be made: {fault.strerror}. Findings need a folder that can be written."
            ) from fault
        write_atomically(path, canonical(finding))
        written.append(path)
    return written


def read_findings(folder: Path) -> Sequence[Mapping[str, Any]]:
    """All findings of the folder, by name; none where there is nothing yet.

    Raises:
        InvalidInput: what is there is no folder, or cannot be read.
        RecordError: a file in it is no finding, is damaged, or of another format.
    """
    try:
        names = sorted(os.listdir(folder)) if os.path.lexists(folder) else []
    except OSError as fault:
        raise InvalidInput(
            f"{folder} is no folder that can be read: {fault.strerror}. Findings are kept there: move it away."
        ) from fault
    return [read_finding(folder / name) for name in names if name.endswith(".json")]


def read_finding(path: Path) -> Mapping[str, Any]:
    """The finding in the file.

    Raises:
        RecordError: it is no finding, is damaged, or of another format.
    """
    data = read_json(path)
    if not is_finding(data):
        raise RecordError(
            f"{path} is no finding of gsdcheck. Move it out of the folder, or name another folder."
        )
    return require_sound(data, str(path))


def is_finding(data: object) -> bool:
    """Whether the data claims to be a finding."""
    return isinstance(data, dict) and data.get("kind") == KIND and "format" in data


def require_sound(data: Any, name: str) -> Mapping[str, Any]:
    """The finding, if it is of our format and as it was written.

    Raises:
        RecordError: it is not; what is said tells which.
    """
    if data["format"] != FORMAT:
        raise RecordError(
            f"{name} has the format {str(data['format'])[:20]!r}, this gsdcheck reads {FORMAT}. "
            "Move it out of the folder, or use the version that wrote it."
        )
    for key, types in _TYPES.items():
        if not isinstance(data.get(key), types):
            raise RecordError(
                f"{name} is damaged: {key} is {str(data.get(key))[:40]!r}. Delete it, and hunt again."
            )
    if data.get("digest") != finding_digest(data):
        raise RecordError(
            f"{name} was edited: its digest is not that of its content. Delete it, and hunt again."
        )
    checked: Mapping[str, Any] = data
    return checked
