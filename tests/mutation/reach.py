"""Which tests run which line, and what each test costs: measured once, for every mutant."""

import ast
import hashlib
import json
import os
import re
import signal
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

LONGEST = 5.0  # seconds of the processor, under coverage.py: a longer test is not tried on mutants
LOOK_AT_ALL = frozenset(
    f"tests/certify/test_{name}.py" for name in ("records", "theorem_table", "series_at_zero", "guarantees")
)
"""Their tests look at what is defined on import, and may run no line of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Seconds by test, for each file the tests that run each line, and the files of tests that import it by name."""

    seconds: Mapping[str, float]
    lines: Mapping[str, Mapping[int, frozenset[str]]]
    importers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def tests_for(self, file: str, source: str, line: int) -> list[str]:
        """The tests that can see a change of this line, the cheapest first, then those that look at definitions.

        Those that run the statement; if it runs only when the file is imported, those that run the function or
        the class around it, or else anything of the file, because any of them may use what the import made. A
        function that is called on import is run by the test that imports it first, so that this alone says little.
        Of anything of the file, the tests that import it by name go first: they are about it.
        """
        ran, whole = self.lines.get(file, {}), (1, len(source.splitlines()))
        for span in spans(source, line):
            tests = frozenset[str]().union(*(ran.get(at, frozenset()) for at in range(span[0], span[1] + 1)))
            if tests:
                break
        about = self.importers.get(file, frozenset()) if span == whole else frozenset[str]()
        looking = {test for test in self.seconds if _file_of(test) in LOOK_AT_ALL} - tests
        return [*self._cheapest(tests, about), *self._cheapest(looking)]

    def _cheapest(self, tests: Iterable[str], about: Collection[str] = ()) -> list[str]:
        return sorted(tests, key=lambda test: (_file_of(test) not in about, self.seconds[test], test))


def spans(source: str, line: int) -> Iterator[tuple[int, int]]:
    """The lines of the innermost statement's own code at `line`, then of all around it, from inside out."""
    tree = ast.parse(source)
    around = [
        node for node in ast.walk(tree) if isinstance(node, ast.stmt) and _first(node) <= line <= _last(node)
    ]
    around.sort(key=lambda node: _last(node) - _first(node))
    for index, node in enumerate(around):
        body = getattr(node, "body", None)
        if index == 0 and body:
            yield _first(node), max(_first(node), body[0].lineno - 1)
        if not body or isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield _first(node), _last(node)
    yield 1, len(source.splitlines())


def _first(node: ast.stmt) -> int:
    return min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])


