"""One run of a command that makes a record: its options, its clock, its progress."""

import platform
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from gsdcheck.engine.events import Listener
from gsdcheck.errors import InvalidInput
from gsdcheck.report.destination import require_writable
from gsdcheck.report.progress import shown_progress


def require_counted(options: Mapping[str, Any], *, max_examples: int | None, max_time: str | None) -> None:
    """Nothing, unless the record is to be reproducible and a clock decides when the search stops.

    Raises:
        InvalidInput: it says which option to give.
    """
    if options["reproducible"] and (max_examples is None or max_time is not None):
        raise InvalidInput(
            "--reproducible was given with a limit of time. How far a search comes in a time depends on the "
            "machine. Give --max-examples N alone."
        )


class Run:
    """One run of a command with a record: its options and its clock."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.exports = {name: options[name] for name in ("junit", "markdown", "latex") if options.get(name)}
        named = {f"--{name}": file for name, file in self.exports.items()}
        require_writable(options["report"], {"--json": options["json_file"], **named})
        self.options = options
        self.clock = time.perf_counter
        self.started = self.clock()

    def destination(self) -> dict[str, Any]:
        """Where the record goes, as `deliver` takes it."""
        names = {"folder": "report", "json_file": "json_file", "quiet": "quiet"}
        return {**{key: self.options[name] for key, name in names.items()}, "exports": self.exports}

    def progress(self) -> AbstractContextManager[Listener]:
        """A context that yields a listener showing events on stderr."""
        return shown_progress(quiet=self.options["quiet"], verbose=self.options["verbose"])

    def timed(self, judgements: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The judgements, without their seconds if the record is to be reproducible."""
        if self.options["reproducible"]:
            return [{**judgement, "seconds": None} for judgement in judgements]
        return judgements

    def machine(self, jobs: int) -> dict[str, Any] | None:
        """When, how long and on what; None if the record is to be reproducible."""
        if self.options["reproducible"]:
            return None
        return {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "seconds": round(self.clock() - self.started, 3),
            "jobs": jobs,
            "machine": f"{platform.system()} {platform.machine()}",
        }
