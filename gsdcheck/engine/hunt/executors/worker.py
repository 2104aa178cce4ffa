"""What runs in a worker: shards in, answers out, until the other end is closed."""

import multiprocessing
import os
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Thread
from typing import TypeAlias

from gsdcheck.engine.hunt.shard import Search, Shard, ShardResult
from gsdcheck.errors import GsdcheckError

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""The environment of a worker: one thread for linear algebra, as there is a worker for each core.

A BLAS reads it when it is loaded, so it must be there before the worker imports anything.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a search raised: the error if it is one of ours, and the traceback as text, which always travels."""

    error: GsdcheckError | None
    trace: str


Answer: TypeAlias = ShardResult | Fault
"""What a worker sends back."""


def answer(search: Search, shard: Shard) -> Answer:
    """The result of the shard, or what the search raised."""
    try:
        return search(shard)
    except Exception as fault:  # whatever it is: raised again, with its traceback, where the hunt is run
        error = fault if isinstance(fault, GsdcheckError) else None
        return Fault(error=error, trace=traceback.format_exc())


def result_of(said: Answer) -> ShardResult:
    """The result, if the answer is one.

    Raises:
        GsdcheckError: the search raised it.
        RuntimeError: the search raised something else.
    """
    if not isinstance(said, Fault):
        return said
    if said.error is not None:
        raise said.error
    raise RuntimeError(f"a search failed in its worker:\n{said.trace}")


def serve(pipe: Connection, search: Search) -> None:
    """Answers shards from the pipe until it is closed; ends at once when the parent ends, in whatever way."""
    Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            shard = pipe.recv()
        except EOFError:
            return
        pipe.send(answer(search, shard))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
