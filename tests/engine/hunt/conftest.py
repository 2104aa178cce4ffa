"""Toy hunts: in this process, in workers that are spawned from it, and as a process of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import gsdcheck

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # for `toy_searches`; a worker has the path of its parent

SOURCES = f"{Path(gsdcheck.__file__).parent.parent}{os.pathsep}{HERE}"

Started = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def start():
    """Starts Python in a process group of its own, as a shell does; nothing of it outlives the module."""
    started: list[subprocess.Popen[str]] = []

    def run(
        *arguments: object, stderr: int = subprocess.PIPE, cwd: Path | None = None, **environment: str
    ) -> subprocess.Popen[str]:
        ran = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": SOURCES, **environment},
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=cwd,
            text=True,
            start_new_session=True,
        )
        started.append(ran)
        return ran

    yield run
    for ran in started:
        with suppress(ProcessLookupError):
            os.killpg(ran.pid, signal.SIGKILL)
        ran.communicate()


@pytest.fixture
def hunting(start: Started) -> Started:
    """Starts the toy hunt of `hunting.py`."""
    return lambda *arguments, **options: start(HERE / "hunting.py", *arguments, **options)
