"""Progress on stderr: a bar on a terminal, a line a part with -v, nothing otherwise."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from gsdcheck.engine.events import Event, Finished, Listener, Started, ignore


@contextmanager
def shown_progress(*, quiet: bool, verbose: bool) -> Iterator[Listener]:
    """A listener for the events of one command; the bar goes when the command ends."""
    if quiet or sys.stderr is None:  # None: the caller closed it
        yield ignore
    elif not sys.stderr.isatty():
        yield _say if verbose else ignore
    else:
        with _bar(verbose) as listener:
            yield listener


def _say(event: Event) -> None:
    if isinstance(event, Finished):
        print(f"{event.name}: {event.seconds:.2f} s", file=sys.stderr, flush=True)


@contextmanager
def _bar(verbose: bool) -> Iterator[Listener]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("deciding")

        def listen(event: Event) -> None:
            if isinstance(event, Started):
                progress.update(task, total=event.total)
                return
            progress.update(task, advance=1, description=event.name)
            if verbose:
                progress.console.print(f"{event.name}: {event.seconds:.2f} s", highlight=False)

        yield listen
