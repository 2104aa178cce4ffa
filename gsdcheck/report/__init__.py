"""Reports: text, HTML and figures, rendered from a record and never from live objects."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gsdcheck.report.notebook import Shown


def show(value: object) -> "Shown":
    """The record or simulation as a notebook shows it, when it is the last line of a cell; printed, it is text.

    After `%load_ext gsdcheck` they show themselves.

    Raises:
        InvalidInput: the value is neither.
        RecordError: a record of another shape or of a newer schema version.
    """
    from gsdcheck.report.notebook import shown

    return shown(value)
