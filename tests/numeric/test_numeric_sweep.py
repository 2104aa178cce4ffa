"""Sweeps: block by block what one call gives, and no memory that grows with the count."""

import subprocess
import sys

import numpy as np
import pytest

from gsdcheck import simulate, sweep
from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.arrays import FloatArray

J = np.array([[0.0, 1.0], [-1.0, 0.0]])


def systems(start: int, stop: int) -> tuple[FloatArray, FloatArray]:
    k = np.arange(start, stop)
    return (1 + k[:, None, None] / 100) * J, np.stack([np.sin(k), np.cos(k)], axis=1)


def test_blocks_are_the_parts_of_one_call() -> None:
    blocks = list(sweep(systems, 50, 3.0, block=16))
    assert [len(found.final_state) for found in blocks] == [16, 16, 16, 2]
    together = np.concatenate([found.final_state for found in blocks])
    assert together == pytest.approx(simulate(*systems(0, 50), 3.0).final_state, abs=1e-7)


def test_progress_is_told_after_every_block() -> None:
    told: list[tuple[int, int]] = []
    for _ in sweep(systems, 40, 1.0, block=15, progress=lambda done, count: told.append((done, count))):
        pass
    assert told == [(15, 40), (30, 40), (40, 40)]


def test_systems_are_made_when_their_turn_comes() -> None:
    made: list[int] = []

    def make(start: int, stop: int) -> tuple[FloatArray, FloatArray]:
        made.append(start)
        return systems(start, stop)

    running = sweep(make, 30, 1.0, block=10)
    assert made == []
    next(running)
    assert made == [0]


def test_options_reach_the_simulation() -> None:
    (found,) = sweep(systems, 3, 1.0, method="rk4", step=0.5)
    assert found.method == "rk4"
    assert not found.met_tolerance.any()


@pytest.mark.parametrize(("name", "value"), [("count", 0), ("count", 1.5), ("block", 0)])
def test_counts_are_whole_and_positive(name: str, value: object) -> None:
    arguments: dict[str, object] = {"count": 10, name: value}
    with pytest.raises(InvalidInput, match=f"{name} is {value}"):
        sweep(systems, arguments.pop("count"), 1.0, **arguments)  # type: ignore[arg-type]


PROGRAM = """
import resource, sys
import numpy as np
from gsdcheck import sweep
J = np.array([[0.0, 1.0], [-1.0, 0.0]])
def make(a, b):
    return np.broadcast_to(J, (b - a, 2, 2)), np.ones((b - a, 2))
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for k, _ in enumerate(sweep(make, 40 * 4096, 0.1, block=4096, engine="numpy")):
    if k == 9:
        early = peak()
print(peak() - early)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no resource module")
def test_memory_does_not_grow_with_the_count() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    # 30 more blocks of 4096 systems hold 3 MB of states alone, with their weights 7 MB; in KiB
    assert int(done.stdout) < 3000
    assert done.stderr == ""
