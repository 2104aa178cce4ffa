"""Where the record and the report go: checked before the work, so that it is not lost after it; then filled."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gsdcheck.errors import InvalidInput
from gsdcheck.record.canonical import canonical
from gsdcheck.record.files import write_record
from gsdcheck.report.stdout import put

STDOUT = "-"
NONE: Mapping[str, str] = MappingProxyType({})


def require_writable(folder: str, files: Mapping[str, str | None]) -> None:
    """Nothing, if the report folder can be written, and every file that is asked for. Leaves no trace.

    Args:
        files: option → the file it names, None where it is not given.

    Raises:
        InvalidInput: one of them cannot be written; the message names the option.
    """
    _require_folder(Path(folder), f"the report folder {folder}", "Give another with --report DIR.")
    for option, name in files.items():
        if name is not None and (option, name) != ("--json", STDOUT):
            _require_file(option, name)


def _require_file(option: str, name: str) -> None:
    target = Path(name)
    if "\0" in name:
        raise InvalidInput(f"{option} {name!r} cannot be written: no name holds a NUL byte. Name a file.")
    if target.is_dir():
        stdout = ", or - for stdout" if option == "--json" else ""
        raise InvalidInput(f"{option} {name} is a folder. Name a file{stdout}.")
    if target.is_file() or not target.exists():  # a device or a pipe is written to as it is
        _require_folder(target.parent, f"{option} {name}", "Name a file in another folder.", make=False)


def _require_folder(folder: Path, name: str, remedy: str, *, make: bool = True) -> None:
    try:
        with _made(folder) if make else nullcontext():
            probe = folder / ".gsdcheck-writable"
            probe.touch()
            probe.unlink()
    except (OSError, ValueError) as fault:  # ValueError: a NUL byte in the name
        reason = getattr(fault, "strerror", None) or fault
        raise InvalidInput(f"{name} cannot be written: {reason}. {remedy}") from fault


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder exists; folders made for that are gone afterwards, unless someone put something there."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    finally:
        for path in new:
            with suppress(OSError):
                path.rmdir()


def deliver(
    record: Mapping[str, Any],
    *,
    folder: str,
    json_file: str | None,
    quiet: bool,
    figures: bool = False,
    exports: Mapping[str, str] = NONE,
) -> None:
    """The record in the report folder and in the file asked for; on stdout the file itself, or what it says.

    Args:
        figures: write the figures as files as well.
        exports: "junit", "markdown", "latex" → the file to write.

    Raises:
        InvalidInput: something cannot be written.
    """
    from gsdcheck.report.exports import write_exports
    from gsdcheck.report.figure_files import write_figures
    from gsdcheck.report.write import write_report

    page = write_report(folder, record)
    if figures:
        write_figures(folder, record)
    write_exports(record, exports)
    if json_file == STDOUT:
        put(canonical(record).decode(), end="")
        return
    if json_file is not None:
        write_record(json_file, record)
    if not quiet:
        put(_shown(record, page), end="")


def _shown(record: Mapping[str, Any], page: Path) -> str:
    """The record as the terminal shows it, in one piece, so that `put` answers for all of it."""
    from rich.console import Console

    from gsdcheck.report.terminal import print_record

    # NO_COLOR leaves Rich its bold and dim; without a colour system there is no escape at all.
    console = Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")
    with console.capture() as captured:
        print_record(record, console, record_path=str(page.with_name("record.json")))
        console.print(f"Report: {page}", markup=False, soft_wrap=True)
    return captured.get()
