"""Coq's sources and what Coq prints, read strictly: anything that is not understood is an error, never a pass."""

import re

from gsdcheck.errors import CoqError

PRINTING = "Set Printing Width 76.\nSet Printing Depth 100000.\n"
"""So that a statement is printed whole, and fits on a terminal."""

_THEOREM = re.compile(r"^(?:Theorem|Corollary) ([A-Za-z0-9_']+)", re.MULTILINE)
_UNPROVED = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjecture|bypass_check|Guard Checking|Positivity Checking"
    r"|Universe Checking|Type In Type|Declare ML Module|Redirect)\b"
)
_PREAMBLE = ("From ", "Require ", "Import ", "Open Scope ", "Local Open Scope ")
_CHECKED = re.compile(r"@?[A-Za-z0-9_.']+\s*:\s(.*)", re.DOTALL)
_ASSUMPTION = re.compile(r"([A-Za-z_][A-Za-z0-9_.']*) : (\S.*)")


def without_comments(source: str) -> str:
    """The source with a space in place of each comment; strings are left alone.

    Raises:
        CoqError: a comment or a string does not end.
    """
    kept, depth, place = [], 0, 0
    for token in re.finditer(r'\(\*|\*\)|"', source):
        start, mark = token.start(), token.group()
        if start < place:  # inside a string that was already passed over
            continue
        kept += [source[place:start]] if depth == 0 else []
        if mark == '"':  # a string, also one inside a comment, hides what looks like a comment
            end = source.find('"', start + 1)
            if end < 0:
                raise CoqError("a string in the source does not end.")
            kept += [source[start : end + 1]] if depth == 0 else []
            place = end + 1
            continue
        depth += 1 if mark == "(*" else -1
        kept += [" "] if depth == 0 else []
        place = token.end()
    if depth != 0:
        raise CoqError("a comment in the source does not end.")
    return "".join([*kept, source[place:]])


def preamble(source: str) -> str:
    """What a file requires, imports and opens before its first definition: where its statements have a meaning."""
    sentences = [" ".join(s.split()) for s in re.split(r"\.(?=\s|$)", without_comments(source))]
    kept: list[str] = []
    for sentence in sentences:
        if not sentence.startswith(_PREAMBLE):
            break
        kept.append(f"{sentence}.\n")
    return "".join(kept)


def theorem_names(source: str) -> list[str]:
    """The names of the theorems and corollaries of a source, in its order."""
    return _THEOREM.findall(without_comments(source))


def unproved(source: str) -> list[str]:
    """The words of a source that end a proof without proving it, add an axiom, or switch a check off."""
    plain = re.sub(r'"[^"]*"', " ", without_comments(source))
    return sorted({found.group(1) for found in _UNPROVED.finditer(plain)})


def is_one_sentence(statement: str) -> bool:
    """Whether the text is at most one statement to Coq: nothing in it ends a sentence, or hides that it does."""
    return not re.search(r'\.(\s|$)|\(\*|\*\)|"', statement)


def read_statement(printed: str) -> str:
    """The statement in what `Check` printed.

    Raises:
        CoqError: it is not a name, a colon and one statement.
    """
    found = _CHECKED.fullmatch(printed.strip())
    if found is None or not is_one_sentence(found.group(1)):
        raise CoqError(f"Check printed what is not a statement: {printed.strip()[:80]!r}.")
    first, *rest = found.group(1).rstrip().split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in rest), default=0)
    return "\n".join([first.rstrip(), *(line[min(indent, 7) :].rstrip() for line in rest)])


def read_assumptions(printed: str) -> tuple[str, ...]:
    """The axioms in what `Print Assumptions` printed, "name : statement" each, on one line.

    Raises:
        CoqError: a line is neither; Coq reports a check that was switched off in words of its own
            ("loop is assumed to be guarded"), which no axiom is.
    """
    lines = printed.strip().split("\n")
    if lines == ["Closed under the global context"]:
        return ()
    if lines[0] != "Axioms:" or len(lines) == 1:
        raise CoqError(f"Print Assumptions printed {lines[0][:80]!r}.")
    entries: list[str] = []
    for line in lines[1:]:
        if line[:1].isspace():
            if not entries:
                raise CoqError(f"Print Assumptions printed {line.strip()[:80]!r} under no name.")
            entries[-1] += f" {line.strip()}"
        else:
            entries.append(line)
    for entry in entries:
        if _ASSUMPTION.fullmatch(entry) is None:
            raise CoqError(f"Print Assumptions printed {entry[:80]!r}, which is no axiom.")
    return tuple(entries)
