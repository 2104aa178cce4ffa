"""Text for a terminal of any width: prose is wrapped anew, formulas and tables keep their lines."""

import re
import textwrap
from collections.abc import Iterable, Iterator

_FORMULA = re.compile(r"(?P<left>\s{4,}\S.*?)\s{2,}(?P<number>\(\w+\))$")
_KEPT = re.compile(r"\s{4,}|[|#]|```|$")
_STARTS = re.compile(r"\s*(\* |\d+\. )")


def wrapped(lines: Iterable[str], width: int) -> str:
    """Each line by itself; where it is indented by two, its further lines are by four."""
    return "\n".join(line if _KEPT.match(line) else _broken(line, width, _own(line) * 2) for line in lines)


def reflowed(markdown: str, width: int) -> str:
    """The paragraphs and points of a page wrapped to the width; the number of a formula comes nearer, if it must."""
    return "\n".join(_reflowed(markdown.splitlines(), width))


def _reflowed(lines: Iterable[str], width: int) -> Iterator[str]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if paragraph and (_KEPT.match(line) or _STARTS.match(line)):
            point = _STARTS.match(paragraph[0])
            further = " " * len(point[0]) if point else _own(paragraph[0])
            yield _broken(" ".join([paragraph[0], *map(str.strip, paragraph[1:])]), width, further)
            paragraph = []
        if _KEPT.match(line):
            yield _fitted(line, width)
        else:
            paragraph.append(line)


def _fitted(line: str, width: int) -> str:
    found = _FORMULA.match(line)
    if found is None or len(line) <= width:
        return line
    gap = max(2, width - len(found["left"]) - len(found["number"]))
    return found["left"] + " " * gap + found["number"]


def _broken(line: str, width: int, further: str) -> str:
    """The line in lines of at most `width`, but for words that are longer."""
    kept = textwrap.wrap(
        line.strip(),
        max(20, width),
        initial_indent=_own(line),
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(kept)


def _own(line: str) -> str:
    """The indentation of the line."""
    return line[: len(line) - len(line.lstrip())]
