"""The report folder: the record and its HTML page."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gsdcheck.errors import InvalidInput
from gsdcheck.record.atomic import write_atomically
from gsdcheck.record.files import write_record
from gsdcheck.report.html import render_html
from gsdcheck.report.latex import derivation_latex
from gsdcheck.report.markdown import has_markdown, render_markdown


def write_report(directory: str | os.PathLike[str], record: Mapping[str, Any]) -> Path:
    """record.json and report.html in the folder, which is made if need be; the path of the page.

    All but a comparison is written as report.md as well, a derivation as derivation.tex.

    The record is written first: whatever befalls the drawing of figures, the verdicts are kept.

    Raises:
        InvalidInput: the folder cannot be made or written.
    """
    folder = Path(directory)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise InvalidInput(
            f"The folder {folder} cannot be made: {fault.strerror}. Name a folder that can be written."
        ) from fault
    except ValueError as fault:  # a NUL byte in the name
        raise InvalidInput(f"{str(folder)!r} is not the name of a folder: {fault}.") from fault
    write_record(folder / "record.json", record)
    page = render_html(record, record_path=str(folder / "record.json"))
    write_atomically(folder / "report.html", page.encode("utf-8"))
    if has_markdown(record):
        write_atomically(folder / "report.md", render_markdown(record).encode("utf-8"))
    if record["kind"] == "derive":
        write_atomically(folder / "derivation.tex", derivation_latex(record).encode("utf-8"))
    return folder / "report.html"
