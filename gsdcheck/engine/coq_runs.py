"""coqc, several files at a time, in the order in which they rest on one another; all of it ends with the caller."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gsdcheck.errors import CoqError

TIMEOUT = 300.0
"""Seconds for one file; the longest takes ten."""
_PAUSE = 0.02
_QUIET = "-notation-overridden,-ambiguous-paths"
_LIBRARIES = "From Coquelicot Require Coquelicot.\nFrom mathcomp Require all_ssreflect all_algebra.\n"
INSTALL = "Debian: apt-get install coq libcoq-coquelicot libcoq-mathcomp-algebra"
"""How Coq and what the proofs require are installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to compile, and the files that must be compiled before it; names without their ending."""

    name: str
    after: frozenset[str] = frozenset()


def coq_version() -> str | None:
    """The version of the Coq that is installed, or None without coqc and coqdep."""
    if shutil.which("coqc") is None or shutil.which("coqdep") is None:
        return None
    done = subprocess.run(["coqc", "--print-version"], capture_output=True, text=True, check=False)
    return done.stdout.split()[0] if done.returncode == 0 and done.stdout.strip() else None


def why_unusable() -> str | None:
    """Why Coq cannot check the proofs on this machine, or None if it can: it is not there, or lacks a library."""
    if coq_version() is None:
        return f"coqc is not installed ({INSTALL})"
    with tempfile.TemporaryDirectory(prefix="gsdcheck-coq-") as place:
        (Path(place) / "Probe.v").write_text(_LIBRARIES, encoding="utf-8")
        said = compile_all(Path(place), [Task(name="Probe")], jobs=1)["Probe"]
    return None if said is None else f"Coq lacks a library ({INSTALL}): {said}"


def dependencies(folder: Path, names: Sequence[str]) -> dict[str, frozenset[str]]:
    """For each source of the folder, those of them that it requires directly, as coqdep finds them.

    Raises:
        CoqError: coqdep fails, or says nothing of a source.
    """
    files = [f"{name}.v" for name in names]
    command = ["coqdep", "-Q", ".", "Gsdcheck", *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=TIMEOUT)
    found: dict[str, frozenset[str]] = {}
    for line in done.stdout.splitlines():
        target, _, sources = line.partition(":")
        if (name := target.split(".vo")[0]) in names and f"{name}.vo" in target.split():
            found[name] = frozenset(re.findall(r"(?<![\w/.])(\w+)\.vo\b", sources)) & frozenset(names)
    if done.returncode != 0 or set(found) != set(names):
        raise CoqError(f"coqdep does not understand the sources: {done.stderr.strip()[-200:]}")
    return found


def compile_all(
    folder: Path, tasks: Sequence[Task], *, jobs: int, finished: Callable[[str], None] = lambda _: None
) -> dict[str, str | None]:
    """Compiles the files: None for each that Coq accepts, else why not, in Coq's words.

    Whatever ends this function (Ctrl-C, an error) also ends the processes that it started.
    """
    waiting, outcomes = list(tasks), dict[str, str | None]()
    with _stopped_at_the_end() as running:
        while waiting or running:
            for task in [task for task in waiting if task.after <= outcomes.keys()]:
                if broken := sorted(name for name in task.after if outcomes[name] is not None):
                    outcomes[task.name] = f"it requires {broken[0]}, which does not compile"
                elif len(running) < jobs:
                    running[task.name] = _Run(folder, task.name)
                else:
                    continue
                waiting.remove(task)
            for name in [name for name, run in running.items() if run.is_over()]:
                outcomes[name] = running.pop(name).outcome()
                finished(name)
            if waiting and not running and not any(task.after <= outcomes.keys() for task in waiting):
                raise CoqError(f"{waiting[0].name} requires itself, or what is not there.")
            time.sleep(_PAUSE if running else 0)
    return outcomes


@contextmanager
def _stopped_at_the_end() -> Iterator[dict[str, "_Run"]]:
    running: dict[str, _Run] = {}
    try:
        yield running
    finally:
        for run in running.values():
            run.stop()


class _Run:
    """One coqc, in a session of its own so that it is stopped with all that it started."""

    def __init__(self, folder: Path, name: str) -> None:
        self.log = folder / f"{name}.log"
        command = ["coqc", "-q", "-w", _QUIET, "-Q", ".", "Gsdcheck", f"{name}.v"]
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
        self.deadline = time.monotonic() + TIMEOUT
        self.late = False

    def is_over(self) -> bool:
        """Whether it has ended, or was stopped because it took too long."""
        if self.process.poll() is None and time.monotonic() > self.deadline:
            self.late = True
            self.stop()
        return self.process.poll() is not None

    def outcome(self) -> str | None:
        """None if Coq accepted the file, else why not."""
        if self.late:
            return f"it takes more than {TIMEOUT:.0f} s"
        if self.process.returncode == 0:
            return None
        said = self.log.read_text(encoding="utf-8", errors="replace")
        errors = said[said.rfind("Error:") :] if "Error:" in said else said
        return " ".join(errors.split())[:400] or f"coqc ended with {self.process.returncode}"

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def transitive(direct: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """For each name everything that it requires, directly or not."""
    found = dict(direct)
    while True:
        wider = {name: needs.union(*(found[need] for need in needs)) for name, needs in found.items()}
        if wider == found:
            return found
        found = wider
