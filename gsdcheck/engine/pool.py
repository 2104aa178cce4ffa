"""The same work on many items, in processes that stop when their parent does."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_processes(
    work: Callable[[Item], Result], items: Sequence[Item], jobs: int, *, in_order: bool = False
) -> Iterator[Result]:
    """work(item) for every item: as they are done, or in order; in this process if one job is enough.

    On an interrupt or an error items not begun are dropped and those begun are stopped.
    """
    if jobs == 1 or len(items) <= 1:
        yield from map(work, items)
        return
    pool = ProcessPoolExecutor(max_workers=min(jobs, len(items)), initializer=_leave_interrupts_to_parent)
    try:
        futures: list[Future[Result]] = [pool.submit(work, item) for item in items]
        for future in futures if in_order else as_completed(futures):
            yield future.result()
    except BaseException:
        workers = tuple((pool._processes or {}).values())  # terminate_workers, from Python 3.14 on
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        raise
    pool.shutdown()


def _leave_interrupts_to_parent() -> None:
    """A terminal sends Ctrl-C to every process of the group; a worker that took it would write a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
