"""A record for other programs: JUnit XML, a Markdown summary, a LaTeX table; one template each, from the record."""

import os
from collections.abc import Mapping
from typing import Any

from gsdcheck.record.atomic import write_atomically
from gsdcheck.report.markdown import render_markdown
from gsdcheck.report.outcomes import outcomes
from gsdcheck.report.text_templates import rendered

Record = Mapping[str, Any]


def render_junit(record: Record) -> str:
    """JUnit XML: one test case for each claim and case; a verdict that is not expected is a failure."""
    found = outcomes(record)
    return rendered("junit.xml.j2", record, outcomes=found, states=[o.state for o in found])


def render_latex(record: Record) -> str:
    """A LaTeX table of the claims (package booktabs), with a line that says what it was made from."""
    return rendered("table.tex.j2", record)


EXPORTS = {"junit": render_junit, "markdown": render_markdown, "latex": render_latex}
"""The option that asks for it → what writes it."""


def write_exports(record: Record, files: Mapping[str, str | os.PathLike[str]]) -> None:
    """Each of the files asked for, by the keys of `EXPORTS`.

    Raises:
        InvalidInput: one cannot be written.
    """
    for name, file in files.items():
        write_atomically(file, EXPORTS[name](record).encode("utf-8"))
