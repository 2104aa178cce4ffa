"""One mutant against its tests, in a forked process in which nothing of the package has been imported."""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import math
import os
import resource
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

import pytest

from tests.mutation.reach import PYTEST

Outcome = Literal["killed", "survived", "timed out"]
_MEMORY = (
    8 << 30
)  # bytes of address space; a mutant that builds without end fails instead of filling the machine


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What became of a mutant, and the test that saw it ("" if the import failed)."""

    outcome: Outcome
    witness: str = ""


def attempt(module: str, path: Path, source: str, tests: Sequence[str], limit: float) -> Trial:
    """Run the tests, in this order, until one fails, with `source` in the place of the module.

    Args:
        limit: seconds of the processor; on the clock it may take ten times as long, for the machine may be busy.

    Raises:
        RuntimeError: pytest found none of the tests, so that nothing was tried.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        _try(module, path, source, tests, writer, limit)
    os.close(writer)
    status = _wait(pid, 10 * limit)
    with os.fdopen(reader) as pipe:
        witness = pipe.read()
    if status is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        return Trial(outcome="timed out")
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == pytest.ExitCode.NO_TESTS_COLLECTED:
        raise RuntimeError(f"None of the {len(tests)} tests for {module} was found, the first is {tests[0]}.")
    return Trial(outcome="survived" if status == 0 else "killed", witness=witness)


def _wait(pid: int, limit: float) -> int | None:
    """The child's status, or None if it had to be ended."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.01)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return None


def _try(module: str, path: Path, source: str, tests: Sequence[str], writer: int, limit: float) -> None:
    code = 1
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        spent = resource.getrusage(resource.RUSAGE_SELF)
        seconds = math.ceil(spent.ru_utime + spent.ru_stime + limit)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.meta_path.insert(0, Substitute(module, path, source))
        # Before pytest runs: its own importer, which rewrites assertions, would look past ours.
        importlib.import_module(module)
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        code = int(pytest.main([*PYTEST, "-x", *files], plugins=[Chosen(tests, writer)]))
    finally:
        os._exit(code)


class Substitute(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a text; the file that it stands for is not read."""

    def __init__(self, module: str, path: Path, source: str) -> None:
        self._module, self._path, self._source = module, path, source

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        if name != self._module:
            return None
        return importlib.util.spec_from_file_location(name, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        code = compile(self._source, str(self._path), "exec", dont_inherit=True)
        exec(code, module.__dict__)  # noqa: S102 - an importer does nothing else


class Chosen:
    """A plugin of pytest: these tests only, in this order; the first that fails is written to the pipe."""

    def __init__(self, tests: Sequence[str], writer: int) -> None:
        self._rank = {test: rank for rank, test in enumerate(tests)}
        self._writer = writer

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        chosen = [item for item in items if item.nodeid in self._rank]
        items[:] = sorted(chosen, key=lambda item: self._rank[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self._writer, report.nodeid.encode())
