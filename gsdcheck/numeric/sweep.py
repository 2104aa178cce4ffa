"""A million systems: blocks that are made, simulated and given away one after the other."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from numpy.typing import ArrayLike

from gsdcheck.errors import InvalidInput
from gsdcheck.numeric.simulate import simulate
from gsdcheck.numeric.simulation import Simulation

MakeBlock: TypeAlias = Callable[[int, int], tuple[ArrayLike, ArrayLike]]
"""(start, stop) ↦ W and x0 of the systems start … stop-1, as `simulate` takes them."""


def sweep(
    make: MakeBlock,
    count: int,
    t_end: float,
    *,
    block: int = 2**14,
    progress: Callable[[int, int], None] | None = None,
    **options: object,
) -> Iterator[Simulation]:
    """The simulations of the systems 0 … count-1, a block at a time, so that memory does not grow with count.

    Args:
        make: makes the systems of a block when their turn comes.
        count: ≥ 1.
        t_end: > 0.
        block: how many systems are in memory at once, ≥ 1.
        progress: called with (done, count) after every block; by default a bar on a terminal's stderr.
        options: those of `simulate`.

    Yields:
        One Simulation a block, in order; each uses all threads.

    Raises:
        InvalidInput: count or block is no whole number ≥ 1, or what `simulate` raises.
    """
    for name, value in (("count", count), ("block", block)):
        if not isinstance(value, int) or value < 1:
            raise InvalidInput(f"{name} is {value!r}. It is a whole number ≥ 1.")
    return _sweep(make, count, t_end, block, progress, options)


def _sweep(
    make: MakeBlock,
    count: int,
    t_end: float,
    block: int,
    progress: Callable[[int, int], None] | None,
    options: dict[str, object],
) -> Iterator[Simulation]:
    with _Bar(count) as bar:
        tell = bar if progress is None else progress
        for start in range(0, count, block):
            stop = min(start + block, count)
            W, x0 = make(start, stop)
            yield simulate(W, x0, t_end, **options)  # type: ignore[arg-type]
            tell(stop, count)


class _Bar:
    """A progress bar on stderr, if that is a terminal."""

    def __init__(self, count: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        console = Console(stderr=True)
        self._progress = Progress(console=console, disable=not console.is_terminal, transient=True)
        self._task = self._progress.add_task("simulating", total=count)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, done: int, _count: int) -> None:
        self._progress.update(self._task, completed=done)
