"""What every view of a record on a terminal is made of: wrapped text, commands, verdicts, tables."""

import re
import textwrap

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gsdcheck.report.words import GLYPHS

STYLES = {"proved": "green", "refuted": "red", "supported": "cyan", "undecided": "yellow"}
LONG = 10_000
"""A limit for lists that must be whole, such as those of claims."""
ROOMY = 100
"""Columns from which a table may have wider gaps."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str, console: Console, *, limit: int = 400) -> str:
    """The text without control characters and without what the terminal's encoding cannot show."""
    text = _CONTROL.sub("�", text)
    if len(text) > limit:
        text = text[:limit] + "…"
    return text.encode(console.encoding, "replace").decode(console.encoding)


def say(
    console: Console,
    text: str,
    *,
    style: str = "",
    indent: int = 0,
    bullet: bool = False,
    limit: int = 400,
    hanging: int = 0,
) -> None:
    """The text, cut at the limit, wrapped to the width of the terminal and indented, further lines by `hanging` more."""
    margin = " " * indent
    lines = textwrap.wrap(
        plain(text, console, limit=limit),
        max(20, console.width),
        initial_indent=margin + ("- " if bullet else ""),
        subsequent_indent=margin + ("  " if bullet else " " * hanging),
        break_on_hyphens=False,
    )
    for line in lines:
        console.print(Text(line, style=style), no_wrap=True, crop=False)


def say_command(console: Console, command: str, *, indent: int = 0) -> None:
    """The command on a line that is never broken, so that it can be copied."""
    shown = plain(command, console, limit=4000)
    console.print(Text(" " * indent + "Reproduce with: " + shown), soft_wrap=True)


def verdict_text(verdict: str, console: Console) -> Text:
    """Glyph and word; the glyph is dropped where the terminal cannot show it."""
    glyph = GLYPHS[verdict] if plain(GLYPHS[verdict], console) == GLYPHS[verdict] else ""
    return Text(f"{glyph} {verdict}".strip(), style=STYLES[verdict])


def table(console: Console) -> Table:
    """A table whose columns are one space apart where the terminal is narrow."""
    gap = 0 if console.width < ROOMY else 1
    return Table(box=box.SIMPLE_HEAD, padding=(0, gap, 0, 0), pad_edge=False, show_edge=False)
