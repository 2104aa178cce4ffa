"""Several activations audited side by side."""

import time
from collections.abc import Generator, Sequence
from functools import partial
from typing import Any

from gsdcheck.engine.audit import audit
from gsdcheck.engine.events import Finished, Listener, Started, ignore
from gsdcheck.engine.pool import in_processes


def audit_many(
    subjects: Sequence[str],
    *,
    dtype: str | None = None,
    seed: int = 0,
    jobs: int = 1,
    listen: Listener = ignore,
) -> Generator[dict[str, Any], None, None]:
    """The audit record of each subject, in the order given; arguments and errors as `audit`.

    The verdicts do not depend on the number of processes.
    """
    listen(Started(total=len(subjects)))
    work = partial(_timed, dtype=dtype, seed=seed)
    for record, seconds in in_processes(work, subjects, jobs, in_order=True):
        yield record
        listen(Finished(name=record["subject"]["name"], seconds=seconds))


def _timed(subject: str, *, dtype: str | None, seed: int) -> tuple[dict[str, Any], float]:
    started = time.perf_counter()
    record = audit(subject, dtype=dtype, seed=seed)
    return record, time.perf_counter() - started