def _last(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def measure(root: Path, package: Path, tests: Sequence[str], store: Path) -> Reach:
    """Run each file of tests once under coverage.py; what a file gave is kept in `store` until something changes.

    Args:
        tests: files of tests or folders of them, relative to the root.
        store: a folder for one JSON file for each file of tests.
    """
    files = [file for test in tests for file in _test_files(root / test)]
    common = _digest(
        [
            *sorted((root / package.relative_to(root).parts[0]).rglob("*.py")),
            *sorted(_helpers(root / "tests")),
        ]
    )
    kept = {file: store / f"{_digest([file], common)}.json" for file in files}
    stale = {str(file.relative_to(root)): path for file, path in kept.items() if not path.exists()}
    if stale:
        store.mkdir(parents=True, exist_ok=True)
        _measure_in_child(package, stale)
    return _merged(root, files, [json.loads(path.read_text()) for path in kept.values()])


def _merged(root: Path, test_files: Sequence[Path], parts: Sequence[Mapping[str, Any]]) -> Reach:
    seconds: dict[str, float] = {}
    lines: dict[str, dict[int, set[str]]] = {}
    for part in parts:
        seconds.update(part["seconds"])
        names = list(part["seconds"])
        for file, by_line in part["lines"].items():
            mine = lines.setdefault(str(Path(file).relative_to(root)), {})
            for line, indices in by_line.items():
                mine.setdefault(int(line), set()).update(names[index] for index in indices)
    return Reach(
        seconds=seconds,
        lines={
            file: {line: frozenset(found) for line, found in mine.items()} for file, mine in lines.items()
        },
        importers=_importers(root, test_files, lines),
    )


def _importers(root: Path, test_files: Sequence[Path], files: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each file the files of tests that import it, or something of it."""
    texts = {str(path.relative_to(root)): path.read_text() for path in test_files}
    modules = {file: file.removesuffix(".py").replace("/", ".") for file in files}
    return {
        file: frozenset(
            test
            for test, text in texts.items()
            if re.search(rf"^\s*(from|import) {re.escape(module)}\b", text, re.MULTILINE)
        )
        for file, module in modules.items()
    }


def _test_files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("test_*.py"))


def _helpers(folder: Path) -> list[Path]:
    return [
        file
        for file in folder.rglob("*.py")
        if not file.name.startswith("test_") and file.parent.name != "mutation"
    ]


def _digest(files: Sequence[Path], start: str = "") -> str:
    digest = hashlib.sha256(start.encode())
    for file in files:
        digest.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _measure_in_child(package: Path, stale: Mapping[str, Path]) -> None:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            recorder = Recorder(package)
            pytest.main([*PYTEST, *stale], plugins=[recorder])
            for test_file, part in recorder.by_file(stale).items():
                stale[test_file].write_text(json.dumps(part))
            code = 0
        finally:
            sys.stdout.flush()
            os._exit(code)
    if os.waitpid(pid, 0)[1] != 0:
        raise SystemExit("The tests could not be measured: see what pytest has printed above.")


PYTEST = (
    *("-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", "--tb=no"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # the parent has imported Hypothesis, not pytest
)


class Recorder:
    """A plugin of pytest: coverage by test, and the seconds of each test that passes."""

    def __init__(self, package: Path) -> None:
        from coverage import Coverage

        self._package = package
        self._coverage = Coverage(data_file=None, include=[f"{package}/*"], config_file=False)
        self._coverage.start()
        signal.signal(signal.SIGVTALRM, _give_up)
        self._seconds: dict[str, float] = {}
        self._others: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        # What a test has cached would hide from the next that it depends on the same lines.
        clear_caches("gsdcheck.certify")
        self._coverage.switch_context(item.nodeid)
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
        result = yield
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self._seconds[item.nodeid] = time.process_time() - start
        self._coverage.switch_context("")
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self._others.add(report.nodeid)

    def by_file(self, test_files: Iterable[str]) -> dict[str, dict[str, Any]]:
        """For each file of tests, what its tests took, and the lines of the package that each of them ran."""
        self._coverage.stop()
        data = self._coverage.get_data()
        kept = {test: seconds for test, seconds in self._seconds.items() if test not in self._others}
        parts: dict[str, dict[str, Any]] = {
            test_file: {"seconds": {}, "lines": {}} for test_file in test_files
        }
        for test, seconds in kept.items():
            parts[_file_of(test)]["seconds"][test] = seconds
        index = {test: number for part in parts.values() for number, test in enumerate(part["seconds"])}
        for file in data.measured_files():
            for line, contexts in data.contexts_by_lineno(file).items():
                for test in index.keys() & contexts:
                    lines = parts[_file_of(test)]["lines"].setdefault(file, {})
                    lines.setdefault(line, []).append(index[test])
        return parts


class TooLong(BaseException):
    """A test takes too long to be tried on mutants; no Exception, which Hypothesis would try to reproduce."""


def _give_up(*_: object) -> None:
    raise TooLong(f"more than {LONGEST} s")


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def clear_caches(package: str) -> None:
    """Empty every functools cache that a loaded module of the package holds under a name."""
    for name, module in list(sys.modules.items()):
        if name.startswith(package):
            for value in list(vars(module).values()):
                clear: Any = getattr(value, "cache_clear", None)
                if clear is not None:
                    clear()
