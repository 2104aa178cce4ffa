"""The figures of a record as files: one SVG each, and their captions as Markdown."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gsdcheck.errors import InvalidInput, RecordError
from gsdcheck.record.atomic import write_atomically
from gsdcheck.report.figures import description, figure_of, svg

FOLDER = "figures"


def write_figures(directory: str | os.PathLike[str], record: Mapping[str, Any]) -> tuple[Path, ...]:
    """figures/NAME.svg for every series that this version draws, and figures/captions.md; the paths of the SVG.

    Raises:
        InvalidInput: the folder cannot be made or written.
    """
    folder = Path(directory) / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise InvalidInput(
            f"The folder {folder} cannot be made: {fault.strerror}. Name a folder that can be written."
        ) from fault
    files, captions = [], ["# Figures\n"]
    for name, series in sorted((record["series"] or {}).items()):
        image = svg_of(series, name=name)
        if image is not None:
            files.append(folder / f"{_file_name(name)}.svg")
            write_atomically(files[-1], image.encode("utf-8"))
            captions.append(_caption(files[-1].name, series))
    write_atomically(folder / "captions.md", "\n".join(captions).encode("utf-8"))
    return tuple(files)


def svg_of(series: Mapping[str, Any], *, name: str = "") -> str | None:
    """The figure of the series as SVG, or None for one that cannot be drawn: the page says why."""
    try:
        figure = figure_of(series)
    except RecordError:
        return None
    if figure is None:
        return None
    return svg(figure, title=series["title"], description=description(series), name=name)


def _caption(file: str, series: Mapping[str, Any]) -> str:
    """The figure, its title, its caption and the claim that it belongs to."""
    said = f"**{_escaped(series['title'])}.** {_escaped(series.get('caption') or '')}".strip()
    claim = f" (`{series['claim']}`)" if series.get("claim") else ""
    return f"![{_escaped(description(series))}]({file})\n\n{said}{claim}\n"


def _escaped(text: str) -> str:
    """The text with nothing in it that Markdown would read."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text.replace("\n", " "))


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", name)
